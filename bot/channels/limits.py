"""How often one session and one address may ask."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Iterable

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.channels import wording
from bot.channels.refusal import Refused

Rate = Iterable[RateLimitItem]


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that an IPv6 household has."""
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


class Limits:
    """Counts in memory only: who asked how often is kept nowhere."""

    def __init__(self, session_rate: Rate, address_rate: Rate) -> None:
        self._rates = {"session": tuple(session_rate), "address": tuple(address_rate)}
        # The limiter itself holds its storage weakly.
        self._counted = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._counted)

    def count_session(self, conversation: str) -> None:
        """Counts a message of a session; raises Refused (429) where it was one too many."""
        self._count("session", conversation, wording.TOO_FAST)

    def count_address(self, address: str) -> None:
        """Counts a request of an address; raises Refused (429) where it was one too many."""
        self._count("address", network(address), wording.TOO_MANY_HERE)

    def _count(self, what: str, key: str, sorry: str) -> None:
        for rate in self._rates[what]:
            if not self._limiter.hit(rate, what, key):
                reset_at, _ = self._limiter.get_window_stats(rate, what, key)
                seconds = max(1, math.ceil(reset_at - time.time()))
                raise Refused(429, sorry.format(seconds=seconds), seconds)
