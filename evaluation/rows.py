"""From row numbers as printed to matter ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter


class Rows:
    """The matters behind printed row numbers."""

    def __init__(self, matters: Iterable[Matter]) -> None:
        self._by_row: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self.matters: dict[str, Matter] = {}
        for matter in matters:
            self.matters[matter.id] = matter
            for row in {matter.row, str(matter.no)}:
                self._by_row[matter.region, matter.audience, row].append(matter.id)

    @classmethod
    def from_catalogue(cls, catalogue: Catalogue) -> Rows:
        """Rows of all lists."""
        return cls(catalogue.matters.values())

    def ids(self, region: str, audience: str, rows: Sequence[str]) -> list[str]:
        """Ids of the matters that rows ("12", "35.2") stand for, in the order of the rows; unknown ones give none."""
        return [matter for row in rows for matter in self._by_row.get((region, audience, row), ())]

    def covered(self, region: str, audience: str, rows: Sequence[str], shown: Sequence[str]) -> bool:
        """Whether every row is among the shown ids; any of its sub-items satisfies a bare number."""
        wanted = (set(self.ids(region, audience, [row])) for row in rows)
        return all(not ids or ids & set(shown) for ids in wanted)

    def in_order(self, region: str, audience: str, rows: Sequence[str], shown: Sequence[str]) -> bool:
        """Whether the rows that are shown come in the order in which they are given."""
        places = []
        for row in rows:
            found = [shown.index(matter) for matter in self.ids(region, audience, [row]) if matter in shown]
            if found:
                places.append(min(found))
        return places == sorted(places)
