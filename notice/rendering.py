"""A notice in one of its formats, with what a browser has to be told about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from notice import docx, html, pdf
from notice.notice import Notice

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Rendered:
    """The bytes of a document, its media type and its Content-Security-Policy."""

    content: bytes
    type: str
    policy: str = NOTHING


def render(notice: Notice, format: str) -> Rendered:
    """Draws a notice. Takes up to a fifth of a second: not for an event loop."""
    if format == "html":
        page = html.render(notice)
        return Rendered(page.content, TYPES[format], page.policy)
    return Rendered({"pdf": pdf.render, "docx": docx.render}[format](notice), TYPES[format])


def tag(notice: Notice, format: str) -> str:
    """What changes when the document would: a digest of what stands on it, its format and this package."""
    return hashlib.sha256(f"{_package()}\0{format}\0{notice!r}".encode()).hexdigest()[:24]


@lru_cache(maxsize=1)
def _package() -> str:
    home, found = Path(__file__).parent, hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.read_bytes())
    return found.hexdigest()
