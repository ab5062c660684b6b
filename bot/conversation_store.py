"""Conversations in Rasa's SQL tracker store: written in one short transaction, loaded no further back than is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import StaticPool

LOADED_EVENTS = 16
"""Two turns: rules look at the last one, and what was said before them stands in the slots."""
_ON_CONNECT = ("journal_mode=WAL", "synchronous=NORMAL")
_STORED = "stored_events"
"""Attribute of a tracker: how many of its events came out of the store or went into it."""
_EVENT = SQLTrackerStore.SQLEvent.__table__
_LATEST = (
    sa.select(_EVENT.c.type_name, _EVENT.c.action_name, _EVENT.c.data)
    .where(_EVENT.c.sender_id == sa.bindparam("sender"))
    .order_by(_EVENT.c.id.desc())
    .limit(LOADED_EVENTS)
)
_SLOT = (
    sa.select(_EVENT.c.data)
    .where(
        _EVENT.c.sender_id == sa.bindparam("sender"),
        _EVENT.c.type_name == SlotSet.type_name,
        _EVENT.c.action_name == sa.bindparam("slot"),
    )
    .order_by(_EVENT.c.id.desc())
    .limit(1)
)


class ConversationStore(SQLTrackerStore):
    """Every event is kept; a tracker holds the last ones and all slots. Forms and pauses are not looked for further back."""

    engine: sa.engine.Engine

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As Rasa makes it from endpoints.yml."""
        super().__init__(*arguments, **named)
        if self.engine.dialect.name == "sqlite":
            self.engine = _sqlite(self.engine.url)
            self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The end of a conversation; None where there was none."""
        with self.engine.connect() as connection:
            rows = connection.execute(_LATEST, {"sender": sender_id}).all()[::-1]
            if not rows:
                return None
            start = _start(rows)
            events = [json.loads(row.data) for row in rows[start:]]
            if len(rows) == LOADED_EVENTS:
                events = [*self._earlier_slots(connection, sender_id, events), *events]
        return _remembered(DialogueStateTracker.from_dict(sender_id, events, self.domain.slots))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All of a conversation, over all of its sessions."""
        return _remembered(await super().retrieve_full_tracker(conversation_id))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Writes the events that are new since the tracker was loaded or saved."""
        new = list(tracker.events)[getattr(tracker, _STORED, 0) :]
        if not new:
            return
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        with self.engine.begin() as connection:
            connection.execute(_EVENT.insert(), [_row(tracker.sender_id, event) for event in new])
        _remembered(tracker)

    def _earlier_slots(
        self, connection: sa.engine.Connection, sender: str, events: Sequence[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        """The latest value of each slot that the events do not set."""
        told = {event["name"] for event in events if event["event"] == SlotSet.type_name}
        for slot in self.domain.slots:
            if slot.name not in told:
                found = connection.execute(_SLOT, {"sender": sender, "slot": slot.name}).scalar()
                if found:
                    yield json.loads(found)


def _sqlite(url: sa.engine.URL) -> sa.engine.Engine:
    """One connection for the process, with a write-ahead log: no message waits for the disk."""
    engine = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        for setting in _ON_CONNECT:
            connection.execute(f"PRAGMA {setting}")

    return engine


def _start(rows: Sequence[Any]) -> int:
    """Where the session begins, or the first whole turn of what was loaded; at the first row where there is neither."""
    sessions = [at for at, row in enumerate(rows) if row.type_name == SessionStarted.type_name]
    if sessions:
        return sessions[-1]
    if len(rows) < LOADED_EVENTS:
        return 0
    return next((at for at, row in enumerate(rows) if row.action_name == ACTION_LISTEN_NAME), 0)


def _remembered(tracker: DialogueStateTracker | None) -> DialogueStateTracker | None:
    """The tracker, with all of its events known to be stored."""
    if tracker is not None:
        setattr(tracker, _STORED, len(tracker.events))
    return tracker


def _row(sender: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": (data.get("parse_data", {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
