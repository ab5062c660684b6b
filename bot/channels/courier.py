"""Couriers bring what a person at the desk says to citizens whose channel cannot ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Delivery:
    """What came of it, and how the person at the desk is told."""

    sent: bool
    told: str


class Courier(Protocol):
    """Brings texts into conversations of the channels that it knows."""

    async def bring(self, channel: str, conversation: str, text: str) -> Delivery | None:
        """Sends the text, or keeps it for the conversation's next message; None where the channel asks by itself."""

    async def bring_end(self, channel: str, conversation: str) -> Delivery | None:
        """Tells the citizen that the person has left; None where the channel asks by itself."""
