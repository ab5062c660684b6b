"""The catalogue, and notices made from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.catalogue import Catalogue, load_catalogue
from notice.notice import Notice, make_notice
from notice.subject import matters_subject, scenario_subject

BASE = "https://example.org"
DAY = date(2026, 3, 5)
Make = Callable[..., Notice]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """All seven lists."""
    return load_catalogue()


@pytest.fixture(scope="session")
def make(catalogue: Catalogue) -> Make:
    """Makes a notice: `make("changle", "birth")`, `make("changle", "new-home", mortgage="yes")`, `make("changle", ids)`."""

    def begin(region: str, about: str | list[str], **facts: str) -> Notice:
        if isinstance(about, list):
            return make_notice(catalogue, matters_subject(catalogue, region, about), DAY, BASE)
        return make_notice(catalogue, scenario_subject(catalogue, region, about, facts), DAY, BASE)

    return begin
