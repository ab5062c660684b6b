"""Text goes out compressed to whoever takes it so."""

from __future__ import annotations

import gzip

from sanic.request import Request
from sanic.response import HTTPResponse

SMALLEST = 1024
LEVEL = 6
_TEXTS = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")


def accepts_gzip(given: str) -> bool:
    """Whether an Accept-Encoding header takes gzip."""
    for part in given.lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def compress(request: Request, response: HTTPResponse) -> None:
    """Response middleware. `no-transform` leaves a page alone: one with a secret beside what somebody else wrote."""
    body, headers = response.body, response.headers
    if not body or len(body) < SMALLEST or "Content-Encoding" in headers:
        return
    if not str(response.content_type or "").startswith(_TEXTS) or "no-transform" in headers.get(
        "Cache-Control", ""
    ):
        return
    headers["Vary"] = ", ".join(filter(None, [headers.get("Vary"), "Accept-Encoding"]))
    if accepts_gzip(request.headers.get("Accept-Encoding", "")):
        response.body = gzip.compress(body, LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
