"""The page of a region: its scenarios and matters, by audience, stage and scene as its lists have them."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.matter import AUDIENCES
from knowledge.scenario import Scenario
from pages.address import matter_path, region_path, scenario_path
from pages.page import Link, Page
from pages.regions import region_of, trail
from pages.wording import say


@dataclass(frozen=True)
class Scene:
    """The list's own scene, with its matters."""

    title: str
    matters: tuple[Link, ...]


@dataclass(frozen=True)
class Stage:
    """The list's own stage: the scenarios that begin in it, and its scenes."""

    title: str
    scenarios: tuple[Link, ...]
    scenes: tuple[Scene, ...]


@dataclass(frozen=True)
class Audience:
    """One list of the region."""

    id: str
    title: str
    document: str
    count: int
    stages: tuple[Stage, ...]


def region_page(catalogue: Catalogue, name: str) -> Page:
    """Everything that can be done in a region; raises NoSuchPage."""
    region = region_of(catalogue, name)
    audiences = tuple(
        _audience(catalogue, name, audience) for audience in AUDIENCES if catalogue.has_list(name, audience)
    )
    return Page(
        "region.html.jinja",
        say("region.title", region=region.name),
        region_path(name),
        {"region": region, "audiences": audiences},
        description=say("region.intro", region=region.name),
        trail=trail(),
        region=name,
    )


def scenarios_in(catalogue: Catalogue, region: str, audience: str) -> dict[str, list[Scenario]]:
    """The scenarios that have matters in a region, by the stage that their chain begins in."""
    found: dict[str, list[Scenario]] = {}
    for scenario in catalogue.scenarios.values():
        if scenario.audience == audience and (matters := catalogue.chain(scenario.id, region).matters):
            found.setdefault(matters[0].stage, []).append(scenario)
    return found


def _audience(catalogue: Catalogue, region: str, audience: str) -> Audience:
    scenes: dict[str, dict[str, list[Link]]] = {}
    for matter in catalogue.list_matters(region, audience):
        link = Link(matter.title, matter_path(matter.id), matter.row)
        scenes.setdefault(matter.stage, {}).setdefault(matter.scene, []).append(link)
    begun = scenarios_in(catalogue, region, audience)
    return Audience(
        audience,
        say(f"audience.{audience}"),
        catalogue.lists[region, audience].document,
        len(catalogue.list_matters(region, audience)),
        tuple(
            Stage(
                stage,
                tuple(_scenario_link(catalogue, scenario, region) for scenario in begun.get(stage, ())),
                tuple(Scene(scene, tuple(links)) for scene, links in found.items()),
            )
            for stage, found in scenes.items()
        ),
    )


def _scenario_link(catalogue: Catalogue, scenario: Scenario, region: str) -> Link:
    count = len(catalogue.chain(scenario.id, region).steps)
    return Link(scenario.title, scenario_path(region, scenario.id), size_of(scenario, count))


def size_of(scenario: Scenario, count: int) -> str:
    """How many matters a scenario has in a region, and whether all of them are done."""
    return say("region.one" if count == 1 else f"region.{scenario.shape}", count=count)
