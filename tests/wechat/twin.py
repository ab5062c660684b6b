"""A twin of WeChat's servers: the API that we call, with real error codes and quotas, and the phones that write to us.

Messages are signed, encrypted and read again with wechatpy, which is not ours.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import xmltodict
from aiohttp import web
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.launcher.port import free_port

OFFICIAL, MINIPROGRAM = "wx0fficia1account", "wxm1n1pr0gram"
SECRET, TOKEN = "secret-of-the-tests", "token0fTheTests"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
DELIVERY_SECONDS = 5.0
MOST_DELIVERIES = 3
TEXT_BYTES = 2048
WINDOW_SECONDS, QUOTA = 48 * 3600.0, 5
EVENT_SECONDS, EVENT_QUOTA = 60.0, 3
_numbers = itertools.count(int(time.time()) * 1000)


def environment(twin: Twin) -> dict[str, str]:
    """What the operator would set for both accounts."""
    return {
        "YILIANBAN_WECHAT_APPID": OFFICIAL,
        "YILIANBAN_WECHAT_SECRET": SECRET,
        "YILIANBAN_WECHAT_TOKEN": TOKEN,
        "YILIANBAN_WECHAT_AESKEY": AES_KEY,
        "YILIANBAN_WECHAT_MODE": "compatible",
        "YILIANBAN_WECHAT_API": twin.base,
        "YILIANBAN_MINIPROGRAM_APPID": MINIPROGRAM,
        "YILIANBAN_MINIPROGRAM_SECRET": SECRET,
        "YILIANBAN_MINIPROGRAM_TOKEN": TOKEN,
        "YILIANBAN_MINIPROGRAM_AESKEY": AES_KEY,
    }


@dataclass
class Twin:
    """The API. Whatever a test wants to go wrong is a field."""

    base: str = ""
    secret: str = SECRET
    listed: bool = True  # our address is in the allow-list
    verified: bool = True  # the account may use customer-service messages
    busy: int = 0  # so many calls are answered with -1 first
    token_seconds: int = 7200
    token_calls_left: int = 1000
    refused: set[str] = field(default_factory=set)  # tokens that are refused although they are the stable one
    tokens: dict[str, str] = field(default_factory=dict)
    until: dict[str, float] = field(default_factory=dict)
    leave: dict[str, tuple[float, int]] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, str | int] = field(default_factory=dict)
    menu: Any = None
    calls: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Serves in a thread until the process ends."""
        port, ready = free_port(), threading.Event()

        async def serve() -> None:
            runner = web.AppRunner(self._app())
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            ready.set()
            await asyncio.Event().wait()

        threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
        assert ready.wait(10)
        self.base = f"http://127.0.0.1:{port}"

    def may_send(self, openid: str, seconds: float = WINDOW_SECONDS, quota: int = QUOTA) -> None:
        """The person has done something: so long, and so often, the account may write to them."""
        until, left = self.leave.get(openid, (0.0, 0))
        self.leave[openid] = (max(until, time.time() + seconds), max(left, quota))

    def texts_to(self, openid: str) -> list[str]:
        """The texts of customer-service messages to one person."""
        return [m["text"]["content"] for m in self.sent if m["touser"] == openid and m["msgtype"] == "text"]

    def wait_for_texts(self, openid: str, count: int = 1, seconds: float = 30.0) -> list[str]:
        """The same, once there are so many."""
        until = time.monotonic() + seconds
        while len(self.texts_to(openid)) < count and time.monotonic() < until:
            time.sleep(0.05)
        return self.texts_to(openid)

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/cgi-bin/stable_token", self._stable_token)
        app.router.add_post("/cgi-bin/message/custom/send", self._with_token(self._send))
        app.router.add_post("/cgi-bin/menu/create", self._with_token(self._menu_create))
        app.router.add_get("/cgi-bin/menu/delete", self._with_token(self._menu_delete))
        app.router.add_post("/cgi-bin/qrcode/create", self._with_token(self._qr))
        app.router.add_get("/sns/jscode2session", self._session)
        return app

    def _always(self, request: web.Request) -> dict[str, Any] | None:
        self.calls[request.path] += 1
        if self.busy:
            self.busy -= 1
            return error(-1, "system error")
        return None

    async def _stable_token(self, request: web.Request) -> web.Response:
        trouble, body = self._always(request), await request.json()
        app = body.get("appid")
        if trouble is None and body.get("grant_type") != "client_credential":
            trouble = error(40002, "invalid grant_type")
        if trouble is None and app not in (OFFICIAL, MINIPROGRAM):
            trouble = error(40013, "invalid appid")
        if trouble is None and body.get("secret") != self.secret:
            trouble = error(40125, "invalid appsecret")
        if trouble is None and not self.listed:
            trouble = error(40164, "invalid ip 203.0.113.7, not in whitelist")
        if trouble is None and self.token_calls_left <= 0:
            trouble = error(45009, "reach max api daily quota limit")
        if trouble is not None:
            return web.json_response(trouble)
        self.token_calls_left -= 1
        if body.get("force_refresh") or time.time() >= self.until.get(app, 0):
            self.tokens[app] = f"{len(self.tokens)}_{secrets.token_hex(20)}"
            self.until[app] = time.time() + self.token_seconds
        left = int(self.until[app] - time.time())
        return web.json_response({"access_token": self.tokens[app], "expires_in": max(left, 1)})

    def _with_token(self, handler: Any) -> Any:
        async def run(request: web.Request) -> web.Response:
            trouble, given = self._always(request), request.query.get("access_token", "")
            app = next((app for app, token in self.tokens.items() if token == given), None)
            if trouble is None and (app is None or given in self.refused):
                trouble = error(40001, "invalid credential, access_token is invalid or not latest")
            if trouble is None and time.time() >= self.until[str(app)]:
                trouble = error(42001, "access_token expired")
            if trouble is not None:
                return web.json_response(trouble)
            body = json.loads(await request.read() or b"{}")
            return web.json_response(handler(str(app), body))

        return run

    def _send(self, app: str, body: Mapping[str, Any]) -> dict[str, Any]:
        if not self.verified:
            return error(48001, "api unauthorized")
        kind, openid = body.get("msgtype"), body.get("touser")
        kinds = ("text", "news") if app == OFFICIAL else ("text",)
        if kind not in kinds or kind not in body:
            return error(40008, "invalid message type")
        if openid not in self.leave:
            return error(40003, "invalid openid")
        if kind == "text" and len(body["text"]["content"].encode()) > TEXT_BYTES:
            return error(45002, "content size out of limit")
        until, left = self.leave[openid]
        if time.time() >= until:
            return error(45015, "response out of time limit or subscription is canceled")
        if left <= 0:
            return error(45047, "out of response count limit")
        self.leave[openid] = (until, left - 1)
        self.sent.append(dict(body))
        return error(0, "ok")

    def _menu_create(self, _: str, body: Mapping[str, Any]) -> dict[str, Any]:
        buttons = body.get("button", [])
        if not 1 <= len(buttons) <= 3:
            return error(40016, "invalid button size")
        for button in buttons:
            if len(button["name"].encode()) > 16:
                return error(40018, "invalid button name size")
            below = button.get("sub_button", [])
            if len(below) > 5:
                return error(40023, "invalid sub button size")
            if any(len(b["name"].encode()) > 60 for b in below):
                return error(40025, "invalid sub button name size")
        self.menu = body
        return error(0, "ok")

    def _menu_delete(self, _: str, __: Any) -> dict[str, Any]:
        self.menu = None
        return error(0, "ok")

    def _qr(self, _: str, body: Mapping[str, Any]) -> dict[str, Any]:
        scene = body["action_info"]["scene"].get("scene_str", "")
        if body["action_name"] != "QR_LIMIT_STR_SCENE" or not 1 <= len(scene) <= 64:
            return error(40053, "invalid action info")
        return {"ticket": f"ticket+{scene}/==", "url": f"http://weixin.qq.com/q/{scene}"}

    async def _session(self, request: web.Request) -> web.Response:
        trouble, query = self._always(request), request.query
        if trouble is None and query.get("appid") != MINIPROGRAM:
            trouble = error(40013, "invalid appid")
        if trouble is None and query.get("secret") != self.secret:
            trouble = error(40125, "invalid appsecret")
        code = query.get("js_code", "")
        known = self.codes.get(code, 40029)
        if isinstance(known, str):
            self.codes[code] = 40163  # once only
        if trouble is None and isinstance(known, int):
            trouble = error(known, "code refused")
        if trouble is not None:
            return web.json_response(trouble)
        return web.json_response({"openid": known, "session_key": "c2Vzc2lvbi1rZXk="})


