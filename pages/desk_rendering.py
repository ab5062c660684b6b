"""Draws the desk's pages and parts of them; unlike the other pages they have scripts, all from files of their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pages import address, wording
from pages.desk_wording import say
from pages.rendering import HERE, templates

FILES = "/desk/static/"
FOLDER = HERE / "static" / "desk"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


def draw(template: str, **values: Any) -> bytes:
    """A page, or a part of one, of `templates/desk/`."""
    text = _environment().get_template(f"desk/{template}.html.jinja").render(**values)
    return text.encode()


@lru_cache(maxsize=1)
def files() -> Mapping[str, bytes]:
    """Scripts and style by name; the style begins with the tokens that all pages share."""
    found = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}
    tokens = (HERE / "static" / "tokens.css").read_bytes()
    return {**found, "desk.css": tokens + b"\n" + found["desk.css"]}


@lru_cache(maxsize=1)
def version() -> str:
    """Changes when a file does."""
    return hashlib.sha256(b"".join(files().values())).hexdigest()[:12]


def media_type(name: str) -> str:
    """The media type of a file."""
    return TYPES[Path(name).suffix]


def data(value: Any) -> Markup:
    """JSON that can stand inside a script element whatever it holds."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = templates()
    environment.globals.update(
        say=say, tell=wording.say, address=address, data=data, files=FILES, version=version
    )
    return environment
