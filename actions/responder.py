"""Answers one message as Rasa hands it over: what both adapters to Rasa share, free of rasa and rasa_sdk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from actions.dialogue import Conversation
from actions.heard import from_message
from actions.reply import Reply, to_card
from actions.service import DeskService, Service, Turn
from actions.state import State, from_slot, to_slot
from actions.wording import say
from knowledge.catalogue import load_catalogue
from knowledge.office_reader import places_folder, with_offices

ACTION = "action_guide"
"""Name of the action in the domain."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Given:
    """What is read from a tracker: the sender, NLU's result for the latest message, its channel, the slot `guidance`."""

    sender: str
    message: Mapping[str, Any]
    channel: str = ""
    guidance: Any = None


@dataclass(frozen=True)
class Uttered:
    """What goes back: one message with buttons and card, and the slots to set."""

    text: str
    card: Mapping[str, Any]
    slots: Mapping[str, Any]
    buttons: list[dict[str, str]] = field(default_factory=list)


@lru_cache(maxsize=1)
def shared_conversation() -> Conversation:
    """The process's one dialogue, with the catalogue loaded; raises CatalogueError."""
    return Conversation(with_offices(load_catalogue(), places_folder()))


class Responder:
    """Answers every message; `conversation` and `service` can be given for tests. Several threads may call it."""

    def __init__(
        self, conversation: Callable[[], Conversation] = shared_conversation, service: Service | None = None
    ) -> None:
        self._conversation = conversation
        self._service = service or DeskService()

    def load(self) -> None:
        """Loads now what the first message would wait for; raises CatalogueError."""
        self._conversation()

    def __call__(self, given: Given) -> Uttered:
        """The reply; an error's own reply, with the state as it was, where something went wrong."""
        conversation = self._conversation()
        metadata: Mapping[str, Any] = given.message.get("metadata") or {}
        state = from_slot(given.guidance)
        heard = from_message(given.message, metadata)
        turn = Turn(given.sender, heard, given.channel, str(metadata.get("contact") or ""), state)
        try:
            reply, after = self._answer(conversation, turn)
        except Exception:
            # The edge: whatever went wrong, the citizen gets a polite answer and the conversation stays.
            logger.exception("%s failed", ACTION)
            reply, after = Reply(kind="error", text=say("error")), state
        card = to_card(reply, conversation.catalogue)
        return Uttered(
            text=reply.text,
            card=card,
            slots={"guidance": to_slot(after), "region": after.region, "audience": after.audience},
            buttons=[{"title": option["label"], "payload": option["payload"]} for option in card["options"]],
        )

    def _answer(self, conversation: Conversation, turn: Turn) -> tuple[Reply, State]:
        """The service's reply where a person has the conversation, else the dialogue's with what the service adds."""
        silent = self._service.before(turn)
        if silent is not None:
            return silent, turn.state
        reply, after = conversation(turn.state, turn.heard)
        return self._service.after(turn, reply, after), after
