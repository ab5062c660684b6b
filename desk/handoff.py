"""A hand-off to a person as a state machine: a table of states and events, and one pure function that walks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from desk.errors import NotPossible

State = Literal["none", "waiting", "taken", "ended"]
# wish, contact, say, leave come from the citizen; take, reply, release, end from the desk; expire from the clock.
EventName = Literal["wish", "contact", "say", "leave", "take", "reply", "release", "end", "expire"]
STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[EventName, ...] = get_args(EventName)
OPEN: tuple[State, ...] = ("waiting", "taken")

# The state after each event; None where the event is refused.
TABLE: Mapping[State, Mapping[EventName, State | None]] = {
    "none": {
        "wish": "waiting",
        "contact": None,
        "say": None,
        "leave": None,
        "take": None,
        "reply": None,
        "release": None,
        "end": None,
        "expire": None,
    },
    "waiting": {
        "wish": "waiting",
        "contact": "waiting",
        "say": None,
        "leave": "ended",
        "take": "taken",
        "reply": None,
        "release": None,
        "end": "ended",
        "expire": None,
    },
    "taken": {
        "wish": "taken",
        "contact": "taken",
        "say": "taken",
        "leave": "ended",
        "take": "taken",
        "reply": "taken",
        "release": "waiting",
        "end": "ended",
        "expire": "ended",
    },
    "ended": {
        "wish": "waiting",
        "contact": None,
        "say": None,
        "leave": "ended",
        "take": None,
        "reply": None,
        "release": None,
        "end": "ended",
        "expire": "ended",
    },
}


@dataclass(frozen=True)
class Event:
    """Something that happens to a hand-off; times are seconds since 1970.

    `clerk` is who at the desk causes it, where only the one who has the hand-off may; `display` is the name that the
    citizen sees from then on.
    """

    name: EventName
    at: float
    by: str = ""
    clerk: str = ""
    display: str = ""
    contact: str = ""
    wish: Wish | None = None


@dataclass(frozen=True)
class Wish:
    """What is known when a person is asked for. The sender is kept only while the hand-off is open."""

    conversation: str
    sender: str = ""
    channel: str = ""
    region: str = ""
    scenario: str = ""
    text: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Handoff:
    """One hand-off; `id` is 0 until it is stored."""

    conversation: str
    state: State = "none"
    id: int = 0
    sender: str = ""
    channel: str = ""
    region: str = ""
    scenario: str = ""
    text: str = ""
    contact: str = ""
    urgent: bool = False
    by: str = ""
    display: str = ""
    ended_by: str = ""
    wished_at: float = 0.0
    taken_at: float = 0.0
    ended_at: float = 0.0
    active_at: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether somebody waits or is talked to."""
        return self.state in OPEN


def step(handoff: Handoff, event: Event) -> Handoff:
    """The hand-off after the event; raises NotPossible where the table refuses it, or another person has it."""
    target = TABLE[handoff.state][event.name]
    if target is None:
        raise NotPossible(f"{event.name} is not possible while {handoff.state}")
    if event.name == "wish":
        return _wished(handoff, event)
    if event.name == "take" and handoff.state == "taken":
        if handoff.by != event.by:
            raise NotPossible(f"taken by {handoff.by}")
        return handoff
    if event.clerk and handoff.state == "taken" and event.clerk != handoff.by:
        raise NotPossible(f"taken by {handoff.by}")
    if event.name == "release":
        return replace(handoff, state="waiting", by="", display="", taken_at=0.0, active_at=event.at)
    if target == "ended":
        return handoff if handoff.state == "ended" else _ended(handoff, event)
    if event.name == "take":
        return replace(
            handoff,
            state="taken",
            by=event.by,
            display=event.display,
            taken_at=event.at,
            active_at=event.at,
        )
    if event.name == "contact":
        return replace(handoff, contact=event.contact)
    return replace(handoff, active_at=event.at)


def _wished(handoff: Handoff, event: Event) -> Handoff:
    """A second wish changes nothing but the urgency; one after the end opens a new hand-off."""
    wish = event.wish or Wish(handoff.conversation)
    if handoff.is_open:
        return replace(handoff, urgent=handoff.urgent or wish.urgent)
    return Handoff(
        conversation=handoff.conversation,
        state="waiting",
        sender=wish.sender,
        channel=wish.channel,
        region=wish.region,
        scenario=wish.scenario,
        text=wish.text,
        urgent=wish.urgent,
        wished_at=event.at,
        active_at=event.at,
    )


def _ended(handoff: Handoff, event: Event) -> Handoff:
    """Over: whoever it was is not needed any more."""
    by = event.by or event.name
    return replace(handoff, state="ended", ended_at=event.at, ended_by=by, sender="", contact="")
