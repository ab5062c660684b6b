"""The built chat page (`var/web/`): its files, ready to send, by the address they have."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

WEB = Path(__file__).resolve().parents[2] / "var" / "web"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Scripts, styles and pictures of the chat also serve the widget on other sites; nothing in them is anybody's.
SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
YEAR = 31_536_000
# The hash that Vite puts into a file's name: such a file never changes.
_HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.\w+$")


@dataclass(frozen=True)
class File:
    """One file, with what a browser has to be told about it."""

    content: bytes
    type: str
    caching: str
    tag: str

    @classmethod
    def read(cls, path: Path) -> File:
        """The file at a path."""
        content = path.read_bytes()
        type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if type.startswith("text/") or type == "application/javascript":
            type += "; charset=utf-8"
        hashed = path.suffix != ".html" and _HASHED.search(path.name)
        caching = f"public, max-age={YEAR}, immutable" if hashed else "no-cache"
        return cls(content, type.replace("application/javascript", "text/javascript"), caching, _tag(content))

    def response(self, request: Request) -> HTTPResponse:
        """The file, or word that the browser's copy is still good."""
        page = self.type.startswith("text/html")
        headers = {**HEADERS, **({} if page else SHARED), "Cache-Control": self.caching, "ETag": self.tag}
        if self.tag in request.headers.get("If-None-Match", ""):
            return empty(304, headers)
        return raw(self.content, content_type=self.type, headers=headers)


def _tag(content: bytes) -> str:
    return f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'


def load_built(folder: Path = WEB) -> dict[str, File]:
    """Every built file by its path below the folder; empty where nothing was built."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder.is_dir() else []
    return {path.relative_to(folder).as_posix(): File.read(path) for path in paths}
