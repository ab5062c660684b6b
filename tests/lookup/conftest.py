"""The catalogue and the finder over all of it."""

from __future__ import annotations

import pytest

from knowledge.catalogue import Catalogue, load_catalogue
from lookup.built import build_finder
from lookup.finder import Finder


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def finder(catalogue: Catalogue) -> Finder:
    return build_finder(catalogue)
