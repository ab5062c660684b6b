"""Sends into WeChat conversations what is not the answer to a delivery: late answers, and what a person says."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence

from bot.channels.courier import Delivery
from bot.channels.open_wechat import Wechat, open_wechat
from wechat.cutting import parts
from wechat.errors import ApiError
from wechat.passive import Answer
from wechat.readers import Reader
from wechat.wording import say

CHANNELS = "wechat-"
# What WeChat answers → why it does not let us send (wording).
REFUSALS = {45015: "window", 45047: "quota", 43004: "gone"}
logger = logging.getLogger(__name__)


class Sender:
    """Sends where WeChat lets us, and keeps for the conversation's next message where it does not."""

    def __init__(self, wechat: Wechat) -> None:
        self._wechat = wechat

    async def send(self, reader: Reader, answer: Answer) -> str:
        """Empty where it is sent; else why not, and whatever is left of it is kept."""
        left, link = parts(answer.text), answer.link
        client = self._wechat.clients[reader.account]
        try:
            if link:
                await client.send_link(reader.openid, link)
                return ""
            while left:
                await client.send_text(reader.openid, left[0])
                left.pop(0)
        except ApiError as error:
            self.keep(reader.conversation, left)
            return say(f"delivery.{REFUSALS.get(error.code, 'failed')}", code=error.code)
        return ""

    def keep(self, conversation: str, texts: Sequence[str]) -> None:
        """Keeps texts that could not be sent."""
        for text in texts:
            self._wechat.kept.add(conversation, "unsent", text, self._wechat.now())


class WechatCourier:
    """Brings what a person at the desk says to citizens on WeChat."""

    def __init__(self, wechat: Callable[[], Wechat | None] = open_wechat) -> None:
        self._wechat = wechat

    async def bring(self, channel: str, conversation: str, text: str) -> Delivery | None:
        """What a person says; None where the conversation is not on WeChat."""
        return await self._bring(channel, conversation, say("person", text=text), last=False)

    async def bring_end(self, channel: str, conversation: str) -> Delivery | None:
        """That the person has left, after which nobody has to be reached; None where it is not on WeChat."""
        return await self._bring(channel, conversation, say("person_left"), last=True)

    async def _bring(self, channel: str, conversation: str, text: str, last: bool) -> Delivery | None:
        wechat = self._wechat() if channel.startswith(CHANNELS) else None
        if wechat is None:
            return None
        try:
            reader = wechat.readers.of(conversation, wechat.now())
            if reader is None:
                Sender(wechat).keep(conversation, parts(text))
                why = say("delivery.window")
            else:
                why = await Sender(wechat).send(reader, Answer(text))
            if last:
                wechat.readers.close(conversation)
        except (sqlite3.Error, OSError):
            logger.exception("WeChat's common file failed")
            return Delivery(False, say("delivery.lost"))
        return (
            Delivery(False, say("delivery.waiting", why=why)) if why else Delivery(True, say("delivery.sent"))
        )
