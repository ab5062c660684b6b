"""What every response carries, whoever made it; an address that says more about itself is left as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sanic.request import Request
from sanic.response import HTTPResponse

DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
HALF_A_YEAR = 15_552_000


def safe(tls: bool) -> Callable[[Request, HTTPResponse], Awaitable[None]]:
    """Response middleware; where the whole site is behind TLS, browsers are told to stay there."""
    defaults = DEFAULTS | ({"Strict-Transport-Security": f"max-age={HALF_A_YEAR}"} if tls else {})

    async def middleware(_: Request, response: HTTPResponse) -> None:
        for name, value in defaults.items():
            response.headers.setdefault(name, value)

    return middleware
