"""A page as a response: drawn for the visitor that a browser's cookies describe, tagged, with what keeps it to itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw, redirect

from bot.channels.reception import open_reception
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.office_reader import places_folder, with_offices
from notice.address import host_base
from pages.missing import missing_page
from pages.page import Page, Visitor
from pages.rendering import POLICY, Drawn, draw

ELDER, REGION = "yilianban_elder", "yilianban_region"
REMEMBERED_SECONDS = 365 * 86_400
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Pages change with the catalogue, that is with a new start; what a person picked is in cookies.
SHARED = {"Cache-Control": "public, max-age=300", "Vary": "Cookie"}
HTML = "text/html; charset=utf-8"


@lru_cache(maxsize=1)
def shown_catalogue() -> Catalogue:
    """The catalogue with the operator's offices; raises CatalogueError."""
    return with_offices(load_catalogue(), places_folder())


def visitor_of(request: Request) -> Visitor:
    """What the browser remembers; a region that is none is forgotten."""
    region = request.cookies.get(REGION, "")
    return Visitor(request.cookies.get(ELDER) == "1", region if region in shown_catalogue().regions else "")


def base_of(request: Request) -> str:
    """What canonical links begin with: the public address, else the host that was asked; empty where that is none."""
    try:
        return open_reception().settings.public_url or host_base(request.scheme, request.host)
    except ValueError:
        return ""


def respond(request: Request, page: Page, caching: Mapping[str, str] = SHARED) -> HTTPResponse:
    """The page as this visitor sees it."""
    drawn = draw(page, shown_catalogue(), visitor_of(request), base_of(request))
    return send(request, drawn, caching, page.status)


def send(
    request: Request, drawn: Drawn, caching: Mapping[str, str] = SHARED, status: int = 200
) -> HTTPResponse:
    """A drawn page, or word that the browser's copy is still good."""
    headers = {**HEADERS, **caching}
    if status == 200 and "no-store" not in caching["Cache-Control"]:
        headers["ETag"] = f'W/"{drawn.tag}"'
        if drawn.tag in request.headers.get("If-None-Match", ""):
            return empty(304, headers)
    return raw(drawn.content, status=status, content_type=HTML, headers=headers)


def missing(request: Request, reason: str = "", status: int = 404) -> HTTPResponse:
    """The page that says why there is nothing here."""
    return respond(request, missing_page(request.path, reason, status), {"Cache-Control": "no-store"})


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks, not a program."""
    return request.method in ("GET", "HEAD") and "text/html" in request.headers.get("Accept", "")


def elder_switch(request: Request) -> HTTPResponse | None:
    """Remembers `?elder=1` (or 0) and leads back to the page itself; None where nothing is to be switched."""
    given = request.args.get("elder")
    if given not in ("0", "1"):
        return None
    others = [(name, value) for name, value in parse_qsl(request.query_string) if name != "elder"]
    # One slash: an address that begins with two would lead to another site.
    path = "/" + request.path.lstrip("/")
    response = redirect(path + ("?" + urlencode(others) if others else ""), status=303)
    remember(request, response, ELDER, given)
    return response


def remember(request: Request, response: HTTPResponse, name: str, value: str) -> None:
    """Keeps something that a person picked in the browser; the chat page reads it too."""
    response.cookies[name] = value
    cookie = response.cookies[name]
    cookie["path"], cookie["samesite"], cookie["max-age"] = "/", "Lax", REMEMBERED_SECONDS
    if open_reception().settings.tls or request.scheme == "https":
        cookie["secure"] = True
