"""What clerks see of conversations: the inbox, and one conversation with what the assistant understood of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.channels.desk_session import Clerk
from bot.channels.history import Entry
from bot.channels.incoming import payload
from desk.desk import Desk
from desk.handoff import Handoff
from knowledge.catalogue import Catalogue
from pages.address import scenario_path
from pages.desk_chain import desk_path

MOST_ENTRIES = 60
MOST_UNDERSTOOD = 3
MOST_CANDIDATES = 4


def inbox(desk: Desk, catalogue: Catalogue, clerk: Clerk) -> dict[str, Any]:
    """All hand-offs by who has them; who the citizen is stays unknown."""
    groups: dict[str, list[dict[str, Any]]] = {"waiting": [], "mine": [], "others": [], "ended": []}
    for handoff in [*desk.handoffs.in_state(), *desk.handoffs.ended()]:
        group: str = handoff.state
        if handoff.state == "taken":
            group = "mine" if handoff.by == clerk.name else "others"
        groups[group].append(line(desk, catalogue, handoff))
    return {"open": desk.is_open, "hours": str(desk.hours), **groups}


def line(desk: Desk, catalogue: Catalogue, handoff: Handoff) -> dict[str, Any]:
    """One hand-off in the inbox; `last` grows with every message."""
    messages = desk.handoffs.messages(handoff.id) if handoff.state == "taken" else []
    return {
        "id": handoff.id,
        "state": handoff.state,
        "channel": handoff.channel,
        "region": handoff.region,
        "title": title_of(catalogue, handoff.scenario),
        "text": handoff.text,
        "urgent": handoff.urgent,
        "by": handoff.by,
        "wished_at": handoff.wished_at,
        "place": desk.handoffs.place(handoff),
        "last": messages[-1].n if messages else 0,
        "author": messages[-1].author if messages else "",
    }


def conversation(
    desk: Desk,
    catalogue: Catalogue,
    clerk: Clerk,
    handoff: Handoff,
    entries: Sequence[Entry],
    events: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """One conversation: everything said as far as it is still known, and what the assistant made of it."""
    said = [{"author": e.author, "text": e.text, "at": e.at, "name": e.name} for e in entries]
    if not said:
        said = [
            {"author": m.author, "text": m.text, "at": m.at, "name": m.name or None}
            for m in desk.handoffs.messages(handoff.id)
        ]
    mine = handoff.state == "taken" and handoff.by == clerk.name
    return {
        **line(desk, catalogue, handoff),
        "mine": mine,
        "contact": handoff.contact if mine else "",
        "entries": said[-MOST_ENTRIES:],
        "understood": understood(catalogue, events),
        "chain": suggested(catalogue, handoff),
    }


def understood(catalogue: Catalogue, events: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The last messages with their likeliest candidates; one is `kept` where the answer was made of it."""
    found: list[dict[str, Any]] = []
    for event in events:
        if event["event"] == "user":
            guidance = (event.get("parse_data") or {}).get("guidance") or {}
            text = event.get("text") or ""
            if guidance.get("targets") and payload(text) is None:
                found.append({"text": text, "outside": round(float(guidance.get("outside", 0.0)), 3)})
                found[-1]["candidates"] = [
                    _candidate(catalogue, row) for row in guidance["targets"][:MOST_CANDIDATES]
                ]
        elif event["event"] == "bot" and found and "kept" not in found[-1]:
            found[-1]["kept"] = _kept((event.get("data") or {}).get("custom") or {}, catalogue)
    for one in found:
        kept = one.pop("kept", set())
        for candidate in one["candidates"]:
            candidate["kept"] = candidate["id"] in kept
    return found[-MOST_UNDERSTOOD:]


def _candidate(catalogue: Catalogue, row: Sequence[Any]) -> dict[str, Any]:
    name = str(row[0])
    return {"id": name, "title": title_of(catalogue, name), "probability": round(float(row[2]), 3)}


def _kept(card: Mapping[str, Any], catalogue: Catalogue) -> set[str]:
    """The targets that a card answers."""
    if card.get("kind") not in ("chain", "matter", "slot"):
        return set()
    scenario = (card.get("scenario") or {}).get("id")
    matters = [step["matter_id"] for step in card.get("steps", ())] if card["kind"] != "chain" else []
    concepts = {concept for matter in matters for concept in catalogue.concepts_of(matter)}
    return {scenario, *matters, *concepts} - {None}


def suggested(catalogue: Catalogue, handoff: Handoff) -> str:
    """The desk's address of the chain that was talked about; empty where there is none in the region."""
    if handoff.scenario not in catalogue.scenarios or handoff.region not in catalogue.regions:
        return ""
    if not catalogue.chain(handoff.scenario, handoff.region).steps:
        return ""
    return desk_path(scenario_path(handoff.region, handoff.scenario))


def title_of(catalogue: Catalogue, target: str) -> str:
    """What a target is called; its id where the catalogue does not know it."""
    if target in catalogue.scenarios:
        return catalogue.scenarios[target].title
    if target in catalogue.concepts:
        return catalogue.concepts[target].title
    return catalogue.matters[target].title if target in catalogue.matters else target
