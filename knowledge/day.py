"""The day that the offices' clocks show."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def china_today() -> date:
    """Today in China, wherever the server stands."""
    return datetime.now(CHINA).date()
