"""The chat page at `/`, its files under `/web/`, and the regions that it offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.matter import AUDIENCES

WEB = Path(__file__).resolve().parents[2] / "web"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True)
class Page:
    """One file of the page, ready to send."""

    content: bytes
    type: str

    def response(self) -> HTTPResponse:
        """A response with the headers that keep the page to itself."""
        return raw(self.content, content_type=self.type, headers=HEADERS)


def load_pages(folder: Path = WEB) -> dict[str, Page]:
    """Every file of the page, by name."""
    return {
        path.name: Page(path.read_bytes(), f"{TYPES[path.suffix]}; charset=utf-8")
        for path in folder.iterdir()
        if path.suffix in TYPES
    }


def region_choices(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Regions in the catalogue's order, each with the audiences that it has a list for."""
    return [
        {
            "id": region.id,
            "name": region.name,
            "short": region.short,
            "audiences": [audience for audience in AUDIENCES if catalogue.has_list(region.id, audience)],
        }
        for region in catalogue.regions.values()
    ]


class PortalInput(InputChannel):
    """Serves the page; its messages go through the REST channel."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "portal"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/web"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The page's addresses. Rasa keeps `/` for a greeting of its own, so a middleware comes before it."""
        routes = Blueprint("portal")
        pages, regions = load_pages(), region_choices(load_catalogue())

        async def home(request: Request) -> HTTPResponse | None:
            return (
                pages["index.html"].response()
                if request.path == "/" and request.method in ("GET", "HEAD")
                else None
            )

        @routes.listener("before_server_start")
        async def take_root(app: Sanic, _: Any) -> None:
            app.register_middleware(home, "request")

        @routes.get("/regions")
        async def list_regions(_: Request) -> HTTPResponse:
            return json(regions, ensure_ascii=False)

        @routes.get("/<name:str>")
        async def file(_: Request, name: str) -> HTTPResponse:
            page = pages.get(name)
            return (
                page.response() if page else json({"error": "没有这个文件"}, status=404, ensure_ascii=False)
            )

        return routes
