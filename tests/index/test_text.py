"""Normalisation, mentions and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clauses import request_parts, second_request
from index.mentions import MentionFinder, chinese_number
from index.normalise import Normaliser, fold
from index.words import domain_words, teach_jieba, terms
from knowledge.catalogue import load_catalogue

FINDER = MentionFinder(load_catalogue())
NORMALISE = Normaliser.from_words(domain_words(), {"低保": 9, "怎么": 50, "申请": 30, "身份证": 20})


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("護照過期咗點樣換新嘅", "护照过期了怎样换新的"),
        ("Ａ１　护照！！！", "A1 护照!"),
        ("身\u200b份\u200b证", "身份证"),
        ("✈️去日本玩", "去日本玩"),
        ("dibao zenme shenqing", "低保怎么申请"),
        ("结昏登机要带啥", "结婚登记要带啥"),
        ("公鸡金咋提", "公积金咋提"),
        ("事业单位招人", "事业单位招人"),
    ],
)
def test_noise_is_taken_out_and_sense_is_left(text: str, plain: str) -> None:
    teach_jieba(domain_words())
    assert NORMALISE(text) == plain


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded or len(fold(folded)) <= len(folded)
    NORMALISE(text)
    terms(folded)
    FINDER(folded)
    assert request_parts(folded)
    second_request(folded)


def test_mentions_are_found() -> None:
    found = FINDER("薛城企业58第四个小项")
    assert (found.regions, found.audience, found.rows) == (("xuecheng",), "enterprise", ("58.4",))
    assert FINDER("我是企业退休的").audience is None
    assert FINDER("周村57号事项").rows == ("57",)
    assert FINDER("第三个要带什么").ordinal == 3
    assert "materials" in FINDER("第三个要带什么").aspects
    assert FINDER("那去哪办").rest == ""
    assert FINDER("两个区牵头一样不").ordinal is None


@pytest.mark.parametrize(
    ("text", "number"), [("三", 3), ("十", 10), ("十二", 12), ("二十一", 21), ("7", 7), ("甲", 0)]
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


def test_only_announced_second_requests_split_a_message() -> None:
    assert second_request("刚结婚又买了个二手房") == ["刚结婚", "买了个二手房"]
    assert second_request("爷爷没了,折子里好像还有钱,也得告诉人家") == []
