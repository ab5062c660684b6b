"""One SQLite file: opened for its owner only, with a write-ahead log, in the version that the program knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON")
Prepare = Callable[[sqlite3.Connection, int], None]


class NewerFile(Exception):
    """The file was written by a later version of the program; the message says so."""


def open_file(path: Path, version: int, prepare: Prepare, busy_seconds: float) -> sqlite3.Connection:
    """A connection to the file, made where it is missing; raises NewerFile or sqlite3.Error.

    `prepare` gets the connection and the file's version (0 for a new one) inside of a transaction, where that version is
    older than `version`; of two processes that start at once one prepares. A write waits `busy_seconds` for another's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    connection = sqlite3.connect(path, busy_seconds, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    found = _version(connection)
    if found > version:
        connection.close()
        raise NewerFile(f"{path} 是更新的版本（{found}）写的，这里只认到 {version}")
    if found < version:
        with changing(connection):
            if (found := _version(connection)) < version:
                prepare(connection, found)
                connection.execute(f"PRAGMA user_version={version}")
    return connection


def create(connection: sqlite3.Connection, schema: str) -> None:
    """Runs the commands of a schema; unlike `executescript` it leaves the transaction open."""
    for command in filter(str.strip, schema.split(";")):
        connection.execute(command)


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


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
