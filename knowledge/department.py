"""Departments and places: the printed wording, the full name, and what people call them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import fault
from knowledge.table import read_table, values


@dataclass(frozen=True)
class Department:
    """A department of a region as printed, with its full name and everyday names (ours, not the lists')."""

    region: str
    printed: str
    canonical: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it answers to, longest first."""
        return tuple(sorted({self.printed, self.canonical, *self.aliases}, key=len, reverse=True))


def load_departments(path: Path, printed: Collection[tuple[str, str]]) -> tuple[Department, ...]:
    """Departments in file order; raises CatalogueError where a printed one is missing or one is superfluous."""
    found: list[Department] = []
    seen: set[tuple[str, str]] = set()
    for line, row in read_table(path, ("region", "printed", "canonical", "aliases")):
        if (row["region"], row["printed"]) not in printed:
            raise fault(path, line, "printed", f"清单里没有“{row['printed']}”这个部门")
        if (row["region"], row["printed"]) in seen:
            raise fault(path, line, "printed", f"“{row['printed']}”重复")
        seen.add((row["region"], row["printed"]))
        if not row["canonical"]:
            raise fault(path, line, "canonical", "不能为空")
        found.append(Department(row["region"], row["printed"], row["canonical"], values(row["aliases"])))
    missing = sorted(set(printed) - seen)
    if missing:
        region, name = missing[0]
        raise fault(path, None, "printed", f"缺少部门：{region} 的“{name}”")
    return tuple(found)


def load_place_aliases(path: Path) -> dict[str, tuple[str, ...]]:
    """Everyday names by printed place."""
    return {row["place"]: values(row["aliases"]) for _, row in read_table(path, ("place", "aliases"))}
