"""The desk as the rest of the system sees it: one object over one connection."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence

from desk.database import connect
from desk.handoff import Event, EventName, Handoff, Wish
from desk.handoffs import Handoffs, Message
from desk.hours import Hours, load_hours
from desk.key import Key, load_key
from desk.numbers import hide_numbers
from desk.settings import Settings

KEPT_CONTACT = 100
# A message goes to review while it is being answered.
REVIEWED_WITHIN = 60.0


class Desk:
    """Hand-offs, ratings and messages for review. Senders come in plain and are kept hashed."""

    def __init__(
        self, connection: sqlite3.Connection, key: Key, hours: Hours, now: Callable[[], float] = time.time
    ) -> None:
        self.hours, self.now = hours, now
        self.handoffs = Handoffs(connection)
        self._connection, self._key = connection, key

    @classmethod
    def open(cls, settings: Settings, now: Callable[[], float] = time.time) -> Desk:
        """Opens or makes the files that the settings name; raises DeskError or sqlite3.Error."""
        hours = load_hours(settings.hours)
        return cls(connect(settings.database), load_key(settings.key, settings.key_file), hours, now)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    @property
    def is_open(self) -> bool:
        """Whether somebody is at the desk now."""
        return self.hours.is_open(self.now())

    def handoff(self, sender: str) -> Handoff:
        """The sender's latest hand-off; one that nobody has spoken in for long is over."""
        found = self.handoffs.of(self._key.hash(sender))
        if found.state == "taken" and self.now() - found.active_at > self.hours.idle_minutes * 60:
            return self.handoffs.apply(found.id, Event("expire", self.now()))
        return found

    def wish(
        self,
        sender: str,
        channel: str = "",
        region: str = "",
        scenario: str = "",
        text: str = "",
        urgent: bool = False,
    ) -> Handoff:
        """The sender's open hand-off, made where there is none."""
        conversation = self._key.hash(sender)
        wish = Wish(conversation, sender, channel, region, scenario, hide_numbers(text), urgent)
        return self.handoffs.apply(conversation, Event("wish", self.now(), wish=wish))

    def happen(self, sender: str, name: EventName, said: str = "") -> Handoff:
        """An event that the citizen causes: say, leave. Raises NotPossible."""
        return self.handoffs.apply(self._key.hash(sender), Event(name, self.now(), by="citizen"), said)

    def leave_contact(self, sender: str, contact: str) -> Handoff:
        """Keeps how to reach the sender until the hand-off ends; raises NotPossible where none is open."""
        event = Event("contact", self.now(), contact=contact[:KEPT_CONTACT])
        return self.handoffs.apply(self._key.hash(sender), event)

    def said(self, sender: str, author: str) -> list[Message]:
        """What one side said in all hand-offs of the sender, in order."""
        return self.handoffs.said(self._key.hash(sender), author)

    def forget(self, sender: str, said: Iterable[tuple[str, float]] = ()) -> None:
        """Deletes the sender's hand-offs with their words and contact; whoever waits does not wait any more.

        `said`: what the sender wrote, and when; messages for review name no sender, so they are known by that.
        """
        for text, at in said:
            self._connection.execute(
                "DELETE FROM review WHERE text = ? AND at BETWEEN ? AND ?",
                (hide_numbers(text), at, at + REVIEWED_WITHIN),
            )
        self.handoffs.forget(self._key.hash(sender))

    def rate(self, sender: str, level: int, scenario: str, region: str, words: str = "") -> None:
        """Keeps a rating (1 to 5); the same conversation's later word about the same scenario replaces it."""
        self._connection.execute(
            "INSERT OR REPLACE INTO rating (once, level, words, scenario, region, at) VALUES (?, ?, ?, ?, ?, ?)",
            (
                self._key.hash("rating", sender, scenario),
                level,
                hide_numbers(words),
                scenario,
                region,
                self.now(),
            ),
        )

    def review(self, text: str, region: str, targets: Sequence[tuple[str, float]], ending: str) -> None:
        """Keeps a message that was not answered well: text, region, best targets with probability, ending."""
        best = json.dumps([[name, round(probability, 4)] for name, probability in targets])
        self._connection.execute(
            "INSERT INTO review (text, region, targets, ending, at) VALUES (?, ?, ?, ?, ?)",
            (hide_numbers(text), region, best, ending, self.now()),
        )
