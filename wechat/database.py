"""The file that all workers share: access token, nonces, deliveries, and whom something may still be sent to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from storage.sqlite_file import NewerFile, create, open_file
from wechat.errors import WechatError

VERSION = 1
BUSY_SECONDS = 2.0
# Longer than a request stays valid (before and after its time), and than WeChat delivers a message again.
NONCE_SECONDS = DELIVERY_SECONDS = 900.0
KEPT_SECONDS = 48 * 3600.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS token (
    app TEXT PRIMARY KEY, token TEXT NOT NULL, until REAL NOT NULL, refreshing REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS nonce (
    nonce TEXT PRIMARY KEY, content TEXT NOT NULL, uses INTEGER NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS delivery (
    message TEXT PRIMARY KEY, way TEXT NOT NULL, answer TEXT NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS reader (
    conversation TEXT PRIMARY KEY, account TEXT NOT NULL, openid TEXT NOT NULL, until REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS kept (
    n INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, sort TEXT NOT NULL, text TEXT NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS kept_conversation ON kept (conversation, sort, n);
CREATE TABLE IF NOT EXISTS trouble (
    app TEXT NOT NULL, code INTEGER NOT NULL, at REAL NOT NULL, told REAL NOT NULL, PRIMARY KEY (app, code)
);
"""


def connect(path: Path) -> sqlite3.Connection:
    """Opens the file, making it where it is missing, for its owner only; raises WechatError for a newer version."""
    try:
        return open_file(path, VERSION, lambda connection, _: create(connection, SCHEMA), BUSY_SECONDS)
    except NewerFile as newer:
        raise WechatError(str(newer)) from None


def tidy(connection: sqlite3.Connection, at: float) -> None:
    """Deletes whatever is not needed any more."""
    connection.execute("DELETE FROM nonce WHERE at < ?", (at - NONCE_SECONDS,))
    connection.execute("DELETE FROM delivery WHERE at < ?", (at - DELIVERY_SECONDS,))
    connection.execute("DELETE FROM reader WHERE until < ?", (at,))
    connection.execute("DELETE FROM kept WHERE at < ?", (at - KEPT_SECONDS,))
    connection.execute("DELETE FROM trouble WHERE at < ?", (at - KEPT_SECONDS,))
    # What was deleted still stands in the log until then.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
