"""Whom something may be sent to, and until when: the only place that keeps OpenIDs, and no longer than that."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from wechat.settings import Name

# How long after which act WeChat lets an account send messages of its own.
MESSAGE_SECONDS = 48 * 3600.0
EVENT_SECONDS = 60.0


@dataclass(frozen=True)
class Reader:
    """A person as an account can reach them."""

    conversation: str
    account: Name
    openid: str


class Readers:
    """The readers of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def open(self, reader: Reader, until: float) -> None:
        """Lets messages be sent to the reader until then; an earlier, longer leave stays."""
        self._connection.execute(
            "INSERT INTO reader VALUES (?, ?, ?, ?) ON CONFLICT (conversation)"
            " DO UPDATE SET until = max(until, excluded.until)",
            (reader.conversation, reader.account, reader.openid, until),
        )

    def of(self, conversation: str, at: float) -> Reader | None:
        """The reader of a conversation; None where nothing may be sent any more."""
        row = self._connection.execute(
            "SELECT conversation, account, openid FROM reader WHERE conversation = ? AND until > ?",
            (conversation, at),
        ).fetchone()
        return Reader(*row) if row else None

    def close(self, conversation: str) -> None:
        """Forgets how to reach the reader."""
        self._connection.execute("DELETE FROM reader WHERE conversation = ?", (conversation,))
