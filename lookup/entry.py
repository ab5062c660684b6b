"""What can be found: a scenario, a matter, a department, a place or a certificate in one region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["scenario", "matter", "department", "place", "certificate"]


@dataclass(frozen=True)
class Term:
    """Words by which an entry is found, and how much they say about it (bigger is more)."""

    text: str
    weight: float


@dataclass(frozen=True)
class Entry:
    """One thing in one region; entries of the same kind, title and audience are shown as one.

    `target` is the id of a scenario or matter, else the printed name.
    """

    kind: Kind
    title: str
    region: str
    target: str
    audience: str = ""
    note: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Target:
    """Where a hit leads in one region."""

    region: str
    id: str
    note: str


@dataclass(frozen=True)
class Hit:
    """One line of what was found, with its regions, the best first."""

    kind: Kind
    title: str
    audience: str
    score: float
    targets: tuple[Target, ...]
