"""Fixtures that every suite may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant import Assistant, Launch


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real stack, started once for the whole run; builds what is not built yet."""
    launch = Launch(tmp_path_factory.mktemp("assistant"))
    try:
        yield launch.wait_until_healthy()
    finally:
        launch.end()
