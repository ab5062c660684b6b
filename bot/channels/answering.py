"""One way of getting the dialogue's answer to a message, for every channel that waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import LockError

from bot.channels import wording
from bot.channels.incoming import Incoming

ANSWER_SECONDS = 30.0
logger = logging.getLogger(__name__)
Handler = Callable[[UserMessage], Awaitable[Any]]


class NoAnswer(Exception):
    """The dialogue failed, took too long or said nothing; the text is what the person is told."""


async def collect(
    handler: Handler, incoming: Incoming, channel: str, message_id: str | None = None
) -> list[dict[str, Any]]:
    """The dialogue's messages as Rasa lists them; raises NoAnswer where there are none."""
    collector = CollectingOutputChannel()
    message = UserMessage(
        incoming.text,
        collector,
        incoming.conversation,
        input_channel=channel,
        message_id=message_id,
        metadata=dict(incoming.metadata),
    )
    sorry = wording.FAILED
    try:
        await asyncio.wait_for(handler(message), ANSWER_SECONDS)
    except LockError:
        sorry = wording.BUSY
        logger.error("conversation %s stayed locked", incoming.conversation)
    except TimeoutError:
        logger.error("no answer within %s s in conversation %s", ANSWER_SECONDS, incoming.conversation)
    except Exception:  # the edge: whatever failed, the person gets words and the log gets the reason
        logger.exception("could not answer in conversation %s", incoming.conversation)
    if not collector.messages:
        raise NoAnswer(sorry)
    return collector.messages
