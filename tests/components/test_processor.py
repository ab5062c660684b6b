"""What the processor tells NLU of the conversation, and that it leaves the message as it was."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import rasa.core.agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.semantic_guide import EARLIER
from bot.processor import ContextProcessor, earlier_wish, use_context

TALKED = {"threads": [{"about": "先说的"}, {"about": "残疾证怎么办"}]}


@pytest.mark.parametrize(
    ("guidance", "wish"),
    [
        (TALKED, "残疾证怎么办"),
        ({"threads": []}, ""),
        ({"threads": [{"said": "旧版本的会话"}]}, ""),
        ({"threads": "坏的"}, ""),
        ({"threads": ["坏的"]}, ""),
        (None, ""),
        ("坏的", ""),
    ],
)
def test_the_latest_thread_is_what_the_conversation_is_about(guidance: object, wish: str) -> None:
    assert earlier_wish(guidance) == wish


def test_nlu_hears_of_it_and_the_message_keeps_its_own_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[dict[str, Any]] = []

    async def parse(self: MessageProcessor, message: UserMessage, *_: object) -> dict[str, Any]:
        heard.append(dict(message.metadata or {}))
        return {}

    monkeypatch.setattr(MessageProcessor, "parse_message", parse)
    tracker = DialogueStateTracker("u", [AnySlot("guidance", mappings=[{"type": "custom"}])])
    tracker.update(SlotSet("guidance", TALKED))
    message = UserMessage("归哪个局", metadata={"region": "changle"})
    processor = ContextProcessor.__new__(ContextProcessor)
    asyncio.run(processor.parse_message(message, tracker))
    asyncio.run(processor.parse_message(UserMessage("你好")))
    asyncio.run(processor.parse_message(UserMessage('/choose{"payload":"restart:"}'), tracker))
    assert heard == [{"region": "changle", EARLIER: "残疾证怎么办"}, {EARLIER: ""}, {EARLIER: ""}]
    assert message.metadata == {"region": "changle"}


def test_agents_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa.core.agent, "MessageProcessor", MessageProcessor)
    use_context()
    assert rasa.core.agent.MessageProcessor is ContextProcessor
