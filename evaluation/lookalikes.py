"""Look-alikes: concepts that sound the same and need different answers (`lookalikes.csv`)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from evaluation.measures import Rate
from evaluation.outcome import Outcome
from knowledge.catalogue import Catalogue

PATH = Path(__file__).parent / "lookalikes.csv"


@dataclass(frozen=True)
class LookAlikes:
    """Groups of concept ids by name."""

    groups: dict[str, frozenset[str]]

    @classmethod
    def load(cls, path: Path = PATH) -> LookAlikes:
        """Reads a file with the columns group and concept."""
        groups: dict[str, set[str]] = defaultdict(set)
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                groups[row["group"]].add(row["concept"])
        return cls({name: frozenset(concepts) for name, concepts in groups.items()})

    @cached_property
    def concepts(self) -> frozenset[str]:
        """All concepts of all groups."""
        return frozenset().union(*self.groups.values())


@dataclass(frozen=True)
class GroupResult:
    """Single matters of one group: how many were right, and how many were taken for another of the group."""

    rate: Rate
    mistaken: int


def group_results(groups: LookAlikes, outcomes: Iterable[Outcome], catalogue: Catalogue) -> list[GroupResult]:
    """Results of single-matter questions by group of look-alikes, worst first."""
    asked = [o for o in outcomes if o.in_scope and o.expect in ("matter", "slot") and o.wanted]
    found = []
    for name, concepts in groups.groups.items():
        own = [o for o in asked if set(catalogue.concepts_of(o.wanted[0])) & concepts]
        if own:
            missed = [o for o in own if not o.right and o.steps]
            mistaken = sum(bool(set(catalogue.concepts_of(o.steps[0])) & concepts) for o in missed)
            right, near = sum(o.right for o in own), sum(o.near for o in own)
            found.append(GroupResult(Rate(name, len(own), right, near), mistaken))
    return sorted(found, key=lambda result: (result.rate.share, -result.rate.count))
