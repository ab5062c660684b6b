"""What came back: the messages of one reply, read into one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SCHEMA = "reply/1"
# Where a reply has several cards, the first that answers from the lists is the one that counts.
_ANSWERING = ("chain", "matter", "slot", "list", "compare", "refuse")

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """The card that counts, and what all cards and texts of the reply show."""

    card: Mapping[str, Any]
    text: str
    steps: tuple[str, ...]
    options: tuple[str, ...]
    conditions: Mapping[str, str | None]

    @property
    def has_card(self) -> bool:
        """Whether there was a card at all."""
        return bool(self.card)

    @property
    def kind(self) -> str | None:
        """The card's kind; None where there is no card."""
        return self.card.get("kind")

    @property
    def not_given(self) -> bool:
        """Whether the card says that the list does not state what was asked for."""
        return (self.card.get("slot") or {}).get("given") is False

    @property
    def confidence(self) -> float | None:
        """How sure the assistant says it is."""
        value = self.card.get("confidence")
        return None if value is None else float(value)

    @property
    def scenario(self) -> str | None:
        """Id of the scenario that was recognised."""
        return (self.card.get("scenario") or {}).get("id")


def _steps_of(card: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    compared = [step for entry in card.get("comparison") or () for step in entry.get("steps") or ()]
    return [*(card.get("steps") or ()), *compared]


def read_reply(messages: Sequence[Message] | None) -> Reply:
    """One reply from the messages that the REST channel sent."""
    sent = [message.get("custom") for message in messages or ()]
    cards = [card for card in sent if isinstance(card, dict) and card.get("schema") == SCHEMA]
    main = next((card for card in cards if card.get("kind") in _ANSWERING), cards[-1] if cards else {})
    shown = [step.get("matter_id") for card in cards for step in _steps_of(card)]
    offered = [option.get("matter_id") for card in cards for option in card.get("options") or ()]
    return Reply(
        card=main,
        text=" ".join(message.get("text") or "" for message in messages or ()),
        steps=tuple(dict.fromkeys(str(matter) for matter in shown)),
        options=tuple(matter for matter in offered if matter),
        conditions={
            step.get("matter_id"): step.get("condition") for card in cards for step in card.get("steps") or ()
        },
    )
