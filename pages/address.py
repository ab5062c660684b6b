"""Addresses of pages: the same chain, with the same conditions, has one address."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

GUIDE = "/guide/"
MATTER = "/matter/"
SEARCH = "/search"
CHAT = "/chat"


def region_path(region: str) -> str:
    """The page of a region."""
    return GUIDE + quote(region)


def scenario_path(region: str, scenario: str, facts: Mapping[str, str] | None = None) -> str:
    """The page of a scenario's chain in a region, with the conditions chosen (condition → value)."""
    query = urlencode(sorted((facts or {}).items()))
    return f"{GUIDE}{quote(region)}/{quote(scenario)}{'?' + query if query else ''}"


def matter_path(matter_id: str) -> str:
    """The page of a matter."""
    return MATTER + quote(matter_id)


def search_path(query: str, region: str = "") -> str:
    """The page of what was found for some words."""
    given = {"q": query, "region": region}
    return f"{SEARCH}?{urlencode({name: value for name, value in given.items() if value})}"
