"""The catalogue, and copies of its files that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.catalogue import HOME, Catalogue, load_catalogue

EXAMPLE = HOME.parent / "tests" / "data" / "places"
Edit = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The real catalogue, loaded once."""
    return load_catalogue()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of all catalogue files."""
    copy = tmp_path / "knowledge"
    for path in HOME.rglob("*.csv"):
        target = copy / path.relative_to(HOME)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return copy


@pytest.fixture
def edit(home: Path) -> Edit:
    """Replaces a text that occurs exactly once in a file of the copy."""

    def replace(name: str, old: str, new: str) -> Path:
        path = home / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return replace
