"""What the operator's facility directory adds to an answer: offices, with the day they were checked and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.day import china_today
from knowledge.matter import Matter
from knowledge.office import Office

ASPECTS = ("place", "phone", "address", "hours")
# A place such as a police station stands for many offices; the rest are named without their details.
SHOWN = 5


def offices_known(catalogue: Catalogue, matter: Matter, aspect: str = "place") -> tuple[Office, ...]:
    """Offices that answer an aspect of the matter: where it is done (place), where that is, when it is open, whom to ring."""
    if aspect == "phone":
        return catalogue.offices_to_ring(matter, china_today())
    if aspect not in ASPECTS:
        return ()
    return tuple(o for o in catalogue.offices_for(matter, china_today()) if office_values([o], aspect))


def office_values(offices: Sequence[Office], aspect: str) -> tuple[str, ...]:
    """Names (place), addresses, hours or telephone numbers of the offices, each once."""
    found: list[str] = []
    for office in offices:
        single = {"place": office.name, "address": office.address, "hours": office.hours}
        found += office.phones if aspect == "phone" else filter(None, [single[aspect]])
    return tuple(dict.fromkeys(found))


def office_lines(catalogue: Catalogue, matters: Sequence[Matter], aspect: str = "place") -> list[str]:
    """A line an office, and one that says whose word it is and of which day; empty where no office is known."""
    serving: dict[Office, list[Matter]] = {}
    for matter in matters:
        for office in offices_known(catalogue, matter, aspect):
            serving.setdefault(office, []).append(matter)
    if not serving:
        return []
    offices = list(serving)
    lines = []
    for office in offices[:SHOWN]:
        served = serving[office]
        titles = "、".join(f"“{matter.title}”" for matter in served) if len(served) < len(matters) else ""
        key = "office.line_for" if titles else "office.line"
        lines.append(say(key, name=office.name, details="；".join(_details(office)), titles=titles))
    left = [office.name for office in offices[SHOWN:]]
    if left:
        lines.append(say("office.more", count=len(left), names="、".join(left)))
    return [*lines, say("office.source", day=_days(offices))]


def _details(office: Office) -> list[str]:
    cells = {"address": office.address, "phone": "、".join(office.phones), "hours": office.hours}
    told = [say(f"office.{name}", value=value) for name, value in cells.items() if value]
    return [*told, office.note] if office.note else told


def _days(offices: Sequence[Office]) -> str:
    """The day of the check, or the first and the last where they differ."""
    days = sorted({office.checked_on for office in offices})
    return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in dict.fromkeys((days[0], days[-1])))


def office_cards(catalogue: Catalogue, matter: Matter) -> list[dict[str, Any]]:
    """The offices where a matter is done, as a step of the card has them beside the printed places."""
    return [
        {
            "name": office.name,
            "address": office.address or None,
            "phones": list(office.phones),
            "hours": office.hours or None,
            "latitude": office.position[0] if office.position else None,
            "longitude": office.position[1] if office.position else None,
            "note": office.note or None,
            "valid_from": office.valid_from.isoformat(),
            "valid_until": office.valid_until.isoformat() if office.valid_until else None,
            "checked_on": office.checked_on.isoformat(),
        }
        for office in offices_known(catalogue, matter)
    ]
