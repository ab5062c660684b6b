"""The whole catalogue: lists, concepts, scenarios, conditions, departments, loaded and cross-checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from knowledge.concept import Concept, Fit, load_concepts, load_fits, load_twins
from knowledge.department import Department, load_departments, load_place_aliases
from knowledge.errors import fault
from knowledge.matter import AUDIENCES, Matter
from knowledge.office import Office
from knowledge.official_list import OfficialList, check_known, correct, load_corrections, load_matters
from knowledge.region import Region, load_documents, load_regions
from knowledge.scenario import Chain, ChainStep, Condition, Scenario, ScenarioStep
from knowledge.scenario_reader import Variant, load_conditions, load_scenarios, load_variants

HOME = Path(__file__).parent
# The operator's facility directory, below HOME: loaded by itself (office_reader.py) and no part of the version.
OFFICES = "places"
Facts = Mapping[str, str]


@dataclass(frozen=True)
class Catalogue:
    """Everything that answers are made of. Immutable; load a new one when the files change."""

    version: str
    regions: Mapping[str, Region]
    lists: Mapping[tuple[str, str], OfficialList]
    concepts: Mapping[str, Concept]
    fits: Mapping[tuple[str, str], tuple[Fit, ...]]
    scenarios: Mapping[str, Scenario]
    variants: Mapping[str, Variant]
    conditions: Mapping[str, Condition]
    departments: tuple[Department, ...]
    place_aliases: Mapping[str, tuple[str, ...]]
    twins: Mapping[str, str]
    offices: tuple[Office, ...] = ()

    @cached_property
    def matters(self) -> Mapping[str, Matter]:
        """All matters by id, in the order of regions and of print."""
        return MappingProxyType({m.id: m for official in self.lists.values() for m in official.matters})

    @cached_property
    def _by_concept(self) -> dict[tuple[str, str], tuple[tuple[Matter, ...], tuple[Matter, ...]]]:
        table: dict[tuple[str, str], tuple[list[Matter], list[Matter]]] = {}
        for (region, audience), fits in self.fits.items():
            for fit in fits:
                exact, near = table.setdefault((region, fit.concept), ([], []))
                (exact if fit.exact else near).append(self.matters[f"{region}.{audience}.{fit.row}"])
        order = lambda found: tuple(sorted(found, key=lambda m: m.position))  # noqa: E731
        return {key: (order(exact), order(near)) for key, (exact, near) in table.items()}

    @cached_property
    def _concepts_of(self) -> dict[str, tuple[str, ...]]:
        table: dict[str, list[str]] = {}
        for (region, audience), fits in self.fits.items():
            for fit in fits:
                if fit.exact:
                    table.setdefault(f"{region}.{audience}.{fit.row}", []).append(fit.concept)
        return {matter_id: tuple(found) for matter_id, found in table.items()}

    @cached_property
    def _scenarios_of(self) -> dict[str, tuple[Scenario, ...]]:
        """Found once for all matters: an answer asks for it several times, and each time needs every chain of the region."""
        chains = [self.chain(name, region) for region in self.regions for name in self.scenarios]
        table: dict[str, list[Scenario]] = {}
        for chain in sorted(chains, key=lambda chain: len(chain.steps)):
            for matter in chain.matters:
                if matter.audience == chain.scenario.audience:
                    table.setdefault(matter.id, []).append(chain.scenario)
        return {matter_id: tuple(found) for matter_id, found in table.items()}

    def matter(self, matter_id: str) -> Matter:
        """The matter with this id; raises KeyError where there is none."""
        return self.matters[matter_id]

    def document(self, matter: Matter) -> str:
        """Title of the list that the matter stands in."""
        return self.lists[matter.region, matter.audience].document

    def has_list(self, region: str, audience: str) -> bool:
        """Whether the region has a list for this audience."""
        return (region, audience) in self.lists

    def list_matters(self, region: str, audience: str) -> tuple[Matter, ...]:
        """The matters of one list in printed order; empty where there is no such list."""
        official = self.lists.get((region, audience))
        return official.matters if official else ()

    def matters_for(self, concept: str, region: str, near: bool = True) -> tuple[Matter, ...]:
        """The region's matters that stand for a concept: exact ones, else (if `near`) the nearest; may be empty."""
        exact, close = self._by_concept.get((region, concept), ((), ()))
        return exact or (close if near else ())

    def is_exact(self, concept: str, region: str) -> bool:
        """Whether the region's list has exactly this matter."""
        return bool(self._by_concept.get((region, concept), ((), ()))[0])

    def concepts_of(self, matter_id: str) -> tuple[str, ...]:
        """Concepts that the matter stands for exactly."""
        return self._concepts_of.get(matter_id, ())

    def counterparts(self, matter: Matter, region: str) -> tuple[Matter, ...]:
        """The matters of another region that mean the same; empty where its list has none."""
        found: dict[str, Matter] = {}
        for concept in self.concepts_of(matter.id):
            for other in self.matters_for(concept, region, near=False):
                found[other.id] = other
        return tuple(found.values())

    def conditions_of(self, scenario_id: str) -> dict[str, Condition]:
        """Conditions that occur in a scenario's steps, by id and in order; raises KeyError for an unknown scenario."""
        names = dict.fromkeys(
            step.condition.partition("=")[0] for step in self.scenarios[scenario_id].steps if step.condition
        )
        return {name: self.conditions[name] for name in names}

    def chain(self, scenario_id: str, region: str, facts: Facts | None = None) -> Chain:
        """The ordered matters of a scenario in a region, given facts (condition id → value).

        A step whose condition the facts contradict is left out. A region that has none of the matters gives an empty
        chain. Raises KeyError for an unknown scenario.
        """
        scenario, facts = self.scenarios[scenario_id], facts or {}
        kept: list[ChainStep] = []
        left_out: list[ChainStep] = []
        seen: set[str] = set()
        for part in sorted({step.part for step in scenario.steps}):
            found = [
                ChainStep(matter, self._option(step))
                for step in scenario.steps
                if step.part == part and step.applies_in(region)
                for matter in self._step_matters(scenario, step, region)
            ]
            for link in sorted(found, key=lambda s: s.matter.position):
                if link.matter.id in seen:
                    continue
                seen.add(link.matter.id)
                option = link.condition
                known = facts.get(option.condition) if option else None
                if option is not None and known is not None and known != option.value:
                    left_out.append(link)
                else:
                    kept.append(ChainStep(link.matter, option, settled=known is not None))
        open_ids = dict.fromkeys(
            step.condition.condition for step in kept if step.condition and not step.settled
        )
        conditions = tuple(self.conditions[name] for name in open_ids)
        return Chain(scenario, region, tuple(kept), tuple(left_out), conditions)

    def _option(self, step: ScenarioStep):  # type: ignore[no-untyped-def]
        name, _, value = step.condition.partition("=")
        return self.conditions[name].option(value) if name else None

    def _step_matters(self, scenario: Scenario, step: ScenarioStep, region: str) -> tuple[Matter, ...]:
        if step.scene:
            return tuple(m for m in self.list_matters(region, scenario.audience) if m.scene == step.scene)
        return self.matters_for(step.concept, region, near=False)

    def scenarios_of(self, matter: Matter) -> tuple[Scenario, ...]:
        """Scenarios whose chain in the matter's region holds the matter, shorter chains first."""
        return self._scenarios_of.get(matter.id, ())

    def following(self, scenario_id: str, region: str) -> tuple[tuple[Scenario, bool], ...]:
        """Scenarios that follow and have matters in the region, each with whether the region's list prints the link.

        A link is printed where a row of this chain names a row of the next one (zhoucun's 关联事项编号); otherwise it is
        composed, ours. Raises KeyError for an unknown scenario.
        """
        related = {no for matter in self.chain(scenario_id, region).matters for no in matter.related}
        links = []
        for name in self.scenarios[scenario_id].next:
            numbers = {matter.no for matter in self.chain(name, region).matters}
            if numbers:
                links.append((self.scenarios[name], bool(related & numbers)))
        return tuple(links)

    def department(self, region: str, printed: str) -> Department:
        """The department behind a printed name; raises KeyError where the region has none of this name."""
        for department in self.departments:
            if department.region == region and department.printed == printed:
                return department
        raise KeyError(f"{region}: {printed}")

    def offices_for(self, matter: Matter, day: date) -> tuple[Office, ...]:
        """Offices where the matter is done on this day, as far as the operator's directory knows; may be empty."""
        return tuple(office for office in self.offices if office.valid_on(day) and office.serves(matter))

    def offices_to_ring(self, matter: Matter, day: date) -> tuple[Office, ...]:
        """Offices with a telephone: those where the matter is done, else the own seats of its departments."""
        reachable = [office for office in self.offices if office.phones and office.valid_on(day)]
        here = tuple(office for office in reachable if office.serves(matter))
        return here or tuple(office for office in reachable if office.belongs_to(matter))


