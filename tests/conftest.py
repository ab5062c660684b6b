"""Fixtures that every suite may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant import Assistant, Launch
from tests.wechat import twin

PUBLIC = "https://yilianban.example"


@pytest.fixture(scope="session")
def wechat_twin() -> twin.Twin:
    """WeChat's servers, as far as the real stack can tell."""
    started = twin.Twin()
    started.start()
    return started


@pytest.fixture(scope="session")
def launch(tmp_path_factory: pytest.TempPathFactory, wechat_twin: twin.Twin) -> Iterator[Launch]:
    """The real stack's processes, started once for the whole run; builds what is not built yet."""
    launched = Launch(
        tmp_path_factory.mktemp("assistant"),
        environment={**twin.environment(wechat_twin), "YILIANBAN_PUBLIC_URL": PUBLIC},
    )
    try:
        yield launched
    finally:
        launched.end()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, wechat_twin: twin.Twin) -> Iterator[Launch]:
    """A second stack, whose answers are made by an action server that a test may hold up or kill."""
    launched = Launch(
        tmp_path_factory.mktemp("served"),
        environment={**twin.environment(wechat_twin), "YILIANBAN_ACTIONS": "server"},
    )
    try:
        launched.wait_until_healthy()
        yield launched
    finally:
        launched.end()


@pytest.fixture(scope="session")
def assistant(launch: Launch) -> Assistant:
    """The real stack, answering."""
    return launch.wait_until_healthy()
