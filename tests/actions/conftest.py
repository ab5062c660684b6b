"""The real catalogue and the pure dialogue on it, loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.dialogue import Conversation
from knowledge.catalogue import Catalogue, load_catalogue
from tests.actions.talk import Talk

Start = Callable[..., Talk]


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
