"""Draws pages: HTML with everything escaped, one style sheet, no script."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from knowledge.catalogue import Catalogue
from pages import address
from pages.linked_data import of_trail, with_base
from pages.page import Link, Page, Visitor
from pages.pinyin import read_aloud
from pages.wording import LANGUAGES, say, spoken

_CHINESE, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{3}")
HERE = Path(__file__).parent
STYLE = "/static/pages.css"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Drawn:
    """A page's bytes and the tag that changes with them."""

    content: bytes
    tag: str


def draw(page: Page, catalogue: Catalogue, visitor: Visitor, base: str = "") -> Drawn:
    """The page for a visitor; `base` is the site's public address, with which canonical links begin."""
    trail = (Link(say("home"), "/"), *page.trail, Link(page.title, page.path))
    told = [*page.linked_data, of_trail(trail)] if page.indexed else []
    content = (
        _environment()
        .get_template(page.template)
        .render(
            page=page,
            catalogue=catalogue,
            visitor=visitor,
            trail=trail[:-1],
            canonical=base + (page.canonical or page.path),
            permalink=base + page.path,
            picked=page.region or visitor.region,
            linked_data=[_script(with_base(data, base)) for data in told],
            style=f"{STYLE}?v={style().tag}",
            lang=LANGUAGES[spoken()],
            **page.values,
        )
    )
    return _drawn(content.encode())


@lru_cache(maxsize=1)
def style() -> Drawn:
    """The style sheet: the tokens that the chat page shares, and what the pages make of them."""
    parts = [(HERE / "static" / name).read_text(encoding="utf-8") for name in ("tokens.css", "pages.css")]
    return _drawn("\n".join(parts).encode())


def _drawn(content: bytes) -> Drawn:
    return Drawn(content, hashlib.sha256(content).hexdigest()[:20])


def _script(data: Mapping[str, Any]) -> Markup:
    """JSON that can stand inside a script element whatever it holds."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _zh(text: str) -> Markup:
    """What is Chinese on a page in another language says so, for those who listen to it."""
    foreign = spoken() != "zh" and _CHINESE.search(text) and not _LATIN.search(text)
    return Markup(' lang="zh-CN"' if foreign else "")


def _day(day: date) -> str:
    return say("offices.day", year=day.year, month=day.month, day=day.day)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = templates()
    environment.globals.update(say=say, address=address, read_aloud=read_aloud, zh=_zh)
    environment.filters["day"] = _day
    return environment


def templates() -> Environment:
    """A new environment over the package's templates: everything escaped, and nothing left out unseen."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
