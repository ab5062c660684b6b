"""The portal's message API at /api/chat and /api/session (docs/openapi.yml)."""

from __future__ import annotations

import json
import logging
import sqlite3
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as as_json

from bot.channels import wording
from bot.channels.answering import Handler
from bot.channels.conversations import Conversations
from bot.channels.incoming import clean
from bot.channels.reception import Reception, open_reception
from bot.channels.refusal import Refused
from bot.channels.session import Session
from desk.errors import DeskError

BODY_LIMIT = 32 * 1024
LABEL_LIMIT = 80
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What a citizen sends: words or an option's payload, and what the page knows beside them."""

    id: str
    text: str
    given: dict[str, str]


def check_type(request: Request) -> None:
    """Raises Refused (415) where a page of another site could send this without asking first."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, wording.JSON_NEEDED)


def read_json(request: Request) -> dict[str, Any]:
    """The body as an object; raises Refused (400, 413, 415)."""
    check_type(request)
    if len(request.body) > BODY_LIMIT:
        raise Refused(413, wording.CHAT_BODY_TOO_LARGE)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused(400, wording.NOT_JSON) from None
    if not isinstance(body, dict):
        raise Refused(400, wording.CHAT_NOT_AN_OBJECT)
    return body


def message_of(body: dict[str, Any]) -> Message:
    """The message in a body; raises Refused (400) where an id or words are missing."""
    try:
        message_id = str(uuid.UUID(body["id"]))
    except (KeyError, ValueError, AttributeError, TypeError):
        raise Refused(400, wording.ID_NOT_UUID) from None
    text = body.get("text")
    if not isinstance(text, str) or not clean(text):
        raise Refused(400, wording.TEXT_NEEDED)
    label = body.get("label")
    if label is not None and (not isinstance(label, str) or len(label) > LABEL_LIMIT):
        raise Refused(400, wording.LABEL_NOT_TEXT)
    known = {name: body.get(name) for name in ("region", "audience", "label")}
    return Message(message_id, text, {name: value for name, value in known.items() if isinstance(value, str)})


def answer(body: Any, status: int = 200, **more: str) -> HTTPResponse:
    """JSON that nobody caches."""
    return as_json(body, status=status, headers={**HEADERS, **more}, ensure_ascii=False)


def refused(sorry: Refused) -> HTTPResponse:
    """One line that says why not, and when to come back."""
    more = {"Retry-After": str(sorry.retry_after)} if sorry.retry_after else {}
    return answer({"error": str(sorry)}, sorry.status, **more)


def conversations_of(request: Request, handler: Handler) -> Conversations:
    """The server's conversations; raises Refused (503) while the model is being loaded."""
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None:
        raise Refused(503, wording.FAILED)
    return Conversations(agent, handler)


class ChatInput(InputChannel):
    """The portal's conversations: a citizen's page, the widget and the mini-program talk through here."""

    def __init__(self, reception: Callable[[], Reception] = open_reception) -> None:
        self._reception = reception()

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "chat"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/api"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The addresses."""
        routes, reception = Blueprint("chat"), self._reception

        def route(path: str, method: str) -> Callable[..., Any]:
            """An address for sessions: finds out whose it is, keeps the cookie, lets admitted sites read."""

            def register(
                handle: Callable[[Request, Session, Conversations], Awaitable[HTTPResponse]],
            ) -> None:
                @wraps(handle)
                async def run(request: Request) -> HTTPResponse:
                    return reception.allow(request, await self._guard(request, handle, on_new_message))

                routes.add_route(run, path, methods=[method], name=handle.__name__)

            return register

        @route("/chat", "GET")
        async def history(_: Request, session: Session, conversations: Conversations) -> HTTPResponse:
            told = await conversations.tell(session.conversation)
            return answer({**told.as_json(), "region": told.region, "audience": told.audience})

        @route("/chat", "POST")
        async def say(request: Request, session: Session, conversations: Conversations) -> HTTPResponse:
            message = message_of(read_json(request))
            reception.limits.count_session(session.conversation)
            told = await conversations.say(session.conversation, message.id, message.text, message.given)
            return answer(told.as_json())

        @route("/chat/events", "GET")
        async def events(request: Request, session: Session, conversations: Conversations) -> HTTPResponse:
            given = request.args.get("after", "0")
            if not given.isascii() or not given.isdigit() or len(given) > 16:
                raise Refused(400, wording.NUMBER_NEEDED.format(field="after"))
            return answer((await conversations.news(session.conversation, int(given))).as_json())

        @route("/chat", "DELETE")
        async def delete(request: Request, session: Session, conversations: Conversations) -> HTTPResponse:
            check_type(request)
            await conversations.delete(session.conversation)
            gone = empty(headers=HEADERS)
            return reception.keep(request, gone, reception.sessions.new(session.kind))

        @routes.post("/session")
        async def make_session(request: Request) -> HTTPResponse:
            try:
                reception.limits.count_address(reception.address(request))
                check_type(request)
                reception.check_origin(request)
            except Refused as sorry:
                return reception.allow(request, refused(sorry))
            token = reception.sessions.token(reception.sessions.new("bearer"))
            return reception.allow(request, answer({"token": token}, 201))

        async def preflight(request: Request) -> HTTPResponse:
            return reception.allow(request, empty(headers={**HEADERS, **PREFLIGHT}))

        for path in ("/session", "/chat", "/chat/events"):
            routes.add_route(preflight, path, methods=["OPTIONS"], name=f"preflight{path.replace('/', '_')}")
        return routes

    async def _guard(
        self,
        request: Request,
        handle: Callable[[Request, Session, Conversations], Awaitable[HTTPResponse]],
        on_new_message: Handler,
    ) -> HTTPResponse:
        """The handler's response with the session's cookie; whatever goes wrong becomes a status and a line."""
        try:
            session = self._reception.caller(request)
            response = await handle(request, session, conversations_of(request, on_new_message))
        except Refused as sorry:
            return refused(sorry)
        except (DeskError, sqlite3.Error, OSError):
            logger.exception("%s %s failed", request.method, request.path)
            return refused(Refused(503, wording.FAILED))
        return response if response.cookies else self._reception.keep(request, response, session)
