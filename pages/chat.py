"""The chat as a plain page: everything said so far, and a form for the next message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.catalogue import Catalogue
from knowledge.matter import AUDIENCES
from pages.address import CHAT, scenario_path
from pages.page import Link, Page
from pages.wording import say

MOST_SHOWN = 60


@dataclass(frozen=True)
class Said:
    """One thing said, with what its card adds: links, and options that a tap sends; `name` is a clerk's for citizens."""

    author: str
    text: str
    links: tuple[Link, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Form:
    """What the form carries: the session's token, a name for the next message, what was picked, typed or went wrong."""

    token: str
    message: str
    region: str = ""
    audience: str = ""
    text: str = ""
    problem: str = ""


def chat_page(
    catalogue: Catalogue,
    entries: Sequence[Mapping[str, Any]],
    form: Form,
    handoff: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Page:
    """The conversation so far (entries of the message API) and the form."""
    shown = [_said(catalogue, entry) for entry in entries[-MOST_SHOWN:]]
    return Page(
        "chat.html.jinja",
        say("chat.title"),
        CHAT,
        {
            "entries": shown,
            "options": shown[-1].options if shown else (),
            "form": form,
            "handoff": say(f"chat.{handoff['state']}", place=handoff["place"]) if handoff else "",
            "audiences": tuple((audience, say(f"audience.{audience}")) for audience in AUDIENCES),
        },
        description=say("chat.intro"),
        region=form.region,
        indexed=False,
        status=status,
    )


def _said(catalogue: Catalogue, entry: Mapping[str, Any]) -> Said:
    card = entry.get("card") or {}
    options = tuple((option["label"], option["payload"]) for option in card.get("options", ()))
    return Said(
        entry["author"], entry["text"], tuple(_links(catalogue, card)), options, entry.get("name") or ""
    )


def _links(catalogue: Catalogue, card: Mapping[str, Any]) -> list[Link]:
    """The chain's own page, and the documents of a notice."""
    found = []
    region, scenario = card.get("region"), card.get("scenario")
    if card.get("kind") == "chain" and region and scenario and scenario["id"] in catalogue.scenarios:
        found.append(
            Link(say("chat.page", title=scenario["title"]), scenario_path(region["id"], scenario["id"]))
        )
    for format, path in (card.get("notice") or {}).items():
        found.append(Link(say(f"notice.{format}"), path))
    return found
