"""A notice as one HTML page: no scripts, nothing loaded from elsewhere, its font and QR code inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from notice import font, qr
from notice.notice import Notice
from notice.wording import say

TEMPLATES = Path(__file__).parent / "templates"
_POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; font-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Page:
    """A page, and the Content-Security-Policy that lets it have its own style and nothing else."""

    content: bytes
    policy: str


def render(notice: Notice) -> Page:
    """The page of a notice; its font holds just the characters that stand on it."""
    bare = _fill("notice.html.jinja", "", notice=notice, qr=Markup(qr.svg(notice.link)))
    style = _face(bare) + _css()
    filled = _fill("notice.html.jinja", style, notice=notice, qr=Markup(qr.svg(notice.link)))
    return Page(filled.encode(), _policy(style))


def refusal(message: str) -> Page:
    """The page that says why there is no notice."""
    style = _css()
    return Page(_fill("refused.html.jinja", style, message=message).encode(), _policy(style))


def _fill(template: str, style: str, **values: object) -> str:
    return _environment().get_template(template).render(style=Markup(style), say=say, **values)


def _face(text: str) -> str:
    data = base64.b64encode(font.cut(text, "woff")).decode()
    return f'@font-face {{ font-family: "{font.FAMILY}"; src: url(data:font/woff;base64,{data}) format("woff"); }}\n'


def _policy(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return _POLICY.format(style=base64.b64encode(digest).decode())


def _labelled(cells: Iterable[str], columns: tuple[str, ...]) -> list[tuple[str, str]]:
    """The cells of a step with the headings of their columns."""
    return list(zip(columns[2:], cells, strict=True))


@lru_cache(maxsize=1)
def _css() -> str:
    return (TEMPLATES / "notice.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["labelled"] = _labelled
    return environment
