"""Starts the assistant for the time of a measurement."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.launcher.port import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 600.0


class AssistantFailed(Exception):
    """The assistant did not start; the message says where its log is."""


@contextmanager
def running_assistant(logs: Path) -> Iterator[tuple[str, int]]:
    """The address and process id of an assistant on a free port; it is stopped when the block ends.

    Conversations go to a temporary folder, logs to `logs`. Raises AssistantFailed where it does not get healthy.
    """
    logs.mkdir(parents=True, exist_ok=True)
    port, output = free_port(), logs / "launcher.log"
    with TemporaryDirectory() as scratch, output.open("wb") as stream:
        environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "YILIANBAN_LOGS": str(logs),
            "YILIANBAN_CONVERSATIONS": str(Path(scratch) / "conversations.db"),
            # No facility directory: what is measured is what the lists give.
            "YILIANBAN_PLACES": scratch,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.launcher", "run"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_healthy(url, process, output)
            yield url, process.pid
        finally:
            stop_group(process)


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path, path: str = "/health") -> None:
    """Waits for a 200; raises AssistantFailed where the process ends or PATIENCE runs out before."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssistantFailed(f"the server ended with status {process.returncode}; see {log}")
        try:
            with urllib.request.urlopen(url + path, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssistantFailed(f"{url}{path} gave no 200 within {PATIENCE:.0f} s; see {log}")


def stop_group(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that leads its own group, and all that it started."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            break
        try:
            os.killpg(process.pid, number)
            process.wait(15)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            break
    process.wait()
