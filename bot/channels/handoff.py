"""The desk's API at /api/handoff, and a conversation's messages from a person at /api/conversation (docs/openapi.yml).

The first wants the token of YILIANBAN_DESK_TOKEN and is closed without one; the second is opened by knowing the
sender, as the conversation itself is.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, Literal

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as as_json

from bot.channels import wording
from bot.channels.courier import Courier, Delivery
from bot.channels.incoming import BadRequest, clean, read
from bot.channels.open_desk import open_desk
from bot.channels.refusal import Refused
from bot.channels.wechat_courier import WechatCourier
from desk.desk import Desk
from desk.errors import DeskError, NoSuchHandoff, NotPossible
from desk.handoff import OPEN, Event, Handoff
from desk.settings import Settings

SHORTEST_TOKEN = 16
BY_LIMIT, TEXT_LIMIT, CONTACT_LIMIT = 40, 2000, 100
LOOK_SECONDS = 0.5
LONGEST_WAIT = 25.0
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
logger = logging.getLogger(__name__)
DeskEvent = Literal["take", "reply", "end"]
Handler = Callable[..., Awaitable[HTTPResponse]]


def answer(body: Any, status: int = 200) -> HTTPResponse:
    """JSON that nobody caches."""
    return as_json(body, status=status, headers=HEADERS, ensure_ascii=False)


def check_token(given: str | None, token: str | None) -> None:
    """Raises Refused: 503 where the API is not opened by a token of its own, 401 where another one is given."""
    if not token:
        raise Refused(503, wording.DESK_CLOSED)
    if len(token) < SHORTEST_TOKEN:
        raise Refused(503, wording.DESK_TOKEN_SHORT)
    scheme, _, value = (given or "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(value.strip().encode(), token.encode()):
        raise Refused(401, wording.DESK_TOKEN_WRONG)


def shown(desk: Desk, handoff: Handoff) -> dict[str, Any]:
    """A hand-off as the desk sees it: who it is stays unknown."""
    known = asdict(handoff)
    for hidden in ("conversation", "sender", "display"):
        del known[hidden]
    return {**known, "place": desk.handoffs.place(handoff)}


def with_delivery(handoff: dict[str, Any], delivery: Delivery | None) -> HTTPResponse:
    """A hand-off, and whether what was said has reached a citizen whose channel has to be sent to."""
    return answer({**handoff, "delivery": asdict(delivery)} if delivery else handoff)


def text_of(body: bytes, field: str, limit: int) -> str:
    """A field of a JSON body; raises Refused where it is not text, empty or too long."""
    try:
        value = json.loads(body or b"{}").get(field)
    except (ValueError, AttributeError, RecursionError):
        raise Refused(400, wording.NOT_JSON) from None
    text = clean(value) if isinstance(value, str) else ""
    if not text or len(text) > limit:
        raise Refused(400, wording.FIELD_NEEDED.format(field=field, limit=limit))
    return text


def number_of(request: Request, name: str, otherwise: float) -> float:
    """A number from the address; raises Refused where it is none."""
    given = request.args.get(name)
    try:
        number = otherwise if given is None else float(given)
    except ValueError:
        number = -1.0
    if not 0 <= number < 2**53:
        raise Refused(400, wording.NUMBER_NEEDED.format(field=name))
    return number


def conversation_of(sender: str) -> str:
    """The conversation's id of a sender, as the REST channel makes it."""
    try:
        return read(json.dumps({"sender": sender, "message": ""}).encode()).conversation
    except BadRequest as refused:
        raise Refused(refused.status, str(refused)) from None


def guarded(handler: Handler) -> Handler:
    """Turns what can go wrong into a status and a line of JSON."""

    async def run(*arguments: Any, **named: Any) -> HTTPResponse:
        try:
            return await handler(*arguments, **named)
        except Refused as refused:
            return answer({"error": str(refused)}, refused.status)
        except NoSuchHandoff:
            return answer({"error": wording.NO_SUCH_HANDOFF}, 404)
        except NotPossible as refused:
            return answer({"error": wording.NOT_POSSIBLE, "reason": str(refused)}, 409)
        except (DeskError, sqlite3.Error, OSError):
            logger.exception("the desk's store failed")
            return answer({"error": wording.DESK_BROKEN}, 503)

    run.__name__ = handler.__name__
    return run


