"""What stands around an answer: a person who has the conversation, the queue for one, ratings, messages for review.

An answer goes out whatever happens here: a broken store is logged and, where something was promised, said.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Protocol

from actions.heard import Heard
from actions.rating import answered
from actions.reply import Option, Reply
from actions.signals import has
from actions.state import State
from actions.wording import say
from desk.desk import Desk
from desk.errors import DeskError
from desk.handoff import Handoff
from desk.hours import opening_text
from desk.settings import Settings

UNSURE = 0.4
BEST_TARGETS = 5
PATIENCE_SECONDS = 0.3
"""How long a message waits for another one's turn at the desk before it does without."""
BROKEN = (DeskError, sqlite3.Error, OSError)
_LEAVE = re.compile(r"^(?:我)?(?:结束|取消|退出|不用|不要|不等|不找)(?:转)?人工(?:服务)?(?:了|吧)?[。！!]?$")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """One message as the service sees it. `contact`: whether the channel kept a contact given with it."""

    sender: str
    heard: Heard
    channel: str = ""
    contact: str = ""
    state: State = field(default_factory=State)


class Service(Protocol):
    """Stands before and after the dialogue."""

    def before(self, turn: Turn) -> Reply | None:
        """The reply where the message is not for the dialogue: a person has the conversation."""

    def after(self, turn: Turn, reply: Reply, state: State) -> Reply:
        """The dialogue's reply, with what the service has to add; `state` is the one after it."""


class DeskService:
    """The service on the desk's store, which is opened when it is first needed and again after a failure.

    One thread has the desk at a time; where one hangs in it, the others answer without, and only the first of them waits.
    """

    def __init__(self, open_desk: Callable[[], Desk] | None = None) -> None:
        self._open = open_desk or (lambda: Desk.open(Settings.from_environment()))
        self._desk: Desk | None = None
        self._turn = Lock()
        self._hanging = False

    @contextmanager
    def _borrowed(self) -> Iterator[Desk]:
        """The desk; raises one of BROKEN where it cannot be opened or has been hanging for too long."""
        self._hanging = not self._turn.acquire(timeout=0 if self._hanging else PATIENCE_SECONDS)
        if self._hanging:
            raise DeskError("another message has been at the desk for too long")
        try:
            self._desk = self._desk or self._open()
            yield self._desk
        except BROKEN:
            self._desk = None
            raise
        finally:
            self._turn.release()

    def before(self, turn: Turn) -> Reply | None:
        """A silent card while a person has the conversation; thanks for a contact; leaving the queue."""
        try:
            with self._borrowed() as desk:
                return _before(desk, turn)
        except BROKEN:
            logger.exception("the desk could not be asked; the dialogue answers")
            return None

    def after(self, turn: Turn, reply: Reply, state: State) -> Reply:
        """Queues the wish for a person, keeps the rating, keeps for review what was not answered well."""
        try:
            with self._borrowed() as desk:
                return _after(desk, turn, reply, state)
        except BROKEN:
            logger.exception("the desk could not keep a %s", reply.kind)
            return _not_kept(reply, turn)


def _before(desk: Desk, turn: Turn) -> Reply | None:
    handoff, heard = desk.handoff(turn.sender), turn.heard
    if turn.contact == "kept" and handoff.is_open:
        return _about(desk, handoff, turn, say("service.contact_kept"))
    if not handoff.is_open:
        return None
    if heard.payload == "handoff:leave" or _LEAVE.search(heard.text.strip()):
        ended = desk.happen(turn.sender, "leave")
        return _about(desk, ended, turn, say("service.left"))
    if handoff.state != "taken":
        return None
    # A tap has no words of its own for a person to read.
    said = heard.text if heard.text.strip() and not heard.payload else ""
    if said:
        handoff = desk.happen(turn.sender, "say", said)
    return _about(desk, handoff, turn, say("crisis.text" if has("crisis", heard.text) else "service.taken"))


def _after(desk: Desk, turn: Turn, reply: Reply, state: State) -> Reply:
    heard, region = turn.heard, state.region or ""
    if reply.kind == "handoff":
        urgent, scenario = has("crisis", heard.text), answered(state)
        text = "" if heard.payload else heard.text
        handoff = desk.wish(turn.sender, turn.channel, region, scenario, text, urgent)
        note = _urgent_note(desk) if urgent else _waiting_note(desk, handoff)
        return _about(desk, handoff, turn, "\n".join(filter(None, [reply.text, note])), reply.options)
    if reply.kind == "feedback":
        given: Mapping[str, Any] = reply.service["feedback"]
        words = "" if heard.payload else heard.text
        desk.rate(turn.sender, given["level"], given["scenario"] or "", region, words)
    elif is_unanswered(reply, heard, state):
        targets = [(t.id, t.probability) for t in heard.targets[:BEST_TARGETS]]
        desk.review(heard.text, region, targets, reply.kind)
    return reply


def is_unanswered(reply: Reply, heard: Heard, state: State) -> bool:
    """Whether somebody should look at the message: no answer, or an unsure one. Questions for a region are none."""
    if heard.payload or not heard.text.strip() or reply.service or state.asking in ("region", "audience"):
        return False
    unsure = reply.confidence is not None and reply.confidence < UNSURE
    return unsure or reply.kind in ("out_of_scope", "clarify", "error")


def _waiting_note(desk: Desk, handoff: Handoff) -> str:
    if handoff.state == "taken":
        return ""
    ahead = (desk.handoffs.place(handoff) or 1) - 1
    lines = [say("service.ahead", count=ahead) if ahead else say("service.next")]
    if not desk.is_open:
        lines.append(_closed_note(desk))
        if not handoff.contact:
            lines.append(say("service.ask_contact"))
    return "\n".join(lines)


def _urgent_note(desk: Desk) -> str:
    """Nobody in danger is told to wait, or of a queue."""
    return "" if desk.is_open else say("service.closed_urgent")


def _closed_note(desk: Desk) -> str:
    opening = desk.hours.next_opening(desk.now())
    if opening is None:
        return say("service.closed_for_long")
    return say("service.closed", hours=desk.hours, opening=opening_text(opening))


def _about(desk: Desk, handoff: Handoff, turn: Turn, text: str, options: tuple[Option, ...] = ()) -> Reply:
    """A hand-off card: its state, the place in the queue, whether somebody is there. It names no matter."""
    card = {"state": handoff.state, "place": desk.handoffs.place(handoff), "open": desk.is_open}
    leave = (Option(say("service.leave"), "handoff:leave"),) if handoff.is_open else ()
    if handoff.state == "ended":
        options = (Option(say("option.human"), "human:"), Option(say("option.restart"), "restart:"))
    return Reply("handoff", text, turn.state.region, options=(*options, *leave), service={"handoff": card})


def _not_kept(reply: Reply, turn: Turn) -> Reply:
    """The reply without a promise that was not kept."""
    if reply.kind == "handoff" and not has("crisis", turn.heard.text):
        return replace(reply, text=say("service.broken"))
    if reply.kind == "handoff":
        return replace(reply, text=f"{reply.text}\n{say('service.broken_urgent')}")
    if reply.kind == "feedback":
        return replace(reply, text=say("service.rating_broken"))
    return reply
