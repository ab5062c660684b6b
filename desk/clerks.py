"""Who is at the desk: one person a name, gone when nothing was heard for some time."""

from __future__ import annotations

import sqlite3

from desk.errors import NameTaken
from storage.sqlite_file import changing


class Clerks:
    """The people signed in at the desk's page; only names that they chose for their work are kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def arrive(self, name: str, session: str, now: float, absent_after: float) -> None:
        """Signs in; raises NameTaken where another session has this name and was heard of lately."""
        with changing(self._connection):
            row = self._connection.execute(
                "SELECT session, seen_at FROM clerk WHERE name = ?", (name,)
            ).fetchone()
            if row and row["session"] != session and now - row["seen_at"] < absent_after:
                raise NameTaken(name)
            self._connection.execute(
                "INSERT OR REPLACE INTO clerk (name, session, seen_at) VALUES (?, ?, ?)", (name, session, now)
            )

    def seen(self, name: str, session: str, now: float) -> bool:
        """Notes that the clerk is there; False where the name has gone to another session."""
        changed = self._connection.execute(
            "UPDATE clerk SET seen_at = ? WHERE name = ? AND session = ?", (now, name, session)
        )
        return changed.rowcount == 1

    def leave(self, name: str, session: str) -> None:
        """Signs out."""
        self._connection.execute("DELETE FROM clerk WHERE name = ? AND session = ?", (name, session))

    def absent(self, now: float, after: float) -> list[str]:
        """Names of whom nothing was heard for `after` seconds."""
        rows = self._connection.execute("SELECT name FROM clerk WHERE seen_at < ?", (now - after,))
        return [row["name"] for row in rows]
