"""The counter of one account: every delivery gets an answer within seconds, every message one answer."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from bot.channels import wording
from bot.channels.open_wechat import Wechat
from bot.channels.wechat_courier import Sender
from bot.channels.wechat_turn import Turns
from wechat.message import Message
from wechat.passive import Answer, passive_reply
from wechat.readers import EVENT_SECONDS, MESSAGE_SECONDS, Reader
from wechat.receive import Received, Receiver
from wechat.settings import Account

# WeChat waits five seconds for a reply, the way there and back included.
PATIENCE_SECONDS = 4.0
LOOK_SECONDS = 0.1
logger = logging.getLogger(__name__)


@dataclass
class Counter:
    """Takes deliveries, has them answered, and sends later what was not ready in time."""

    wechat: Wechat
    account: Account
    receiver: Receiver
    turns: Turns
    sender: Sender
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _turns_of: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def serve(self, received: Received) -> str:
        """The body that answers a delivery; `success` where the answer comes by itself, or there is none."""
        message = received.message
        name = self.receiver.name(message)
        if self.wechat.deliveries.begin(name, self.wechat.now()):
            if self.account.name == "miniprogram":
                # Customer-service messages know no passive replies.
                self.wechat.deliveries.later(name)
            conversation = self.wechat.conversation(self.account, message.sender)
            reader = Reader(conversation, self.account.name, message.sender)
            task = asyncio.get_running_loop().create_task(self._work(name, reader, message))
            self._running[name] = task
            task.add_done_callback(lambda _: self._running.pop(name, None))
        answer = await self._wait(name)
        return passive_reply(self.account, received, answer, self.wechat.now())

    async def _wait(self, name: str) -> Answer:
        """The answer if it is ready in time, whichever worker makes it; else an empty one."""
        clock = asyncio.get_running_loop().time
        until = clock() + PATIENCE_SECONDS
        way, kept = self.wechat.deliveries.found(name)
        while way == "open" and clock() < until:
            task = self._running.get(name)
            if task:
                await asyncio.wait({task}, timeout=until - clock())
            else:
                await asyncio.sleep(LOOK_SECONDS)
            way, kept = self.wechat.deliveries.found(name)
        if way == "open" and not self.wechat.deliveries.later(name):
            way, kept = self.wechat.deliveries.found(name)
        return Answer.from_json(kept) if way == "passive" else Answer()

    async def _work(self, name: str, reader: Reader, message: Message) -> None:
        """One message of a conversation after the other: a number means what the answer before it has shown."""
        async with self._turns_of.setdefault(reader.conversation, asyncio.Lock()):
            answer = await self._answer(reader, message)
            if self.wechat.deliveries.answered(name, answer.to_json()) == "later" and answer != Answer():
                why = await self.sender.send(reader, answer)
                if why:
                    logger.warning("conversation %s: its answer waits: %s", reader.conversation, why)

    async def _answer(self, reader: Reader, message: Message) -> Answer:
        try:
            answer = await self.turns.answer(reader.conversation, message)
            self._keep_reader(reader, message)
        except Exception:  # the edge: whatever failed, the person gets words and the log gets the reason
            logger.exception("could not answer in conversation %s", reader.conversation)
            return Answer(wording.FAILED)
        return answer

    def _keep_reader(self, reader: Reader, message: Message) -> None:
        """Who is to hear from a person can be sent to, as long as WeChat lets us; nobody else's OpenID is kept."""
        if not self.turns.awaits_person(reader.conversation):
            self.wechat.readers.close(reader.conversation)
            return
        seconds = EVENT_SECONDS if message.kind == "event" else MESSAGE_SECONDS
        self.wechat.readers.open(reader, self.wechat.now() + seconds)
