"""Hand-offs in the database: found, moved by events, counted in the queue, with what was said in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from desk.errors import NoSuchHandoff
from desk.handoff import OPEN, Event, Handoff, State, step
from desk.numbers import hide_numbers
from storage.sqlite_file import changing

_COLUMNS = tuple(field.name for field in fields(Handoff))
_ALL = ", ".join(_COLUMNS)
_WRITTEN = tuple(name for name in _COLUMNS if name != "id")


@dataclass(frozen=True)
class Message:
    """One thing said while a person has the conversation; `n` grows with every message."""

    n: int
    author: str
    text: str
    at: float
    name: str = ""


class Handoffs:
    """The hand-offs of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, conversation: str) -> Handoff:
        """The latest hand-off of a conversation; one in state `none` where there was none."""
        row = self._connection.execute(
            f"SELECT {_ALL} FROM handoff WHERE conversation = ? ORDER BY id DESC LIMIT 1", (conversation,)
        ).fetchone()
        return _handoff(row) if row else Handoff(conversation)

    def by_id(self, number: int) -> Handoff:
        """One hand-off; raises NoSuchHandoff."""
        row = self._connection.execute(f"SELECT {_ALL} FROM handoff WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NoSuchHandoff(f"no hand-off {number}")
        return _handoff(row)

    def in_state(self, states: Sequence[State] = OPEN) -> list[Handoff]:
        """All in these states, as they are to be served: urgent ones first, then in the order they came."""
        marks = ", ".join("?" * len(states))
        rows = self._connection.execute(
            f"SELECT {_ALL} FROM handoff WHERE state IN ({marks}) ORDER BY urgent DESC, id", tuple(states)
        )
        return [_handoff(row) for row in rows]

    def ended(self, most: int = 50) -> list[Handoff]:
        """The hand-offs that ended last, the latest first."""
        rows = self._connection.execute(
            f"SELECT {_ALL} FROM handoff WHERE state = 'ended' ORDER BY ended_at DESC LIMIT ?", (most,)
        )
        return [_handoff(row) for row in rows]

    def place(self, handoff: Handoff) -> int | None:
        """The place in the queue, 1 for the next; None for who does not wait."""
        if handoff.state != "waiting":
            return None
        row = self._connection.execute(
            "SELECT count(*) FROM handoff WHERE state = 'waiting' AND (urgent > ? OR (urgent = ? AND id <= ?))",
            (handoff.urgent, handoff.urgent, handoff.id),
        ).fetchone()
        return int(row[0])

    def apply(self, which: int | str, event: Event, said: str = "") -> Handoff:
        """Moves a hand-off (by number or conversation) by an event, keeping what was said with it.

        What a citizen says is kept without long numbers; what a person says is kept as it is. Raises NotPossible
        and NoSuchHandoff.
        """
        with changing(self._connection):
            before = self.by_id(which) if isinstance(which, int) else self.of(which)
            after = self._write(before, step(before, event))
            if said:
                author = "person" if event.name == "reply" else "citizen"
                text = said if author == "person" else hide_numbers(said)
                name = after.display if author == "person" else ""
                self._connection.execute(
                    "INSERT INTO message (handoff, author, text, at, name) VALUES (?, ?, ?, ?, ?)",
                    (after.id, author, text, event.at, name),
                )
        return after

    def _write(self, before: Handoff, after: Handoff) -> Handoff:
        if after == before:
            return after
        values = [asdict(after)[name] for name in _WRITTEN]
        if after.id:
            changes = ", ".join(f"{name} = ?" for name in _WRITTEN)
            self._connection.execute(f"UPDATE handoff SET {changes} WHERE id = ?", (*values, after.id))
            return after
        marks = ", ".join("?" * len(values))
        cursor = self._connection.execute(
            f"INSERT INTO handoff ({', '.join(_WRITTEN)}) VALUES ({marks})", values
        )
        return self.by_id(int(cursor.lastrowid or 0))

    def messages(self, handoff: int, after: int = 0, author: str | None = None) -> list[Message]:
        """What was said after message number `after`, by everybody or by one side."""
        rows = self._connection.execute(
            "SELECT n, author, text, at, name FROM message WHERE handoff = ? AND n > ? AND author = coalesce(?, author)"
            " ORDER BY n",
            (handoff, after, author),
        )
        return [Message(**dict(row)) for row in rows]

    def said(self, conversation: str, author: str) -> list[Message]:
        """What one side said in all hand-offs of a conversation."""
        rows = self._connection.execute(
            "SELECT n, author, message.text, at, name FROM message JOIN handoff ON handoff.id = message.handoff"
            " WHERE conversation = ? AND author = ? ORDER BY n",
            (conversation, author),
        )
        return [Message(**dict(row)) for row in rows]

    def last_said(self, conversation: str, author: str) -> float:
        """When one side last said something in a conversation; 0 where it never did."""
        row = self._connection.execute(
            "SELECT max(at) FROM message JOIN handoff ON handoff.id = message.handoff"
            " WHERE conversation = ? AND author = ?",
            (conversation, author),
        ).fetchone()
        return float(row[0] or 0.0)

    def forget(self, conversation: str) -> None:
        """Deletes all hand-offs of a conversation; their messages go with them."""
        self._connection.execute("DELETE FROM handoff WHERE conversation = ?", (conversation,))
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _handoff(row: sqlite3.Row) -> Handoff:
    values = dict(row)
    return Handoff(**{**values, "urgent": bool(values["urgent"])})
