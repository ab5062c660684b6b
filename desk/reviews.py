"""Messages for review: what was not answered well, with what was thought to be meant."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

COLUMNS = ("time", "region", "text", "ending", "candidate", "probability", "others")
MOST = 500
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Review:
    """One message; `targets` are the candidates with their probability, the likeliest first."""

    id: int
    text: str
    region: str
    targets: tuple[tuple[str, float], ...]
    ending: str
    at: float


def reviews(connection: sqlite3.Connection, most: int = MOST) -> list[Review]:
    """The latest messages for review, the newest first."""
    rows = connection.execute(
        "SELECT id, text, region, targets, ending, at FROM review ORDER BY id DESC LIMIT ?", (most,)
    )
    return [
        Review(
            row["id"],
            row["text"],
            row["region"],
            tuple((name, probability) for name, probability in json.loads(row["targets"])),
            row["ending"],
            row["at"],
        )
        for row in rows
    ]


def as_csv(found: Iterable[Review], clock: Callable[[float], str], columns: Sequence[str] = COLUMNS) -> str:
    """The messages as a spreadsheet file with a byte order mark; no cell can be a formula. `columns` are the headings."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    for review in found:
        first, *others = review.targets or (("", 0.0),)
        rest = "；".join(f"{name} {probability:.2f}" for name, probability in others)
        cells = [
            clock(review.at),
            review.region,
            review.text,
            review.ending,
            first[0],
            f"{first[1]:.2f}",
            rest,
        ]
        writer.writerow([_plain(cell) for cell in cells])
    return "\ufeff" + file.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
