"""2,048 bytes: every chain of every region is cut between steps, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.compose import chain_reply
from actions.reply import to_card
from bot.channels.wechat_told import read_reply
from knowledge.catalogue import Catalogue
from wechat.cutting import STEP, TEXT_BYTES, cut, parts, size
from wechat.wording import say

PUBLIC = "https://a-rather-long-host-name.gov.example"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
chinese = st.text("办理地点，孩子户口12. 😀𠀀\n", max_size=600)


def test_every_chain_of_every_region_fits_and_keeps_whole_steps(catalogue: Catalogue) -> None:
    shortened = 0
    for region in catalogue.regions:
        for scenario in catalogue.scenarios:
            if not catalogue.chain(scenario, region).steps:
                continue
            reply, _ = chain_reply(catalogue, scenario, region, {}, 0)
            told = read_reply([{"text": reply.text, "custom": to_card(reply, catalogue)}], PUBLIC)
            under = size(f"\n{told.under}") if told.under else 0
            shown, rests = [], told.text
            while rests:
                found = cut(rests, TEXT_BYTES - (0 if shown else under), told.more)
                assert size(found.shown) + (0 if shown else under) <= TEXT_BYTES
                shown.append(found.shown)
                rests = found.rest
            assert told.more not in shown[-1]
            lines = "\n".join(shown).split("\n")
            assert sorted(line for line in lines if line != told.more) == sorted(reply.text.split("\n"))
            assert [line for line in lines if STEP.match(line)] == [
                line for line in reply.text.split("\n") if STEP.match(line)
            ]
            if len(shown) > 1:
                shortened += 1
                assert f"{PUBLIC}/guide/{region}/{scenario}" in shown[0]
    assert shortened >= 6


def test_what_stands_after_the_steps_is_shown_with_the_first_of_them() -> None:
    steps = [f"{n}. 第{n}件事：某某局" for n in range(1, 40)]
    text = "\n".join(["要办39件：", *steps, "来源：清单", "有贷款吗？"])
    found = cut(text, 400, "还有")
    assert found.shown.split("\n")[-3:] == ["还有", "来源：清单", "有贷款吗？"]
    assert found.rest.startswith(f"{found.shown.count('. ') + 1}. ")


@given(chinese, st.integers(60, 600))
def test_a_cut_text_fits_and_loses_no_character(text: str, limit: int) -> None:
    more, shown, rest = "……继续", [], text
    while True:
        found = cut(rest, limit, more)
        assert size(found.shown) <= limit
        shown.append(found.shown)
        if not found.rest:
            break
        assert size(found.rest) < size(rest)
        rest = found.rest
    whole = "".join(shown).replace(more, "").replace("\n", "")
    assert sorted(whole) == sorted(text.replace("\n", ""))


@given(texts, st.integers(4, 200))
def test_parts_are_the_whole_text(text: str, limit: int) -> None:
    found = parts(text, limit)
    assert all(size(part) <= limit for part in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")


def test_no_room_for_anything_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="room"):
        cut("很长的话" * 100, 20, "……还没完，回复“继续”看后面的")


def test_without_a_public_address_no_link_is_shown(catalogue: Catalogue) -> None:
    reply, _ = chain_reply(catalogue, "social-security", "huancui", {}, 0)
    told = read_reply([{"text": reply.text, "custom": to_card(reply, catalogue)}], None)
    assert told.more == say("more_here")
    assert "http" not in cut(told.text, TEXT_BYTES, told.more).shown
