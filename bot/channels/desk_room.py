"""What the desk's addresses share: who is signed in, headers, and how a refusal looks."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from functools import lru_cache, wraps
from typing import Any

from limits import parse_many
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot.channels import wording
from bot.channels.desk_session import Clerk, DeskSessions
from bot.channels.handoff import answer
from bot.channels.limits import Limits
from bot.channels.open_desk import open_desk
from bot.channels.reception import open_reception
from bot.channels.refusal import Refused
from desk.errors import DeskError, NoSuchHandoff, NotPossible
from desk.key import load_key
from desk.settings import Settings
from pages.desk_rendering import POLICY

SIGN_IN_RATE = "10/minute;60/hour"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store, no-transform",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
HTML = "text/html; charset=utf-8"
logger = logging.getLogger(__name__)
Handler = Callable[..., Awaitable[Any]]


@lru_cache(maxsize=1)
def open_sessions() -> DeskSessions:
    """The one of this process; raises ValueError, DeskError or OSError where a setting cannot be used."""
    settings = Settings.from_environment()
    secret = load_key(settings.key, settings.key_file).secret
    return DeskSessions(secret, settings.token, open_reception(), open_desk)


def sign_in_limits() -> Limits:
    """How often one address may try to sign in."""
    return Limits((), tuple(parse_many(SIGN_IN_RATE)))


def page(content: bytes, status: int = 200) -> HTTPResponse:
    """HTML that nobody keeps."""
    return raw(content, status=status, headers=HEADERS, content_type=HTML)


def for_clerks(sessions: DeskSessions) -> Callable[[Handler], Handler]:
    """Lets only signed-in clerks through, whom the handler gets; what goes wrong becomes a status and a line."""

    def guard(handle: Handler) -> Handler:
        @wraps(handle)
        async def run(request: Request, *parts: Any, **named: Any) -> Any:
            try:
                clerk: Clerk = sessions.check(request)
                return await handle(request, clerk, *parts, **named)
            except Refused as sorry:
                return answer({"error": str(sorry)}, sorry.status)
            except NoSuchHandoff:
                return answer({"error": wording.NO_SUCH_HANDOFF}, 404)
            except NotPossible as sorry:
                return answer({"error": wording.NOT_POSSIBLE, "reason": str(sorry)}, 409)
            except (DeskError, sqlite3.Error, OSError):
                logger.exception("%s %s failed", request.method, request.path)
                return answer({"error": wording.DESK_BROKEN}, 503)

        return run

    return guard