def _version(home: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in home.rglob("*.csv") if path.parent != home / OFFICES):
        digest.update(path.relative_to(home).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def load_catalogue(home: Path = HOME) -> Catalogue:
    """Loads and cross-checks all files below `home`.

    Raises CatalogueError that names file, line and column of what is wrong.
    """
    regions = load_regions(home / "regions.csv")
    documents = load_documents(home / "documents.csv", regions)
    corrections = load_corrections(home / "lists" / "corrections.csv")
    concepts = load_concepts(home / "concepts" / "concepts.csv")
    conditions = load_conditions(home / "scenarios")
    scenarios = load_scenarios(home / "scenarios", concepts, conditions, regions)
    variants = load_variants(home / "scenarios", scenarios, conditions)
    lists: dict[tuple[str, str], OfficialList] = {}
    fits: dict[tuple[str, str], tuple[Fit, ...]] = {}
    for region in regions:
        for audience in AUDIENCES:
            path = home / "lists" / f"{region}.{audience}.csv"
            if not path.exists():
                continue
            if (region, audience) not in documents:
                raise fault(home / "documents.csv", None, "document", f"没有 {path.stem} 的标题")
            matters = correct(home / "lists" / "corrections.csv", load_matters(path), corrections)
            lists[region, audience] = OfficialList(region, audience, documents[region, audience], matters)
            rows = {matter.row for matter in matters}
            fits_path = home / "concepts" / path.name
            fits[region, audience] = load_fits(fits_path, rows, concepts) if fits_path.exists() else ()
    for path in (home / "lists").glob("*.*.csv"):
        if tuple(path.stem.split(".")) not in lists:
            raise fault(path, None, None, "regions.csv 里没有这个地区")
    matter_ids = {m.id for official in lists.values() for m in official.matters}
    check_known(home / "lists" / "corrections.csv", corrections, matter_ids)
    printed = {(m.region, name) for o in lists.values() for m in o.matters for name in m.lead + m.cooperating}
    departments = load_departments(home / "departments.csv", printed)
    return Catalogue(
        version=_version(home),
        regions=MappingProxyType(regions),
        lists=MappingProxyType(lists),
        concepts=MappingProxyType(concepts),
        fits=MappingProxyType(fits),
        scenarios=MappingProxyType(scenarios),
        variants=MappingProxyType(variants),
        conditions=MappingProxyType(conditions),
        departments=departments,
        place_aliases=MappingProxyType(load_place_aliases(home / "place_aliases.csv")),
        twins=MappingProxyType(load_twins(home / "concepts" / "twins.csv", concepts)),
    )
