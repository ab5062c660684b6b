"""A chain at the desk: the citizen's own steps, with everything of the source row and all ways of telling it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.scenario import Chain
from lookup.entries import matters_in, printed
from lookup.entry import Kind
from lookup.script import script
from lookup.short_message import ONE, THREE, short_message
from lookup.spoken import seconds
from lookup.wechat_text import wechat_text
from notice.errors import Unknown
from notice.notice import unsaid
from notice.subject import scenario_subject
from pages.address import scenario_path
from pages.desk_wording import say
from pages.errors import NoSuchPage
from pages.page import Link
from pages.scenario import Step, asked, following, notice_links, step_of

CHAIN = "/desk/chain/"
MATTER = "/desk/matter/"
_FIELDS = (
    *("row", "stage", "scene", "matter", "submatter", "type", "lead", "lead_city", "cooperating"),
    *("cooperating_city", "places", "certificates", "related", "level"),
)


@dataclass(frozen=True)
class Cell:
    """One field of a source row as printed; `doubt` is why it is uncertain, `shown` the certain correction, if any."""

    label: str
    printed: str
    doubt: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Row:
    """A step with its whole source row."""

    step: Step
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Part:
    """A part of the script with the seconds that it takes."""

    text: str
    seconds: int


@dataclass(frozen=True)
class Answers:
    """A condition with the chains that its answers lead to."""

    text: str
    answers: tuple[Link, ...]


def desk_path(public: str) -> str:
    """The desk's address of what a citizen opens at `/guide/…`."""
    return CHAIN + public.removeprefix("/guide/")


def desk_chain(
    catalogue: Catalogue,
    region: str,
    scenario: str,
    facts: Mapping[str, str],
    today: date,
    link: str = "",
    base: str = "",
) -> dict[str, Any]:
    """What the template fills in; `link` goes into messages. Raises NoSuchPage and Unreadable."""
    try:
        subject = scenario_subject(catalogue, region, scenario, facts)
    except Unknown as missing:
        raise NoSuchPage(str(missing)) from None
    chain = subject.chain
    return {
        "region": subject.region,
        "scenario": chain.scenario,
        "path": desk_path(scenario_path(region, scenario, facts)),
        "page": base + scenario_path(region, scenario, facts),
        "rows": tuple(
            Row(step_of(catalogue, number, step, today), cells(step.matter))
            for number, step in enumerate(chain.steps, 1)
        ),
        "questions": tuple(_questions(catalogue, chain, facts)),
        "left_out": "、".join(step.matter.title for step in chain.left_out),
        "unsaid": tuple(unsaid(chain.matters)),
        "following": tuple(
            Link(found.text, desk_path(found.path), found.note) for found in following(catalogue, chain)
        ),
        "related": tuple(_related(catalogue, chain)),
        "regions": tuple(_regions(catalogue, chain)),
        "notices": notice_links(subject.path),
        "script": tuple(Part(text, round(seconds(text))) for text in script(catalogue, chain))
        if chain.steps
        else (),
        "one": short_message(catalogue, chain, ONE, link),
        "three": short_message(catalogue, chain, THREE, link),
        "wechat": wechat_text(
            catalogue, chain, base + scenario_path(region, scenario, facts) if link else ""
        ),
        "linked": bool(link),
    }


def cells(matter: Matter) -> tuple[Cell, ...]:
    """All fields of a row as its list prints them; doubtful ones say why."""
    doubts = {name: why.strip() for name, _, why in (given.partition(":") for given in matter.uncertain)}
    return tuple(_cell(matter, name, doubts.get(name, "")) for name in _FIELDS)


def _cell(matter: Matter, name: str, doubt: str) -> Cell:
    value = getattr(matter, name)
    told = "；".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    shown = matter.corrected.get(name, "")
    return Cell(say(f"fields.{name}"), told or say("not_given"), doubt, shown)


def _questions(catalogue: Catalogue, chain: Chain, facts: Mapping[str, str]) -> Iterator[Answers]:
    for condition in asked(catalogue, chain):
        others = {name: value for name, value in facts.items() if name != condition.id}
        back = Link(
            say("chain.every"),
            desk_path(scenario_path(chain.region, chain.scenario.id, others)),
            current=condition.id not in facts,
        )
        answers = (
            Link(
                option.label,
                desk_path(
                    scenario_path(chain.region, chain.scenario.id, {**others, condition.id: option.value})
                ),
                current=facts.get(condition.id) == option.value,
            )
            for option in condition.options
        )
        yield Answers(condition.question, (back, *answers))


def _related(catalogue: Catalogue, chain: Chain) -> Iterator[Link]:
    """Scenarios that share a matter with this one."""
    found = {
        other.id: other.title
        for matter in chain.matters
        for other in catalogue.scenarios_of(matter)
        if other.id != chain.scenario.id
    }
    for name, title in found.items():
        yield Link(title, desk_path(scenario_path(chain.region, name)))


def _regions(catalogue: Catalogue, chain: Chain) -> Iterator[Link]:
    """The regions that have the scenario, this one marked."""
    for region in catalogue.regions.values():
        if catalogue.chain(chain.scenario.id, region.id).steps:
            path = desk_path(scenario_path(region.id, chain.scenario.id))
            yield Link(region.short, path, region.id, current=region.id == chain.region)


def desk_matter(catalogue: Catalogue, matter_id: str, today: date) -> dict[str, Any]:
    """One matter with its source row and the scenarios that it is done in; raises NoSuchPage."""
    if matter_id not in catalogue.matters:
        raise NoSuchPage(matter_id)
    matter = catalogue.matters[matter_id]
    return {
        "region": catalogue.regions[matter.region],
        "matter": matter,
        "document": catalogue.document(matter),
        "offices": catalogue.offices_for(matter, today),
        "cells": cells(matter),
        "unsaid": tuple(unsaid([matter])),
        "scenarios": tuple(
            Link(found.title, desk_path(scenario_path(matter.region, found.id)))
            for found in catalogue.scenarios_of(matter)
        ),
    }


def desk_listing(catalogue: Catalogue, region: str, kind: Kind, name: str) -> dict[str, Any]:
    """The matters of a department, a place or a certificate, as a reverse look-up; raises NoSuchPage."""
    if region not in catalogue.regions or kind not in ("department", "place", "certificate"):
        raise NoSuchPage(name)
    found = [matter for matter in matters_in(catalogue, region) if name in printed(matter, kind)]
    if not found:
        raise NoSuchPage(name)
    short = catalogue.regions[region].short
    return {
        "heading": say(f"listing.{kind}", region=short, name=name, count=len(found)),
        "links": tuple(Link(m.title, MATTER + m.id, say("row_of", row=m.row)) for m in found),
    }
