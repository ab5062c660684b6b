"""The desk's SQLite file: write-ahead log, so that two processes read and write without waiting for each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from desk.errors import DeskError
from storage.sqlite_file import NewerFile, create, open_file

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
    try:
        return open_file(path, VERSION, _bring_up, BUSY_SECONDS)
    except NewerFile as newer:
        raise DeskError(str(newer)) from None


def _bring_up(connection: sqlite3.Connection, version: int) -> None:
    """Adds what an older file lacks, and makes whatever tables are missing."""
    for later in range(version + 1, VERSION + 1) if version else ():
        for command in ADDED.get(later, ()):
            connection.execute(command)
    create(connection, SCHEMA)
