"""The scenarios most asked for: counted in the tracker store, by conversation, without looking at what was said."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desk.retention import BUSY_SECONDS


@dataclass(frozen=True)
class Asked:
    """A scenario in a region, and in how many conversations it was answered."""

    scenario: str
    region: str
    count: int


def most_asked(path: Path, since: float, most: int = 20) -> list[Asked]:
    """The scenarios that chains were given for since a moment, the most asked first."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", BUSY_SECONDS, uri=True)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            return []
        rows = connection.execute(
            "SELECT sender_id, data FROM events WHERE type_name = 'bot' AND timestamp >= ?"
            " AND data LIKE '%\"scenario\"%'",
            (since,),
        )
        found = {(sender, *place) for sender, data in rows if (place := _place(data))}
    counts = Counter((scenario, region) for _, scenario, region in found)
    return [Asked(scenario, region, count) for (scenario, region), count in counts.most_common(most)]


def _place(data: str) -> tuple[str, str] | None:
    card = (json.loads(data).get("data") or {}).get("custom") or {}
    if card.get("kind") != "chain" or not card.get("scenario") or not card.get("region"):
        return None
    return card["scenario"]["id"], card["region"]["id"]
