"""Rasa's message processor, which tells NLU what the conversation is about, and answers in this process.

"办下来每月还有补的钱没有" means nothing without the words before it. Rasa's NLU components see one message only, so the
processor, which holds the tracker, hands them the last wish in the message's metadata (docs/adr/0011). It also gives
Rasa our own action, so that no message has to travel to another process (docs/adr/0019).
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import rasa.core.agent
from rasa.core.actions.action import Action
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from actions.responder import ACTION, Responder
from bot.action import OwnAction, make_action
from bot.components.semantic_guide import EARLIER, GUIDANCE
from bot.planned_runner import PlannedRunner

MOST_READERS = 4


def earlier_wish(guidance: Any) -> str:
    """What the latest thread of a conversation's state is about, in words; empty where nothing was talked about."""
    threads = guidance.get("threads") if isinstance(guidance, dict) else None
    latest = threads[-1] if isinstance(threads, list) and threads else None
    return str(latest.get("about") or "") if isinstance(latest, dict) else ""


class ContextProcessor(MessageProcessor):
    """Parses messages in the light of what was talked about, several at a time; runs our action."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As Rasa makes it; raises CatalogueError where answers are made here and the catalogue cannot be loaded."""
        super().__init__(*arguments, **named)
        self._readers = ThreadPoolExecutor(min(MOST_READERS, os.cpu_count() or 1), "nlu")
        responder = Responder()
        self.action = make_action(self.action_endpoint, responder)
        if isinstance(self.action, OwnAction):
            responder.load()

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        name, metadata, runner = MessageProcessor._load_model(model_path)
        return name, metadata, PlannedRunner(runner)

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """What the rules say, with our action under its name."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return (self.action if action.name() == ACTION else action), prediction

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        """An answer ends the turn: the rules all say so, and need not be asked."""
        if tracker.latest_action_name == ACTION:
            return PolicyPrediction.for_action_name(self.domain, ACTION_LISTEN_NAME)
        return super()._predict_next_with_tracker(tracker)

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        """As Rasa does for actions that reject nothing, without deep copies of events for lines that nobody logs."""
        done = action.event_for_successful_execution(prediction)
        tracker.update_with_events([*prediction.events, done, *(events or [])], self.domain)

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """NLU's result for the message; its metadata are afterwards as they were, so that nothing is stored twice.

        Encoder, search and DIET compute outside of Python's lock for more than half of their time: on threads, two
        conversations use two cores, and the event loop stays free. Nothing of NLU changes once it is loaded.
        """
        given = message.metadata
        # A tap says by itself what it means: reading it once more would be work for nothing.
        tapped = (message.text or "").startswith(INTENT_MESSAGE_PREFIX)
        earlier = earlier_wish(tracker.get_slot(GUIDANCE)) if tracker and not tapped else ""
        message.metadata = {**(given or {}), EARLIER: earlier}
        known = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        parse, loop = self._parse_message_with_graph, asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._readers, parse, message, known, only_output_properties)
        finally:
            message.metadata = given


def use_context() -> None:
    """Makes agents that are loaded from now on use this processor; Rasa 3.6 offers no setting for it."""
    rasa.core.agent.MessageProcessor = ContextProcessor
