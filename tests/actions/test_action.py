"""The adapter to rasa_sdk: reads the tracker, utters text with buttons and card, keeps the state, survives a failure."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.actions import ActionGuide
from actions.dialogue import Conversation
from actions.heard import Heard
from actions.reply import Reply
from actions.responder import Responder
from actions.state import State
from knowledge.catalogue import Catalogue
from tests.actions.talk import KINDS


def message(text: str, *targets: list[Any], **metadata: str) -> dict[str, Any]:
    return {
        "text": text,
        "intent": {"name": "life_event__birth", "confidence": 0.97},
        "entities": [],
        "guidance": {"targets": list(targets), "outside": 0.0, "mentions": {"rest": text}},
        "metadata": metadata,
    }


def tracker(latest: dict[str, Any], slots: dict[str, Any] | None = None) -> Tracker:
    return Tracker("u1", slots or {}, latest, [], False, None, {}, "action_listen")


def run(action: ActionGuide, given: Tracker) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, given, {}))
    return dispatcher.messages, {
        event["name"]: event["value"] for event in events if event["event"] == "slot"
    }


def test_one_message_with_text_buttons_and_card(conversation: Conversation) -> None:
    action = ActionGuide(Responder(lambda: conversation))
    latest = message("我家宝宝刚出生", ["birth", "scenario", 0.97, 0.9], region="changle")
    messages, slots = run(action, tracker(latest))
    assert len(messages) == 1, "text and card of one answer leave together"
    uttered = messages[0]
    assert uttered["text"].startswith("恭喜")
    assert uttered["custom"]["kind"] == "chain" and len(uttered["custom"]["steps"]) == 6
    assert [b["payload"] for b in uttered["buttons"]] == [o["payload"] for o in uttered["custom"]["options"]]
    assert slots["region"] == "changle" and slots["guidance"]["threads"][0]["scenario"] == "birth"


def test_the_state_comes_back_from_its_slot(conversation: Conversation) -> None:
    action = ActionGuide(Responder(lambda: conversation))
    _, slots = run(action, tracker(message("宝宝", ["birth", "scenario", 0.97, 0.9], region="changle")))
    latest = message("第三个")
    latest["guidance"]["mentions"] = {"ordinal": 3, "rest": ""}
    messages, _ = run(action, tracker(latest, slots))
    assert messages[0]["custom"]["steps"][0]["matter_id"] == "changle.individual.3"


class Broken(Conversation):
    def __call__(self, state: State, heard: Heard) -> tuple[Reply, State]:
        raise RuntimeError("broken on purpose")


def test_a_failure_is_told_politely_and_loses_nothing(catalogue: Catalogue) -> None:
    kept = {"region": "changle", "turn": 4, "asking": "mortgage"}
    messages, slots = run(
        ActionGuide(Responder(lambda: Broken(catalogue))), tracker(message("宝宝"), {"guidance": kept})
    )
    assert messages[0]["custom"]["kind"] == "error"
    assert "broken" not in str(messages) and "Traceback" not in str(messages)
    assert slots["guidance"] == kept and slots["region"] == "changle"


def test_a_message_without_any_understanding_is_answered(conversation: Conversation) -> None:
    """The fallback, an empty message, a message from before the search component existed."""
    action = ActionGuide(Responder(lambda: conversation))
    for latest in (
        {},
        {"text": None},
        {"text": "?", "intent": {"name": None, "confidence": None}},
        {"text": "/x"},
    ):
        messages, _ = run(action, tracker(latest))
        assert messages[0]["custom"]["kind"] in KINDS


def test_payloads_come_from_their_entity(conversation: Conversation) -> None:
    latest = {
        "text": '/choose{"payload":"matter:changle.individual.55"}',
        "intent": {"name": "choose", "confidence": 1.0},
        "entities": [{"entity": "payload", "value": "matter:changle.individual.55"}],
    }
    messages, _ = run(
        ActionGuide(Responder(lambda: conversation)), tracker(latest, {"guidance": {"region": "changle"}})
    )
    assert messages[0]["custom"]["kind"] == "matter"
