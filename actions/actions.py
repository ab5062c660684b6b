"""The action on an action server of its own: reads rasa_sdk's tracker, utters, returns events."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.responder import ACTION, Given, Responder


class ActionGuide(Action):
    """Answers every message; the responder can be given for tests."""

    def __init__(self, responder: Responder | None = None) -> None:
        self._responder = responder or Responder()

    def name(self) -> str:
        """Name of the action in the domain."""
        return ACTION

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Utters text with buttons and the card; keeps the state in the slot `guidance`."""
        uttered = self._responder(
            Given(
                sender=tracker.sender_id,
                message=tracker.latest_message or {},
                channel=tracker.get_latest_input_channel() or "",
                guidance=tracker.get_slot("guidance"),
            )
        )
        dispatcher.utter_message(text=uttered.text, buttons=uttered.buttons, json_message=dict(uttered.card))
        return [SlotSet(name, value) for name, value in uttered.slots.items()]
