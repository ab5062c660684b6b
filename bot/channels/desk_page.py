"""The desk's page at /desk: sign-in, look-up, messages for review, wallboard; and short links at /s."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, time
from functools import cached_property
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw, redirect

from bot.channels import wording
from bot.channels.answering import Handler
from bot.channels.desk_room import HEADERS, for_clerks, open_sessions, page, sign_in_limits
from bot.channels.desk_session import NAME_LIMIT, Clerk, DeskSessions
from bot.channels.handoff import answer
from bot.channels.incoming import clean
from bot.channels.open_desk import open_desk
from bot.channels.page_response import missing, shown_catalogue
from bot.channels.pages import FOREVER
from bot.channels.reception import open_reception
from bot.channels.refusal import Refused
from desk.asked import most_asked
from desk.desk import Desk
from desk.errors import DeskError, NameTaken
from desk.reviews import as_csv
from desk.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.day import china_today
from knowledge.matter import AUDIENCES
from lookup.built import build_finder
from lookup.finder import Finder
from lookup.short_link import PREFIX, ShortLinks
from notice.asked import parameters
from notice.errors import Unreadable
from pages.address import scenario_path
from pages.desk_chain import desk_chain, desk_listing, desk_matter
from pages.desk_rendering import draw, files, media_type
from pages.desk_wording import say
from pages.errors import NoSuchPage
from pages.wording import say as page_wording

DESK = "/desk"
PROBLEMS = (DeskError, sqlite3.Error, OSError)


class DeskPageInput(InputChannel):
    """Not a channel for messages: the clerks' pages beside them, registered through credentials.yml."""

    def __init__(
        self,
        sessions: Callable[[], DeskSessions] = open_sessions,
        desk: Callable[[], Desk] = open_desk,
        settings: Callable[[], Settings] = Settings.from_environment,
    ) -> None:
        self._sessions, self._desk, self._settings = sessions(), desk, settings()
        self._limits = sign_in_limits()

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "desk_page"

    def url_prefix(self) -> str:
        """At the top of the site."""
        return "/"

    @cached_property
    def _catalogue(self) -> Catalogue:
        return shown_catalogue()

    @cached_property
    def _finder(self) -> Finder:
        return build_finder(self._catalogue)

    @cached_property
    def _short_links(self) -> ShortLinks:
        return ShortLinks(self._catalogue)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The addresses."""
        routes = Blueprint("desk_page")
        self._for_everybody(routes)
        self._look_up(routes)
        self._lists(routes)

        @routes.listener("before_server_start")
        async def build(_: Sanic, __: Any) -> None:
            # A second of work, so that the first clerk does not wait for it.
            if not self._sessions.closed:
                await asyncio.get_running_loop().run_in_executor(None, lambda: self._finder)

        return routes

    def _for_everybody(self, routes: Blueprint) -> None:
        @routes.get(DESK, name="desk")
        async def desk(request: Request) -> HTTPResponse:
            clerk = self._clerk(request)
            if clerk is None:
                return self._sign_in_page(self._sessions.closed, 503 if self._sessions.closed else 200)
            regions = self._catalogue.regions.values()
            return self._page("desk", clerk, "title", wording=_for_script(self._catalogue), regions=regions)

        @routes.post(f"{DESK}/sign-in", name="sign_in")
        async def sign_in(request: Request) -> HTTPResponse:
            form = request.form or {}
            token, name, display = (clean(form.get(field, "")) for field in ("token", "name", "display"))
            try:
                self._check_sender(request)
                if not (0 < len(name) <= NAME_LIMIT and 0 < len(display) <= NAME_LIMIT):
                    raise Refused(400, wording.DESK_NAME_NEEDED.format(limit=NAME_LIMIT))
                clerk = self._sessions.sign_in(token, name, display)
            except Refused as sorry:
                return self._sign_in_page(str(sorry), sorry.status, name, display)
            except NameTaken:
                minutes = f"{self._desk().hours.absent_minutes:g}"
                problem = wording.DESK_NAME_TAKEN.format(name=name, minutes=minutes)
                return self._sign_in_page(problem, 409, name, display)
            except PROBLEMS:
                return self._sign_in_page(wording.DESK_BROKEN, 503, name, display)
            return self._sessions.keep(request, redirect(DESK, status=303), clerk)

        @routes.post(f"{DESK}/leave", name="leave")
        async def leave(request: Request) -> HTTPResponse:
            try:
                clerk = self._sessions.check(request)
            except Refused as sorry:
                return self._sign_in_page(str(sorry), sorry.status)
            self._desk().clerks.leave(clerk.name, clerk.session)
            return self._sessions.forget(redirect(DESK, status=303))

        @routes.get(f"{DESK}/static/<name:str>", name="file")
        async def file(request: Request, name: str) -> HTTPResponse:
            if name not in files():
                return missing(request)
            return raw(files()[name], content_type=media_type(name), headers=FOREVER)

        @routes.get(f"{PREFIX}<signs:str>", name="short_link")
        async def short_link(request: Request, signs: str) -> HTTPResponse:
            place = self._short_links.place(signs)
            if place is None:
                return missing(request)
            region, scenario, facts = place
            return redirect(scenario_path(region, scenario, dict(facts)), status=302)

    def _look_up(self, routes: Blueprint) -> None:
        guard = for_clerks(self._sessions)

        @routes.get(f"{DESK}/find", name="find")
        @guard
        async def find(request: Request, _: Clerk) -> HTTPResponse:
            hits = self._finder.find(request.args.get("q", ""), request.args.get("region", ""))
            return answer({"hits": [asdict(hit) for hit in hits]})

        @routes.get(f"{DESK}/chain/<region:str>/<scenario:str>", name="chain")
        @guard
        async def chain(request: Request, _: Clerk, region: str, scenario: str) -> HTTPResponse:
            try:
                facts = parameters(request.query_string)
                base = open_reception().settings.public_url or ""
                link = base + self._short_links.path(region, scenario, facts) if base else ""
                values = desk_chain(self._catalogue, region, scenario, facts, china_today(), link, base)
            except NoSuchPage as reason:
                raise Refused(404, str(reason)) from None
            except Unreadable as reason:
                raise Refused(400, str(reason)) from None
            return page(draw("chain", **values))

        @routes.get(f"{DESK}/matter/<matter:str>", name="matter")
        @guard
        async def matter(_: Request, __: Clerk, matter: str) -> HTTPResponse:
            try:
                return page(draw("matter", **desk_matter(self._catalogue, matter, china_today())))
            except NoSuchPage:
                raise Refused(404, say("search.none")) from None

        @routes.get(f"{DESK}/list", name="list")
        @guard
        async def listing(request: Request, _: Clerk) -> HTTPResponse:
            region, kind, name = (request.args.get(field, "") for field in ("region", "kind", "name"))
            try:
                return page(draw("listing", **desk_listing(self._catalogue, region, kind, name)))
            except NoSuchPage:
                raise Refused(404, say("search.none")) from None

    def _lists(self, routes: Blueprint) -> None:
        guard = for_clerks(self._sessions)

        @routes.get(f"{DESK}/review", name="review")
        async def review(request: Request) -> HTTPResponse:
            clerk = self._clerk(request)
            if clerk is None:
                return redirect(DESK, status=303)
            rows = [self._review_row(found) for found in self._desk().reviews()]
            return self._page("review", clerk, "review.title", rows=rows)

        @routes.get(f"{DESK}/review.csv", name="review_csv")
        @guard
        async def review_csv(_: Request, __: Clerk) -> HTTPResponse:
            table = as_csv(self._desk().reviews(), self._clock)
            headers = {**HEADERS, "Content-Disposition": 'attachment; filename="review.csv"'}
            return raw(table.encode(), content_type="text/csv; charset=utf-8", headers=headers)

        @routes.get(f"{DESK}/board", name="board")
        async def board(request: Request) -> HTTPResponse:
            clerk = self._clerk(request)
            if clerk is None:
                return redirect(DESK, status=303)
            hours = self._desk().hours
            now = hours.local(self._desk().now())
            midnight = datetime.combine(now.date(), time(), hours.zone).timestamp()
            asked = await asyncio.get_running_loop().run_in_executor(
                None, most_asked, self._settings.conversations, midnight
            )
            rows = [
                {
                    "title": self._catalogue.scenarios[found.scenario].title,
                    "region": self._catalogue.regions[found.region].short,
                    "count": found.count,
                }
                for found in asked
                if found.scenario in self._catalogue.scenarios and found.region in self._catalogue.regions
            ]
            return self._page("board", clerk, "board.title", rows=rows, clock=f"{now:%H:%M}")

    def _clerk(self, request: Request) -> Clerk | None:
        """Who asks; nobody where the store cannot say."""
        try:
            return self._sessions.clerk(request)
        except PROBLEMS:
            return None

    def _check_sender(self, request: Request) -> None:
        reception = open_reception()
        self._limits.count_address(reception.address(request))
        if not reception.is_our_page(request):
            raise Refused(403, wording.FOREIGN_SITE)

    def _page(self, template: str, clerk: Clerk, title: str, **values: Any) -> HTTPResponse:
        current = DESK if template == "desk" else f"{DESK}/{template}"
        return page(draw(template, clerk=clerk, title=say(title), current=current, **values))

    def _sign_in_page(
        self, problem: str = "", status: int = 200, name: str = "", display: str = ""
    ) -> HTTPResponse:
        closed = self._sessions.closed
        content = draw(
            "sign_in",
            clerk=None,
            title=say("sign_in.closed") if closed else say("sign_in.title"),
            current=DESK,
            problem=problem,
            closed=closed,
            name=name[:NAME_LIMIT],
            display=display[:NAME_LIMIT],
        )
        return page(content, status)

    def _clock(self, at: float) -> str:
        return f"{self._desk().hours.local(at):%Y-%m-%d %H:%M}"

    def _review_row(self, found: Any) -> list[str]:
        titles = [(self._title(name), probability) for name, probability in found.targets]
        region = self._catalogue.regions.get(found.region)
        first, *others = titles or [("", 0.0)]
        return [
            self._clock(found.at),
            region.short if region else "",
            found.text,
            say.all["review"]["endings"].get(found.ending, found.ending),
            first[0],
            f"{first[1]:.0%}",
            "；".join(f"{title} {probability:.0%}" for title, probability in others),
        ]

    def _title(self, target: str) -> str:
        known: Any = self._catalogue.scenarios.get(target) or self._catalogue.concepts.get(target)
        return known.title if known else target


def _for_script(catalogue: Catalogue) -> dict[str, Any]:
    """The wording that the page's scripts need, with the short names of regions."""
    kept = ("search", "chats", "copied", "not_copied")
    return {
        **{name: say.all[name] for name in kept},
        "regions": {region.id: region.short for region in catalogue.regions.values()},
        "audiences": {name: page_wording(f"audience.{name}") for name in AUDIENCES},
    }
