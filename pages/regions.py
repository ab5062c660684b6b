"""The guide's first page: which regions there are."""

from __future__ import annotations

from knowledge.catalogue import Catalogue
from knowledge.matter import AUDIENCES
from knowledge.region import Region
from pages.address import GUIDE, region_path
from pages.errors import NoSuchPage
from pages.page import Link, Page
from pages.wording import say


def trail() -> tuple[Link, ...]:
    """The way to everything in the guide."""
    return (Link(say("guide.title"), GUIDE),)


def regions_page(catalogue: Catalogue) -> Page:
    """All regions, each with the audiences that it has a list for and how many matters."""
    links = tuple(
        Link(region.name, region_path(region.id), _lists(catalogue, region.id))
        for region in catalogue.regions.values()
    )
    return Page(
        "regions.html.jinja",
        say("guide.title"),
        GUIDE,
        {"regions": links},
        description=say("guide.intro"),
    )


def region_of(catalogue: Catalogue, name: str) -> Region:
    """The region; raises NoSuchPage."""
    if name not in catalogue.regions:
        raise NoSuchPage(say("missing.region"))
    return catalogue.regions[name]


def _lists(catalogue: Catalogue, region: str) -> str:
    return "；".join(
        say(
            "guide.list",
            audience=say(f"audience.{audience}"),
            count=len(catalogue.list_matters(region, audience)),
        )
        for audience in AUDIENCES
        if catalogue.has_list(region, audience)
    )
