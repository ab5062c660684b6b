"""Addresses of notices: the same chain, with the same conditions, has one address. Needs nothing but names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
_HOST_ALONE = re.compile(_HOST)
_PUBLIC = re.compile(rf"https?://{_HOST}(?:/[A-Za-z0-9._~/-]*)?")
PREFIX = "/notice"
FORMATS = ("html", "pdf", "docx")


def public_base(address: str) -> str:
    """The public address of the assistant as links begin with it, without a slash at its end.

    Raises ValueError where it is no http or https address.
    """
    if not _PUBLIC.fullmatch(address):
        raise ValueError(address)
    return address.rstrip("/")


def host_base(scheme: str, host: str) -> str:
    """The same from a request's own scheme and host; raises ValueError where the host is none."""
    if not _HOST_ALONE.fullmatch(host):
        raise ValueError(host)
    return f"{'https' if scheme == 'https' else 'http'}://{host}"


def scenario_path(region: str, scenario: str, facts: Mapping[str, str], format: str = "") -> str:
    """The path of a scenario's notice, with the conditions chosen (condition → value); no format means HTML."""
    query = urlencode(sorted(facts.items()))
    return f"{PREFIX}/{quote(region)}/{quote(scenario)}{_ending(format)}{'?' + query if query else ''}"


def matters_path(region: str, matters: Iterable[str], format: str = "") -> str:
    """The path of a notice about single matters, by their ids."""
    return f"{PREFIX}/{quote(region)}{_ending(format)}?matters={','.join(map(quote, matters))}"


def _ending(format: str) -> str:
    return f".{format}" if format else ""
