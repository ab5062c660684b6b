"""The desk of the channels, opened when it is first needed."""

from __future__ import annotations

from functools import lru_cache

from desk.desk import Desk
from desk.settings import Settings


@lru_cache(maxsize=1)
def open_desk() -> Desk:
    """The desk that the environment names; raises DeskError, sqlite3.Error or OSError, and tries again next time."""
    return Desk.open(Settings.from_environment())
