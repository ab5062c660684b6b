"""What the processor tells NLU of the conversation, and that it leaves the message as it was."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import Any

import pytest
import rasa.core.agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
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

    def parse(self: MessageProcessor, message: UserMessage, *_: object) -> dict[str, Any]:
        heard.append(dict(message.metadata or {}))
        return {}

    monkeypatch.setattr(MessageProcessor, "_parse_message_with_graph", parse)
    monkeypatch.setattr(MessageProcessor, "__init__", lambda self: setattr(self, "action_endpoint", None))
    tracker = DialogueStateTracker("u", [AnySlot("guidance", mappings=[{"type": "custom"}])])
    tracker.update(SlotSet("guidance", TALKED))
    message = UserMessage("归哪个局", metadata={"region": "changle"})
    processor = ContextProcessor()
    asyncio.run(processor.parse_message(message, tracker))
    asyncio.run(processor.parse_message(UserMessage("你好")))
    asyncio.run(processor.parse_message(UserMessage('/choose{"payload":"restart:"}'), tracker))
    assert heard == [{"region": "changle", EARLIER: "残疾证怎么办"}, {EARLIER: ""}, {EARLIER: ""}]
    assert message.metadata == {"region": "changle"}


def test_agents_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa.core.agent, "MessageProcessor", MessageProcessor)
    use_context()
    assert rasa.core.agent.MessageProcessor is ContextProcessor


def test_two_messages_are_read_at_a_time_and_the_loop_stays_free(monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2, timeout=10)

    def parse(self: MessageProcessor, message: UserMessage, *_: object) -> dict[str, Any]:
        both.wait()
        return {"text": message.text}

    monkeypatch.setattr(MessageProcessor, "_parse_message_with_graph", parse)
    monkeypatch.setattr(MessageProcessor, "__init__", lambda self: setattr(self, "action_endpoint", None))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    processor = ContextProcessor()

    async def two() -> list[dict[str, Any]]:
        return await asyncio.gather(*(processor.parse_message(UserMessage(text)) for text in "甲乙"))

    assert asyncio.run(two()) == [{"text": "甲"}, {"text": "乙"}]


def test_rules_name_the_action_and_an_answer_ends_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa's own processor is asked before the answer, and not after it."""
    monkeypatch.setattr(MessageProcessor, "__init__", lambda self: setattr(self, "action_endpoint", None))
    domain = Domain.from_yaml("intents: [greet]\nactions: [action_guide]")
    asked: list[str] = []

    def ask(self: MessageProcessor, tracker: DialogueStateTracker) -> PolicyPrediction:
        asked.append(tracker.latest_action_name or "")
        return PolicyPrediction.for_action_name(domain, "action_guide")

    monkeypatch.setattr(MessageProcessor, "_predict_next_with_tracker", ask)
    processor = ContextProcessor()
    processor.domain, processor.max_number_of_predictions = domain, 10
    tracker = DialogueStateTracker("u", [])
    tracker.update_with_events([ActionExecuted("action_listen"), UserUttered("你好")], domain)
    action, prediction = processor.predict_next_with_tracker_if_should(tracker)
    assert action is processor.action
    processor._log_action_on_tracker(tracker, action, [SlotSet("guidance", {}), BotUttered("好")], prediction)
    assert [type(event).__name__ for event in tracker.events][2:] == [
        "ActionExecuted",
        "SlotSet",
        "BotUttered",
    ]
    action, _ = processor.predict_next_with_tracker_if_should(tracker)
    assert action.name() == "action_listen" and asked == ["action_listen"]
