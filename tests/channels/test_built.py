"""The built chat page: every file under its address, hashed ones for ever, none from outside the folder."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.built import File, load_built

FILES = {
    "index.html": "text/html; charset=utf-8",
    "widget.js": "text/javascript; charset=utf-8",
    "assets/index-B3xK9_aQ.js": "text/javascript; charset=utf-8",
    "assets/index-a1b2c3d4.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@pytest.fixture
def built(tmp_path: Path) -> dict[str, File]:
    folder = tmp_path / "web"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"/* {name} */")
    (tmp_path / "secret").write_text("no")
    return load_built(folder)


def request(**headers: str) -> Any:
    return SimpleNamespace(headers=headers)


def test_every_file_has_its_type(built: dict[str, File]) -> None:
    assert {name: file.type for name, file in built.items()} == FILES


def test_only_hashed_files_stay_for_ever(built: dict[str, File]) -> None:
    lasting = {name for name, file in built.items() if "immutable" in file.caching}
    assert lasting == {"assets/index-B3xK9_aQ.js", "assets/index-a1b2c3d4.css"}


def test_a_known_file_is_not_sent_again(built: dict[str, File]) -> None:
    first = built["widget.js"].response(request())
    again = built["widget.js"].response(request(**{"If-None-Match": first.headers["ETag"]}))
    assert (first.status, again.status) == (200, 304)


def test_other_sites_load_the_widget_but_cannot_frame_the_page(built: dict[str, File]) -> None:
    assert built["widget.js"].response(request()).headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = built["index.html"].response(request())
    assert "Access-Control-Allow-Origin" not in page.headers
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy


def test_nothing_built_is_no_fault(tmp_path: Path) -> None:
    assert load_built(tmp_path / "web") == {}
