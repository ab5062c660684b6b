"""WeChat's addresses: `/wechat/official` for the official account, `/wechat/miniprogram` for customer-service messages.

Both are what is entered as server address in WeChat's console (docs/wechat.zh-CN.md); closed until it is set up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from bot.channels import wording
from bot.channels.answering import Handler
from bot.channels.open_wechat import Wechat, open_wechat
from bot.channels.seldom import Seldom
from bot.channels.wechat_counter import Counter
from bot.channels.wechat_courier import Sender
from bot.channels.wechat_turn import Turns
from knowledge.catalogue import Catalogue, load_catalogue
from notice.address import public_base
from wechat.errors import Refused
from wechat.receive import Receiver
from wechat.settings import PREFIXES, Name

TIDY_SECONDS = 600.0
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
logger = logging.getLogger(__name__)


class WechatInput(InputChannel):
    """The channel for both kinds of account, registered through credentials.yml."""

    def __init__(
        self,
        wechat: Callable[[], Wechat | None] = open_wechat,
        catalogue: Catalogue | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._wechat = wechat()
        self._catalogue = catalogue or load_catalogue()
        given = environment.get("YILIANBAN_PUBLIC_URL")
        self._public = public_base(given) if given else None

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "wechat"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/wechat"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """One address an account; both exist whether or not they are set up, so that a closed one can say so."""
        routes = Blueprint("wechat")
        for name in PREFIXES:
            self._account(routes, name, on_new_message)
        if self._wechat is not None:
            self._tidying(routes, self._wechat)
        return routes

    def _account(self, routes: Blueprint, name: Name, handler: Handler) -> None:
        counter, seldom = self._counter(name, handler), Seldom(logger)

        async def receive(request: Request) -> HTTPResponse:
            if counter is None:
                return plain(wording.WECHAT_CLOSED, 503)
            query = {key: values[0] for key, values in request.args.items()}
            try:
                if request.method == "GET":
                    return plain(counter.receiver.verify(query))
                received = counter.receiver.receive(query, request.body)
                return reply(await counter.serve(received))
            except Refused as refused:
                seldom.warn(f"WeChat {name}: a request was refused: {refused.reason}")
                return plain(wording.WECHAT_REFUSED, refused.status)
            except (sqlite3.Error, OSError):
                # Nothing else of the exception: it may hold what was sent.
                logger.error("WeChat %s: the common file failed", name)
                return plain(wording.FAILED, 503)

        routes.add_route(receive, f"/{name}", methods=["GET", "POST"], name=name)

    def _counter(self, name: Name, handler: Handler) -> Counter | None:
        wechat = self._wechat
        account = wechat.settings.accounts.get(name) if wechat else None
        if wechat is None or account is None or not account.token:
            return None
        receiver = Receiver(account, wechat.nonces, wechat.key.hash, wechat.now)
        turns = Turns(wechat, account, handler, self._catalogue, self._public)
        return Counter(wechat, account, receiver, turns, Sender(wechat))

    def _tidying(self, routes: Blueprint, wechat: Wechat) -> None:
        async def keep_tidy() -> None:
            while True:
                await asyncio.sleep(TIDY_SECONDS)
                with contextlib.suppress(sqlite3.Error):
                    wechat.tidy()

        @routes.listener("after_server_start")
        async def begin(app: Sanic, _: Any) -> None:
            app.add_task(keep_tidy())


def plain(body: str, status: int = 200) -> HTTPResponse:
    """Text that no browser takes for anything else."""
    return text(body, status=status, headers=HEADERS)


def reply(body: str) -> HTTPResponse:
    """A passive reply, or the word for none."""
    return text(body, headers=HEADERS, content_type=_type(body))


def _type(body: str) -> str:
    return {"<": "text/xml; charset=utf-8", "{": "application/json"}.get(
        body[:1], "text/plain; charset=utf-8"
    )
