"""The desk's pages in a server of their own: a real port, the real catalogue, no model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from bot.launcher.port import free_port
from bot.launcher.settings import ROOT

TOKEN = "a-token-for-the-desk"
PUBLIC = "https://yi.example"
SERVER = """
import sys
from sanic import Sanic
from bot.channels.desk_chats import DeskChatsInput
from bot.channels.desk_page import DeskPageInput
from bot.channels.notice import NoticeInput
from bot.channels.pages import PagesInput
app = Sanic("desk")
for channel in (DeskPageInput(), DeskChatsInput(), PagesInput(), NoticeInput()):
    app.blueprint(channel.blueprint(None), url_prefix=channel.url_prefix())
app.run(port=int(sys.argv[1]), access_log=False)
"""


@dataclass
class Browser:
    """A clerk's browser, as far as a test needs one: cookies, and the word that our own page asks."""

    base: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.session.get(self.base + path, timeout=20, **{"allow_redirects": False, **more})

    def post(self, path: str, body: Any = None, form: Any = None, **headers: str) -> requests.Response:
        return self.session.post(
            self.base + path,
            json=body,
            data=form,
            headers={"Sec-Fetch-Site": "same-origin", **headers},
            timeout=20,
            allow_redirects=False,
        )

    def sign_in(self, name: str, display: str = "3号坐席", token: str = TOKEN) -> requests.Response:
        return self.post("/desk/sign-in", form={"token": token, "name": name, "display": display})


@contextmanager
def desk_server(folder: Path, **environment: str) -> Iterator[str]:
    """The address of a server whose files are in the folder."""
    port = free_port()
    # Of this machine's settings nothing that a test does not say.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YILIANBAN_")}
    environment = {
        **kept,
        "YILIANBAN_CONVERSATIONS": str(folder / "conversations.db"),
        "YILIANBAN_PLACES": str(folder),
        "YILIANBAN_ADDRESS_RATE": "100000/minute",
        **environment,
    }
    command = [sys.executable, "-c", SERVER, str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    requests.get(f"http://127.0.0.1:{port}/desk", timeout=5)
                    break
                except requests.ConnectionError:
                    assert time.monotonic() < until and server.poll() is None, "the server does not start"
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


class Events:
    """What comes down an open line of server-sent events."""

    def __init__(self, browser: Browser) -> None:
        self._answer = browser.session.get(f"{browser.base}/desk/chats/events", stream=True, timeout=30)
        assert self._answer.status_code == 200, self._answer.text
        assert self._answer.headers["Content-Type"].startswith("text/event-stream")
        self._lines = self._answer.iter_lines(decode_unicode=True)

    def next(self) -> dict[str, Any]:
        """The next inbox."""
        for line in self._lines:
            if line.startswith("data: "):
                return json.loads(line.removeprefix("data: "))  # type: ignore[no-any-return]
        raise AssertionError("the line is closed")

    def close(self) -> None:
        self._answer.close()
