"""The desk's SQLite file: write-ahead log, so that two processes read and write without waiting for each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from desk.errors import DeskError

VERSION = 2
BUSY_SECONDS = 0.25
SCHEMA = """
CREATE TABLE IF NOT EXISTS handoff (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL, state TEXT NOT NULL, sender TEXT NOT NULL, channel TEXT NOT NULL,
    region TEXT NOT NULL, scenario TEXT NOT NULL, text TEXT NOT NULL, contact TEXT NOT NULL,
    urgent INTEGER NOT NULL, by TEXT NOT NULL, display TEXT NOT NULL DEFAULT '', ended_by TEXT NOT NULL,
    wished_at REAL NOT NULL, taken_at REAL NOT NULL, ended_at REAL NOT NULL, active_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS handoff_conversation ON handoff (conversation, id);
CREATE UNIQUE INDEX IF NOT EXISTS handoff_open ON handoff (conversation) WHERE state IN ('waiting', 'taken');
CREATE TABLE IF NOT EXISTS message (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    handoff INTEGER NOT NULL REFERENCES handoff (id) ON DELETE CASCADE,
    author TEXT NOT NULL CHECK (author IN ('citizen', 'person')), text TEXT NOT NULL, at REAL NOT NULL,
    name TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS message_handoff ON message (handoff, n);
CREATE TABLE IF NOT EXISTS rating (
    once TEXT PRIMARY KEY, level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    words TEXT NOT NULL, scenario TEXT NOT NULL, region TEXT NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL, region TEXT NOT NULL, targets TEXT NOT NULL, ending TEXT NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS clerk (
    name TEXT PRIMARY KEY, session TEXT NOT NULL, seen_at REAL NOT NULL
);
"""
# What a file of an older version lacks, by the version that brought it.
ADDED: Mapping[int, Sequence[str]] = {
    2: (
        "ALTER TABLE handoff ADD COLUMN display TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE message ADD COLUMN name TEXT NOT NULL DEFAULT ''",
    )
}


def connect(path: Path) -> sqlite3.Connection:
    """Opens the file, making it where it is missing; raises DeskError where it is of a newer version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        connection.close()
        raise DeskError(f"{path} 是更新的版本（{version}）写的，这里只认到 {VERSION}")
    if version < VERSION:
        _bring_up(connection)
        path.chmod(0o600)
    return connection


def _bring_up(connection: sqlite3.Connection) -> None:
    """Makes the tables of a new file, or adds what an older one lacks; of two processes that start at once one does."""
    with changing(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for later in range(version + 1, VERSION + 1) if version else ():
            for command in ADDED.get(later, ()):
                connection.execute(command)
        for command in filter(str.strip, SCHEMA.split(";")):
            connection.execute(command)
        connection.execute(f"PRAGMA user_version={VERSION}")


@contextmanager
def changing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A transaction that no other process writes into between its reading and its writing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
