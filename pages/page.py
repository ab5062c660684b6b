"""A page before it is drawn: what its template fills in, and what machines are told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; `current` marks the choice that is in force."""

    text: str
    path: str
    note: str = ""
    current: bool = False


@dataclass(frozen=True)
class Page:
    """`path` opens this very page again, `canonical` the one of its kind that search engines are to know (else `path`).

    `trail` leads to it from the start; a page that is not `indexed` is for its visitor only.
    """

    template: str
    title: str
    path: str
    values: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    trail: tuple[Link, ...] = ()
    region: str = ""
    query: str = ""
    canonical: str = ""
    linked_data: tuple[Mapping[str, Any], ...] = ()
    indexed: bool = True
    status: int = 200


@dataclass(frozen=True)
class Visitor:
    """What a browser remembers for its person: large letters, the region picked last, the language."""

    elder: bool = False
    region: str = ""
    language: str = "zh"
