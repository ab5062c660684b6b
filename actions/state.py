"""Where a conversation is: a frozen value that goes into one slot and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Thread:
    """One thing that was talked about: the wish, and the matters shown for it."""

    said: str
    scenario: str | None
    concept: str | None
    matters: tuple[str, ...]
    at: int = 0


@dataclass(frozen=True)
class State:
    """Region, audience, the threads (latest last), facts told, what is being asked, steps ticked off."""

    region: str | None = None
    audience: str | None = None
    audience_said: bool = False
    threads: tuple[Thread, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    asking: str = ""
    options: tuple[tuple[str, str], ...] = ()
    wish: Mapping[str, Any] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    rated: tuple[str, ...] = ()
    abused: bool = False
    turn: int = 0

    @property
    def thread(self) -> Thread | None:
        """What is being talked about now."""
        return self.threads[-1] if self.threads else None


KEPT_THREADS = 6


def to_slot(state: State) -> dict[str, Any]:
    """The state as JSON; only what differs from a new conversation."""
    new = State()
    return {
        name.name: _plain(getattr(state, name.name))
        for name in fields(State)
        if getattr(state, name.name) != getattr(new, name.name)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Thread):
        return asdict(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else value


def from_slot(slot: Any) -> State:
    """The state that a slot holds; a new one where the slot is empty or from another version."""
    if not isinstance(slot, Mapping):
        return State()
    known = {name.name for name in fields(State)}
    values: dict[str, Any] = {key: value for key, value in slot.items() if key in known}
    try:
        for key in ("done", "page", "rated"):
            if key in values:
                values[key] = tuple(values[key])
        if "options" in values:
            values["options"] = tuple((str(a), str(b)) for a, b in values["options"])
        if "threads" in values:
            values["threads"] = tuple(
                Thread(**{**thread, "matters": tuple(thread["matters"])}) for thread in values["threads"]
            )
        return State(**values)
    except (TypeError, ValueError, KeyError):
        return State()
