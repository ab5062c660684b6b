"""Access tokens, shared by all workers: one of them refreshes, the others wait for it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from storage.sqlite_file import changing

# Whoever began to refresh and has said nothing for so long will not come back.
LEASE_SECONDS = 15.0
# Not used in its last minutes: a call under way must not see it run out.
MARGIN_SECONDS = 300.0


@dataclass(frozen=True)
class Held:
    """The token that is there (or empty), and whether the asker is the one to refresh it."""

    token: str
    mine: bool


class Tokens:
    """The tokens of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def hold(self, app: str, at: float, rejected: str = "") -> Held:
        """The app's token; where there is none, or it is the rejected one, the first to ask has to refresh it."""
        with changing(self._connection) as database:
            row = database.execute(
                "SELECT token, until, refreshing FROM token WHERE app = ?", (app,)
            ).fetchone()
            if row and row["until"] > at and row["token"] != rejected:
                return Held(row["token"], False)
            if row and at - row["refreshing"] < LEASE_SECONDS:
                return Held("", False)
            database.execute(
                "INSERT INTO token VALUES (?, '', 0, ?) ON CONFLICT (app)"
                " DO UPDATE SET until = 0, refreshing = excluded.refreshing",
                (app, at),
            )
            return Held("", True)

    def keep(self, app: str, token: str, seconds: float, at: float) -> None:
        """A fresh token that holds for so long."""
        until = at + max(seconds - MARGIN_SECONDS, seconds / 2)
        self._connection.execute(
            "UPDATE token SET token = ?, until = ?, refreshing = 0 WHERE app = ?", (token, until, app)
        )

    def give_up(self, app: str) -> None:
        """The refresh failed: the next who asks may try."""
        self._connection.execute("UPDATE token SET refreshing = 0 WHERE app = ?", (app,))
