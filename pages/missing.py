"""The page for an address that leads nowhere: it says so, and offers search and the guide."""

from __future__ import annotations

from pages.page import Page
from pages.wording import say

TITLES = {404: "title", 400: "unreadable"}


def missing_page(path: str, reason: str = "", status: int = 404) -> Page:
    """Why there is nothing, in plain words; `status` 400 where the address cannot be read, others pass with time."""
    return Page(
        "missing.html.jinja",
        say(f"missing.{TITLES.get(status, 'later')}"),
        path,
        {"reason": reason or say("missing.reason")},
        indexed=False,
        status=status,
    )
