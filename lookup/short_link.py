"""Short paths for text messages: seven signs that lead to a scenario's page, the same after every restart."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import product

from knowledge.catalogue import Catalogue

PREFIX = "/s/"
_SIGNS = 7
Place = tuple[str, str, tuple[tuple[str, str], ...]]


def code(region: str, scenario: str, facts: Mapping[str, str]) -> str:
    """The signs that stand for a scenario in a region with its conditions chosen."""
    name = "\0".join([region, scenario, *(f"{key}={facts[key]}" for key in sorted(facts))])
    return base64.b32encode(hashlib.sha256(name.encode()).digest()).decode().lower()[:_SIGNS]


class ShortLinks:
    """All short paths of a catalogue; nothing is stored."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {
            code(region, scenario, dict(facts)): (region, scenario, facts)
            for region in self._catalogue.regions
            for scenario in self._catalogue.scenarios
            for facts in _choices(self._catalogue, scenario)
        }

    def place(self, signs: str) -> Place | None:
        """Region, scenario and facts behind the signs; None where they stand for nothing."""
        return self._places.get(signs.lower())

    def path(self, region: str, scenario: str, facts: Mapping[str, str]) -> str:
        """The short path of a scenario in a region."""
        return PREFIX + code(region, scenario, facts)


def _choices(catalogue: Catalogue, scenario: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every way of answering some of a scenario's conditions."""
    conditions = sorted(catalogue.conditions_of(scenario).items())
    answers = [
        [None, *((name, option.value) for option in condition.options)] for name, condition in conditions
    ]
    for chosen in product(*answers):
        yield tuple(pair for pair in chosen if pair)
