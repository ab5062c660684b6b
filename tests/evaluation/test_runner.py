"""The black-box runner against a small server that speaks the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from evaluation.records import Dialogue, Label, Question, QuestionSet, Turn, Wanted
from evaluation.rows import Rows
from evaluation.runner import Assistant, ask_all
from knowledge.catalogue import load_catalogue
from tests.evaluation.made_up import card, messages, step

MARRIAGE = Label(rows=("57",), key_rows=("57",), scene="结婚")


class _Server(ThreadingHTTPServer):
    """Answers everything with 周村's row 57, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        rows = Rows.from_catalogue(load_catalogue())
        self.reply = messages(card("matter", [step(rows, "zhoucun.individual.57")], confidence=0.9))
        self.asked: list[dict[str, Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        """One reply; a message that says so breaks the server."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.send_response(500 if asked["message"] == "坏了" else 200)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.reply).encode())

    def log_message(self, *_: object) -> None:
        """Keeps the terminal quiet."""


@pytest.fixture()
def server() -> Iterator[_Server]:
    """A running one."""
    with _Server() as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def _ask(server: _Server, questions: QuestionSet) -> list:
    rows = Rows.from_catalogue(load_catalogue())
    return ask_all(Assistant(f"http://127.0.0.1:{server.server_port}/"), questions, rows)


def _question(text: str, audience: str | None = "individual") -> Question:
    labels = {"zhoucun": MARRIAGE, "changle": Label(rows=("79",))}
    return Question(
        "q1", "citizens_matters", text, audience, Wanted("matter"), ("zhoucun", "changle"), labels
    )


def test_each_region_is_asked_in_a_conversation_of_its_own(server: _Server) -> None:
    """Region and audience go along; the reply is judged by the region's label."""
    zhoucun, changle = _ask(server, QuestionSet((_question("我们想领证"),), ()))
    assert (zhoucun.region, zhoucun.right, zhoucun.confidence) == ("zhoucun", True, 0.9)
    assert (changle.region, changle.right, changle.reason) == ("changle", False, "wrong matter (matter)")
    assert zhoucun.wanted == zhoucun.steps == ("zhoucun.individual.57",)
    assert len({asked["sender"] for asked in server.asked}) == 2
    sent = sorted(server.asked, key=lambda asked: asked["metadata"]["region"])
    assert sent[1]["metadata"] == {"region": "zhoucun", "audience": "individual"}


def test_an_unclear_audience_is_not_sent(server: _Server) -> None:
    """Where both audiences are meant the assistant has to find out."""
    _ask(server, QuestionSet((_question("就业登记", "both"),), ()))
    assert all("audience" not in asked["metadata"] for asked in server.asked)


def test_a_dialogue_is_one_conversation(server: _Server) -> None:
    """Region with the first turn only; dropped turns are said but not counted."""
    turns = (
        Turn("想结婚", None, Wanted("matter"), MARRIAGE),
        Turn("嗯", None, Wanted("smalltalk"), Label(), scored=False),
        Turn("在哪办", "zhoucun", Wanted("slot", slot="place"), MARRIAGE),
    )
    outcomes = _ask(server, QuestionSet((), (Dialogue("d1", "zhoucun", None, turns),)))
    assert [(o.id, o.right) for o in outcomes] == [("d1#1", True), ("d1#3", True)]
    assert len({asked["sender"] for asked in server.asked}) == 1
    assert [asked["metadata"] for asked in server.asked] == [{"region": "zhoucun"}, {}, {}]


def test_a_failed_call_is_a_miss_with_a_reason(server: _Server) -> None:
    """A 500 is counted, and does not end the run."""
    broken, *_ = _ask(server, QuestionSet((_question("坏了"),), ()))
    assert not broken.right and broken.reason.startswith("ERROR") and "500" in broken.reason
