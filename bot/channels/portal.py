"""The chat page at `/`, its files under `/web/`, the widget's script, and the regions that all of them offer."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, redirect

from bot.channels import wording
from bot.channels.answering import Handler
from bot.channels.built import SHARED, File, load_built
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.matter import AUDIENCES

# At the top of the site, because their addresses are given to others or asked for by browsers.
AT_THE_TOP = {"/": "index.html", "/widget.js": "widget.js", "/favicon.ico": "icon.svg"}
PLAIN_CHAT = "/chat"


def examples(catalogue: Catalogue, region: str) -> list[dict[str, str]]:
    """What can be asked in a region: its scenarios, each as something to tap; nobody is greeted with a death."""
    return [
        {
            "id": scenario.id,
            "title": scenario.title,
            "audience": scenario.audience,
            "payload": f'/choose{{"payload":"scenario:{scenario.id}"}}',
        }
        for scenario in catalogue.scenarios.values()
        if scenario.tone != "condolence" and catalogue.chain(scenario.id, region).steps
    ]


def region_choices(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Regions in the catalogue's order, each with the audiences that it has a list for, and with examples."""
    return [
        {
            "id": region.id,
            "name": region.name,
            "short": region.short,
            "audiences": [audience for audience in AUDIENCES if catalogue.has_list(region.id, audience)],
            "examples": examples(catalogue, region.id),
        }
        for region in catalogue.regions.values()
    ]


class PortalInput(InputChannel):
    """Serves the chat page; its messages go through the message API."""

    def __init__(self, files: dict[str, File] | None = None) -> None:
        self._files = load_built() if files is None else files

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "portal"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/web"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The page's addresses. Rasa keeps `/` for a greeting of its own, so a middleware comes before it."""
        routes = Blueprint("portal")
        regions = region_choices(load_catalogue())

        async def top(request: Request) -> HTTPResponse | None:
            if request.path not in AT_THE_TOP or request.method not in ("GET", "HEAD"):
                return None
            built = self._files.get(AT_THE_TOP[request.path])
            if built is None and request.path == "/":
                return redirect(PLAIN_CHAT)
            return built.response(request) if built else None

        @routes.listener("before_server_start")
        async def take_top(app: Sanic, _: Any) -> None:
            app.register_middleware(top, "request")

        @routes.get("/regions")
        async def list_regions(_: Request) -> HTTPResponse:
            return json(regions, headers={**SHARED, "Cache-Control": "no-cache"}, ensure_ascii=False)

        @routes.route("/<name:path>", methods=["GET", "HEAD"])
        async def file(request: Request, name: str) -> HTTPResponse:
            built = self._files.get(name)
            if built is None:
                return json({"error": wording.NO_SUCH_FILE}, status=404, ensure_ascii=False)
            return built.response(request)

        return routes
