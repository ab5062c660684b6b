"""The dialogue without a server: messages built by hand, replies checked as they come."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from actions.dialogue import Conversation
from actions.heard import Clause, Heard, Target
from actions.reply import Option, Reply, to_card
from actions.state import State, from_slot, to_slot
from index.mentions import MentionFinder
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.matter import Matter

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "contract" / "reply.schema.json").read_text(encoding="utf-8"))
KINDS = tuple(SCHEMA["properties"]["kind"]["enum"])
# Endings after which nothing needs to be offered; every other reply has options.
CLOSED = ("handoff", "error")
# The public numbers that may be named; anything longer, or another number that looks dialled, may not.
PUBLIC_NUMBERS = ("12345", "110", "119", "120")
_DIALLED = re.compile(r"(?<![\d.])\d{3,4}-\d{7,8}|(?<![\d.])1\d{10}|(?<![\d.])\d{5,}")
_VALIDATOR = Draft202012Validator(SCHEMA)


@lru_cache(maxsize=1)
def mention_finder() -> MentionFinder:
    """The finder of names in messages; needs neither encoder nor server."""
    return MentionFinder(load_catalogue())


def target(name: str, probability: float = 0.95, kind: str = "") -> Target:
    """A target as search gives it."""
    return Target(name, kind or ("matter" if "." in name else "scenario"), probability)


def hear(
    text: str,
    *meant: Target | str,
    intent: str = "",
    confidence: float = 0.99,
    outside: float = 0.0,
    outside_kind: str = "",
    clauses: tuple[Clause, ...] = (),
    **hints: Any,
) -> Heard:
    """A message whose targets are given by hand and whose mentions are found as in the real thing."""
    found = mention_finder()(text)
    return Heard(
        text=text,
        intent=intent,
        intent_confidence=confidence if intent else 0.0,
        targets=tuple(target(name) if isinstance(name, str) else name for name in meant),
        outside=outside,
        outside_kind=outside_kind,
        clauses=clauses,
        regions=found.regions,
        audience=found.audience,
        departments=found.departments,
        places=found.places,
        certificates=found.certificates,
        rows=found.rows,
        ordinal=found.ordinal,
        aspects=found.aspects,
        rest=found.rest,
        **hints,
    )


def tapped(payload: str) -> Heard:
    """What a tap on an option comes to: a payload of `/choose`, or plain words as if they had been typed."""
    if not payload.startswith("/choose"):
        return Heard(text=payload)
    choice = json.loads(payload.removeprefix("/choose"))["payload"]
    return Heard(text=payload, intent="choose", intent_confidence=1.0, payload=choice)


def faults(reply: Reply, catalogue: Catalogue, whole: bool = True) -> list[str]:
    """What is wrong with a reply, whoever asked for it; empty where nothing is.

    `whole`: the text tells every step of the card (a long list tells a page at a time).
    """
    card = to_card(reply, catalogue)
    found = [f"schema: {error.message[:160]}" for error in _VALIDATOR.iter_errors(card)]
    text = reply.text
    if not text.strip():
        found.append("no text")
    if any(not line.strip() for line in text.split("\n")):
        found.append("blank line")
    if "{" in text or "}" in text or "None" in text:
        found.append(f"unfilled: {text[:80]}")
    known = [*PUBLIC_NUMBERS, *(phone for office in catalogue.offices for phone in office.phones)]
    for number in _DIALLED.findall(text):
        if number not in known and not _printed(number, reply):
            found.append(f"looks like a telephone number: {number}")
    if reply.kind not in CLOSED and not reply.options:
        found.append(f"dead end: {reply.kind}")
    for option in card["options"]:
        if not option["label"].strip() or not option["payload"].strip():
            found.append(f"empty option: {option}")
    if whole:
        for step in reply.steps:
            found += [f"not in the text: {what}" for what in missing(step.matter, text)]
    return found


def _printed(number: str, reply: Reply) -> bool:
    return any(number in step.matter.title for step in reply.steps)


def missing(matter: Matter, text: str) -> list[str]:
    """What the text leaves out of a matter: its name, who does it, its row."""
    needed = [matter.title, *(matter.departments or ((matter.level,) if matter.level else ()))]
    left = [name for name in needed if name not in text]
    if not re.search(rf"第(?:[\d.]+、)*{re.escape(matter.row)}(?:、[\d.]+)*项", text):
        left.append(f"第{matter.row}项")
    return left


@dataclass
class Talk:
    """One conversation; every reply is checked, and the state goes through its slot each time."""

    conversation: Conversation
    region: str | None = None
    audience: str | None = None
    state: State = field(default_factory=State)
    reply: Reply | None = None

    def __post_init__(self) -> None:
        if self.region or self.audience:
            self.state = State(
                region=self.region, audience=self.audience, audience_said=self.audience is not None
            )

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that answers."""
        return self.conversation.catalogue

    def hear(self, heard: Heard) -> Reply:
        """The checked reply to a message."""
        reply, after = self.conversation(self.state, heard)
        several = reply.kind in ("list", "compare") or (reply.kind == "slot" and len(reply.steps) > 1)
        wrong = faults(reply, self.catalogue, whole=not several)
        assert not wrong, f"{heard.text!r}: {wrong}\n{reply.text}"
        slot = json.loads(json.dumps(to_slot(after), ensure_ascii=False))
        self.state = from_slot(slot)
        assert self.state == after, "the state does not survive its slot"
        self.reply = reply
        return reply

    def say(self, text: str, *meant: Target | str, **more: Any) -> Reply:
        """Says words, with what search takes them for."""
        return self.hear(hear(text, *meant, **more))

    def tap(self, label: str) -> Reply:
        """Taps the option of the last reply whose label begins so."""
        assert self.reply is not None
        option = next((o for o in self.reply.options if o.label.startswith(label)), None)
        assert option is not None, f"no option {label!r} in {[o.label for o in self.reply.options]}"
        return self.choose(option)

    def choose(self, option: Option) -> Reply:
        """Taps an option."""
        return self.hear(tapped(option.payload))

    @property
    def steps(self) -> list[str]:
        """Ids of the last reply's steps."""
        assert self.reply is not None
        return [step.matter.id for step in self.reply.steps]

    @property
    def text(self) -> str:
        """The last reply's words."""
        assert self.reply is not None
        return self.reply.text
