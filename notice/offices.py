"""What a notice says of real offices: the operator's facility directory for its steps, with the day of the check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.office import Office
from notice.wording import say

# A place such as a police station stands for many offices; a sheet to hand out names a few.
MOST = 12


def office_lines(catalogue: Catalogue, matters: Sequence[Matter], today: date) -> list[str]:
    """A line an office with the steps that it is for, and one that says whose word it is; empty where none is known."""
    steps: dict[Office, list[int]] = {}
    for number, matter in enumerate(matters, 1):
        # Where the matter is done, and whom to ring about it.
        known = (*catalogue.offices_for(matter, today), *catalogue.offices_to_ring(matter, today))
        for office in dict.fromkeys(known):
            steps.setdefault(office, []).append(number)
    if not steps:
        return []
    lines = [_line(office, steps[office]) for office in list(steps)[:MOST]]
    left = [office.name for office in list(steps)[MOST:]]
    if left:
        lines.append(say("offices.more", count=len(left), names="、".join(left)))
    return [*lines, say("offices.source", day=_days(list(steps)))]


def _line(office: Office, numbers: Sequence[int]) -> str:
    cells = {"address": office.address, "phone": "、".join(office.phones), "hours": office.hours}
    told = [say(f"offices.{name}", value=value) for name, value in cells.items() if value]
    details = "；".join([*told, *filter(None, [office.note])])
    which = say("unsaid.some", numbers="、".join(map(str, numbers)))
    return say("offices.line", which=which, name=office.name, details=details)


def _days(offices: Sequence[Office]) -> str:
    """The day of the check, or the first and the last where they differ."""
    days = sorted({office.checked_on for office in offices})
    spoken = [say("date", year=day.year, month=day.month, day=day.day) for day in (days[0], days[-1])]
    return say("offices.days", first=spoken[0], last=spoken[1]) if len(days) > 1 else spoken[0]
