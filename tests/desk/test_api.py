"""The desk's API over a real socket, against the document that describes it."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import aiohttp
import jsonschema
import pytest
import yaml
from sanic import Sanic
from sanic.touchup.service import TouchUp

from bot.channels.handoff import HandoffInput
from bot.launcher.port import free_port
from desk.desk import Desk

DOCUMENT = yaml.safe_load(Path("docs/openapi.yml").read_text(encoding="utf-8"))
TOKEN = "a-token-for-the-desk"
SENDER = "portal-4f2a"


@dataclass(frozen=True)
class Api:
    """Asks, and checks each answer against the document."""

    session: aiohttp.ClientSession
    base: str

    async def ask(
        self, method: str, path: str, body: Any = None, token: str | None = TOKEN
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        async with self.session.request(method, self.base + path, data=data, headers=headers) as got:
            answer = await got.json()
            check(method, path, got.status, answer)
            assert got.headers["Cache-Control"] == "no-store"
            return got.status, answer


def check(method: str, path: str, status: int, answer: Any) -> None:
    """The document knows this address, this status and this answer."""
    plain = path.partition("?")[0]
    known = next(p for p in DOCUMENT["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", p), plain))
    response = DOCUMENT["paths"][known][method.lower()]["responses"][str(status)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema = response["content"]["application/json"]["schema"]
    jsonschema.validate(answer, {**schema, "components": DOCUMENT["components"]})


def serve(desk: Callable[[], Desk], use: Callable[[Api], Awaitable[None]], token: str | None = TOKEN) -> None:
    """Runs `use` against a server with nothing but this channel."""

    async def run() -> None:
        channel = HandoffInput(desk, token)
        app = Sanic(f"desk_{time.monotonic_ns()}", configure_logging=False)

        async def no_message(_: Any) -> None:
            return None

        app.blueprint(channel.blueprint(no_message), url_prefix=channel.url_prefix())
        port = free_port()
        server = await app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        try:
            async with aiohttp.ClientSession() as session:
                await use(Api(session, f"http://127.0.0.1:{port}"))
        finally:
            server.close()

    asyncio.run(run())


@pytest.fixture(autouse=True)
def no_token_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YILIANBAN_DESK_TOKEN", raising=False)
    monkeypatch.setattr(TouchUp, "run", rewrite)


@lru_cache(maxsize=1)
def _rewritten() -> list[str]:
    return []


def rewrite(app: Sanic, run: Callable[[Sanic], None] = TouchUp.run) -> None:
    """Sanic rewrites its own methods when it starts, which works only once in a process."""
    if not _rewritten():
        run(app)
        _rewritten().append(app.name)


DESK_ADDRESSES = [
    ("GET", "/api/handoff"),
    ("GET", "/api/handoff/1"),
    ("POST", "/api/handoff/1/take"),
    ("POST", "/api/handoff/1/reply"),
    ("POST", "/api/handoff/1/end"),
]


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        (None, TOKEN, 503),
        ("short", "short", 503),
        (TOKEN, None, 401),
        (TOKEN, "wrong", 401),
        (TOKEN, "", 401),
    ],
)
def test_without_its_token_every_address_of_the_desk_is_closed(
    desk: Desk, token: str | None, given: str | None, status: int
) -> None:
    desk.wish(SENDER)

    async def use(api: Api) -> None:
        for method, path in DESK_ADDRESSES:
            got, answer = await api.ask(
                method, path, {"by": "甲", "text": "好"} if method == "POST" else None, given
            )
            assert got == status and answer["error"]

    serve(lambda: desk, use, token)
    assert desk.handoff(SENDER).state == "waiting"


def test_a_hand_off_from_wish_to_end(desk: Desk) -> None:
    number = desk.wish(SENDER, channel="rest", region="zhoucun", text="转人工").id

    async def use(api: Api) -> None:
        _, listed = await api.ask("GET", "/api/handoff")
        assert [(h["id"], h["place"], h["region"], h["text"]) for h in listed["handoffs"]] == [
            (number, 1, "zhoucun", "转人工")
        ]
        assert listed["open"] is True
        assert SENDER not in json.dumps(listed)
        assert (await api.ask("POST", f"/api/handoff/{number}/reply", {"text": "在吗"}))[0] == 409
        assert (await api.ask("POST", f"/api/handoff/{number}/take", {"by": "甲"}))[1]["state"] == "taken"
        assert (await api.ask("POST", f"/api/handoff/{number}/take", {"by": "甲"}))[0] == 200
        assert (await api.ask("POST", f"/api/handoff/{number}/take", {"by": "乙"}))[0] == 409
        desk.happen(SENDER, "say", "我的材料被退了")
        assert (await api.ask("POST", f"/api/handoff/{number}/reply", {"text": "请说"}))[0] == 200
        _, one = await api.ask("GET", f"/api/handoff/{number}")
        assert [(m["author"], m["text"]) for m in one["messages"]] == [
            ("citizen", "我的材料被退了"),
            ("person", "请说"),
        ]
        _, rest = await api.ask("GET", f"/api/handoff/{number}?after={one['messages'][0]['n']}")
        assert len(rest["messages"]) == 1
        _, told = await api.ask("GET", f"/api/conversation/{SENDER}/messages", token=None)
        assert [m["text"] for m in told["messages"]] == ["请说"]
        for _ in range(2):
            assert (await api.ask("POST", f"/api/handoff/{number}/end"))[1]["ended_by"] == "desk"
        _, after = await api.ask(
            "GET", f"/api/conversation/{SENDER}/messages?after={told['last']}", token=None
        )
        assert after == {"state": "ended", "place": None, "messages": [], "last": told["last"]}
        assert (await api.ask("GET", "/api/handoff"))[1]["handoffs"] == []

    serve(lambda: desk, use)


def test_the_citizen_waits_for_news_and_gets_it_at_once(desk: Desk) -> None:
    number = desk.wish(SENDER).id
    path = f"/api/conversation/{SENDER}/messages"

    async def use(api: Api) -> None:
        began = time.monotonic()
        assert (await api.ask("GET", f"{path}?wait=0", token=None))[1]["place"] == 1
        assert (await api.ask("GET", f"{path}?wait=0.6", token=None))[1]["messages"] == []
        assert 0.5 < time.monotonic() - began < 3
        waiting = asyncio.ensure_future(api.ask("GET", f"{path}?state=waiting", token=None))
        await asyncio.sleep(0.1)
        await api.ask("POST", f"/api/handoff/{number}/take", {"by": "甲"})
        assert (await asyncio.wait_for(waiting, 3))[1]["state"] == "taken"
        waiting = asyncio.ensure_future(api.ask("GET", f"{path}?state=taken", token=None))
        await api.ask("POST", f"/api/handoff/{number}/reply", {"text": "您好"})
        assert (await asyncio.wait_for(waiting, 3))[1]["messages"][0]["text"] == "您好"
        nobody = await asyncio.wait_for(api.ask("GET", "/api/conversation/nobody/messages", token=None), 1)
        assert nobody[1]["state"] == "none"

    serve(lambda: desk, use)


def test_a_contact_reaches_the_desk_until_the_end(desk: Desk) -> None:
    path = f"/api/conversation/{SENDER}/contact"

    async def use(api: Api) -> None:
        contact = {"contact": "139 0000 1111，下午"}
        assert (await api.ask("POST", path, contact, None))[0] == 409
        number = desk.wish(SENDER).id
        assert (await api.ask("POST", path, contact, None))[1] == {"state": "waiting"}
        assert (await api.ask("GET", "/api/handoff"))[1]["handoffs"][0]["contact"] == contact["contact"]
        assert (await api.ask("POST", f"/api/handoff/{number}/end"))[1]["contact"] == ""

    serve(lambda: desk, use)


def test_a_sender_that_is_a_telephone_number_is_the_same_conversation_as_over_rest(desk: Desk) -> None:
    from bot.channels.incoming import read

    desk.wish(read('{"sender": "13800138000", "message": "转人工"}'.encode()).conversation)

    async def use(api: Api) -> None:
        told = await api.ask("GET", "/api/conversation/13800138000/messages?wait=0", token=None)
        assert told[1]["state"] == "waiting"

    serve(lambda: desk, use)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/handoff/99", None, 404),
        ("POST", "/api/handoff/99/end", None, 404),
        ("POST", "/api/handoff/1/take", None, 400),
        ("POST", "/api/handoff/1/take", {"by": " "}, 400),
        ("POST", "/api/handoff/1/take", {"by": "长" * 41}, 400),
        ("POST", "/api/handoff/1/reply", b"{", 400),
        ("POST", "/api/handoff/1/reply", [1], 400),
        ("POST", "/api/handoff/1/reply", {"text": 7}, 400),
        ("GET", "/api/handoff/1?after=x", None, 400),
        ("GET", "/api/conversation/u/messages?after=-1", None, 400),
        ("GET", "/api/conversation/u/messages?wait=nan", None, 400),
        ("POST", "/api/conversation/u/contact", {}, 400),
    ],
)
def test_senseless_requests(desk: Desk, method: str, path: str, body: Any, status: int) -> None:
    desk.wish(SENDER)

    async def use(api: Api) -> None:
        assert (await api.ask(method, path, body))[0] == status

    serve(lambda: desk, use)


def test_a_broken_store_is_said(desk: Desk) -> None:
    def fail() -> Desk:
        raise sqlite3.OperationalError("disk I/O error")

    async def use(api: Api) -> None:
        status, answer = await api.ask("GET", "/api/handoff")
        assert status == 503 and "disk" not in answer["error"]

    serve(fail, use)


def test_every_address_is_described_and_every_description_has_an_address(desk: Desk) -> None:
    async def no_message(_: Any) -> None:
        return None

    app = Sanic("desk_routes", configure_logging=False)
    channel = HandoffInput(lambda: desk, TOKEN)
    app.blueprint(channel.blueprint(no_message), url_prefix=channel.url_prefix())
    served = {
        (method.lower(), "/" + re.sub(r"<(\w+):\w+>", r"{\1}", route.path))
        for route in app.router.routes
        for method in route.methods
    }
    described = {
        (method, path)
        for path, item in DOCUMENT["paths"].items()
        if path.startswith(("/api/handoff", "/api/conversation"))
        for method in item
    }
    assert served == described
