"""Departments and places that a message names, in full or by the short words of everyday speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from actions.heard import Heard
from knowledge.catalogue import Catalogue
from knowledge.department import Department
from knowledge.matter import Matter


def departments_named(catalogue: Catalogue, heard: Heard, region: str) -> set[str]:
    """Departments of the region, as printed, that the message names in full."""
    found = set()
    for department in catalogue.departments:
        if department.region != region:
            continue
        plain = {name.lstrip("区县市") for name in department.names}
        if any(name in department.names or name in plain for name in heard.departments):
            found.add(department.printed)
    return found


def departments_spoken(
    catalogue: Catalogue, heard: Heard, region: str, without_places: bool = False
) -> set[str]:
    """Departments named by a short everyday word ("民政"), which counts only beside another sign of a look-up."""
    text = heard.text
    for name in heard.places if without_places else ():
        text = text.replace(name, "")
    own = [d for d in catalogue.departments if d.region == region]
    spoken = {d.printed: max((len(n) for n in short_names(d) if n in text), default=0) for d in own}
    # Of 规划 and 规划中心 the longer one is meant.
    longest = max(spoken.values(), default=0)
    return {printed for printed, length in spoken.items() if length >= 2 and length == longest}


def places_named(catalogue: Catalogue, heard: Heard, scope: Sequence[Matter]) -> set[str]:
    """Places, as the matters of the scope print them, that the message names."""
    printed = {place for matter in scope for place in matter.places}
    return {
        place
        for place in printed
        for name in heard.places
        if name == place or name in catalogue.place_aliases.get(place, ())
    }


@lru_cache(maxsize=512)
def short_names(department: Department) -> frozenset[str]:
    """Names without the region's prefix and the office's suffix: 城乡水务局 also answers to 城乡水务."""
    plain = {name.lstrip("区县市") for name in department.names}
    cut = {re.sub("(?:管理|事务)?(?:局|中心|委|办|分局|大队)$", "", name) for name in plain}
    return frozenset(name for name in plain | cut if len(name) >= 2)


def office_names(catalogue: Catalogue, region: str) -> set[str]:
    """Every name, long and short, of the region's departments and of all places."""
    found = {
        name for d in catalogue.departments if d.region == region for name in (*short_names(d), *d.names)
    }
    for place, aliases in catalogue.place_aliases.items():
        found |= {place, *aliases}
    return found
