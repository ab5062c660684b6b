"""Child processes: same process group, output to a log file, gone when the launcher goes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from bot.launcher.child import LAUNCHER
from bot.launcher.settings import ROOT

_PROBLEM = re.compile(r"\b(?:ERROR|CRITICAL)\b|\[error +\]|^[\w.]*(?:Error|Exception|Fault): ")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LOG_LIMIT = 20_000_000
_SAME_LINE_LIMIT = 3


def child_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every child: our code importable, bytecode kept, libraries quiet, nothing reported."""
    environment = {"HF_HUB_OFFLINE": "1", **os.environ, **(more or {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "TOKENIZERS_PARALLELISM": "false",
    }


class Log:
    """A log file that a child writes and the launcher reads along."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_LIMIT:
            path.replace(path.with_suffix(".old.log"))
        self.path = path
        self._at = path.stat().st_size if path.exists() else 0
        self._rest = ""
        self._told: dict[str, int] = {}

    def new_lines(self) -> list[str]:
        """Lines (also of a progress bar) written since the last call, without colours."""
        if not self.path.exists():
            return []
        with self.path.open("rb") as file:
            file.seek(self._at)
            data = file.read()
        self._at += len(data)
        *lines, self._rest = re.split(r"[\r\n]+", self._rest + data.decode("utf-8", "replace"))
        return [_COLOUR.sub("", line) for line in lines]

    def new_problems(self) -> list[str]:
        """New lines that tell of a problem; one that keeps coming is told only a few times."""
        found = []
        for line in filter(_PROBLEM.search, self.new_lines()):
            kind = re.sub(r"\d+", "0", line)[:100]
            self._told[kind] = self._told.get(kind, 0) + 1
            if self._told[kind] <= _SAME_LINE_LIMIT:
                found.append(line.strip()[:300])
        return found

    def tail(self, count: int = 12) -> str:
        """The last lines, for a message about a child that died."""
        lines = self.path.read_text("utf-8", "replace").splitlines() if self.path.exists() else []
        return "\n".join("    " + _COLOUR.sub("", line) for line in lines[-count:])


class Child:
    """A started process and its log."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Log) -> None:
        self.name, self.log = name, log
        self._process = process

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> Child:
        """Starts a Python module with arguments, the repository as working folder."""
        reader = Log(log)
        output: IO[bytes]
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.launcher.child", *command],
                cwd=ROOT,
                env=child_environment(environment) | {LAUNCHER: str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=tuple(pass_fds),
            )
        return cls(name, process, reader)

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def status(self) -> int | None:
        """Exit status, or None while it runs."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Tells the process to end, without waiting."""
        if self.status() is None:
            self._process.terminate()

    def stop(self, patience: float = 8.0) -> None:
        """Ends the process: politely, then by force."""
        self.ask_to_stop()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
