"""How a typed word meets written units: characters, full pinyin, initials and mixtures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from lookup.sound import pattern, size, written

CHARACTERS = st.text(alphabet="二手房过户失业保险金申领女律绿旅营业执照身份证", min_size=2, max_size=10)


def finds(word: str, text: str, loose: bool = False) -> bool:
    wanted = pattern(word, loose)
    return wanted is not None and wanted.search(written(text)) is not None


@pytest.mark.parametrize(
    "word",
    [
        "二手房过户",
        "ershoufangguohu",
        "esfgh",
        "ersfgh",
        "eshoufgh",
        "二手fgh",
        "esf过户",
        "ESFGH",
        "手房",
        "er'shou'fang",
    ],
)
def test_every_way_of_typing_leads_to_the_words(word: str) -> None:
    assert finds(word, "二手房过户")


@pytest.mark.parametrize("word", ["fse", "ershoufangguohux", "二房", "eg", "x", "shoufax过", "erf"])
def test_what_is_not_there_is_not_found(word: str) -> None:
    assert not finds(word, "二手房过户")


def test_a_gap_is_allowed_only_loosely() -> None:
    assert not finds("失业金", "失业保险金申领") and not finds("syj", "失业保险金申领")
    assert finds("失业金", "失业保险金申领", loose=True) and finds("syj", "失业保险金申领", loose=True)
    assert not finds("失领", "失业保险金申领", loose=True), "a gap of more than two characters"


@pytest.mark.parametrize("word", ["lvshi", "lushi", "ls", "lüshi"])
def test_u_with_dots_is_typed_in_every_way(word: str) -> None:
    assert finds(word, "律师")


def test_letters_and_digits_stand_for_themselves() -> None:
    assert finds("a4", "Ａ４纸") and finds("57.2", "57.2") and not finds("5.3", "57.2")
    assert pattern("，。 ") is None


@given(CHARACTERS)
def test_initials_pinyin_and_every_prefix_find_the_text(text: str) -> None:
    syllables = lazy_pinyin(text)
    assert finds(text, text) and finds("".join(syllables), text)
    assert finds("".join(syllable[0] for syllable in syllables), text)
    whole = "".join(syllables)
    assert all(finds(whole[:end], text) for end in range(1, len(whole)))
    assert size(written(text)) == len(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_typed_and_searched(word: str, text: str) -> None:
    for loose in (False, True):
        finds(word, text, loose)


@given(CHARACTERS, CHARACTERS)
def test_characters_alone_are_found_exactly_where_they_stand(word: str, text: str) -> None:
    assert finds(word, text) is (word in text)
