"""Messages that were delivered: the same one gets one answer, however often and to whichever worker it comes."""

from __future__ import annotations

import sqlite3
from typing import Literal

from storage.sqlite_file import changing

# open: nobody has been answered yet. passive: the answer goes back with the delivery. later: it is sent by itself.
Way = Literal["open", "passive", "later"]


class Deliveries:
    """The deliveries of one database; messages are named by a hash."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, message: str, at: float) -> bool:
        """Whether this is the first delivery, so that whoever asks has to answer it."""
        begun = self._connection.execute(
            "INSERT OR IGNORE INTO delivery VALUES (?, 'open', '', ?)", (message, at)
        )
        return begun.rowcount == 1

    def later(self, message: str) -> bool:
        """The deliverer waits no longer. Whether the answer now has to be sent by itself: it was not there yet."""
        with changing(self._connection) as database:
            database.execute(
                "UPDATE delivery SET way = 'later' WHERE message = ? AND way = 'open'", (message,)
            )
            return self.found(message)[0] == "later"

    def answered(self, message: str, answer: str) -> Way:
        """Keeps the answer; says which way it has to go."""
        with changing(self._connection) as database:
            database.execute(
                "UPDATE delivery SET answer = ?, way = 'passive' WHERE message = ? AND way = 'open'",
                (answer, message),
            )
            return self.found(message)[0]

    def found(self, message: str) -> tuple[Way, str]:
        """The way that a message's answer goes, and the answer where it goes back with the delivery."""
        row = self._connection.execute(
            "SELECT way, answer FROM delivery WHERE message = ?", (message,)
        ).fetchone()
        return (row["way"], row["answer"]) if row else ("later", "")
