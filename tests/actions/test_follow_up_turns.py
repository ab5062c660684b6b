"""Messages that turn to another thing, and those that stay with the one at hand: both readings put together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.follow_up import in_context
from actions.heard import Heard, InContext, Target
from tests.actions.talk import hear


def both(text: str, alone: dict[str, float], after: dict[str, float], own: tuple[str, ...]) -> Heard:
    """The message with what each reading finds, put together."""

    def targets(found: dict[str, float]) -> tuple[Target, ...]:
        return tuple(Target(name, "concept", share) for name, share in found.items())

    heard = replace(hear(text), targets=targets(alone), in_context=InContext(targets(after), 0.0))
    return in_context(heard, own)


def best(heard: Heard) -> str:
    return max(heard.targets, key=lambda found: found.probability).id


def test_a_contrast_turns_away_from_what_was_answered() -> None:
    heard = both("小学呢", {"primary": 0.5}, {"kindergarten": 0.45, "primary": 0.5}, ("kindergarten",))
    assert best(heard) == "primary" and heard.behind == ("kindergarten",)


def test_without_another_thing_named_a_contrast_stays() -> None:
    heard = both("医保呢", {"other": 0.1}, {"transfer": 0.9}, ("transfer",))
    assert best(heard) == "transfer" and not heard.behind


def test_a_question_about_the_thing_at_hand_stays_with_it() -> None:
    heard = both("一年能贷多少", {"student-loan": 0.95}, {"loan": 0.9, "student-loan": 0.05}, ("loan",))
    assert not heard.behind


def test_what_corrects_stands_by_itself() -> None:
    heard = both("不是，是二手的", {"second-hand": 0.7}, {"new": 0.9, "second-hand": 0.05}, ("new",))
    assert best(heard) == "second-hand" and heard.behind == ("new",)


def test_read_with_the_earlier_words_it_may_mean_nothing() -> None:
    heard = both("医保呢", {"medical": 0.85}, {"id-card": 0.24, "newborn": 0.14}, ("id-card",))
    assert best(heard) == "medical"


def test_earlier_words_do_not_take_from_a_wish_that_it_is_one() -> None:
    heard = Heard("有没有补贴", targets=(Target("subsidies", "scenario", 0.57),), outside=0.35)
    after = InContext((Target("restaurant", "scenario", 0.3), Target("subsidies", "scenario", 0.1)), 0.3)
    together = in_context(replace(heard, in_context=after), ("restaurant",))
    assert together.outside == 0.35
    assert sum(found.probability for found in together.targets) + together.outside == pytest.approx(1.0)
