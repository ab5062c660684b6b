"""The portal's settings, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from limits import RateLimitItem, parse_many

from notice.address import public_base

# A quick tapper stays below the first; the second is a whole service hall, or a mobile network, behind one address.
SESSION_RATE = "40/minute;400/hour"
ADDRESS_RATE = "1200/minute;30000/hour"


@dataclass(frozen=True)
class PortalSettings:
    """Foreign sites that may show the chat, proxies in front that are trusted, how often one may ask."""

    widget_origins: frozenset[str] = frozenset()
    proxies: int = 0
    tls: bool = False
    session_rate: tuple[RateLimitItem, ...] = tuple(parse_many(SESSION_RATE))
    address_rate: tuple[RateLimitItem, ...] = tuple(parse_many(ADDRESS_RATE))
    public_url: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> PortalSettings:
        """YILIANBAN_WIDGET_ORIGINS, _PROXIES, _TLS, _SESSION_RATE, _ADDRESS_RATE, _PUBLIC_URL.

        Raises ValueError with the name of the one that cannot be used.
        """
        public = environment.get("YILIANBAN_PUBLIC_URL")
        return cls(
            widget_origins=_origins(environment.get("YILIANBAN_WIDGET_ORIGINS", "")),
            proxies=_count("YILIANBAN_PROXIES", environment.get("YILIANBAN_PROXIES") or "0"),
            tls=_switch("YILIANBAN_TLS", environment.get("YILIANBAN_TLS") or "0"),
            session_rate=_rate(
                "YILIANBAN_SESSION_RATE", environment.get("YILIANBAN_SESSION_RATE") or SESSION_RATE
            ),
            address_rate=_rate(
                "YILIANBAN_ADDRESS_RATE", environment.get("YILIANBAN_ADDRESS_RATE") or ADDRESS_RATE
            ),
            public_url=_address("YILIANBAN_PUBLIC_URL", public) if public else None,
        )


def _origins(given: str) -> frozenset[str]:
    name = "YILIANBAN_WIDGET_ORIGINS"
    origins = frozenset(_address(name, part.strip()) for part in given.split(",") if part.strip())
    for origin in origins:
        if origin.count("/") != 2:
            raise ValueError(f"{name}={origin}")
    return origins


def _address(name: str, given: str) -> str:
    try:
        return public_base(given)
    except ValueError:
        raise ValueError(f"{name}={given}") from None


def _count(name: str, given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) > 9:
        raise ValueError(f"{name}={given}")
    return int(given)


def _switch(name: str, given: str) -> bool:
    if given not in ("0", "1"):
        raise ValueError(f"{name}={given}")
    return given == "1"


def _rate(name: str, given: str) -> tuple[RateLimitItem, ...]:
    try:
        return tuple(parse_many(given))
    except ValueError:
        raise ValueError(f"{name}={given}") from None
