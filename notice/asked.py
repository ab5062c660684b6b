"""What an address asks for: a subject and a format, read from its path and query, with limits."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from knowledge.catalogue import Catalogue
from notice.errors import Unreadable
from notice.subject import Subject, check_format, matters_subject, scenario_subject
from notice.wording import say

LONGEST_QUERY = 2000
MOST_PARAMETERS = 40
MATTERS = "matters"
# Messengers and counters add these to links that people share; they say nothing about a notice.
ADDED_BY_OTHERS = frozenset(
    {
        *("from", "isappinstalled", "scene", "clicktime", "enterid", "nsukey", "wxshare_count"),
        *("utm_source", "utm_medium", "utm_campaign", "spm"),
    }
)


@dataclass(frozen=True)
class Asked:
    """A notice that somebody wants, in a format."""

    subject: Subject
    format: str


def read(catalogue: Catalogue, region: str, scenario: str | None, query: str) -> Asked:
    """Reads `/notice/REGION[/SCENARIO][.FORMAT]?QUERY`; the last part of the path carries the format.

    Raises Unknown where the catalogue lacks a part, Unreadable where the query cannot be one of a notice.
    """
    last = region if scenario is None else scenario
    name, dot, ending = unquote(last).partition(".")
    format = check_format(ending) if dot else "html"
    given = parameters(query)
    if scenario is not None:
        return Asked(scenario_subject(catalogue, unquote(region), name, given), format)
    for parameter in given:
        if parameter != MATTERS:
            raise Unreadable(say("refused.parameter", name=parameter[:40]))
    return Asked(matters_subject(catalogue, name, given.get(MATTERS, "").split(",")), format)


def parameters(query: str) -> dict[str, str]:
    """The parameters of an address, without what messengers add; raises Unreadable where one is doubled or too long."""
    if len(query) > LONGEST_QUERY:
        raise Unreadable(say("refused.too_long"))
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise Unreadable(say("refused.too_long")) from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in ADDED_BY_OTHERS:
            continue
        if name in found:
            raise Unreadable(say("refused.twice", name=name[:40]))
        found[name] = value
    return found
