"""The switches of a chain's card: each changes the chain as the catalogue says, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from actions.dialogue import Conversation
from actions.payloads import tap
from actions.reply import to_card
from actions.state import State
from knowledge.catalogue import load_catalogue
from tests.actions.talk import tapped

CATALOGUE = load_catalogue()
CHAINS = [
    (scenario, region)
    for scenario in CATALOGUE.scenarios
    for region in CATALOGUE.regions
    if CATALOGUE.chain(scenario, region).steps
]


def shown(state: State, payload: str) -> tuple[dict[str, Any], State]:
    """The card after a tap."""
    reply, after = Conversation(CATALOGUE)(state, tapped(payload))
    return to_card(reply, CATALOGUE), after


def steps_of(card: dict[str, Any]) -> list[str]:
    return [step["matter_id"] for step in card["steps"]]


@pytest.mark.parametrize(("scenario", "region"), CHAINS)
def test_every_switch_changes_the_chain_and_can_be_taken_back(scenario: str, region: str) -> None:
    card, state = shown(State(region=region), tap(f"scenario:{scenario}"))
    assert card["kind"] == "chain"
    assert {c.id for c in CATALOGUE.chain(scenario, region).open_conditions} == {
        condition["id"] for condition in card["conditions"]
    }
    for condition in card["conditions"]:
        assert condition["chosen"] is None
        for option in condition["options"]:
            chain = CATALOGUE.chain(scenario, region, {condition["id"]: option["value"]})
            after, then = shown(state, option["payload"])
            if not chain.steps:
                assert after["kind"] == "out_of_scope"
                continue
            assert steps_of(after) == [matter.id for matter in chain.matters]
            chosen = {c["id"]: c["chosen"] for c in after["conditions"]}
            assert chosen[condition["id"]] == option["value"]
            assert f"{condition['id']}={option['value']}" in after["notice"]["html"]
            back, _ = shown(then, condition["undo"])
            assert steps_of(back) == steps_of(card)
            assert back["conditions"] == card["conditions"]


def test_a_switch_of_an_older_card_goes_back_to_its_scenario() -> None:
    _, state = shown(State(region="zhoucun"), tap("scenario:second-hand-home"))
    _, elsewhere = shown(state, tap("scenario:birth"))
    card, _ = shown(elsewhere, tap("fact:mortgage=no@second-hand-home"))
    assert card["scenario"]["id"] == "second-hand-home"
    assert steps_of(card) == [
        matter.id for matter in CATALOGUE.chain("second-hand-home", "zhoucun", {"mortgage": "no"}).matters
    ]


@pytest.mark.parametrize("choice", ["fact:mortgage=maybe@second-hand-home", "fact:weather=fine@birth"])
def test_an_answer_that_no_question_has_changes_nothing(choice: str) -> None:
    _, state = shown(State(region="zhoucun"), tap("scenario:second-hand-home"))
    card, after = shown(state, tap(choice))
    assert card["kind"] != "chain" and after.facts == {}


def test_what_follows_and_the_notice_stand_on_the_card() -> None:
    card, _ = shown(State(region="zhoucun"), tap("scenario:birth"))
    assert [other["id"] for other in card["following"]] == [
        other.id for other, _ in CATALOGUE.following("birth", "zhoucun")
    ]
    assert card["notice"] == {
        "html": "/notice/zhoucun/birth",
        "pdf": "/notice/zhoucun/birth.pdf",
        "docx": "/notice/zhoucun/birth.docx",
    }
