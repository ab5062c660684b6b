"""What was said in a conversation, in order: the tracker's events, and what a person at the desk said between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bot.channels import wording
from bot.channels.incoming import EMPTY, payload
from desk.handoffs import Message

Author = Literal["citizen", "assistant", "person"]
LONGEST = 200


@dataclass(frozen=True)
class Entry:
    """One thing said. `n` is its time in microseconds, so that it grows; `answers` is the message it belongs to."""

    n: int
    author: Author
    text: str
    at: float
    card: Mapping[str, Any] | None = None
    name: str | None = None
    answers: str = ""

    def as_json(self) -> dict[str, Any]:
        """As the message API gives it."""
        found = asdict(self)
        del found["answers"]
        return found


def entries(events: Iterable[Mapping[str, Any]], said: Iterable[Message] = ()) -> list[Entry]:
    """All entries, oldest first: `events` as a tracker's dictionaries, `said` as the desk keeps it."""
    told = _of_tracker(list(events))
    told += [_entry(message.at, "person", message.text, name=message.name or None) for message in said]
    found: list[Entry] = []
    for entry in sorted(told, key=lambda entry: entry.n):
        n = max(entry.n, found[-1].n + 1) if found else entry.n
        found.append(replace(entry, n=n))
    return found


def _entry(at: float, author: Author, text: str, **more: Any) -> Entry:
    return Entry(round(at * 1_000_000), author, text, at, **more)


def _of_tracker(events: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """Entries of user and bot; of a message that was sent again because no answer came, only the last time."""
    last = {
        event["message_id"]: at
        for at, event in enumerate(events)
        if event["event"] == "user" and event.get("message_id")
    }
    found: list[Entry] = []
    labels: dict[str, str] = {}
    answers = ""
    for at, event in enumerate(events):
        if event["event"] == "user":
            answers = event.get("message_id") or ""
            if last.get(answers, at) == at:
                found.append(_entry(event["timestamp"], "citizen", _said(event, labels), answers=answers))
        elif event["event"] == "bot":
            card = (event.get("data") or {}).get("custom")
            labels.update({option["payload"]: option["label"] for option in (card or {}).get("options", ())})
            found.append(
                _entry(event["timestamp"], "assistant", event.get("text") or "", card=card, answers=answers)
            )
    return found


def _said(event: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The words of a message; of a tap the words on the button, as the citizen saw them."""
    text = event.get("text") or ""
    if payload(text) is None:
        return text
    if text == EMPTY:
        return ""
    label = (event.get("metadata") or {}).get("label") or labels.get(text)
    return str(label or wording.TAPPED)


def answer_to(told: Sequence[Entry], message_id: str) -> list[Entry]:
    """A message and its answer, with what a person said between; empty where no answer was given yet."""
    found = [entry for entry in told if entry.answers == message_id]
    if not any(entry.author == "assistant" for entry in found):
        return []
    return [entry for entry in told if found[0].n <= entry.n <= found[-1].n]
