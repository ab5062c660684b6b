"""Deletes one conversation from the tracker store at its citizen's wish; what is deleted is overwritten."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from desk.retention import BUSY_SECONDS
from desk.settings import Settings


def forget(settings: Settings, conversation: str) -> int:
    """Deletes all events of a conversation; how many there were. Raises sqlite3.Error where the file stays busy."""
    if not settings.conversations.exists():
        return 0
    with closing(sqlite3.connect(settings.conversations, BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        gone = connection.execute("DELETE FROM events WHERE sender_id = ?", (conversation,)).rowcount
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone
