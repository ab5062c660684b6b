"""The page of what was found: by meaning, as the chat finds it, and by the words that stand in the lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from pages.address import MATTER, SEARCH, matter_path, scenario_path, search_path
from pages.page import Link, Page
from pages.region import size_of
from pages.wording import say

LONGEST_QUERY = 200
# Below this a target is there because something has to be.
LEAST = 0.02
# Without a region every target leads to several pages.
MOST_TARGETS, MOST_TARGETS_EVERYWHERE, MOST_PRINTED = 12, 4, 40


@dataclass(frozen=True)
class Target:
    """What search makes of the words: the id of a scenario, variant, concept or matter, with its probability."""

    id: str
    probability: float


def search_page(catalogue: Catalogue, query: str, region: str, targets: Sequence[Target]) -> Page:
    """What was found for a query in a region, or in all of them where none is picked."""
    regions = [region] if region in catalogue.regions else list(catalogue.regions)
    likely = [target.id for target in targets if target.probability >= LEAST]
    likely = likely[: MOST_TARGETS if len(regions) == 1 else MOST_TARGETS_EVERYWHERE]
    meant = _each_once(link for name in likely for link in _of_target(catalogue, name, regions))
    known = {link.path for link in meant}
    printed = [link for link in _each_once(_of_words(catalogue, query, regions)) if link.path not in known]
    return Page(
        "search.html.jinja",
        say("search.title_of", query=query) if query else say("search.title"),
        search_path(query, region) if query else SEARCH,
        {
            "meant": meant,
            "around": _around(catalogue, meant, known),
            "printed": printed[:MOST_PRINTED],
            "more": max(0, len(printed) - MOST_PRINTED),
        },
        region=region if region in catalogue.regions else "",
        query=query,
        indexed=False,
    )


def _around(catalogue: Catalogue, meant: Sequence[Link], known: Collection[str]) -> list[Link]:
    """The scenarios that the likeliest matter is done in."""
    ids = [link.path.removeprefix(MATTER) for link in meant[:1] if link.path.startswith(MATTER)]
    return [
        Link(scenario.title, path)
        for matter in (catalogue.matters[name] for name in ids)
        for scenario in catalogue.scenarios_of(matter)
        if (path := scenario_path(matter.region, scenario.id)) not in known
    ]


def _each_once(links: Iterable[Link]) -> list[Link]:
    return list({link.path: link for link in reversed(list(links))}.values())[::-1]


def _of_target(catalogue: Catalogue, name: str, regions: Sequence[str]) -> Iterator[Link]:
    """Where a target leads in the regions; nowhere where their lists do not have it."""
    facts: dict[str, str] = {}
    if name in catalogue.variants:
        variant = catalogue.variants[name]
        condition, _, value = variant.option.partition("=")
        name, facts = variant.scenario, {condition: value}
    for region in regions:
        if name in catalogue.scenarios:
            steps = catalogue.chain(name, region, facts).steps
            if steps:
                scenario = catalogue.scenarios[name]
                note = size_of(scenario, len(steps))
                yield Link(
                    _in(catalogue, scenario.title, region, regions), scenario_path(region, name, facts), note
                )
            continue
        matters = catalogue.matters_for(name, region)
        if name in catalogue.matters and catalogue.matters[name].region == region:
            matters = (catalogue.matters[name],)
        for matter in matters:
            yield _of_matter(catalogue, matter, regions)


def _of_words(catalogue: Catalogue, query: str, regions: Sequence[str]) -> Iterator[Link]:
    """Scenarios and matters in whose printed words the query stands."""
    wanted = _plain(query)
    if len(wanted) < 2:
        return
    for region in regions:
        for scenario in catalogue.scenarios.values():
            if wanted in _plain(scenario.title):
                yield from _of_target(catalogue, scenario.id, [region])
    for matter in catalogue.matters.values():
        if matter.region in regions and wanted in _words(catalogue, matter):
            yield _of_matter(catalogue, matter, regions)


def _of_matter(catalogue: Catalogue, matter: Matter, regions: Sequence[str]) -> Link:
    note = say("search.matter", scene=matter.scene, departments="、".join(matter.departments))
    return Link(_in(catalogue, matter.title, matter.region, regions), matter_path(matter.id), note)


def _in(catalogue: Catalogue, title: str, region: str, regions: Sequence[str]) -> str:
    return (
        title
        if len(regions) == 1
        else say("search.in_region", title=title, region=catalogue.regions[region].short)
    )


def _words(catalogue: Catalogue, matter: Matter) -> str:
    aliases = (a for c in catalogue.concepts_of(matter.id) for a in catalogue.concepts[c].aliases)
    fields = (matter.id, matter.title, matter.matter, matter.submatter, matter.scene, matter.stage)
    return _plain(
        "\n".join(
            [*fields, *matter.departments, *matter.lead, *matter.places, *matter.shown_certificates, *aliases]
        )
    )


def _plain(text: str) -> str:
    """Without white space but line ends, half-width, small letters."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in folded if c == "\n" or not c.isspace())
