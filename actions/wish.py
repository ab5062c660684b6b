"""A wish that could not be answered yet: kept until the region or the audience is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.heard import Heard, Target

_LONGEST_TEXT, _MOST_TARGETS = 200, 12


@dataclass(frozen=True)
class Wish:
    """What was said, the targets that search found for it, the aspects it asked, and whether it wants the notice."""

    text: str = ""
    targets: tuple[Target, ...] = ()
    aspects: tuple[str, ...] = ()
    notice: bool = False

    @classmethod
    def of(cls, heard: Heard) -> Wish:
        """The wish of a message."""
        return cls(heard.text[:_LONGEST_TEXT], heard.targets[:_MOST_TARGETS], heard.aspects)

    def __bool__(self) -> bool:
        """Whether there is anything to come back to."""
        return bool(self.text or self.targets)


def to_json(wish: Wish) -> dict[str, Any]:
    """The wish as it stands in the conversation's slot."""
    rows = [[target.id, target.kind, target.probability] for target in wish.targets]
    return {"text": wish.text, "targets": rows, "aspects": list(wish.aspects), "notice": wish.notice}


def from_json(value: Any) -> Wish:
    """The wish that a slot holds; raises TypeError, ValueError or KeyError for anything else."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} is no wish")
    text, rows, aspects = value.get("text", ""), value.get("targets", ()), value.get("aspects", ())
    targets = tuple(Target(_text(name), _text(kind), _number(share)) for name, kind, share in rows)
    wants_notice = value.get("notice") is True
    return Wish(_text(text), targets, tuple(_text(aspect) for aspect in aspects), wants_notice)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)
