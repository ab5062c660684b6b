"""What `pages/` draws, as data: the same chains, matters, guide and search, with the chat's own cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from actions.reply import Reply, matter_steps, to_card
from knowledge.catalogue import Catalogue
from knowledge.day import china_today
from notice.address import FORMATS, matters_path
from pages.address import matter_path, region_path, scenario_path
from pages.matter import matter_page
from pages.page import Page
from pages.region import region_page
from pages.scenario import scenario_page
from pages.search import Target, search_page

Facts = Mapping[str, str]


def chain_data(catalogue: Catalogue, region: str, scenario: str, facts: Facts) -> dict[str, Any]:
    """A scenario's chain: the card that the chat gives, and what its page says around it.

    Raises NoSuchPage, and Unreadable for a condition that cannot be chosen.
    """
    page = scenario_page(catalogue, region, scenario, facts, china_today())
    found = catalogue.chain(scenario, region, facts)
    card = to_card(
        Reply("chain", "", region, found.scenario.audience, found.scenario, found.steps, facts=dict(facts)),
        catalogue,
    )
    return {
        **_head(page, catalogue, region),
        "path": scenario_path(region, scenario, facts),
        "count": page.values["count"],
        "left_out": [step.matter.title for step in found.left_out],
        "unsaid": list(page.values["unsaid"]),
        "card": card,
    }


def matter_data(catalogue: Catalogue, matter_id: str) -> dict[str, Any]:
    """A matter: its card, and where it leads; raises NoSuchPage."""
    page = matter_page(catalogue, matter_id, china_today())
    found = catalogue.matters[matter_id]
    reply = Reply("matter", "", found.region, found.audience, steps=matter_steps([found]))
    around = {
        name: [asdict(link) for link in page.values[name]]
        for name in ("scenarios", "related", "neighbours", "elsewhere", "corrections")
    }
    return {
        **_head(page, catalogue, found.region),
        "path": matter_path(matter_id),
        **around,
        "unsaid": list(page.values["unsaid"]),
        "notice": {
            format: matters_path(found.region, [found.id], "" if format == "html" else format)
            for format in FORMATS
        },
        "card": to_card(reply, catalogue),
    }


def guide_data(catalogue: Catalogue, region: str) -> dict[str, Any]:
    """A region's scenarios and matters, by audience, stage and scene; raises NoSuchPage."""
    page = region_page(catalogue, region)
    audiences = [asdict(audience) for audience in page.values["audiences"]]
    return {**_head(page, catalogue, region), "path": region_path(region), "audiences": audiences}


def search_data(catalogue: Catalogue, query: str, region: str, targets: Sequence[Target]) -> dict[str, Any]:
    """What a search finds, in a region or in all of them."""
    page = search_page(catalogue, query, region, targets)
    links = {name: [asdict(link) for link in page.values[name]] for name in ("meant", "around", "printed")}
    return {"query": query, "region": page.region or None, **links, "more": page.values["more"]}


def _head(page: Page, catalogue: Catalogue, region: str) -> dict[str, Any]:
    place = catalogue.regions[region]
    return {"title": page.title, "region": {"id": place.id, "name": place.name, "note": place.note}}
