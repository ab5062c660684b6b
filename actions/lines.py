"""Single lines of an answer: how one matter is told in text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.facilities import office_lines
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import ONLINE, Matter
from knowledge.scenario import ChainStep


def names(values: Iterable[str]) -> str:
    """Names in a row."""
    return "、".join(values)


def where_to_ask(matter: Matter) -> str:
    """The department to ask, or the level above where the list names no department."""
    if matter.departments:
        return names(matter.departments)
    return f"{say('up.' + matter.level)}里对口部门" if matter.level else "主管部门"


def step_line(order: int, step: ChainStep, places: bool = True) -> str:
    """One numbered step: name, condition, department, place, level, certificate."""
    matter = step.matter
    parts = []
    if matter.departments:
        parts.append(names(matter.departments))
    if matter.level:
        parts.append(say("line.level", level=matter.level, up=say("up." + matter.level)))
    if places and matter.places:
        parts.append(say("line.place", names=names(matter.places)))
    if matter.shown_certificates:
        parts.append(say("line.certificate", names=names(matter.shown_certificates)))
    note = ""
    if step.condition and not step.settled:
        note = f"（{say('chain.condition', label=step.condition.label)}）"
    return f"{order}. {matter.title}{note}：{'；'.join(parts)}"


def source_line(catalogue: Catalogue, matters: Sequence[Matter]) -> str:
    """The list and the rows that say so."""
    by_document: dict[str, list[str]] = {}
    for matter in matters:
        by_document.setdefault(catalogue.document(matter), []).append(matter.row)
    return "；".join(
        say("line.source", document=document, rows="、".join(rows)) for document, rows in by_document.items()
    )


def place_note(matters: Sequence[Matter]) -> str:
    """Where to ask, if the list prints no place for any of these matters; else empty."""
    if any(matter.places for matter in matters):
        return ""
    departments = list(dict.fromkeys(d for m in matters for d in m.departments))
    if not departments:
        return say("line.no_place_level")
    shown = names(departments[:3]) + ("等部门" if len(departments) > 3 else "")
    return say("line.no_place", names=shown)


def matter_lines(catalogue: Catalogue, matter: Matter, offices: bool = True) -> list[str]:
    """All that the list says of one matter, a line each, and the operator's offices for it, marked so.

    Without `offices` where an answer has told them already.
    """
    lines = []
    known = office_lines(catalogue, [matter]) if offices else []
    if matter.departments:
        lines.append(say("line.department", names=names(matter.departments)))
    if matter.level:
        lines.append(say("line.level", level=matter.level, up=say("up." + matter.level)))
    if matter.windows:
        lines.append(say("line.place", names=names(matter.windows)))
    if ONLINE in matter.places:
        lines.append(say("line.online"))
    if offices and not matter.places:
        lines.append(say("line.no_place_known") if known else place_note([matter]))
    lines += known
    if matter.shown_certificates:
        lines.append(say("line.certificate", names=names(matter.shown_certificates)))
    key = "matter.belongs_stage" if matter.stage.endswith("阶段") else "matter.belongs"
    lines.append(say(key, stage=matter.stage, scene=matter.scene))
    if matter.uncertain:
        lines.append(say("line.uncertain"))
    lines.append(source_line(catalogue, [matter]))
    return lines
