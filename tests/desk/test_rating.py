"""Ratings: what counts as one, and when one is asked for."""

from __future__ import annotations

import pytest

from actions.dialogue import Conversation
from actions.heard import Heard
from actions.rating import level_of
from actions.reply import Reply
from actions.state import State
from knowledge.catalogue import load_catalogue

TAP = '/choose{"payload":"%s"}'


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return Conversation(load_catalogue())


def tap(choice: str) -> Heard:
    return Heard(text=TAP % choice, intent="choose", intent_confidence=1.0, payload=choice)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("五星", 5),
        ("5星", 5),
        ("三颗星", 3),
        ("一星，答非所问", 1),
        ("打3分", 3),
        ("给5分", 5),
        ("打五分吧", 5),
        ("非常满意", 5),
        ("我很满意", 5),
        ("满意", 4),
        ("满意，说得很清楚", 4),
        ("基本满意", 3),
        ("不满意", 2),
        ("不满意，没找到我要的", 2),
        ("非常不满意！", 1),
        ("给个好评", 5),
        ("好评，帮大忙了", 5),
        ("差评", 1),
        ("服务评价：满意", 4),
        ("俺觉着挺好，五星", 5),
        ("一般", 3),
    ],
)
def test_words_that_are_a_rating(text: str, level: int) -> None:
    assert level_of(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "五星级酒店怎么办证",
        "一般纳税人登记",
        "满意度调查归谁管",
        "三星手机专卖店要办什么",
        "5分钟能办完吗",
        "考了3分能补贴吗",
        "我家宝宝出生了",
        "评价一下",
        "对赔偿不满意能去哪申诉",
        "6星",
        "3",
        "",
    ],
)
def test_words_that_are_none(text: str) -> None:
    assert level_of(text) is None


def choices(reply: Reply) -> list[str]:
    return [option.choice for option in reply.options]


def test_a_rating_is_taken_with_the_scenario(conversation: Conversation) -> None:
    _, state = conversation(State(region="zhoucun"), tap("scenario:marriage"))
    reply, state = conversation(state, Heard(text="五星"))
    assert reply.kind == "feedback"
    assert reply.service == {"feedback": {"level": 5, "scenario": "marriage"}}
    assert reply.options
    assert "marriage" in state.rated
    assert state.thread is not None and state.thread.scenario == "marriage"


def test_a_poor_rating_offers_a_person(conversation: Conversation) -> None:
    reply, _ = conversation(State(region="zhoucun"), tap("rate:1"))
    assert reply.service["feedback"] == {"level": 1, "scenario": None}
    assert "human:" in choices(reply)


def test_who_wants_to_rate_is_asked_for_the_level_and_may_type_its_number(conversation: Conversation) -> None:
    _, state = conversation(State(region="zhoucun"), tap("scenario:marriage"))
    asked, state = conversation(state, Heard(text="我要评价"))
    assert choices(asked) == [f"rate:{level}" for level in (5, 4, 3, 2, 1)]
    typed, _ = conversation(state, Heard(text="4"))
    assert typed.service["feedback"]["level"] == 2
    labelled, _ = conversation(state, Heard(text="非常满意"))
    assert labelled.service["feedback"]["level"] == 5


def test_a_rating_is_offered_once_a_scenario_and_never_with_the_first_answer(
    conversation: Conversation,
) -> None:
    first, state = conversation(State(region="zhoucun"), tap("scenario:marriage"))
    assert "rate:" not in choices(first)
    offered = []
    for _ in range(4):
        reply, state = conversation(state, Heard(text="下一步", intent="ask_next", intent_confidence=1.0))
        offered.append("rate:" in choices(reply))
    assert sum(offered) == 1
    other, state = conversation(state, tap("scenario:birth"))
    assert "rate:" not in choices(other)


@pytest.mark.parametrize("choice", ["rate:9", "rate:0", "rate:12", "rate:x", "rate:"])
def test_a_tap_without_a_level_asks_for_it(conversation: Conversation, choice: str) -> None:
    reply, _ = conversation(State(region="zhoucun"), tap(choice))
    assert reply.kind == "clarify"
    assert len(reply.options) == 5
