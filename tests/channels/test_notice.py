"""Notices over HTTP: types, names, headers, and words for whatever cannot be opened."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
import requests

from bot.channels import notice as channel
from bot.channels.notice import MOST_WAITING, Busy, NoticeInput, Press
from bot.launcher.faults import LauncherFault
from bot.launcher.port import free_port
from bot.launcher.settings import ROOT, Settings
from knowledge.catalogue import Catalogue, load_catalogue
from notice.notice import Notice
from notice.rendering import Rendered
from tests.assistant import Assistant

SERVER = """
import sys
from sanic import Sanic
from bot.channels.notice import NoticeInput
channel = NoticeInput()
app = Sanic("notice")
app.blueprint(channel.blueprint(None), url_prefix=channel.url_prefix())
app.run(port=int(sys.argv[1]), access_log=False)
"""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
START_SECONDS = 60.0


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a server with nothing but this channel answers."""
    port = free_port()
    found = f"http://127.0.0.1:{port}/notice"
    with subprocess.Popen([sys.executable, "-c", SERVER, str(port)], cwd=ROOT) as server:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                requests.get(found, timeout=5)
                break
            except requests.ConnectionError:
                assert time.monotonic() < until and server.poll() is None, "the server does not start"
                time.sleep(0.2)
        try:
            yield found
        finally:
            server.terminate()


@pytest.mark.parametrize(
    ("path", "type", "start", "way"),
    [
        ("/changle/birth", "text/html; charset=utf-8", b"<!DOCTYPE html>", "inline"),
        ("/changle/birth.html", "text/html; charset=utf-8", b"<!DOCTYPE html>", "inline"),
        ("/changle/birth.pdf", "application/pdf", b"%PDF-", "attachment"),
        ("/changle/birth.docx", WORD, b"PK", "attachment"),
        ("/changle.pdf?matters=changle.individual.1", "application/pdf", b"%PDF-", "attachment"),
    ],
)
def test_each_format_is_what_it_says(address: str, path: str, type: str, start: bytes, way: str) -> None:
    answer = requests.get(address + path, timeout=60)
    assert answer.status_code == 200 and answer.headers["content-type"] == type
    assert answer.content.startswith(start)
    name = answer.headers["content-disposition"]
    assert name.startswith(f'{way}; filename="notice.') and name.isascii()
    assert unquote(name.split("filename*=UTF-8''")[1]).startswith("一次性告知单-")
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script" not in policy


def test_the_link_on_it_opens_it_again(address: str) -> None:
    page = requests.get(f"{address}/changle/second-hand-home?mortgage=yes", timeout=60).text
    link = f"{address}/changle/second-hand-home?mortgage=yes"
    assert f'href="{link}"' in page
    again = requests.get(link, timeout=60).text
    assert again == page


def test_what_has_not_changed_is_not_sent_again(address: str) -> None:
    first = requests.get(f"{address}/changle/birth.pdf", timeout=60)
    tag = first.headers["etag"]
    second = requests.get(f"{address}/changle/birth.pdf", headers={"If-None-Match": tag}, timeout=60)
    assert second.status_code == 304 and not second.content and second.headers["etag"] == tag
    other = requests.get(f"{address}/changle/birth", headers={"If-None-Match": tag}, timeout=60)
    assert other.status_code == 200 and other.headers["etag"] != tag


def test_a_head_has_no_body(address: str) -> None:
    answer = requests.head(f"{address}/changle/birth", timeout=60)
    assert answer.status_code == 200 and not answer.content


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("/atlantis/birth", 404, "atlantis"),
        ("/changle/birthday.pdf", 404, "birthday"),
        ("/changle/birth.exe", 404, "exe"),
        ("/changle/restaurant", 404, "开饭店"),
        ("/changle?matters=changle.individual.999", 404, "999"),
        ("/changle", 400, "没有说要哪些事项"),
        ("/changle/second-hand-home?mortgage=maybe", 400, "maybe"),
        ("/changle/second-hand-home?mortgage=no&mortgage=yes", 400, "不止一次"),
        ("/changle/birth?" + "a" * 3000, 400, "太长"),
        ("/changle/%3Cscript%3E", 404, "&lt;script&gt;"),
        ("/changle/%FF%FE", 404, "没有叫"),
        ("/changle/..%2f..%2fetc%2fpasswd", 404, "没有"),
    ],
)
def test_what_cannot_be_opened_says_why(address: str, path: str, status: int, named: str) -> None:
    answer = requests.get(address + path, timeout=60)
    assert answer.status_code == status and named in answer.text
    assert "打不开这张告知单" in answer.text and "Traceback" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ['a"><script>', "a b", "a/b?c"])
