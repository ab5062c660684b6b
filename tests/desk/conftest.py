"""A desk in a folder of its own, with a clock that a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from desk.desk import Desk
from desk.hours import load_hours
from desk.settings import Settings

# A Monday without a holiday, Beijing time.
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=load_hours().zone).timestamp()
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=load_hours().zone).timestamp()


@dataclass
class Clock:
    """Time as the test wants it."""

    at: float = MORNING

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(tmp_path / "conversations.db")})


@pytest.fixture
def desk(settings: Settings, clock: Clock) -> Iterator[Desk]:
    opened = Desk.open(settings, clock)
    yield opened
    opened.close()


def bytes_of(settings: Settings) -> bytes:
    """Everything that lies in the desk's folder."""
    return b"".join(path.read_bytes() for path in settings.database.parent.iterdir() if path.is_file())
