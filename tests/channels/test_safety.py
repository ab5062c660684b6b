"""Safety headers: on everything, never weaker than what an address says itself; TLS for good only where it is set."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic.response import HTTPResponse, text

from bot.channels.safety import safe


def sent(tls: bool, **headers: str) -> HTTPResponse:
    response = text("好", headers=headers)
    request: Any = None
    asyncio.run(safe(tls)(request, response))
    return response


def test_an_address_that_says_nothing_gets_the_strictest() -> None:
    headers = sent(tls=False).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_an_address_that_says_more_is_left_as_it_is() -> None:
    policy = {"Content-Security-Policy": "default-src 'self'"}
    assert sent(tls=True, **policy).headers["Content-Security-Policy"] == "default-src 'self'"


def test_behind_tls_browsers_stay_there() -> None:
    assert "max-age=" in sent(tls=True).headers["Strict-Transport-Security"]
