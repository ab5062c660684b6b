"""What the portal does with a conversation: says something in it, reads it, waits for a person, deletes it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.lock_store import LockError
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels import wording
from bot.channels.answering import Handler, NoAnswer, collect
from bot.channels.contact import with_contact
from bot.channels.history import LONGEST, Entry, answer_to, entries
from bot.channels.incoming import make
from bot.channels.open_desk import open_desk
from bot.channels.refusal import Refused
from desk.desk import Desk
from desk.errors import DeskError
from desk.forgetting import forget
from desk.handoff import Handoff
from desk.settings import Settings

CHANNEL = "portal"
LOOK_SECONDS, SLOW_LOOK_SECONDS = 0.5, 2.0
LONGEST_WAIT = 25.0
MICROSECONDS = 1_000_000
# One message of a conversation after the other: the same message sent twice must not be answered twice.
_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
logger = logging.getLogger(__name__)


def _turn(conversation: str) -> asyncio.Lock:
    return _turns.setdefault(conversation, asyncio.Lock())


@dataclass(frozen=True)
class Told:
    """A conversation as its citizen may see it; `last` is what to ask for news after."""

    entries: tuple[Entry, ...] = ()
    handoff: Mapping[str, Any] | None = None
    last: int = 0
    region: str | None = None
    audience: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Messages, hand-off and last, as the message API gives them."""
        messages = [entry.as_json() for entry in self.entries]
        return {"messages": messages, "handoff": self.handoff, "last": self.last}


class Conversations:
    """The conversations of one server. The tracker store keeps what was said, the desk what a person said."""

    def __init__(
        self,
        agent: Agent,
        handler: Handler,
        desk: Callable[[], Desk] = open_desk,
        settings: Callable[[], Settings] = Settings.from_environment,
    ) -> None:
        self._agent, self._handler, self._desk, self._settings = agent, handler, desk, settings

    async def say(self, conversation: str, message_id: str, text: str, given: Mapping[str, Any]) -> Told:
        """A message and its answer; the same `message_id` again gives the same. Raises Refused (503) without an answer.

        `given`: region, audience, and the label of the button that was tapped.
        """
        async with _turn(conversation):
            found = answer_to(await self._entries(conversation), message_id)
            if not found:
                found = await self._ask(conversation, message_id, text, given)
        return self._told(conversation, found)

    async def _ask(
        self, conversation: str, message_id: str, text: str, given: Mapping[str, Any]
    ) -> list[Entry]:
        incoming = with_contact(make(conversation, conversation, text, given), text, self._desk)
        try:
            await collect(self._handler, incoming, CHANNEL, message_id)
        except NoAnswer as sorry:
            raise Refused(503, str(sorry)) from None
        return answer_to(await self._entries(conversation), message_id)

    async def tell(self, conversation: str) -> Told:
        """All of it as far as it is shown."""
        tracker = await self._tracker(conversation)
        slots = tracker.current_slot_values() if tracker else {}
        found = self._merged(conversation, tracker)[-LONGEST:]
        return self._told(conversation, found, slots.get("region"), slots.get("audience"))

    async def news(self, conversation: str, after: int, wait: float = LONGEST_WAIT) -> Told:
        """What was said after `after`; waits while a person has said nothing and the hand-off is as it was."""
        clock = asyncio.get_running_loop().time
        until, first = clock() + wait, self._handoff(conversation)
        now = first
        while clock() < until and not self._is_new(now, first, after):
            await asyncio.sleep(
                min(LOOK_SECONDS if now and now.is_open else SLOW_LOOK_SECONDS, until - clock())
            )
            now = self._handoff(conversation)
        found = [entry for entry in await self._entries(conversation) if entry.n > after]
        told = self._told(conversation, found)
        return Told(told.entries, told.handoff, max(told.last, after))

    def _is_new(self, now: Handoff | None, first: Handoff | None, after: int) -> bool:
        if now is None:
            return False
        spoken = self._desk().handoffs.last_said(now.conversation, "person")
        moved = self._place(now) != (self._place(first) if first else None)
        return max(_moved_at(now), round(spoken * MICROSECONDS)) > after or moved

    async def delete(self, conversation: str) -> None:
        """Deletes everything said in it, by everybody. Raises Refused (503) where it could not."""
        try:
            async with _turn(conversation), self._agent.lock_store.lock(conversation):
                tracker = await self._tracker(conversation)
                events = (
                    [event for event in tracker.events if isinstance(event, UserUttered)] if tracker else []
                )
                self._desk().forget(conversation, [(event.text or "", event.timestamp) for event in events])
                forget(self._settings(), conversation)
        except (DeskError, sqlite3.Error, OSError, LockError):
            logger.exception("conversation %s could not be deleted", conversation)
            raise Refused(503, wording.NOT_DELETED) from None

    async def _tracker(self, conversation: str) -> DialogueStateTracker | None:
        return await self._agent.tracker_store.retrieve_full_tracker(conversation)

    async def _entries(self, conversation: str) -> list[Entry]:
        return self._merged(conversation, await self._tracker(conversation))

    def _merged(self, conversation: str, tracker: DialogueStateTracker | None) -> list[Entry]:
        """Everything said, by everybody; without the person's words where the desk cannot be asked."""
        events = [event.as_dict() for event in tracker.events] if tracker else []
        try:
            said = self._desk().said(conversation, "person")
        except (DeskError, sqlite3.Error, OSError):
            logger.exception("the desk could not be asked what was said in conversation %s", conversation)
            said = []
        return entries(events, said)

    def _handoff(self, conversation: str) -> Handoff | None:
        """The hand-off, None where there never was one, or nobody can be asked."""
        try:
            found = self._desk().handoff(conversation)
        except (DeskError, sqlite3.Error, OSError):
            logger.exception("the desk could not be asked for conversation %s", conversation)
            return None
        return found if found.state != "none" else None

    def _place(self, handoff: Handoff) -> int | None:
        return self._desk().handoffs.place(handoff)

    def _told(
        self, conversation: str, found: list[Entry], region: str | None = None, audience: str | None = None
    ) -> Told:
        handoff = self._handoff(conversation)
        # `by` stays null: the desk promises its people that their names are not shown (docs/openapi.yml).
        shown = {"state": handoff.state, "place": self._place(handoff), "by": None} if handoff else None
        last = max([entry.n for entry in found[-1:]] + ([_moved_at(handoff)] if handoff else []), default=0)
        return Told(tuple(found), shown, last, region, audience)


def _moved_at(handoff: Handoff) -> int:
    """When the hand-off came into its state, as entries count time."""
    return round(max(handoff.wished_at, handoff.taken_at, handoff.ended_at) * MICROSECONDS)