def test_a_host_that_is_none_stands_on_no_notice(address: str, host: str) -> None:
    answer = requests.get(f"{address}/changle/birth", headers={"Host": host}, timeout=60)
    assert answer.status_code == 400 and host not in answer.text


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """All seven lists."""
    return load_catalogue()


def request(query: str = "", host: str = "127.0.0.1:5005", **headers: str) -> Any:
    """As much of a request as the channel looks at."""
    return SimpleNamespace(query_string=query, host=host, scheme="http", path="/notice", headers=headers)


def test_the_public_address_stands_on_it(catalogue: Catalogue) -> None:
    made = NoticeInput(catalogue, {"YILIANBAN_PUBLIC_URL": "https://a.example/yi/"}, lambda: date(2026, 3, 5))
    answer = asyncio.run(made.answer(request(), "changle", "birth"))
    page = answer.body.decode()
    assert 'href="https://a.example/yi/notice/changle/birth"' in page and "127.0.0.1" not in page
    assert "2026年3月5日" in page


def test_a_public_address_that_is_none_stops_the_start(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        NoticeInput(catalogue, {"YILIANBAN_PUBLIC_URL": "nowhere"})
    with pytest.raises(LauncherFault, match="YILIANBAN_PUBLIC_URL=nowhere"):
        Settings.from_environment({"YILIANBAN_PUBLIC_URL": "nowhere"})


def test_another_day_is_another_document(catalogue: Catalogue) -> None:
    days = iter((date(2026, 3, 5), date(2026, 3, 6)))
    made = NoticeInput(catalogue, {}, lambda: next(days))
    first, second = (asyncio.run(made.answer(request(), "changle", "birth")) for _ in range(2))
    assert first.headers["ETag"] != second.headers["ETag"]


def test_a_failure_is_words_for_the_asker_and_a_line_in_the_log(
    catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Notice, __: str) -> Rendered:
        raise RuntimeError("no ink")

    made = NoticeInput(catalogue, {}, press=Press(broken))
    answer = asyncio.run(made.answer(request(), "changle", "birth"))
    assert answer.status == 500 and "12345" in answer.body.decode() and "no ink" not in answer.body.decode()
    assert "no ink" in caplog.text


def test_drawing_is_done_once_beside_the_loop_and_kept(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(_: Notice, format: str) -> Rendered:
        drawn.append(format)
        return Rendered(b"x", "text/plain")

    monkeypatch.setattr(channel, "KEPT", 1)
    made = NoticeInput(catalogue, {}, press=Press(draw))
    for name in ("birth", "birth", "marriage", "birth"):
        asyncio.run(made.answer(request(), "changle", name))
    assert len(drawn) == 3, "kept: only the last one"


def test_too_many_at_once_are_sent_away(catalogue: Catalogue) -> None:
    def slow(_: Notice, __: str) -> Rendered:
        time.sleep(0.02)
        return Rendered(b"x", "text/plain")

    press = Press(slow)
    notice: Any = None

    async def crowd() -> list[Any]:
        wishes = [press.rendered(notice, "pdf", str(n)) for n in range(MOST_WAITING + 5)]
        return await asyncio.gather(*wishes, return_exceptions=True)

    got = asyncio.run(crowd())
    assert len([found for found in got if isinstance(found, Busy)]) == 5
    made = NoticeInput(catalogue, {}, press=press)
    press._waiting = MOST_WAITING
    answer = asyncio.run(made.answer(request(), "changle", "birth"))
    assert answer.status == 503 and answer.headers["Retry-After"]


@pytest.mark.server
def test_it_is_served_on_the_one_public_port(assistant: Assistant) -> None:
    """What the dialogue links to, the same server opens."""
    sender = "notice-on-the-public-port"
    assistant.ask("我家宝宝刚出生", region="changle", sender=sender)
    card = assistant.ask("给我一份告知单", sender=sender).card
    for name, path in card["notice"].items():
        answer = requests.get(assistant.base_url + path, timeout=60)
        assert answer.status_code == 200, f"{name}: {answer.text[:200]}"
    assert "户口登记" in requests.get(assistant.base_url + card["notice"]["html"], timeout=60).text
