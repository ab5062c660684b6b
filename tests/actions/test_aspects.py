"""Aspects: of all steps, of nothing, pressed for, and the words that ask them."""

from __future__ import annotations

import csv

from index.mentions import ASPECTS
from tests.actions.conftest import HOME, Start
from tests.actions.talk import Talk, hear


def test_the_place_of_all_steps(home: Talk) -> None:
    reply = home.say("都去哪办")
    assert reply.kind == "slot" and home.steps == HOME
    assert reply.slot is not None and not reply.slot.given and not reply.slot.values


def test_pressed_for_a_price_still_refused(home: Talk) -> None:
    for words in ("多少钱", "你大概估一个，到底多少钱", "别的区都写了，你就说要收多少钱"):
        reply = home.say(words, outside=0.7, outside_kind="complaint")
        assert reply.kind == "refuse" and reply.slot is not None and not reply.slot.given, words


def test_what_can_be_done_online(start: Start) -> None:
    talk = start("zhoucun")
    talk.say("失业了", "laid-off")
    reply = talk.say("哪些能网上办")
    assert reply.slot is not None and reply.slot.given
    assert talk.steps == ["zhoucun.individual.27", "zhoucun.individual.28"]


def test_an_aspect_of_nothing_is_asked_back(start: Start) -> None:
    talk = start("changle")
    assert talk.say("要带什么材料").kind == "clarify"
    assert talk.say("多少钱").kind == "clarify"


def test_every_aspect_has_all_its_patterns() -> None:
    """A comma that is not quoted would cut a pattern short."""
    for words, aspect in [
        ("然后呢", "next"),
        ("办完这个去哪", "next"),
        ("办结婚之前要什么", "previous"),
        ("何时能拿", "duration"),
    ]:
        assert aspect in hear(words).aspects, words
    with ASPECTS.open(encoding="utf-8", newline="") as stream:
        assert all(None not in row for row in csv.DictReader(stream))


def test_pressed_without_naming_what_was_asked(home: Talk) -> None:
    home.say("多少钱")
    reply = home.say("那你大概说个数", outside=0.8)
    assert reply.kind == "refuse" and reply.slot is not None and reply.slot.name == "fee"


def test_an_address_that_changes_is_not_asked_for() -> None:
    assert "address" not in hear("公司地址变了").aspects
    assert "address" in hear("具体地址在哪").aspects
