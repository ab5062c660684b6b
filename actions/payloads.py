"""What a tapped option sends back."""

from __future__ import annotations

_TAP = '/choose{{"payload":"{}"}}'


def tap(choice: str) -> str:
    """The message behind a choice such as `matter:zhoucun.individual.49`."""
    return _TAP.format(choice)
