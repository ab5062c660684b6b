"""Who asks: the session behind a request, whether it comes from our own page, and whether it may ask now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import wording
from bot.channels.limits import Limits
from bot.channels.refusal import Refused
from bot.channels.session import LIFE_SECONDS, Session, Sessions
from bot.channels.settings import PortalSettings
from desk import settings as desk_settings
from desk.key import load_key

COOKIE = "yilianban"
CHANGING = ("POST", "PUT", "PATCH", "DELETE")


@dataclass
class Reception:
    """What all addresses of the portal share: settings, sessions and counters of one process."""

    settings: PortalSettings
    sessions: Sessions
    limits: Limits

    def caller(self, request: Request) -> Session:
        """The session of a request, a new one where a browser comes without; counts the address.

        Raises Refused: 401 for a bearer token that is none, 403 for a change that another site's page asks for, 429.
        """
        self.limits.count_address(self.address(request))
        authorization = request.headers.get("Authorization")
        if authorization is not None:
            scheme, _, token = authorization.partition(" ")
            found = self.sessions.read(token.strip(), "bearer") if scheme.lower() == "bearer" else None
            if found is None:
                raise Refused(401, wording.NO_SESSION)
            return found
        if request.method in CHANGING and not self.is_our_page(request):
            raise Refused(403, wording.FOREIGN_SITE)
        return self.visitor(request)

    def visitor(self, request: Request) -> Session:
        """The session of the request's cookie, or a new one."""
        given = request.cookies.get(COOKIE)
        return (self.sessions.read(given, "cookie") if given else None) or self.sessions.new("cookie")

    def address(self, request: Request) -> str:
        """Where the request comes from; what proxies say counts only where the operator trusts them."""
        return request.remote_addr or request.ip

    def is_our_page(self, request: Request) -> bool:
        """Whether the browser says that one of our own pages asks; without a word of the browser it is not."""
        fetched_from = request.headers.get("Sec-Fetch-Site")
        if fetched_from is not None:
            return fetched_from == "same-origin"
        return self._is_our_origin(request, request.headers.get("Origin", ""))

    def _is_our_origin(self, request: Request, origin: str) -> bool:
        # Behind a proxy that ends TLS and is not announced the scheme is not known, the host is.
        ours = {request.host.lower()}
        if self.settings.public_url:
            ours.add(urlsplit(self.settings.public_url).netloc.lower())
        return urlsplit(origin).netloc.lower() in ours if origin else False

    def check_origin(self, request: Request) -> None:
        """Raises Refused (403) where a page of a site that was not admitted asks."""
        origin = request.headers.get("Origin")
        known = origin is None or origin in self.settings.widget_origins
        if not known and not self._is_our_origin(request, origin or ""):
            raise Refused(403, wording.ORIGIN_NOT_ALLOWED)

    def allow(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        """The response, readable by a page of an admitted site; never with that browser's cookies."""
        response.headers["Vary"] = "Origin"
        origin = request.headers.get("Origin")
        if origin in self.settings.widget_origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        return response

    def keep(self, request: Request, response: HTTPResponse, session: Session) -> HTTPResponse:
        """The response with the session's cookie, renewed; a bearer session has none."""
        if session.kind == "cookie":
            response.cookies[COOKIE] = self.sessions.token(session)
            cookie = response.cookies[COOKIE]
            cookie["path"], cookie["httponly"], cookie["samesite"] = "/", True, "Lax"
            cookie["max-age"] = LIFE_SECONDS
            if self.settings.tls or request.scheme == "https":
                cookie["secure"] = True
        return response


@lru_cache(maxsize=1)
def open_reception() -> Reception:
    """The one reception of this process; raises ValueError, DeskError or OSError where a setting cannot be used."""
    settings = PortalSettings.from_environment()
    kept = desk_settings.Settings.from_environment()
    key = load_key(kept.key, kept.key_file)
    return Reception(settings, Sessions(key.secret), Limits(settings.session_rate, settings.address_rate))
