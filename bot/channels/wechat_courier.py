"""Sends into WeChat conversations what is not the answer to a delivery: late answers, and what a person says."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.courier import Delivery
from bot.channels.open_wechat import Wechat, open_wechat
from wechat.client import Client
from wechat.cutting import parts
from wechat.errors import ApiError
from wechat.passive import Answer
from wechat.readers import Reader
from wechat.wording import say

# What WeChat answers → why it does not let us send (wording).
REFUSALS = {45015: "window", 45047: "quota", 43004: "gone"}


class NoReader(Exception):
    """Nothing may be sent to this conversation any more."""


class WechatCourier:
    """Sends where it may, and keeps for the conversation's next message where it may not."""

    def __init__(self, wechat: Callable[[], Wechat | None] = open_wechat) -> None:
        self._wechat = wechat

    async def bring(self, channel: str, conversation: str, text: str) -> Delivery | None:
        """What a person says; None where the conversation is not on WeChat."""
        return await self._bring(channel, conversation, say("person", text=text))

    async def bring_end(self, channel: str, conversation: str) -> Delivery | None:
        """That the person has left; None where the conversation is not on WeChat."""
        return await self._bring(channel, conversation, say("person_left"))

    async def _bring(self, channel: str, conversation: str, text: str) -> Delivery | None:
        wechat = self._wechat()
        if wechat is None or not channel.startswith("wechat-"):
            return None
        why = await self.send(conversation, Answer(text))
        if why:
            return Delivery(False, say("delivery.waiting", why=why))
        return Delivery(True, say("delivery.sent"))

    async def send(self, conversation: str, answer: Answer) -> str:
        """Empty where it is sent; else why not, and whatever is left of it is kept."""
        wechat = self._wechat()
        assert wechat is not None
        left = parts(answer.text)
        try:
            reader, client = self._reader(wechat, conversation)
            if answer.link:
                link = answer.link
                await client.send_link(reader.openid, link.title, link.description, link.url)
                return ""
            while left:
                await client.send_text(reader.openid, left[0])
                left.pop(0)
        except NoReader:
            why = say("delivery.window")
        except ApiError as error:
            refusal = REFUSALS.get(error.code, "failed")
            why = say(f"delivery.{refusal}", code=error.code)
        else:
            return ""
        for text in left:
            wechat.kept.add(conversation, "unsent", text, wechat.now())
        return why

    def _reader(self, wechat: Wechat, conversation: str) -> tuple[Reader, Client]:
        reader = wechat.readers.of(conversation, wechat.now())
        client = next((c for name, c in wechat.clients.items() if reader and name == reader.account), None)
        if reader is None or client is None:
            raise NoReader
        return reader, client
