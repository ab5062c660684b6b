"""Concepts: the same matter as it stands in several lists, so that training lines are written once for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import fault
from knowledge.matter import AUDIENCES
from knowledge.table import read_table, values

COLUMNS = ("concept", "audience", "title", "aliases")
ROW_COLUMNS = ("row", "concept", "fit")
FITS = ("exact", "near")


@dataclass(frozen=True)
class Concept:
    """A kind of matter; `aliases` are everyday names (ours, not the lists')."""

    id: str
    audience: str
    title: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """A row of one list that stands for a concept: exact, or near (a broader or narrower row for the same wish)."""

    row: str
    concept: str
    exact: bool


def load_concepts(path: Path) -> dict[str, Concept]:
    """Concepts by id; raises CatalogueError on a doubled id, an unknown audience or an empty title."""
    found: dict[str, Concept] = {}
    for line, row in read_table(path, COLUMNS):
        if not row["concept"] or row["concept"] in found:
            raise fault(path, line, "concept", f"“{row['concept']}”为空或重复")
        if row["audience"] not in AUDIENCES:
            raise fault(path, line, "audience", f"“{row['audience']}”不是 {'、'.join(AUDIENCES)} 之一")
        if not row["title"]:
            raise fault(path, line, "title", "不能为空")
        found[row["concept"]] = Concept(row["concept"], row["audience"], row["title"], values(row["aliases"]))
    return found


def load_fits(path: Path, rows: Collection[str], concepts: Collection[str]) -> tuple[Fit, ...]:
    """The fits of one list; raises CatalogueError where a row, concept or fit is unknown, or a pair is doubled."""
    fits = []
    seen = set()
    for line, row in read_table(path, ROW_COLUMNS):
        if row["row"] not in rows:
            raise fault(path, line, "row", f"清单里没有第{row['row']}项")
        if row["concept"] not in concepts:
            raise fault(path, line, "concept", f"没有叫“{row['concept']}”的概念")
        if row["fit"] not in FITS:
            raise fault(path, line, "fit", f"“{row['fit']}”不是 {'、'.join(FITS)} 之一")
        if (row["row"], row["concept"]) in seen:
            raise fault(path, line, "concept", f"第{row['row']}项和“{row['concept']}”的对应重复")
        seen.add((row["row"], row["concept"]))
        fits.append(Fit(row["row"], row["concept"], row["fit"] == "exact"))
    return tuple(fits)


def load_twins(path: Path, concepts: Mapping[str, Concept]) -> dict[str, str]:
    """Concepts that exist for a person and for a firm alike, each pointing at the other.

    Raises CatalogueError where a pair does not join the two audiences.
    """
    found: dict[str, str] = {}
    for line, row in read_table(path, ("individual", "enterprise")):
        for audience, name in row.items():
            if name not in concepts or concepts[name].audience != audience:
                raise fault(path, line, audience, f"“{name}”不是{audience}的概念")
        found.setdefault(row["individual"], row["enterprise"])
        found.setdefault(row["enterprise"], row["individual"])
    return found
