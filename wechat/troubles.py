"""What only the operator can mend: told once an hour in the log, and shown at /health while it lasts."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from typing import Any

from storage.sqlite_file import changing
from wechat.wording import say

# A trouble that did not come again for so long is over.
SHOWN_SECONDS = TOLD_SECONDS = 3600.0
CODES = (40001, 40125, 40164, 45009, 45047, 48001, 41002, 40013)
logger = logging.getLogger(__name__)


class Troubles:
    """The troubles of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def report(self, app: str, code: int, at: float, detail: str = "") -> None:
        """Keeps a trouble and logs it, in the operator's words and WeChat's own (they name our address)."""
        with changing(self._connection) as database:
            row = database.execute(
                "SELECT told FROM trouble WHERE app = ? AND code = ?", (app, code)
            ).fetchone()
            tell = row is None or at - row["told"] > TOLD_SECONDS
            told = at if tell else row["told"]
            database.execute("INSERT OR REPLACE INTO trouble VALUES (?, ?, ?, ?)", (app, code, at, told))
        if tell:
            logger.error("WeChat refuses %s: %s %s (%s)", app, code, meaning(code), detail)

    def shown(self, at: float) -> list[Mapping[str, Any]]:
        """The troubles of the last hour, as /health shows them."""
        rows = self._connection.execute(
            "SELECT code, at FROM trouble WHERE at > ? ORDER BY code, at", (at - SHOWN_SECONDS,)
        )
        return [{**dict(row), "meaning": meaning(row["code"])} for row in rows]


def meaning(code: int) -> str:
    """What an error code asks of the operator."""
    return say(f"trouble.{code}" if code in CODES else "trouble.other")
