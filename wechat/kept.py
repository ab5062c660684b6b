"""Texts that wait for a conversation's next message."""

from __future__ import annotations

import sqlite3
from typing import Literal

from storage.sqlite_file import changing

# unsent: could not be sent by itself. rest: did not fit into the last message. numbers: what its numbers stand for.
Sort = Literal["unsent", "rest", "numbers"]


class Kept:
    """The kept texts of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, conversation: str, sort: Sort, text: str, at: float) -> None:
        """Keeps one more text."""
        self._connection.execute(
            "INSERT INTO kept (conversation, sort, text, at) VALUES (?, ?, ?, ?)",
            (conversation, sort, text, at),
        )

    def only(self, conversation: str, sort: Sort, text: str, at: float) -> None:
        """Keeps this text and no other of its sort; an empty one clears the sort."""
        with changing(self._connection):
            self._connection.execute(
                "DELETE FROM kept WHERE conversation = ? AND sort = ?", (conversation, sort)
            )
            if text:
                self.add(conversation, sort, text, at)

    def all(self, conversation: str, sort: Sort) -> list[str]:
        """The texts, oldest first."""
        rows = self._connection.execute(
            "SELECT text FROM kept WHERE conversation = ? AND sort = ? ORDER BY n", (conversation, sort)
        )
        return [row["text"] for row in rows]

    def take(self, conversation: str, sort: Sort) -> list[str]:
        """The texts, oldest first; they are not kept any more."""
        with changing(self._connection):
            found = self.all(conversation, sort)
            self._connection.execute(
                "DELETE FROM kept WHERE conversation = ? AND sort = ?", (conversation, sort)
            )
        return found

    def forget(self, conversation: str) -> None:
        """Drops everything that is kept for a conversation."""
        self._connection.execute("DELETE FROM kept WHERE conversation = ?", (conversation,))
