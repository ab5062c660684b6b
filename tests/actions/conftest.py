"""The real catalogue and the pure dialogue on it, loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.dialogue import Conversation
from knowledge.catalogue import Catalogue, load_catalogue
from tests.actions.talk import Talk

Start = Callable[..., Talk]
# What buying a second-hand home takes in 昌乐.
HOME = [
    "changle.individual.55",
    "changle.individual.56",
    "changle.individual.57.1",
    "changle.individual.57.2",
]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """All seven lists."""
    return load_catalogue()


@pytest.fixture(scope="session")
def conversation(catalogue: Catalogue) -> Conversation:
    """The one function that answers."""
    return Conversation(catalogue)


@pytest.fixture
def start(conversation: Conversation) -> Start:
    """Opens a conversation: `start("changle")`, `start("huancui", "enterprise")`, `start()`."""

    def begin(region: str | None = None, audience: str | None = None) -> Talk:
        return Talk(conversation, region, audience)

    return begin


@pytest.fixture
def home(start: Start) -> Talk:
    """A second-hand home was bought in 昌乐."""
    talk = start("changle")
    talk.say("我买了套二手房", "second-hand-home")
    assert talk.steps == HOME
    return talk
