"""Deletes what is older than a number of days: conversations, hand-offs, ratings, messages for review."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from desk.database import connect
from desk.settings import Settings

DAYS = 365
SECONDS_A_DAY = 86_400
BUSY_SECONDS = 10.0
_DESK = {
    "message": "DELETE FROM message WHERE at < ?",
    "handoff": "DELETE FROM handoff WHERE max(wished_at, active_at, ended_at) < ?",
    "rating": "DELETE FROM rating WHERE at < ?",
    "review": "DELETE FROM review WHERE at < ?",
    "clerk": "DELETE FROM clerk WHERE seen_at < ?",
}


def delete_old(settings: Settings, days: float = DAYS, now: float | None = None) -> Mapping[str, int]:
    """Deletes everything older than `days`; how many rows of each kind went. Deleted content is overwritten."""
    before = (time.time() if now is None else now) - days * SECONDS_A_DAY
    return {"events": _events(settings.conversations, before), **_desk(settings.database, before)}


def _events(path: Path, before: float) -> int:
    """Events of conversations go by their own age: a conversation that never ends must not keep its first year."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path, BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            return 0
        gone = connection.execute("DELETE FROM events WHERE timestamp < ?", (before,)).rowcount
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone


def _desk(path: Path, before: float) -> dict[str, int]:
    if not path.exists():
        return {}
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        gone = {name: connection.execute(command, (before,)).rowcount for name, command in _DESK.items()}
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone
