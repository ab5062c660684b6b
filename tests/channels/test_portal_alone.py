"""Portal and pages in a server of their own: what their settings change, and the built files at the top."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
import requests

from bot.channels.portal import AT_THE_TOP
from bot.launcher.port import free_port
from bot.launcher.settings import ROOT

SERVER = """
import sys
from pathlib import Path
from sanic import Sanic
from bot.channels.built import load_built
from bot.channels.chat import ChatInput
from bot.channels.pages import PagesInput
from bot.channels.portal import PortalInput
app = Sanic("pages")
app.config.PROXIES_COUNT = None
for channel in (PagesInput(), ChatInput(), PortalInput(load_built(Path(sys.argv[2])))):
    app.blueprint(channel.blueprint(None), url_prefix=channel.url_prefix())
app.run(port=int(sys.argv[1]), access_log=False)
"""
RATE = 8


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server behind TLS that lets one address ask a few times."""
    folder, port = tmp_path_factory.mktemp("alone"), free_port()
    web = folder / "web"
    web.mkdir()
    for name in set(AT_THE_TOP.values()):
        (web / name).write_text(name)
    environment = {
        **os.environ,
        "YILIANBAN_CONVERSATIONS": str(folder / "conversations.db"),
        "YILIANBAN_TLS": "1",
        "YILIANBAN_PUBLIC_URL": "https://yi.example",
        "YILIANBAN_ADDRESS_RATE": f"{RATE}/minute",
    }
    command = [sys.executable, "-c", SERVER, str(port), str(web)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        until = time.monotonic() + 60
        while True:
            try:
                requests.get(f"http://127.0.0.1:{port}/web/regions", timeout=5)
                break
            except requests.ConnectionError:
                assert time.monotonic() < until and server.poll() is None, "the server does not start"
                time.sleep(0.2)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def test_settings_hold_and_one_address_may_not_ask_too_often(address: str) -> None:
    first = requests.get(f"{address}/guide/changle/birth?elder=1", timeout=30, allow_redirects=False)
    assert "Secure" in first.headers["Set-Cookie"]
    page = requests.get(f"{address}/guide/changle/birth", timeout=30)
    assert '<link rel="canonical" href="https://yi.example/guide/changle/birth">' in page.text
    # A forged header makes no other address of it: no proxy is trusted here.
    for number in range(RATE - 2):
        forged = {"X-Forwarded-For": f"192.0.2.{number}"}
        assert requests.get(f"{address}/guide/", headers=forged, timeout=30).status_code == 200
    for path in ("/guide/", "/api/chat"):
        refused = requests.get(address + path, timeout=30)
        assert refused.status_code == 429 and 1 <= int(refused.headers["Retry-After"]) <= 60
        assert "请等" in refused.text and "没有这一页" not in refused.text
    made = requests.post(f"{address}/api/session", json={}, timeout=30)
    assert made.status_code == 429


@pytest.mark.parametrize(("path", "name"), sorted(AT_THE_TOP.items()))
def test_built_files_stand_at_the_top(address: str, path: str, name: str) -> None:
    answer = requests.get(address + path, timeout=30)
    assert (answer.status_code, answer.text) == (200, name)
    assert requests.get(f"{address}/web/{name}", timeout=30).text == name


def test_nothing_outside_the_folder_is_served(address: str) -> None:
    for path in (
        "/web/../web/index.html",
        "/web/%2e%2e/conversations.db",
        "/web/..%2fkey",
        "/web//etc/passwd",
    ):
        answer = requests.Request("GET", address + path).prepare()
        answer.url = address + path
        with requests.Session() as session:
            found = session.send(answer, timeout=30)
        assert found.status_code == 404 or found.text == "index.html", path
