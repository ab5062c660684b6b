"""Log lines that anybody outside can cause: written once a minute, so that nobody can fill a disk with them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

PAUSE_SECONDS = 60.0


class Seldom:
    """Warns of each thing at most once a minute, and says how often it kept silent meanwhile."""

    def __init__(self, logger: logging.Logger, now: Callable[[], float] = time.monotonic) -> None:
        self._logger, self._now = logger, now
        self._told: dict[str, float] = {}
        self._silent: dict[str, int] = {}

    def warn(self, line: str) -> None:
        """One of few lines: how many there are must not be up to whoever causes them."""
        if self._now() - self._told.get(line, -PAUSE_SECONDS) < PAUSE_SECONDS:
            self._silent[line] = self._silent.get(line, 0) + 1
            return
        self._logger.warning("%s (%s more since the last line)", line, self._silent.pop(line, 0))
        self._told[line] = self._now()
