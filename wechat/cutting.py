"""Texts in the length that WeChat takes: cut between steps, else between lines, never inside a character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TEXT_BYTES = 2048
STEP = re.compile(r"(\d{1,3})\. ")


@dataclass(frozen=True)
class Cut:
    """What is shown, and what did not fit; together they are the text."""

    shown: str
    rest: str = ""


def size(text: str) -> int:
    """Length as WeChat counts it."""
    return len(text.encode())


def cut(text: str, limit: int, more: str) -> Cut:
    """The text within `limit` bytes. Where it is longer, steps go first: what stands after them stays.

    `more` says where the rest is, and takes its place. Raises ValueError where not even that fits.
    """
    if size(text) <= limit:
        return Cut(text)
    lines = text.split("\n")
    steps = [at for at, line in enumerate(lines) if STEP.match(line)]
    if steps:
        first, last = steps[0], steps[-1]
        tail = [more, *lines[last + 1 :]]
        kept = _fitting(lines[: last + 1], limit - size("\n".join(tail)) - 1)
        if kept > first:
            return Cut("\n".join([*lines[:kept], *tail]), "\n".join(lines[kept : last + 1]))
    return _by_lines(lines, limit, more)


def parts(text: str, limit: int = TEXT_BYTES) -> list[str]:
    """The whole text in pieces of at most `limit` bytes."""
    found, lines = [], text.split("\n")
    while lines:
        kept = _fitting(lines, limit)
        if not kept:
            head = _characters(lines[0], limit)
            found.append(head)
            lines[0] = lines[0][len(head) :]
            continue
        found.append("\n".join(lines[:kept]))
        lines = lines[kept:]
    return found


def _by_lines(lines: Sequence[str], limit: int, more: str) -> Cut:
    room = limit - size(more) - 1
    if room < 4:
        raise ValueError(f"{limit} bytes have no room for {more!r}")
    kept = _fitting(lines, room)
    if kept:
        return Cut("\n".join([*lines[:kept], more]), "\n".join(lines[kept:]))
    head = _characters(lines[0], room)
    return Cut(f"{head}\n{more}", "\n".join([lines[0][len(head) :], *lines[1:]]))


def _fitting(lines: Sequence[str], limit: int) -> int:
    """How many lines from the first on fit."""
    used = -1
    for count, line in enumerate(lines):
        used += size(line) + 1
        if used > limit:
            return count
    return len(lines)


def _characters(text: str, limit: int) -> str:
    """The longest beginning within so many bytes; at least one character."""
    return text.encode()[: max(limit, 4)].decode(errors="ignore")
