"""The action: reads the tracker, calls one pure function, utters, returns events."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.dialogue import Conversation
from actions.heard import from_message
from actions.reply import Reply, to_card
from actions.state import from_slot, to_slot
from actions.wording import say
from knowledge.catalogue import Catalogue, load_catalogue

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _conversation() -> Conversation:
    return Conversation(load_catalogue())


class ActionGuide(Action):
    """Answers every message; `conversation` can be given for tests."""

    def __init__(self, conversation: Callable[[], Conversation] = _conversation) -> None:
        self._conversation = conversation

    def name(self) -> str:
        """Name of the action in the domain."""
        return "action_guide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Utters text with buttons and the card; keeps the state in the slot `guidance`."""
        conversation = self._conversation()
        message: dict[str, Any] = tracker.latest_message or {}
        heard = from_message(message, message.get("metadata") or {})
        state = from_slot(tracker.get_slot("guidance"))
        try:
            reply, after = conversation(state, heard)
        except Exception:
            # The edge: whatever went wrong, the citizen gets a polite answer and the conversation stays.
            logger.exception("action_guide failed")
            reply, after = Reply(kind="error", text=say("error")), state
        _utter(dispatcher, conversation.catalogue, reply)
        return [
            SlotSet("guidance", to_slot(after)),
            SlotSet("region", after.region),
            SlotSet("audience", after.audience),
        ]


def _utter(dispatcher: CollectingDispatcher, catalogue: Catalogue, reply: Reply) -> None:
    card = to_card(reply, catalogue)
    buttons = [{"title": option["label"], "payload": option["payload"]} for option in card["options"]]
    dispatcher.utter_message(text=reply.text, buttons=buttons, json_message=card)
