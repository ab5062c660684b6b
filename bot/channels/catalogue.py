"""The guide's contents as JSON, for programs that draw their own pages (docs/openapi.yml): what `pages/` draws, as data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as as_json

from bot.channels.answering import Handler
from bot.channels.catalogue_data import chain_data, guide_data, matter_data, search_data
from bot.channels.chat import HEADERS, refused
from bot.channels.page_response import shown_catalogue
from bot.channels.pages import understood
from bot.channels.reception import open_reception
from bot.channels.refusal import Refused
from bot.privacy import mask
from notice.asked import parameters
from notice.errors import Unreadable
from pages.errors import NoSuchPage
from pages.search import LONGEST_QUERY

# Contents change with the catalogue, that is with a new start; what somebody searched for is nobody else's.
SHARED = {**HEADERS, "Cache-Control": "public, max-age=300"}
Route = Callable[..., Awaitable[HTTPResponse]]


def data_route(handle: Route) -> Route:
    """Counts the address, and says in a line why there is no answer."""

    @wraps(handle)
    async def run(request: Request, **named: str) -> HTTPResponse:
        try:
            reception = open_reception()
            reception.limits.count_address(reception.address(request))
            return await handle(request, **named)
        except NoSuchPage as reason:
            return refused(Refused(404, str(reason)))
        except Unreadable as reason:
            return refused(Refused(400, str(reason)))
        except Refused as sorry:
            return refused(sorry)

    return run


class CatalogueInput(InputChannel):
    """Not a channel for messages: data beside them, registered through credentials.yml."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "catalogue"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/api"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The addresses."""
        routes, catalogue = Blueprint("catalogue"), shown_catalogue()

        @routes.get("/guide/<region:str>")
        @data_route
        async def guide_of(request: Request, region: str) -> HTTPResponse:
            return _answer(guide_data(catalogue, region))

        @routes.get("/chain/<region:str>/<scenario:str>")
        @data_route
        async def chain_of(request: Request, region: str, scenario: str) -> HTTPResponse:
            return _answer(chain_data(catalogue, region, scenario, parameters(request.query_string)))

        @routes.get("/matters/<matter_id:str>")
        @data_route
        async def matter_of(request: Request, matter_id: str) -> HTTPResponse:
            return _answer(matter_data(catalogue, matter_id))

        @routes.get("/search")
        @data_route
        async def search(request: Request) -> HTTPResponse:
            given = parameters(request.query_string)
            query = mask(" ".join(given.get("q", "").split())[:LONGEST_QUERY]).text
            picked = given.get("region", "")
            targets, named = understood(query, picked) if query else ([], picked)
            return _answer(search_data(catalogue, query, named, targets), HEADERS)

        return routes


def _answer(body: dict[str, Any], headers: Mapping[str, str] = SHARED) -> HTTPResponse:
    return as_json(body, headers=dict(headers), ensure_ascii=False)
