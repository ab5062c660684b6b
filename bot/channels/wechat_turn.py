"""One turn on WeChat: from a message to what the person reads, through the dialogue."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace

from bot.channels.answering import Handler, NoAnswer, collect
from bot.channels.contact import with_contact
from bot.channels.incoming import make
from bot.channels.open_desk import open_desk
from bot.channels.open_wechat import Wechat
from bot.channels.wechat_told import Told, read_reply, tap
from bot.channels.wechat_wish import KINDS, Wish, number_in, read_wish
from desk.desk import Desk
from desk.errors import DeskError, NotPossible
from desk.handoff import OPEN, EventName, State
from knowledge.catalogue import Catalogue
from wechat.cutting import TEXT_BYTES, cut, size
from wechat.message import Message
from wechat.passive import Answer
from wechat.settings import Account
from wechat.wording import say

RESTART = "/restart_guidance"
logger = logging.getLogger(__name__)


class Turns:
    """Answers the messages of one account."""

    def __init__(
        self,
        wechat: Wechat,
        account: Account,
        handler: Handler,
        catalogue: Catalogue,
        public: str | None,
        desk: Callable[[], Desk] = open_desk,
    ) -> None:
        self._wechat, self._account, self._handler = wechat, account, handler
        self._catalogue, self._public, self._desk = catalogue, public, desk
        self._channel = f"wechat-{account.name}"

    async def answer(self, conversation: str, message: Message) -> Answer:
        """What the person reads; an empty answer where nothing is to be said."""
        wish = read_wish(message, self._catalogue)
        if wish.kind == "nothing":
            return Answer()
        if wish.kind == "close":
            await self._close(conversation)
            return Answer()
        if wish.kind == "next":
            rest = "\n".join(self._wechat.kept.take(conversation, "rest"))
            if rest:
                return self._fitted(conversation, Told(rest), numbers=False)
            wish = Wish("ask", message.text)
        if wish.kind == "say" and message.kind != "event":
            self._note(conversation, message.kind)
        if wish.region:
            # Said by itself: metadata that repeats an earlier one would be no news, a second scan is.
            await self._ask(conversation, tap(f"region:{wish.region}"))
        told = wish.told or await self._ask(conversation, self._meant(conversation, wish.text))
        if wish.greeting:
            told = replace(told, text=f"{wish.greeting}\n{told.text}")
        return self._fitted(conversation, told)

    async def _ask(self, conversation: str, text: str) -> Told:
        incoming = with_contact(make(conversation, conversation, text, {}), text, self._desk)
        try:
            messages = await collect(self._handler, incoming, self._channel)
        except NoAnswer as sorry:
            return Told(str(sorry))
        return read_reply(messages, self._public)

    def _meant(self, conversation: str, text: str) -> str:
        """The words, or what a number stands for that the last answer printed; a person reads numbers as they are."""
        number = number_in(text)
        kept = self._wechat.kept.all(conversation, "numbers") if number else []
        if not kept or self._handoff(conversation) == "taken":
            return text
        return json.loads(kept[0]).get(number, text)

    def _note(self, conversation: str, kind: str) -> None:
        """A person who has the conversation learns that something was sent which does not get through."""
        if self._handoff(conversation) == "taken":
            self._happen(
                conversation, "say", say("sent", what=say(f"kinds.{kind if kind in KINDS else 'other'}"))
            )

    def _happen(self, conversation: str, name: EventName, said: str = "") -> None:
        try:
            self._desk().happen(conversation, name, said)
        except NotPossible:
            logger.info("conversation %s: %s is not possible", conversation, name)
        except (DeskError, sqlite3.Error, OSError):
            logger.exception("the desk could not be told: %s", name)

    def awaits_person(self, conversation: str) -> bool:
        """Whether a person at the desk has the conversation, or is to have it."""
        return self._handoff(conversation) in OPEN

    def _handoff(self, conversation: str) -> State:
        """The state of the conversation's hand-off; none where the desk cannot be asked."""
        try:
            return self._desk().handoff(conversation).state
        except (DeskError, sqlite3.Error, OSError):
            logger.exception("the desk could not be asked")
            return "none"

    def _fitted(self, conversation: str, told: Told, numbers: bool = True) -> Answer:
        """The answer in the length that WeChat takes, after what could not be sent before; the rest is kept."""
        kept, now = self._wechat.kept, self._wechat.now()
        if numbers:
            kept.only(conversation, "numbers", json.dumps(told.numbers) if told.numbers else "", now)
        unsent = kept.take(conversation, "unsent")
        if unsent:
            text = "\n".join([say("unsent"), *unsent, say("between"), told.text])
            told = replace(told, text=text, link=None)
        under = f"\n{told.under}" if told.under else ""
        found = cut(told.text, TEXT_BYTES - size(under), told.more)
        kept.only(conversation, "rest", found.rest, now)
        # A mini-program's customer service has no news cards; the text has the links too.
        link = told.link if self._account.name == "official" else None
        return Answer(found.shown + under, link)

    async def _close(self, conversation: str) -> None:
        """Who has left is not kept, does not wait for a person, and begins anew when they come back."""
        self._wechat.readers.close(conversation)
        self._wechat.kept.forget(conversation)
        if self.awaits_person(conversation):
            self._happen(conversation, "leave")
        try:
            await collect(self._handler, make(conversation, conversation, RESTART, {}), self._channel)
        except NoAnswer:
            logger.error("conversation %s could not be closed", conversation)