def error(code: int, message: str) -> dict[str, Any]:
    """An answer as the API gives it."""
    return {"errcode": code, "errmsg": message}


@dataclass(frozen=True)
class Reply:
    """What came back to a delivery, opened: `body` as it was, `fields` of the message in it (empty for success)."""

    status: int
    body: str
    fields: dict[str, Any]
    seconds: float

    @property
    def text(self) -> str:
        """The words of a text reply; empty for any other."""
        return str(self.fields.get("Content") or "")


@dataclass
class Phone:
    """A person who writes to the account at `address`; `way` is how WeChat's console is set."""

    twin: Twin
    address: str
    openid: str = field(default_factory=lambda: f"o{secrets.token_urlsafe(20)}")
    way: str = "safe"
    format: str = "xml"
    app: str = OFFICIAL
    token: str = TOKEN
    aes_key: str = AES_KEY

    def say(self, text: str, **more: Any) -> Reply:
        """A text message."""
        return self.send("text", Content=text, **more)

    def do(self, event: str, key: str = "", **more: Any) -> Reply:
        """An event."""
        return self.send("event", Event=event, EventKey=key, **more)

    def send(self, kind: str, **more: Any) -> Reply:
        """One message, delivered as WeChat does: three times at most, five seconds each."""
        fields, known = self.message(kind, **more), time.time()
        if kind == "event":
            self.twin.may_send(self.openid, EVENT_SECONDS, EVENT_QUOTA)
        else:
            self.twin.may_send(self.openid)
        for _ in range(MOST_DELIVERIES):
            try:
                return self.deliver(fields)
            except requests.Timeout:
                continue
        raise AssertionError(f"no answer in {time.time() - known:.0f} s")

    def message(self, kind: str, **more: Any) -> dict[str, Any]:
        """The fields of a message, as they stand in its document."""
        fields = {
            "ToUserName": "gh_0fficia1",
            "FromUserName": self.openid,
            "CreateTime": int(time.time()),
            "MsgType": kind,
        }
        if kind != "event":
            fields["MsgId"] = next(_numbers)
        return {**fields, **more}

    def deliver(self, fields: Mapping[str, Any], query: Mapping[str, str] | None = None) -> Reply:
        """One delivery; `query` replaces parts of the address."""
        asked, body = self.request(fields)
        return self.post({**asked, **(query or {})}, body)

    def request(self, fields: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
        """Address and body of a delivery."""
        timestamp, nonce = str(int(time.time())), secrets.token_hex(8)
        query = {
            "signature": signature(self.token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": self.openid,
        }
        plain = self._written(fields)
        if self.way == "plain":
            return query, plain.encode()
        sealed = self._crypto.encrypt_message(plain, nonce, timestamp)
        found = xmltodict.parse(sealed)["xml"]
        outside = {"ToUserName": fields["ToUserName"], "Encrypt": found["Encrypt"]}
        if self.way == "compatible":
            outside = {**fields, **outside}
        query |= {"encrypt_type": "aes", "msg_signature": found["MsgSignature"]}
        return query, self._written(outside).encode()

    def post(self, query: Mapping[str, str], body: bytes) -> Reply:
        """A request as it is given; raises requests.Timeout after five seconds."""
        began = time.monotonic()
        answer = requests.post(self.address, params=dict(query), data=body, timeout=DELIVERY_SECONDS)
        answer.encoding = "utf-8"
        fields = self._opened(answer.text) if answer.status_code == 200 else {}
        return Reply(answer.status_code, answer.text, fields, time.monotonic() - began)

    @property
    def _crypto(self) -> WeChatCrypto:
        return WeChatCrypto(self.token, self.aes_key, self.app)

    def _written(self, fields: Mapping[str, Any]) -> str:
        if self.format == "json":
            return json.dumps(fields, ensure_ascii=False)
        return xmltodict.unparse({"xml": fields}, full_document=False)

    def _read(self, text: str) -> dict[str, Any]:
        return json.loads(text) if text.startswith("{") else xmltodict.parse(text)["xml"]

    def _opened(self, body: str) -> dict[str, Any]:
        """The message in a reply; only what WeChat itself could read counts."""
        if body in ("", "success"):
            return {}
        fields = self._read(body)
        if "Encrypt" not in fields:
            assert self.way == "plain"
            return fields
        sealed = xmltodict.unparse({"xml": fields})
        signed = (fields["MsgSignature"], str(fields["TimeStamp"]), fields["Nonce"])
        return self._read(self._crypto.decrypt_message(sealed, *signed))


def signature(token: str, *parts: str) -> str:
    """The signature as wechatpy makes it."""
    signer = WeChatSigner()
    signer.add_data(token, *parts)
    return signer.signature
