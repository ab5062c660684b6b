"""WeChat's API for one account: a token that is refreshed in one place, and what is called with it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from wechat.errors import ApiError
from wechat.http import ask
from wechat.passive import Link
from wechat.settings import Account
from wechat.tokens import Tokens
from wechat.troubles import CODES, Troubles

TOKEN_REFUSED = (40001, 40014, 42001)
WAIT_SECONDS, LOOK_SECONDS = 20.0, 0.1


class Client:
    """Calls the API in the name of one account; failures for the operator are reported."""

    def __init__(
        self,
        base: str,
        account: Account,
        tokens: Tokens,
        troubles: Troubles,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._base, self._account = base, account
        self._tokens, self._troubles, self._now = tokens, troubles, now

    async def send_text(self, openid: str, text: str) -> None:
        """A customer-service message of text; raises ApiError."""
        await self._send(openid, "text", {"content": text})

    async def send_link(self, openid: str, link: Link) -> None:
        """A customer-service message that is a news card; official accounts only. Raises ApiError."""
        article = {"title": link.title, "description": link.description, "url": link.url, "picurl": ""}
        await self._send(openid, "news", {"articles": [article]})

    async def _send(self, openid: str, kind: str, content: Mapping[str, Any]) -> None:
        body = {"touser": openid, "msgtype": kind, kind: content}
        await self.call("/cgi-bin/message/custom/send", body)

    async def call(self, path: str, body: Any = None) -> dict[str, Any]:
        """One call with the access token, once more with a fresh one where it is refused; raises ApiError."""
        try:
            token = await self.token()
            try:
                return await ask(self._base, path, {"access_token": token}, body)
            except ApiError as error:
                if error.code not in TOKEN_REFUSED:
                    raise
            token = await self.token(rejected=token)
            return await ask(self._base, path, {"access_token": token}, body)
        except ApiError as error:
            self._report(error)
            raise

    async def session(self, code: str) -> str:
        """The OpenID behind a code of wx.login. The session key that comes with it is dropped here; raises ApiError."""
        query = {
            "appid": self._account.app_id,
            "secret": self._account.secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            found = await ask(self._base, "/sns/jscode2session", query)
        except ApiError as error:
            self._report(error)
            raise
        if not isinstance(found.get("openid"), str):
            raise ApiError(ApiError.UNREACHABLE, "no openid")
        return found["openid"]

    async def token(self, rejected: str = "") -> str:
        """The access token that all workers share, refreshed by one of them; raises ApiError."""
        until = self._now() + WAIT_SECONDS
        while True:
            held = self._tokens.hold(self._account.app_id, self._now(), rejected)
            if held.token:
                return held.token
            if held.mine:
                return await self._refresh(rejected)
            if self._now() >= until:
                raise ApiError(ApiError.UNREACHABLE, "no token")
            await asyncio.sleep(LOOK_SECONDS)

    async def _refresh(self, rejected: str) -> str:
        app = self._account.app_id
        try:
            found = await self._stable_token(force=False)
            if found["access_token"] == rejected:
                # WeChat itself hands out what it refuses: only force brings another one.
                found = await self._stable_token(force=True)
            token, seconds = str(found["access_token"]), float(found["expires_in"])
        except (ApiError, KeyError, ValueError, TypeError) as error:
            self._tokens.give_up(app)
            if isinstance(error, ApiError):
                raise
            raise ApiError(ApiError.UNREACHABLE, "no token") from None
        self._tokens.keep(app, token, seconds, self._now())
        return token

    async def _stable_token(self, force: bool) -> dict[str, Any]:
        body = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.secret,
            "force_refresh": force,
        }
        return await ask(self._base, "/cgi-bin/stable_token", {}, body)

    def _report(self, error: ApiError) -> None:
        if error.code in CODES:
            self._troubles.report(self._account.app_id, error.code, self._now(), error.detail)
