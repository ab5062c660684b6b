"""Conversations are all kept and loaded no further back than is needed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, create_tracker_store
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.conversation_store import LOADED_EVENTS, ConversationStore
from desk.retention import delete_old
from desk.settings import Settings

DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [greet]
slots:
  guidance: {type: any, mappings: [{type: custom}]}
  region: {type: text, influence_conversation: false, mappings: [{type: custom}]}
actions: [action_guide]
""")
SENDER = "u1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def store(file: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore(domain=DOMAIN, db=str(file))
    yield opened
    opened.engine.dispose()


def begin(region: str = "zhoucun") -> list[Event]:
    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        SlotSet("region", region),
        ActionExecuted("action_listen"),
    ]


def turn(number: int) -> list[Event]:
    """One turn; only the state is set in it, the region never again."""
    said = UserUttered(f"第{number}句", {"name": "greet", "confidence": 1.0}, [], input_channel="rest")
    answer = BotUttered(f"第{number}答", {"custom": {"kind": "chain"}})
    state = SlotSet("guidance", {"turn": number})
    return [said, ActionExecuted("action_guide"), answer, state, ActionExecuted("action_listen")]


def go_on(store: Any, events: list[Event]) -> DialogueStateTracker:
    """One message, as Rasa's processor handles it."""

    async def run() -> DialogueStateTracker:
        tracker = await store.get_or_create_tracker(SENDER, append_action_listen=False)
        tracker.update_with_events(events, DOMAIN)
        await store.save(tracker)
        return await store.retrieve(SENDER)

    return asyncio.run(run())


def texts(events: Any, kind: type = UserUttered) -> list[str]:
    return [event.text for event in events if isinstance(event, kind)]


def kept(file: Path) -> list[dict[str, Any]]:
    """What is in the file, without the times, which Rasa sets anew for every tracker."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT data FROM events WHERE sender_id = ? ORDER BY id", (SENDER,))
        return [{**json.loads(data), "timestamp": None} for (data,) in rows]


def test_a_short_conversation_is_as_in_rasas_own_store(
    store: ConversationStore, file: Path, tmp_path: Path
) -> None:
    rasas = SQLTrackerStore(domain=DOMAIN, db=str(tmp_path / "rasa.db"))
    steps = [begin() + turn(1), turn(2), turn(3)]
    for events in steps:
        ours, theirs = go_on(store, events), go_on(rasas, events)
        assert texts(ours.events) == texts(theirs.events)
        assert ours.current_slot_values() == theirs.current_slot_values()
        assert ours.latest_message == theirs.latest_message
        assert ours.latest_action_name == theirs.latest_action_name == "action_listen"
    assert kept(file) == kept(tmp_path / "rasa.db")


def test_a_long_conversation_is_kept_whole_and_loaded_in_part(store: ConversationStore, file: Path) -> None:
    tracker = go_on(store, begin("changle") + turn(0))
    for number in range(1, 60):
        tracker = go_on(store, turn(number))
    assert texts(tracker.events) == ["第57句", "第58句", "第59句"]
    assert len(tracker.events) <= LOADED_EVENTS + 2
    assert isinstance(next(e for e in tracker.events if not isinstance(e, SlotSet)), ActionExecuted)
    assert tracker.current_slot_values() | {"session_started_metadata": None} == {
        "guidance": {"turn": 59},
        "region": "changle",
        "session_started_metadata": None,
    }
    assert len(kept(file)) == 4 + 60 * 5
    full = asyncio.run(store.retrieve_full_tracker(SENDER))
    assert full is not None
    assert texts(full.events) == [f"第{number}句" for number in range(60)]
    assert texts(full.events, BotUttered) == [f"第{number}答" for number in range(60)]


def test_a_new_session_starts_afresh_with_the_slots_it_carries(store: ConversationStore, file: Path) -> None:
    go_on(store, begin("zhoucun") + turn(1))
    tracker = go_on(store, begin("huancui") + turn(2))
    assert texts(tracker.events) == ["第2句"]
    assert tracker.get_slot("region") == "huancui"
    assert len(kept(file)) == 18


def test_what_was_said_survives_a_new_process(store: ConversationStore, file: Path) -> None:
    go_on(store, begin() + turn(1))
    again = ConversationStore(domain=DOMAIN, db=str(file))
    assert texts(go_on(again, turn(2)).events) == ["第1句", "第2句"]
    assert len(kept(file)) == 14
    again.engine.dispose()


def test_a_stranger_has_no_conversation_and_nothing_is_written_for_him(
    store: ConversationStore, file: Path
) -> None:
    assert asyncio.run(store.retrieve("nobody")) is None
    asyncio.run(store.get_or_create_tracker(SENDER, append_action_listen=False))
    assert kept(file) == []


def test_a_reader_is_not_kept_out_by_a_writer(store: ConversationStore, file: Path) -> None:
    go_on(store, begin() + turn(1))
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM events")
        tracker = asyncio.run(store.retrieve(SENDER))
        other.execute("ROLLBACK")
    assert tracker is not None and texts(tracker.events) == ["第1句"]


def test_what_is_deleted_beside_it_is_in_no_byte_of_the_files(store: ConversationStore, file: Path) -> None:
    """Retention works in a process of its own while the store is open, and so does its write-ahead log."""
    go_on(store, begin("deleted-for-good") + turn(1))
    settings = Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(file)})
    assert delete_old(settings, days=0, now=time.time() + 1)["events"] == 9
    assert not any(b"deleted-for-good" in path.read_bytes() for path in file.parent.iterdir())
    assert asyncio.run(store.retrieve(SENDER)) is None
    assert texts(go_on(store, begin() + turn(2)).events) == ["第2句"]


class Collector(EventBroker):
    """Keeps what is published."""

    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        """Keeps it."""
        self.published.append(event)


def test_a_broker_gets_each_event_once(file: Path) -> None:
    broker = Collector()
    store = ConversationStore(domain=DOMAIN, db=str(file), event_broker=broker)
    go_on(store, begin() + turn(1))
    go_on(store, turn(2))
    assert [event["text"] for event in broker.published if event["event"] == "user"] == ["第1句", "第2句"]
    assert len(broker.published) == 14
    store.engine.dispose()


def test_rasa_finds_it_under_the_name_in_endpoints(file: Path) -> None:
    """Under a name that it does not find, Rasa would keep conversations in memory only."""
    settings = EndpointConfig.from_dict(
        {"type": "bot.conversation_store.ConversationStore", "dialect": "sqlite", "db": str(file)}
    )
    named = Path(__file__).resolve().parents[2] / "endpoints.yml"
    assert f"type: {settings.type}" in named.read_text(encoding="utf-8")
    store = create_tracker_store(settings, DOMAIN)
    assert isinstance(store, ConversationStore)
    assert texts(go_on(FailSafeTrackerStore(store), begin() + turn(1)).events) == ["第1句"]
    assert len(kept(file)) == 9
    store.engine.dispose()
