"""Where a conversation is: a frozen value that goes into one slot and comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from actions.wish import Wish, from_json, to_json


@dataclass(frozen=True)
class Thread:
    """One thing that was talked about: the wish, and the matters shown for it; `chosen` once `at` was pointed at.

    `about` names it in words that stand by themselves: bot/processor.py hands it to NLU with the next message.
    `listed` are further matters that the reply numbered after them; they can be named by these numbers.
    `facts` are the conditions of its chain that were told; they are still there when somebody comes back to it.
    """

    said: str
    scenario: str | None
    concept: str | None
    matters: tuple[str, ...]
    at: int = 0
    chosen: bool = False
    about: str = ""
    listed: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class State:
    """Region, audience, the threads (latest last), what is being asked, steps ticked off.

    `numbered`: the last reply listed its options by number; `aspect` is what was asked about last; `hinted_*` is what metadata said last: a channel sends it with every message, so only a change of it is news.
    """

    region: str | None = None
    audience: str | None = None
    audience_said: bool = False
    threads: tuple[Thread, ...] = ()
    asking: str = ""
    options: tuple[tuple[str, str], ...] = ()
    wish: Wish = field(default_factory=Wish)
    done: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    page_at: int = 0
    rated: tuple[str, ...] = ()
    abused: bool = False
    numbered: bool = False
    hinted_region: str | None = None
    hinted_audience: str | None = None
    aspect: str = ""
    turn: int = 0

    @property
    def thread(self) -> Thread | None:
        """What is being talked about now."""
        return self.threads[-1] if self.threads else None

    @property
    def facts(self) -> Mapping[str, str]:
        """The facts told of what is being talked about now."""
        return self.thread.facts if self.thread else {}


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
        return _plain(asdict(value))
    if isinstance(value, Wish):
        return to_json(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def from_slot(slot: Any) -> State:
    """The state that a slot holds; a new one where the slot is empty, spoilt or from another version."""
    if not isinstance(slot, Mapping):
        return State()
    try:
        return State(**{key: _READERS[key](value) for key, value in slot.items() if key in _READERS})
    except (TypeError, ValueError, KeyError):
        return State()


def _a(*kinds: type) -> Callable[[Any], Any]:
    """A reader of values of these types; raises TypeError for others."""

    def read(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError(f"{value!r} is none of {kinds}")
        return value

    return read


_text, _number, _flag, _row = _a(str), _a(int), _a(bool), _a(list, tuple)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(item) for item in _row(value))


def _facts(value: Any) -> dict[str, str]:
    return {_text(key): _text(fact) for key, fact in _a(dict)(value).items()}


def _threads(value: Any) -> tuple[Thread, ...]:
    optional = _a(str, type(None))
    return tuple(
        Thread(
            said=_text(item["said"]),
            scenario=optional(item["scenario"]),
            concept=optional(item["concept"]),
            matters=_texts(item["matters"]),
            at=_number(item["at"]),
            chosen=_flag(item.get("chosen", False)),
            about=_text(item.get("about", "")),
            listed=_texts(item.get("listed", [])),
            facts=_facts(item.get("facts", {})),
        )
        for item in _row(value)
    )


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "region": _a(str, type(None)),
    "audience": _a(str, type(None)),
    "audience_said": _a(bool),
    "hinted_region": _a(str, type(None)),
    "hinted_audience": _a(str, type(None)),
    "threads": _threads,
    "asking": _text,
    "options": lambda value: tuple((_text(label), _text(choice)) for label, choice in _row(value)),
    "wish": from_json,
    "done": _texts,
    "page": _texts,
    "page_at": _number,
    "rated": _texts,
    "abused": _a(bool),
    "numbered": _a(bool),
    "aspect": _text,
    "turn": _number,
}
