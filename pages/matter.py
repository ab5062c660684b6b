"""The page of one matter: all that its list prints, and where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from notice.address import matters_path
from notice.notice import unsaid
from pages import linked_data
from pages.address import matter_path, region_path, scenario_path
from pages.errors import NoSuchPage
from pages.page import Link, Page
from pages.regions import trail
from pages.scenario import notice_links
from pages.wording import say


@dataclass(frozen=True)
class Correction:
    """A field in which the list certainly has a slip: what it prints, and what is shown."""

    field: str
    printed: str
    shown: str


def matter_page(catalogue: Catalogue, matter_id: str, today: date) -> Page:
    """One matter; raises NoSuchPage."""
    if matter_id not in catalogue.matters:
        raise NoSuchPage(say("missing.matter"))
    matter = catalogue.matters[matter_id]
    region = catalogue.regions[matter.region]
    return Page(
        "matter.html.jinja",
        say("matter.title", title=matter.title, region=region.short),
        matter_path(matter.id),
        {
            "matter": matter,
            "region": region,
            "document": catalogue.document(matter),
            "offices": catalogue.offices_for(matter, today),
            "corrections": tuple(_corrections(matter)),
            "scenarios": tuple(
                Link(scenario.title, scenario_path(matter.region, scenario.id))
                for scenario in catalogue.scenarios_of(matter)
            ),
            "neighbours": tuple(_links(m for m in _scene(catalogue, matter) if m.id != matter.id)),
            "related": tuple(_links(_related(catalogue, matter))),
            "elsewhere": tuple(_elsewhere(catalogue, matter)),
            "unsaid": tuple(unsaid([matter])),
            "notices": notice_links(lambda format: matters_path(matter.region, [matter.id], format)),
        },
        description=say("matter.description", title=matter.title, region=region.name),
        trail=(*trail(), Link(region.short, region_path(matter.region))),
        region=matter.region,
        linked_data=(linked_data.of_matter(matter, region),),
    )


def _corrections(matter: Matter) -> list[Correction]:
    found = []
    for name, shown in matter.corrected.items():
        printed = getattr(matter, name)
        found.append(
            Correction(
                say(f"fields.{name}"), printed if isinstance(printed, str) else "；".join(printed), shown
            )
        )
    return found


def _links(matters: Iterable[Matter]) -> list[Link]:
    return [Link(m.title, matter_path(m.id), m.row) for m in matters]


def _scene(catalogue: Catalogue, matter: Matter) -> list[Matter]:
    official = catalogue.list_matters(matter.region, matter.audience)
    return [m for m in official if (m.stage, m.scene) == (matter.stage, matter.scene)]


def _related(catalogue: Catalogue, matter: Matter) -> list[Matter]:
    """The rows that the list itself names beside this one."""
    official = catalogue.list_matters(matter.region, matter.audience)
    return [m for m in official if m.no in matter.related and m.id != matter.id]


def _elsewhere(catalogue: Catalogue, matter: Matter) -> list[Link]:
    return [
        Link(catalogue.regions[other].short, matter_path(found.id), found.title)
        for other in catalogue.regions
        if other != matter.region
        for found in catalogue.counterparts(matter, other)
    ]
