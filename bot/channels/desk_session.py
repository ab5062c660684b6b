"""Who works at the desk's page: signed in with the desk's token, known by a signed cookie, gone when the token changes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import wording
from bot.channels.reception import CHANGING, Reception
from bot.channels.refusal import Refused
from desk.desk import Desk

COOKIE = "yilianban_desk"
# One shift; whoever works longer signs in again.
LIFE_SECONDS = 12 * 3600
SHORTEST_TOKEN = 16
NAME_LIMIT = 20


@dataclass(frozen=True)
class Clerk:
    """Somebody at the desk: the name to work under, the one that citizens see, and this sign-in."""

    name: str
    display: str
    session: str


class DeskSessions:
    """Signs clerks in and knows them again."""

    def __init__(
        self, secret: bytes, token: str | None, reception: Reception, desk: Callable[[], Desk]
    ) -> None:
        self._secret, self._token, self._reception, self._desk = secret, token, reception, desk

    @property
    def closed(self) -> str:
        """Why nobody can sign in; empty where one can."""
        if not self._token:
            return wording.DESK_CLOSED
        return wording.DESK_TOKEN_SHORT if len(self._token) < SHORTEST_TOKEN else ""

    def sign_in(self, token: str, name: str, display: str) -> Clerk:
        """A new sign-in. Raises Refused (401) for another token, and NameTaken."""
        if self.closed or not hmac.compare_digest(token.encode(), (self._token or "").encode()):
            raise Refused(401, self.closed or wording.DESK_TOKEN_NOT_RIGHT)
        clerk = Clerk(name, display, secrets.token_urlsafe(16))
        desk = self._desk()
        desk.clerks.arrive(name, clerk.session, desk.now(), desk.hours.absent_minutes * 60)
        return clerk

    def clerk(self, request: Request) -> Clerk | None:
        """Who asks; None where nobody is signed in. Being heard of keeps the clerk's conversations with them."""
        if self.closed:
            return None
        try:
            found = self._signer.loads(request.cookies.get(COOKIE) or "", max_age=LIFE_SECONDS)
            clerk = Clerk(*found)
        except (BadSignature, TypeError):
            return None
        desk = self._desk()
        return clerk if desk.clerks.seen(clerk.name, clerk.session, desk.now()) else None

    def check(self, request: Request) -> Clerk:
        """Who asks; raises Refused: 401 where nobody is signed in, 403 for a change that another site's page asks for."""
        if request.method in CHANGING and not self._reception.is_our_page(request):
            raise Refused(403, wording.FOREIGN_SITE)
        clerk = self.clerk(request)
        if clerk is None:
            raise Refused(401, wording.DESK_SIGNED_OUT)
        return clerk

    def keep(self, request: Request, response: HTTPResponse, clerk: Clerk) -> HTTPResponse:
        """The response with the clerk's cookie."""
        response.cookies[COOKIE] = self._signer.dumps([clerk.name, clerk.display, clerk.session])
        cookie = response.cookies[COOKIE]
        cookie["path"], cookie["httponly"], cookie["samesite"] = "/desk", True, "Strict"
        cookie["max-age"] = LIFE_SECONDS
        if self._reception.settings.tls or request.scheme == "https":
            cookie["secure"] = True
        return response

    def forget(self, response: HTTPResponse) -> HTTPResponse:
        """The response that takes the cookie away."""
        response.cookies[COOKIE] = ""
        response.cookies[COOKIE]["path"], response.cookies[COOKIE]["max-age"] = "/desk", 0
        return response

    @property
    def _signer(self) -> URLSafeTimedSerializer:
        # The token is part of the key: with another one every sign-in is over.
        token = hashlib.sha256((self._token or "").encode()).digest()
        return URLSafeTimedSerializer(self._secret + token, salt="yilianban.desk")
