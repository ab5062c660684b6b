"""Nonces that were seen, so that a request that somebody recorded cannot be sent again."""

from __future__ import annotations

import sqlite3

from storage.sqlite_file import changing

# WeChat delivers a message up to three times, five seconds apart.
MOST_USES = 3
REPEAT_SECONDS = 30.0


class Nonces:
    """The nonces of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def use(self, nonce: str, content: str, at: float) -> bool:
        """Whether the nonce is new, or comes again with the same content as WeChat's own repetitions do."""
        with changing(self._connection) as database:
            row = database.execute("SELECT content, uses, at FROM nonce WHERE nonce = ?", (nonce,)).fetchone()
            if row is None:
                database.execute("INSERT INTO nonce VALUES (?, ?, 1, ?)", (nonce, content, at))
                return True
            if row["content"] != content or row["uses"] >= MOST_USES or at - row["at"] > REPEAT_SECONDS:
                return False
            database.execute("UPDATE nonce SET uses = uses + 1 WHERE nonce = ?", (nonce,))
            return True
