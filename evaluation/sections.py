"""The parts of a report: heading, text, table, plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.measures import RankRate, Rate


@dataclass(frozen=True)
class Table:
    """Column names and rows of cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One part of a report; those marked brief also stand in docs/quality.md."""

    heading: str
    text: str = ""
    table: Table | None = None
    plot: Path | None = None
    brief: bool = False


def percent(share: float) -> str:
    """A share in per cent with one digit."""
    return f"{share * 100:.1f} %"


def rate_table(first: str, rates: Sequence[Rate], near: bool = True) -> Table:
    """Rates with their 95 % intervals."""
    columns = (first, "questions", "right", "95 % interval") + (("right or near",) if near else ())
    rows = []
    for one in rates:
        low, high = one.interval
        cells = (one.name, str(one.count), percent(one.share), f"{low * 100:.0f}-{high * 100:.0f} %")
        rows.append(cells + ((percent(one.near_share),) if near else ()))
    return Table(columns, tuple(rows))


def system_table(groups: Sequence[tuple[str, Sequence[RankRate]]]) -> Table:
    """Top-1 / top-3 of each system (rows) for each group of questions (columns)."""
    columns = ("system", *(f"{name} ({rates[0].count})" for name, rates in groups))
    names = [one.system for one in groups[0][1]]
    cells = [[f"{r.top1 * 100:.1f} / {r.top3 * 100:.1f}" for r in rates] for _, rates in groups]
    rows = tuple((name, *(column[i] for column in cells)) for i, name in enumerate(names))
    return Table(columns, rows)
