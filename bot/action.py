"""The one action as Rasa runs it: in this process, or on an action server where one is given (docs/adr/0019)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import Action, RemoteAction, create_bot_utterance
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from actions.responder import ACTION, Given, Responder

THREADS = 4
_ANSWER = Draft202012Validator(RemoteAction.action_response_format_spec())


class OwnAction(Action):
    """Answers in this process, on a thread: a desk that hangs keeps nobody else waiting."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder
        self._threads = ThreadPoolExecutor(THREADS, "answer")

    def name(self) -> str:
        """Name of the action in the domain."""
        return ACTION

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """The same events that Rasa makes of the action server's answer."""
        heard = tracker.latest_message
        given = Given(
            sender=tracker.sender_id,
            message=heard.parse_data if heard else {},
            channel=tracker.get_latest_input_channel() or "",
            guidance=tracker.get_slot("guidance"),
        )
        uttered = await asyncio.get_running_loop().run_in_executor(self._threads, self._responder, given)
        message = {"text": uttered.text, "buttons": uttered.buttons, "custom": uttered.card}
        slots = [SlotSet(name, value) for name, value in uttered.slots.items()]
        return [create_bot_utterance(message), *slots]


class ServedAction(RemoteAction):
    """Asks the action server. Rasa checks the schema itself with every answer, for 14 ms: here it is compiled once."""

    def _validate_action_result(self, result: Mapping[str, Any]) -> bool:
        _ANSWER.validate(result)
        return True


def make_action(endpoint: EndpointConfig | None, responder: Responder) -> Action:
    """The action server's action where the endpoint has an address, else our own."""
    return ServedAction(ACTION, endpoint) if endpoint and endpoint.url else OwnAction(responder)
