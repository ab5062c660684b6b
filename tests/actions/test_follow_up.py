"""Two readings of one message: by itself, and after what was talked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.follow_up import in_context
from actions.heard import Heard, InContext, Target, from_message


def targets(**probabilities: float) -> tuple[Target, ...]:
    return tuple(Target(name, "concept", p) for name, p in probabilities.items())


VAGUE = Heard(text="每月还有补的钱没有", targets=targets(funeral=0.5, allowance=0.1), outside=0.3)
AFTER = InContext(targets(allowance=0.8, card=0.15), 0.01)


def test_what_is_vague_by_itself_is_what_it_means_after_the_earlier_words() -> None:
    assert in_context(replace(VAGUE, in_context=AFTER)).targets[0].id == "allowance"


def test_a_clear_new_wish_stays_what_it_is() -> None:
    clear = Heard(
        text="我身份证丢了",
        targets=targets(identity=0.97, card=0.01),
        in_context=InContext(targets(card=0.5, identity=0.45), 0.0),
    )
    assert in_context(clear).targets[0].id == "identity"


def test_something_else_altogether_stays_outside() -> None:
    other = Heard(
        "今天热不热", targets=targets(a=0.05), outside=0.9, in_context=InContext(targets(a=0.5), 0.4)
    )
    heard = in_context(other)
    assert heard.outside > heard.targets[0].probability


def test_probabilities_stay_probabilities() -> None:
    heard = in_context(replace(VAGUE, in_context=AFTER))
    assert sum(t.probability for t in heard.targets) + heard.outside == pytest.approx(1.0)
    assert [t.probability for t in heard.targets] == sorted(
        (t.probability for t in heard.targets), reverse=True
    )


@pytest.mark.parametrize("heard", [VAGUE, replace(VAGUE, in_context=AFTER, payload="restart:")])
def test_without_a_second_reading_or_with_a_tap_nothing_changes(heard: Heard) -> None:
    assert in_context(heard) == heard


def test_the_second_reading_is_read_from_nlu() -> None:
    row = ["allowance", "concept", 0.8, 0.7]
    message = {"text": "x", "guidance": {"targets": [row], "in_context": {"targets": [row], "outside": 0.1}}}
    assert from_message(message, {}).in_context == InContext(targets(allowance=0.8), 0.1)
    assert from_message({"text": "x", "guidance": {"in_context": None}}, {}).in_context is None
