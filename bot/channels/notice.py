"""The one-time notice at /notice: `/notice/REGION/SCENARIO[.html|.pdf|.docx]?CONDITION=VALUE`, `/notice/REGION?matters=ID,ID`.

No message and no sender are involved: what a notice says is in its address and the catalogue.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from urllib.parse import quote

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.day import china_today
from knowledge.office_reader import places_folder, with_offices
from notice import html
from notice.address import PREFIX, host_base, public_base
from notice.asked import read
from notice.errors import NoticeError, Unknown, Unreadable
from notice.notice import Notice, make_notice
from notice.rendering import TYPES, Rendered, render, tag
from notice.wording import say

PUBLIC_URL = "YILIANBAN_PUBLIC_URL"
KEPT = 64  # rendered documents, about a tenth of a megabyte each
MOST_WAITING = 20
RETRY_SECONDS = 5
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
logger = logging.getLogger(__name__)


class Busy(Exception):
    """Too many documents wait to be drawn."""


class Press:
    """Draws documents one after the other beside the event loop, and keeps the last ones."""

    def __init__(self, draw: Callable[[Notice, str], Rendered] = render) -> None:
        self._draw = draw
        self._kept: OrderedDict[str, Rendered] = OrderedDict()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notice")
        self._waiting = 0

    async def rendered(self, notice: Notice, format: str, name: str) -> Rendered:
        """The document of this name, drawn if it is not kept; raises Busy where too many wait already."""
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._worker, self._draw, notice, format)
        finally:
            self._waiting -= 1
        self._kept[name] = made
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made


def disposition(format: str, file: str) -> str:
    """Pages are shown, files are saved; the Chinese name as RFC 5987 has it, with a plain one for old programs."""
    way = "inline" if format == "html" else "attachment"
    return f"{way}; filename=\"notice.{format}\"; filename*=UTF-8''{quote(f'{file}.{format}')}"


def refused(message: str, status: int, **more: str) -> HTTPResponse:
    """A page that says why there is no notice."""
    page = html.refusal(message)
    headers = {**HEADERS, **more, "Content-Security-Policy": page.policy, "Cache-Control": "no-store"}
    return raw(page.content, status=status, headers=headers, content_type=TYPES["html"])


class NoticeInput(InputChannel):
    """Not a channel for messages: the notices' addresses beside them, registered through credentials.yml."""

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        environment: Mapping[str, str] = os.environ,
        today: Callable[[], date] = china_today,
        press: Press | None = None,
    ) -> None:
        given = environment.get(PUBLIC_URL)
        self._base = public_base(given) if given else None
        self._catalogue = catalogue or with_offices(load_catalogue(), places_folder(environment))
        self._today = today
        self._press = press or Press()

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "notice"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return PREFIX

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two addresses."""
        routes = Blueprint("notice")

        @routes.route("/<region:str>", methods=["GET", "HEAD"], name="matters")
        async def matters(request: Request, region: str) -> HTTPResponse:
            return await self.answer(request, region, None)

        @routes.route("/<region:str>/<scenario:str>", methods=["GET", "HEAD"], name="scenario")
        async def scenario(request: Request, region: str, scenario: str) -> HTTPResponse:
            return await self.answer(request, region, scenario)

        return routes

    def _link_base(self, request: Request) -> str:
        """What links begin with: the public address, or the host that this request was sent to."""
        try:
            return self._base or host_base(request.scheme, request.host)
        except ValueError:
            raise Unreadable(say("refused.host")) from None

    async def answer(self, request: Request, region: str, scenario: str | None) -> HTTPResponse:
        """The document that an address asks for, or a page that says why there is none."""
        try:
            asked = read(self._catalogue, region, scenario, request.query_string)
            notice = make_notice(self._catalogue, asked.subject, self._today(), self._link_base(request))
            name = tag(notice, asked.format)
            entity = {"ETag": f'W/"{name}"'}
            if name in request.headers.get("If-None-Match", ""):
                return empty(status=304, headers={**HEADERS, **entity})
            made = await self._press.rendered(notice, asked.format, name)
        except NoticeError as error:
            return refused(str(error), 404 if isinstance(error, Unknown) else 400)
        except Busy:
            return refused(say("refused.busy"), 503, **{"Retry-After": str(RETRY_SECONDS)})
        except Exception:
            # The edge: whoever opened a link gets words, the log gets the rest.
            logger.exception("the notice at %s failed", request.path)
            return refused(say("refused.broken"), 500)
        headers = {
            **HEADERS,
            **entity,
            "Content-Security-Policy": made.policy,
            "Content-Disposition": disposition(asked.format, notice.file),
        }
        return raw(made.content, headers=headers, content_type=made.type)
