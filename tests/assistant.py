"""The real stack for tests: started as `make run` starts it, asked as a channel asks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import requests

from bot.launcher.port import free_port

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs" / "contract" / "reply.schema.json").read_text(encoding="utf-8"))
START_SECONDS = 900.0  # the first start on a clean clone also builds and trains
ASK_SECONDS = 60.0
DESK_TOKEN = "desk-token-of-the-tests"
# A site that may show the widget.
WIDGET_ORIGIN = "https://www.example.gov.cn"


@dataclass(frozen=True)
class Answer:
    """What a person gets for one message: Rasa's list, its words and its card."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """All words, bubbles apart."""
        return "\n\n".join(found["text"] for found in self.messages if found.get("text"))

    @property
    def card(self) -> dict[str, Any]:
        """The structured half."""
        return next(found["custom"] for found in self.messages if found.get("custom"))


@dataclass(frozen=True)
class Assistant:
    """An assistant that answers at `base_url`; its conversations and logs are this test run's own."""

    base_url: str
    logs: Path
    conversations: Path
    foreign_port: int = 0  # a page served here may show the chat's widget

    def post(self, body: object, timeout: float = ASK_SECONDS) -> requests.Response:
        """A raw request to the REST webhook; `bytes` go as they are, anything else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return requests.post(f"{self.base_url}/webhooks/rest/webhook", data=data, timeout=timeout)

    def ask(
        self,
        text: str,
        region: str | None = None,
        audience: str | None = None,
        sender: str | None = None,
        **metadata: str,
    ) -> Answer:
        """One message; without a sender in a conversation of its own. Every reply is checked against the contract."""
        given = {"region": region, "audience": audience, **metadata}
        answered = self.post(
            {
                "sender": sender or f"test-{uuid.uuid4().hex}",
                "message": text,
                "metadata": {name: value for name, value in given.items() if value is not None},
            }
        )
        assert answered.status_code == 200, f"{answered.status_code} for {text[:80]!r}: {answered.text[:300]}"
        answer = Answer(answered.json())
        cards = [found["custom"] for found in answer.messages if "custom" in found]
        assert cards, f"no card for {text[:80]!r}: {answer.messages}"
        for card in cards:
            jsonschema.validate(card, SCHEMA)
        assert answer.text.strip(), f"no text for {text[:80]!r}: {answer.messages}"
        return answer

    def logged(self) -> str:
        """Everything that its processes have logged so far."""
        found = self.logs.glob("*.log")
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in found)

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status and body of /health; (0, {}) where nobody listens."""
        try:
            answered = requests.get(f"{self.base_url}/health", timeout=10)
            return answered.status_code, answered.json()
        except requests.RequestException:
            return 0, {}


def command_line(process: psutil.Process) -> str:
    """What the process was started with; empty where it has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


class Launch:
    """A run of the launcher, by itself or through `make`, with an output that a test can read."""

    def __init__(
        self,
        folder: Path,
        command: list[str] | None = None,
        port: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.port = port or free_port()
        self.assistant = Assistant(
            f"http://127.0.0.1:{self.port}", folder / "logs", folder / "conversations.db", free_port()
        )
        self._output = folder / "output.txt"
        more = environment or {}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        # No facility directory: answers must not depend on what this machine's operator filled in.
        (folder / "places").mkdir(exist_ok=True)
        environment |= {
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "YILIANBAN_LOGS": str(self.assistant.logs),
            "YILIANBAN_CONVERSATIONS": str(self.assistant.conversations),
            "YILIANBAN_DESK": str(self.assistant.conversations.with_name("desk.db")),
            "YILIANBAN_DESK_TOKEN": DESK_TOKEN,
            # All tests come from one address, and some say which one a proxy saw.
            "YILIANBAN_ADDRESS_RATE": "100000/minute",
            "YILIANBAN_PROXIES": "1",
            "YILIANBAN_PLACES": str(folder / "places"),
            "YILIANBAN_WIDGET_ORIGINS": f"{WIDGET_ORIGIN},http://127.0.0.1:{self.assistant.foreign_port}",
            **more,
        }
        with self._output.open("w") as output:
            self.process = psutil.Popen(
                command or [sys.executable, "-m", "bot.launcher", "run"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        """What the terminal shows."""
        return self._output.read_text(encoding="utf-8")

    def children(self, part: str) -> list[psutil.Process]:
        """The running descendants whose command line has this part."""
        return [p for p in self.process.children(recursive=True) if part in command_line(p)]

    def child(self, part: str) -> psutil.Process:
        """The only one of them."""
        found = self.children(part)
        assert len(found) == 1, f"{part}: {found}\n{self.output}"
        return found[0]

    def wait_for(self, what: str, holds: Any, seconds: float = START_SECONDS) -> None:
        """Waits until `holds()`; fails with the terminal's text when it takes too long or the launcher has gone."""
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, f"waited {seconds:.0f} s for {what}\n{self.output}"
            assert self.process.poll() is None, f"gone while waiting for {what}\n{self.output}"
            time.sleep(0.2)

    def wait_until_healthy(self) -> Assistant:
        """The assistant, once /health says 200 and the address is printed."""
        self.wait_for("health", lambda: self.assistant.health()[0] == 200)
        self.wait_for("the address", lambda: f"http://127.0.0.1:{self.port}/" in self.output, 10)
        return self.assistant

    def end(self) -> None:
        """Stops whatever is left of it."""
        left = [*self.process.children(recursive=True), self.process] if self.process.is_running() else []
        if self.process.poll() is None:
            self.process.terminate()
        _, left = psutil.wait_procs(left, timeout=15)
        for process in left:
            process.kill()
