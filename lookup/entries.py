"""Makes the entries of a catalogue, each with all the words that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from lookup.entry import Entry, Kind, Term
from lookup.wording import say

# How much a word says about an entry, by where it stands.
NUMBER, TITLE, NAME, FIELD, STEP, AROUND = 12.0, 10.0, 9.0, 4.0, 2.5, 1.5
Names = Mapping[str, Sequence[str]]


def entries(catalogue: Catalogue, names: Names) -> Iterator[Entry]:
    """Every entry of every region; `names` are everyday names by scenario, variant or concept."""
    for region in catalogue.regions:
        yield from _scenarios(catalogue, region, names)
        for audience in ("individual", "enterprise"):
            for matter in catalogue.list_matters(region, audience):
                yield _matter(catalogue, matter, names)
        yield from _departments(catalogue, region)
        yield from _named(catalogue, region, "place")
        yield from _named(catalogue, region, "certificate")


def _terms(*groups: tuple[float, Iterable[str]]) -> tuple[Term, ...]:
    """Each word once, with the most that it says."""
    found: dict[str, float] = {}
    for weight, words in groups:
        for word in words:
            if word:
                found[word] = max(weight, found.get(word, 0.0))
    return tuple(Term(word, weight) for word, weight in found.items())


def _around(catalogue: Catalogue, region: str, audience: str = "") -> list[str]:
    place = catalogue.regions[region]
    return [place.name, place.short, *place.aliases, say(f"audience.{audience}") if audience else ""]


def _scenarios(catalogue: Catalogue, region: str, names: Names) -> Iterator[Entry]:
    variants = {variant.id: variant.scenario for variant in catalogue.variants.values()}
    for scenario in catalogue.scenarios.values():
        matters = catalogue.chain(scenario.id, region).matters
        if not matters:
            continue
        own = [scenario.id, *(name for name, of in variants.items() if of == scenario.id)]
        concepts = [name for matter in matters for name in catalogue.concepts_of(matter.id)]
        yield Entry(
            "scenario",
            scenario.title,
            region,
            scenario.id,
            scenario.audience,
            say(f"found.{scenario.shape}", count=len(matters)),
            _terms(
                (TITLE, [scenario.title]),
                (NAME, (word for name in own for word in names.get(name, ()))),
                (STEP, (matter.title for matter in matters)),
                (STEP, (word for name in concepts for word in names.get(name, ()))),
                (AROUND, _around(catalogue, region, scenario.audience)),
                (AROUND, (word for matter in matters for word in matter.departments)),
            ),
        )


def _matter(catalogue: Catalogue, matter: Matter, names: Names) -> Entry:
    concepts = [catalogue.concepts[name] for name in catalogue.concepts_of(matter.id)]
    departments = [catalogue.department(matter.region, name) for name in matter.departments]
    return Entry(
        "matter",
        matter.title,
        matter.region,
        matter.id,
        matter.audience,
        say("found.matter", row=matter.row, departments="、".join(matter.departments)),
        _terms(
            (NUMBER, [matter.row, say("found.row", row=matter.row)]),
            (TITLE, [matter.title, matter.shown("matter"), matter.shown("submatter")]),
            (NAME, (word for concept in concepts for word in (concept.title, *concept.aliases))),
            (NAME, (word for concept in concepts for word in names.get(concept.id, ()))),
            (FIELD, (word for department in departments for word in department.names)),
            (FIELD, (word for place in matter.places for word in _place_names(catalogue, place))),
            (FIELD, matter.shown_certificates),
            (AROUND, [matter.stage, matter.scene, *_around(catalogue, matter.region, matter.audience)]),
        ),
    )


def _place_names(catalogue: Catalogue, place: str) -> tuple[str, ...]:
    return (place, *catalogue.place_aliases.get(place, ()))


def _departments(catalogue: Catalogue, region: str) -> Iterator[Entry]:
    counts = _counts(catalogue, region, "department")
    for department in catalogue.departments:
        if department.region == region and department.printed in counts:
            yield Entry(
                "department",
                department.printed,
                region,
                department.printed,
                note=say("found.count", count=counts[department.printed]),
                terms=_terms(
                    (TITLE, [department.printed, department.canonical]),
                    (NAME, department.aliases),
                    (AROUND, _around(catalogue, region)),
                ),
            )


def _named(catalogue: Catalogue, region: str, kind: Kind) -> Iterator[Entry]:
    for name, count in _counts(catalogue, region, kind).items():
        others = catalogue.place_aliases.get(name, ()) if kind == "place" else ()
        terms = _terms((TITLE, [name]), (NAME, others), (AROUND, _around(catalogue, region)))
        yield Entry(kind, name, region, name, note=say("found.count", count=count), terms=terms)


def _counts(catalogue: Catalogue, region: str, kind: Kind) -> dict[str, int]:
    found: dict[str, int] = {}
    for matter in matters_in(catalogue, region):
        for name in printed(matter, kind):
            found[name] = found.get(name, 0) + 1
    return found


def matters_in(catalogue: Catalogue, region: str) -> Iterator[Matter]:
    """The matters of a region's lists, in printed order."""
    for audience in ("individual", "enterprise"):
        yield from catalogue.list_matters(region, audience)


def printed(matter: Matter, kind: Kind) -> tuple[str, ...]:
    """What a matter prints of one kind: departments, places or certificates."""
    if kind == "department":
        return matter.departments
    return matter.places if kind == "place" else matter.shown_certificates
