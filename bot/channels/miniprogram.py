"""`POST /api/miniprogram/session`: a code of wx.login becomes a short-lived token for the message API (docs/openapi.yml)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import wording
from bot.channels.answering import Handler
from bot.channels.chat import answer, read_json, refused
from bot.channels.open_wechat import Wechat, open_wechat
from bot.channels.reception import Reception, open_reception
from bot.channels.refusal import Refused
from bot.channels.session import LOGIN_SECONDS
from wechat.errors import ApiError

CODE = re.compile(r"[A-Za-z0-9_-]{1,128}")
TOO_FAST_SECONDS = 60
# What WeChat says of a code → what the mini-program is told. Anything else is not the person's doing.
REFUSALS: Mapping[int, Refused] = {
    40029: Refused(401, wording.CODE_REFUSED),
    40163: Refused(401, wording.CODE_REFUSED),
    40226: Refused(403, wording.LOGIN_RISKY),
    45011: Refused(429, wording.LOGIN_TOO_FAST.format(seconds=TOO_FAST_SECONDS), TOO_FAST_SECONDS),
}


class MiniprogramInput(InputChannel):
    """Not a channel for messages: the login beside them, registered through credentials.yml."""

    def __init__(
        self,
        wechat: Callable[[], Wechat | None] = open_wechat,
        reception: Callable[[], Reception] = open_reception,
    ) -> None:
        self._wechat, self._reception = wechat(), reception()

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "miniprogram"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/api/miniprogram"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The one address."""
        routes = Blueprint("miniprogram")

        @routes.post("/session")
        async def login(request: Request) -> HTTPResponse:
            try:
                self._reception.limits.count_address(self._reception.address(request))
                return answer({"token": await self.token(request), "expires_in": LOGIN_SECONDS}, 201)
            except Refused as sorry:
                return refused(sorry)

        return routes

    async def token(self, request: Request) -> str:
        """A token for the conversation of whoever WeChat says this is; raises Refused."""
        client = self._wechat.clients.get("miniprogram") if self._wechat else None
        if self._wechat is None or client is None:
            raise Refused(503, wording.WECHAT_CLOSED)
        code = read_json(request).get("code")
        if not isinstance(code, str) or not CODE.fullmatch(code):
            raise Refused(400, wording.CODE_NEEDED)
        try:
            openid = await client.session(code)
        except ApiError as error:
            raise REFUSALS.get(error.code, Refused(503, wording.LOGIN_BROKEN)) from None
        except sqlite3.Error:
            raise Refused(503, wording.LOGIN_BROKEN) from None
        app_id = self._wechat.settings.accounts["miniprogram"].app_id
        return self._reception.sessions.token(self._reception.sessions.known("wechat", app_id, openid))
