"""Deletes old conversations once a day while the assistant runs: `python -m desk retention`, in a process of its own."""

from __future__ import annotations

import time

from bot.launcher.processes import Child
from bot.launcher.settings import Settings

FIRST_SECONDS, DAY_SECONDS = 60.0, 86_400.0


class Retention:
    """Starts the command some time after the start and then every day; it ends by itself."""

    def __init__(self, settings: Settings, first: float = FIRST_SECONDS) -> None:
        self._settings = settings
        self._due = time.monotonic() + first
        self.child: Child | None = None

    def watch(self) -> list[str]:
        """Starts it when it is due; returns new lines of its log that tell of a problem."""
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + DAY_SECONDS
            conversations = {"YILIANBAN_CONVERSATIONS": str(self._settings.conversations)}
            log = self._settings.logs / "desk.log"
            self.child = Child.start("desk", ["desk", "retention"], log, conversations)
        return self.child.log.new_problems() if self.child else []

    def stop(self) -> None:
        """Ends it where it still runs."""
        if self.child:
            self.child.stop()