class HandoffInput(InputChannel):
    """Not a channel for messages: the desk's addresses beside them, registered through credentials.yml."""

    def __init__(
        self,
        desk: Callable[[], Desk] = open_desk,
        token: str | None = None,
        courier: Courier | None = None,
    ) -> None:
        self._desk = desk
        self._courier = courier or WechatCourier()
        self._token = token or Settings.from_environment().token

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "handoff"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/api"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The addresses."""
        routes = Blueprint("handoff")
        self._for_the_desk(routes)
        self._for_the_citizen(routes)
        return routes

    def _for_the_desk(self, routes: Blueprint) -> None:
        def opened(request: Request) -> Desk:
            check_token(request.headers.get("Authorization"), self._token)
            return self._desk()

        def moved(
            request: Request, number: int, name: DeskEvent, by: str = "", said: str = ""
        ) -> dict[str, Any]:
            desk = opened(request)
            handoff = desk.handoffs.apply(number, Event(name, desk.now(), by=by), said)
            return shown(desk, handoff)

        @routes.get("/handoff")
        @guarded
        async def list_open(request: Request) -> HTTPResponse:
            desk = opened(request)
            handoffs = [shown(desk, handoff) for handoff in desk.handoffs.in_state(OPEN)]
            return answer({"open": desk.is_open, "hours": str(desk.hours), "handoffs": handoffs})

        @routes.get("/handoff/<number:int>")
        @guarded
        async def one(request: Request, number: int) -> HTTPResponse:
            desk = opened(request)
            after = int(number_of(request, "after", 0))
            handoff = shown(desk, desk.handoffs.by_id(number))
            messages = [asdict(message) for message in desk.handoffs.messages(number, after)]
            return answer({**handoff, "messages": messages})

        @routes.post("/handoff/<number:int>/take")
        @guarded
        async def take(request: Request, number: int) -> HTTPResponse:
            opened(request)
            return answer(moved(request, number, "take", by=text_of(request.body, "by", BY_LIMIT)))

        @routes.post("/handoff/<number:int>/reply")
        @guarded
        async def reply(request: Request, number: int) -> HTTPResponse:
            handoff, said = opened(request).handoffs.by_id(number), text_of(request.body, "text", TEXT_LIMIT)
            after = moved(request, number, "reply", said=said)
            return with_delivery(after, await self._courier.bring(handoff.channel, handoff.sender, said))

        @routes.post("/handoff/<number:int>/end")
        @guarded
        async def end(request: Request, number: int) -> HTTPResponse:
            handoff = opened(request).handoffs.by_id(number)
            after = moved(request, number, "end", by="desk")
            if handoff.state != "taken":
                return answer(after)
            return with_delivery(after, await self._courier.bring_end(handoff.channel, handoff.sender))

    def _for_the_citizen(self, routes: Blueprint) -> None:
        @routes.get("/conversation/<sender:str>/messages")
        @guarded
        async def messages(request: Request, sender: str) -> HTTPResponse:
            conversation, after = conversation_of(sender), int(number_of(request, "after", 0))
            wait = min(number_of(request, "wait", LONGEST_WAIT), LONGEST_WAIT)
            state = request.args.get("state")
            return answer(await news(self._desk(), conversation, after, wait, state))

        @routes.post("/conversation/<sender:str>/contact")
        @guarded
        async def contact(request: Request, sender: str) -> HTTPResponse:
            given = text_of(request.body, "contact", CONTACT_LIMIT)
            handoff = self._desk().leave_contact(conversation_of(sender), given)
            return answer({"state": handoff.state})


async def news(
    desk: Desk, conversation: str, after: int, wait: float, state: str | None = None
) -> dict[str, Any]:
    """What a person has said since message `after`; waits up to `wait` seconds while there is nothing new.

    A hand-off that is not open, or in another state than the asker knows, is told at once.
    """
    until = asyncio.get_running_loop().time() + wait
    while True:
        handoff = desk.handoff(conversation)
        found = desk.handoffs.messages(handoff.id, after, "person")
        late = asyncio.get_running_loop().time() >= until
        if found or late or not handoff.is_open or (state and state != handoff.state):
            told = [{"n": message.n, "text": message.text, "at": message.at} for message in found]
            return {
                "state": handoff.state,
                "place": desk.handoffs.place(handoff),
                "messages": told,
                "last": found[-1].n if found else after,
            }
        await asyncio.sleep(LOOK_SECONDS)
