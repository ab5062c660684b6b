"""Everyday names of scenarios and matters: the shortest of the lines that people were heard to say."""

from __future__ import annotations

from collections.abc import Iterable

from index.lines import OUT_OF_SCOPE, Line

# What a clerk types is a name when it is short; what a citizen says only when it is very short.
LONGEST = {"clerk": 10, "citizen": 6, "business": 6}


def everyday_names(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Short lines by target, as they were said."""
    found: dict[str, list[str]] = {}
    for line in lines:
        short = len(line.text) <= LONGEST[line.speaker]
        if short and line.stands_alone and line.target != OUT_OF_SCOPE:
            found.setdefault(line.target, []).append(line.text)
    return found
