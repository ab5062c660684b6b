"""The guide, matters and search as pages (docs/openapi.yml)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import lru_cache, wraps

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw, redirect

from bot.channels.answering import Handler
from bot.channels.page_response import (
    REGION,
    base_of,
    elder_switch,
    missing,
    remember,
    respond,
    send,
    shown_catalogue,
    visitor_of,
)
from bot.channels.reception import open_reception
from bot.channels.refusal import Refused
from bot.components.semantic_guide import shared_guide
from bot.privacy import mask
from index.guide import Guide
from knowledge.catalogue import Catalogue
from knowledge.day import china_today
from notice.asked import parameters
from notice.errors import Unreadable
from pages.address import region_path
from pages.errors import NoSuchPage
from pages.matter import matter_page
from pages.page import Page, Visitor
from pages.region import region_page
from pages.regions import regions_page
from pages.rendering import HERE, Drawn, draw, style
from pages.scenario import scenario_page
from pages.search import LONGEST_QUERY, Target, search_page
from pages.sitemap import SITEMAP, robots, sitemap

FOREVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
A_DAY = {**FOREVER, "Cache-Control": "public, max-age=86400"}
OWN = {"Cache-Control": "private, max-age=60", "Vary": "Cookie"}
# Drawn pages in memory: 10 to 60 KB each.
KEPT = 256
Parts = tuple[str, ...]
Maker = Callable[[Catalogue, Parts, str, date], Page]
Route = Callable[..., Awaitable[HTTPResponse]]


@lru_cache(maxsize=KEPT)
def drawn(make: Maker, parts: tuple[str, ...], query: str, day: date, visitor: Visitor, base: str) -> Drawn:
    """The page that an address means on a day, drawn once for all visitors who see it alike."""
    return draw(make(shown_catalogue(), parts, query, day), shown_catalogue(), visitor, base)


def known(request: Request, make: Maker, *parts: str) -> HTTPResponse:
    """A page of which nothing but its address, the day and the visitor's cookies decide."""
    query, day = request.query_string, china_today()
    return send(request, drawn(make, parts, query, day, visitor_of(request), base_of(request)))


def _regions(catalogue: Catalogue, _: Parts, __: str, ___: date) -> Page:
    return regions_page(catalogue)


def _region(catalogue: Catalogue, parts: Parts, _: str, __: date) -> Page:
    return region_page(catalogue, parts[0])


def _scenario(catalogue: Catalogue, parts: Parts, query: str, day: date) -> Page:
    return scenario_page(catalogue, parts[0], parts[1], parameters(query), day)


def _matter(catalogue: Catalogue, parts: Parts, _: str, day: date) -> Page:
    return matter_page(catalogue, parts[0], day)


def page_route(handle: Route) -> Route:
    """Switches large letters where asked, counts the address, and says in words why there is no page."""

    @wraps(handle)
    async def run(request: Request, *parts: str, **named: str) -> HTTPResponse:
        try:
            reception = open_reception()
            reception.limits.count_address(reception.address(request))
            return elder_switch(request) or await handle(request, *parts, **named)
        except NoSuchPage as reason:
            return missing(request, str(reason))
        except Unreadable as reason:
            return missing(request, str(reason), 400)
        except Refused as sorry:
            response = missing(request, str(sorry), sorry.status)
            response.headers["Retry-After"] = str(sorry.retry_after or 1)
            return response

    return run


def understood(
    query: str, region: str, guide: Callable[[], Guide] = shared_guide
) -> tuple[list[Target], str]:
    """What the chat's own search makes of the words, and the region: the one picked, else the one that they name."""
    found = guide().understand(query)
    hits = found.result.kept + found.result.rejected
    named = found.mentions.regions
    return [Target(hit.target, hit.probability) for hit in hits], region or (
        named[0] if len(named) == 1 else ""
    )


class PagesInput(InputChannel):
    """Not a channel for messages: pages beside them, registered through credentials.yml."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "pages"

    def url_prefix(self) -> str:
        """At the top of the site."""
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The addresses."""
        routes, catalogue = Blueprint("pages"), shown_catalogue()

        def page(path: str) -> Callable[[Route], Route]:
            def register(handle: Route) -> Route:
                routes.add_route(page_route(handle), path, methods=["GET", "HEAD"], name=handle.__name__)
                return handle

            return register

        @page("/guide")
        async def regions(request: Request) -> HTTPResponse:
            picked = request.args.get("region")
            if picked not in catalogue.regions:
                return known(request, _regions)
            response = redirect(region_path(picked), status=303)
            remember(request, response, REGION, picked)
            return response

        @page("/guide/<region:str>")
        async def region(request: Request, region: str) -> HTTPResponse:
            if not region:
                return await regions(request)
            return known(request, _region, region)

        @page("/guide/<region:str>/<scenario:str>")
        async def scenario(request: Request, region: str, scenario: str) -> HTTPResponse:
            return known(request, _scenario, region, scenario)

        @page("/matter/<matter:str>")
        async def matter(request: Request, matter: str) -> HTTPResponse:
            return known(request, _matter, matter)

        @page("/search")
        async def search(request: Request) -> HTTPResponse:
            given = parameters(request.query_string)
            query = mask(" ".join(given.get("q", "").split())[:LONGEST_QUERY]).text
            picked = given.get("region", "")
            targets, named = understood(query, picked) if query else ([], picked)
            response = respond(request, search_page(catalogue, query, named, targets), OWN)
            if picked in catalogue.regions:
                remember(request, response, REGION, picked)
            return response

        @routes.route("/static/pages.css", methods=["GET", "HEAD"], name="style")
        async def style_sheet(_: Request) -> HTTPResponse:
            return raw(style().content, content_type="text/css; charset=utf-8", headers=FOREVER)

        @routes.route("/static/icon.svg", methods=["GET", "HEAD"], name="icon")
        async def icon(_: Request) -> HTTPResponse:
            return raw(
                (HERE / "static" / "icon.svg").read_bytes(), content_type="image/svg+xml", headers=A_DAY
            )

        @routes.route(SITEMAP, methods=["GET", "HEAD"], name="sitemap")
        async def addresses(request: Request) -> HTTPResponse:
            return raw(sitemap(catalogue, base_of(request)), content_type="application/xml", headers=A_DAY)

        @routes.route("/robots.txt", methods=["GET", "HEAD"], name="robots")
        async def rules(request: Request) -> HTTPResponse:
            return raw(robots(base_of(request)), content_type="text/plain; charset=utf-8", headers=A_DAY)

        return routes
