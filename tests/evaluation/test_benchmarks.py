"""The benchmark's own parts: load, memory, files of the bare bot. The measurement itself is run by hand."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

from benchmarks.bare_bot import EXAMPLES, write_project
from benchmarks.load import Load, drive
from benchmarks.memory import cpu_seconds, memory_of
from benchmarks.throughput import Figures, bodies, table


class _Echo(BaseHTTPRequestHandler):
    """Answers every message with one message; fails where it says so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """One reply."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        data = b"[]" if body["message"] == "fail" else b'[{"text": "ok"}]'
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Keeps the terminal quiet."""


@pytest.fixture()
def echo() -> Iterator[str]:
    """Address of a server that answers at once."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_load_is_counted(echo: str) -> None:
    """Messages, rate and times of two askers; empty replies count as failed."""
    load = drive(echo, [{"message": "好"}] * 20, 2, 0.3)
    assert load.messages > 10 and load.failed == 0
    assert load.rate == pytest.approx(load.messages / 0.3, rel=0.2)
    assert 0 < load.median <= load.p95
    assert drive(echo, [{"message": "fail"}], 1, 0.1).failed > 0


def test_memory_counts_descendants() -> None:
    """This process has some."""
    memory = memory_of([os.getpid()])
    assert memory.processes >= 1 and memory.resident > 20


def test_cpu_time_grows_with_work() -> None:
    """This process's own."""
    before = cpu_seconds([os.getpid()])
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass
    assert 0.15 <= cpu_seconds([os.getpid()]) - before < 5


def test_messages_are_held_out_questions_with_a_region() -> None:
    """As a portal sends them."""
    sent = bodies(50)
    assert len(sent) == 50 and all(body["message"] and body["metadata"] for body in sent)


def test_bare_bot_has_what_the_comparison_needs(tmp_path: Path) -> None:
    """An action server, the SQLite store, a rule for every intent."""
    write_project(tmp_path, 5056)
    endpoints = yaml.safe_load((tmp_path / "endpoints.yml").read_text(encoding="utf-8"))
    assert endpoints["tracker_store"]["dialect"] == "sqlite" and "5056" in endpoints["action_endpoint"]["url"]
    rules = yaml.safe_load((tmp_path / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    assert {rule["rule"] for rule in rules} >= set(EXAMPLES)
    compile((tmp_path / "actions.py").read_text(encoding="utf-8"), "actions.py", "exec")


def test_table() -> None:
    """One row a bot and number of askers, one a bot for memory."""
    figures = Figures("bare rasa", (Load(1, 100, 0, 40.0, 25.0, 31.0),), memory_of([os.getpid()]), 30.0, 25.5)
    assert "| bare rasa | 1 | 40.0 | 25 ms | 31 ms | 0 of 100 |" in table([figures])
    assert "| bare rasa | 25.5 ms |" in table([figures])
