"""Compression: text for who takes it; small answers, pictures and pages with secrets as they are."""

from __future__ import annotations

import asyncio
import gzip
from types import SimpleNamespace

import pytest
from sanic.response import HTTPResponse, raw

from bot.channels.compression import accepts_gzip, compress

LONG = ("清单" * 2000).encode()


def sent(
    body: bytes, accepted: str = "gzip, br", type: str = "text/html; charset=utf-8", **headers: str
) -> HTTPResponse:
    response = raw(body, content_type=type, headers=headers)
    request = SimpleNamespace(headers={"Accept-Encoding": accepted})
    asyncio.run(compress(request, response))  # type: ignore[arg-type]
    return response


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br", False),
        ("", False),
    ],
)
def test_only_who_says_so_takes_gzip(given: str, taken: bool) -> None:
    assert accepts_gzip(given) is taken


def test_text_is_compressed_and_caches_are_told() -> None:
    response = sent(LONG, Vary="Cookie")
    assert gzip.decompress(response.body or b"") == LONG
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"
    plain = sent(LONG, accepted="")
    assert plain.body == LONG and plain.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("body", "type", "headers"),
    [
        (b"short", "text/html", {}),
        (LONG, "application/pdf", {}),
        (LONG, "text/html", {"Cache-Control": "no-store, no-transform"}),
    ],
)
def test_the_rest_goes_out_as_it_is(body: bytes, type: str, headers: dict[str, str]) -> None:
    response = sent(body, type=type, **headers)
    assert response.body == body and "Content-Encoding" not in response.headers
