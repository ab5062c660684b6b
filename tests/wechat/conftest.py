"""Phones that write to the real stack, and the parts of the channel over a file of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.open_wechat import Wechat
from desk.key import Key
from knowledge.catalogue import Catalogue, load_catalogue
from tests.assistant import Assistant
from tests.wechat.twin import MINIPROGRAM, Phone, Reply, Twin, environment
from wechat.settings import Settings


@dataclass
class Clock:
    """Time as a test wants it: the real one, moved."""

    ahead: float = field(default=0.0)

    def __call__(self) -> float:
        return time.time() + self.ahead


def choose_region(person: Phone, catalogue: Catalogue, region: str) -> Reply:
    """Follows the account and answers its first question with a number."""
    person.do("subscribe")
    return person.say(str(list(catalogue.regions).index(region) + 1))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def twin() -> Twin:
    """A twin of this test's own, for what goes wrong with the API."""
    started = Twin()
    started.start()
    return started


@pytest.fixture
def wechat(tmp_path: Path, twin: Twin, clock: Clock) -> Iterator[Wechat]:
    """The accounts over a new file."""
    given = {**environment(twin), "YILIANBAN_WECHAT_STORE": str(tmp_path / "wechat.db")}
    opened = Wechat.open(Settings.from_environment(given), Key(b"key-of-the-tests"), clock)
    yield opened
    opened.database.close()


@pytest.fixture
def phone(assistant: Assistant, wechat_twin: Twin) -> Callable[..., Phone]:
    """Makes people who write to the official account of the real stack."""
    return lambda **how: Phone(wechat_twin, f"{assistant.base_url}/wechat/official", **how)


@pytest.fixture
def mini_phone(assistant: Assistant, wechat_twin: Twin) -> Callable[..., Phone]:
    """Makes people who write to the mini-program's customer service."""
    address = f"{assistant.base_url}/wechat/miniprogram"
    return lambda **how: Phone(wechat_twin, address, app=MINIPROGRAM, **how)
