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
from actions.service import DeskService, Service, Turn
from actions.state import State, from_slot, to_slot
from actions.wording import say
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.office_reader import places_folder, with_offices

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _conversation() -> Conversation:
    return Conversation(with_offices(load_catalogue(), places_folder()))


class ActionGuide(Action):
    """Answers every message; `conversation` and `service` can be given for tests."""

    def __init__(
        self, conversation: Callable[[], Conversation] = _conversation, service: Service | None = None
    ) -> None:
        self._conversation = conversation
        self._service = service or DeskService()

    def name(self) -> str:
        """Name of the action in the domain."""
        return "action_guide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Utters text with buttons and the card; keeps the state in the slot `guidance`."""
        conversation = self._conversation()
        message: dict[str, Any] = tracker.latest_message or {}
        metadata: dict[str, Any] = message.get("metadata") or {}
        heard = from_message(message, metadata)
        state = from_slot(tracker.get_slot("guidance"))
        channel, contact = tracker.get_latest_input_channel() or "", str(metadata.get("contact") or "")
        turn = Turn(tracker.sender_id, heard, channel, contact, state)
        try:
            reply, after = self._answer(conversation, turn)
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

    def _answer(self, conversation: Conversation, turn: Turn) -> tuple[Reply, State]:
        """The service's reply where a person has the conversation, else the dialogue's with what the service adds."""
        silent = self._service.before(turn)
        if silent is not None:
            return silent, turn.state
        reply, after = conversation(turn.state, turn.heard)
        return self._service.after(turn, reply, after), after


def _utter(dispatcher: CollectingDispatcher, catalogue: Catalogue, reply: Reply) -> None:
    card = to_card(reply, catalogue)
    buttons = [{"title": option["label"], "payload": option["payload"]} for option in card["options"]]
    dispatcher.utter_message(text=reply.text, buttons=buttons, json_message=card)
