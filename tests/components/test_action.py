"""Our action in the Rasa process: the same events as through an action server, and nobody waits for a desk that hangs."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.actions import ActionGuide
from actions.dialogue import Conversation
from actions.responder import Responder
from actions.service import PATIENCE_SECONDS, DeskService
from bot.action import OwnAction, ServedAction, make_action
from desk.desk import Desk
from desk.settings import Settings
from knowledge.catalogue import load_catalogue
from tests.desk.conftest import MORNING

SLOTS = ("guidance", "region", "audience")
NLG = TemplatedNaturalLanguageGenerator({})
TALK: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("我家宝宝刚出生", {"targets": [["birth", "scenario", 0.97, 0.9]]}, {"region": "changle"}),
    ("第三步去哪办", {"mentions": {"ordinal": 3, "aspects": ["place"], "rest": ""}}, {}),
    ("转人工", {}, {}),
    ("刚买了套二手房", {"targets": [["second-hand-home", "scenario", 0.96, 0.9]]}, {"region": "zhoucun"}),
    ("今天天气热不热", {"targets": [["birth", "scenario", 0.02, 0.1]], "outside": 0.95}, {}),
]


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return Conversation(load_catalogue())


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Desks with a file each, at the same hour."""
    opened: list[Desk] = []

    def open_(name: str) -> Desk:
        settings = Settings.from_environment({"YILIANBAN_DESK": str(tmp_path / name / "desk.db")})
        opened.append(Desk.open(settings, lambda: MORNING))
        return opened[-1]

    yield open_
    for desk in opened:
        desk.close()


def new_tracker(sender: str = "u1") -> DialogueStateTracker:
    return DialogueStateTracker(sender, [AnySlot(name, mappings=[{"type": "custom"}]) for name in SLOTS])


def hear(
    tracker: DialogueStateTracker, text: str, guidance: dict[str, Any], metadata: dict[str, str]
) -> None:
    parsed = {"intent": {"name": "", "confidence": 0.0}, "entities": [], "text": text, "guidance": guidance}
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered(text, parse_data=parsed, input_channel="rest", metadata=metadata))  # type: ignore[arg-type]


async def own(action: OwnAction, tracker: DialogueStateTracker) -> list[Event]:
    return await action.run(CollectingOutputChannel(), NLG, tracker, Domain.empty())


async def served(action: ActionGuide, tracker: DialogueStateTracker) -> list[Event]:
    """What Rasa makes of the action server's answer; tracker and answer go through JSON, as over HTTP."""
    sent = json.loads(json.dumps(tracker.current_state(EventVerbosity.ALL)))
    dispatcher = CollectingDispatcher()
    found = await action.run(dispatcher, Tracker.from_dict(sent), {})
    answer = json.loads(json.dumps({"events": found, "responses": dispatcher.messages}))
    assert ServedAction("action_guide", None)._validate_action_result(answer)
    said = await RemoteAction._utter_responses(answer["responses"], CollectingOutputChannel(), NLG, tracker)
    return [*said, *deserialise_events(answer["events"])]


def plain(events: list[Event]) -> list[dict[str, Any]]:
    """The events as the tracker store keeps them, without their time."""
    return [{**json.loads(json.dumps(event.as_dict())), "timestamp": 0} for event in events]


def test_a_conversation_is_the_same_here_and_on_an_action_server(
    conversation: Conversation, open_desk: Callable[[str], Desk]
) -> None:
    here_action = OwnAction(Responder(lambda: conversation, DeskService(partial(open_desk, "here"))))
    there_action = ActionGuide(Responder(lambda: conversation, DeskService(partial(open_desk, "there"))))
    here_tracker, there_tracker = new_tracker(), new_tracker()
    kinds = []
    for said in TALK:
        for tracker in (here_tracker, there_tracker):
            hear(tracker, *said)
        here = asyncio.run(own(here_action, here_tracker))
        there = asyncio.run(served(there_action, there_tracker))
        assert plain(here) == plain(there)
        here_tracker.update_with_events(here, Domain.empty())
        there_tracker.update_with_events(there, Domain.empty())
        assert here_tracker.current_slot_values() == there_tracker.current_slot_values()
        kinds.append(here[0].data["custom"]["kind"])  # type: ignore[attr-defined]
    assert kinds == ["chain", "slot", "handoff", "chain", "out_of_scope"]


def test_slots_are_plain_json_before_they_are_stored(conversation: Conversation) -> None:
    tracker = new_tracker()
    hear(tracker, *TALK[0])
    events = asyncio.run(own(OwnAction(Responder(lambda: conversation)), tracker))
    slots = {event.key: event.value for event in events if isinstance(event, SlotSet)}
    assert slots["guidance"]["threads"] and slots == json.loads(json.dumps(slots))


def test_a_desk_that_hangs_keeps_nobody_else_waiting(conversation: Conversation, tmp_path: Path) -> None:
    hanging, let_go = threading.Event(), threading.Event()

    def hang() -> Desk:
        hanging.set()
        let_go.wait(30)
        raise OSError("the disk is gone")

    action = OwnAction(Responder(lambda: conversation, DeskService(hang)))

    async def talk(sender: str) -> list[Event]:
        tracker = new_tracker(sender)
        hear(tracker, *TALK[0])
        return await own(action, tracker)

    async def all_of_them() -> tuple[float, list[list[Event]]]:
        first = asyncio.create_task(talk("first"))
        while not hanging.is_set():
            await asyncio.sleep(0.01)
        began = time.monotonic()
        others = [await talk(f"u{number}") for number in range(20)]
        waited = time.monotonic() - began
        assert not first.done()
        let_go.set()
        return waited, [await first, *others]

    waited, answers = asyncio.run(all_of_them())
    assert waited < 20 * PATIENCE_SECONDS, "each message waits for itself"
    for events in answers:
        said = events[0]
        assert isinstance(said, BotUttered) and said.data["custom"]["kind"] == "chain"


@pytest.mark.parametrize(
    "answer", [{"events": "none"}, {"events": [{"name": "x"}]}, {"events": [], "responses": ["text"]}]
)
def test_an_answer_that_is_none_is_refused(answer: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ServedAction("action_guide", None)._validate_action_result(answer)


def test_the_address_decides_who_answers(conversation: Conversation) -> None:
    responder = Responder(lambda: conversation)
    assert isinstance(make_action(None, responder), OwnAction)
    assert isinstance(make_action(EndpointConfig(""), responder), OwnAction)
    assert isinstance(make_action(EndpointConfig("http://127.0.0.1:1/webhook"), responder), ServedAction)
