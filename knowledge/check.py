"""Content checks that go beyond what loading enforces: nothing unreachable, nothing without a way."""

from __future__ import annotations

from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.errors import Fault


def check(catalogue: Catalogue, today: date | None = None) -> list[Fault]:
    """All faults found; empty where the catalogue is sound. No office can have been checked after `today`."""
    return [
        *_matters_in_scenarios(catalogue),
        *_concepts_used(catalogue),
        *_audiences(catalogue),
        *_names(catalogue),
        *_scenes(catalogue),
        *_chains(catalogue),
        *_conditions_used(catalogue),
        *_offices_checked(catalogue, today or date.today()),
    ]


def _matters_in_scenarios(catalogue: Catalogue) -> list[Fault]:
    reached = {
        matter.id
        for scenario in catalogue.scenarios.values()
        for region in catalogue.regions
        for matter in catalogue.chain(scenario.id, region).matters
    }
    return [
        Fault("scenarios/steps.csv", None, "concept", f"{matter.id} {matter.title} 不在任何情形里")
        for matter in catalogue.matters.values()
        if matter.id not in reached
    ]


def _concepts_used(catalogue: Catalogue) -> list[Fault]:
    used = {fit.concept for fits in catalogue.fits.values() for fit in fits if fit.exact}
    faults = [
        Fault("concepts/concepts.csv", None, "concept", f"“{concept}”在各清单里都没有对应的事项")
        for concept in catalogue.concepts
        if concept not in used
    ]
    faults += [
        Fault(f"concepts/{matter.region}.{matter.audience}.csv", None, "row", f"第{matter.row}项没有概念")
        for matter in catalogue.matters.values()
        if not catalogue.concepts_of(matter.id)
    ]
    return faults


def _audiences(catalogue: Catalogue) -> list[Fault]:
    faults = [
        Fault(f"concepts/{region}.{audience}.csv", None, "concept", f"“{fit.concept}”不是这个对象的概念")
        for (region, audience), fits in catalogue.fits.items()
        for fit in fits
        if catalogue.concepts[fit.concept].audience != audience
    ]
    faults += [
        Fault("scenarios/steps.csv", None, "concept", f"“{scenario.id}”和“{step.concept}”的对象不一致")
        for scenario in catalogue.scenarios.values()
        for step in scenario.steps
        if step.concept and catalogue.concepts[step.concept].audience != scenario.audience
    ]
    return faults


def _names(catalogue: Catalogue) -> list[Fault]:
    """One id means one thing: search tells concepts, scenarios and variants apart by nothing else."""
    taken = set(catalogue.concepts) | set(catalogue.scenarios)
    faults = [
        Fault("scenarios/scenarios.csv", None, "scenario", f"“{name}”同时是概念的名字")
        for name in catalogue.scenarios
        if name in catalogue.concepts
    ]
    faults += [
        Fault("scenarios/variants.csv", None, "variant", f"“{name}”同时是概念或情形的名字")
        for name in catalogue.variants
        if name in taken
    ]
    return faults


def _scenes(catalogue: Catalogue) -> list[Fault]:
    printed = {(m.audience, m.scene) for m in catalogue.matters.values()}
    return [
        Fault("scenarios/steps.csv", None, "scene", f"“{scenario.id}”的场景“{step.scene}”各清单里都没有")
        for scenario in catalogue.scenarios.values()
        for step in scenario.steps
        if step.scene and (scenario.audience, step.scene) not in printed
    ]


def _chains(catalogue: Catalogue) -> list[Fault]:
    faults = []
    for scenario in catalogue.scenarios.values():
        if not any(catalogue.chain(scenario.id, region).steps for region in catalogue.regions):
            faults.append(
                Fault("scenarios/steps.csv", None, "scenario", f"“{scenario.id}”在各地区都没有事项")
            )
    return faults


def _conditions_used(catalogue: Catalogue) -> list[Fault]:
    used = {
        condition.id
        for scenario in catalogue.scenarios.values()
        for region in catalogue.regions
        for condition in catalogue.chain(scenario.id, region).open_conditions
    }
    return [
        Fault("scenarios/conditions.csv", None, "condition", f"“{name}”没有用在任何步骤上")
        for name in catalogue.conditions
        if name not in used
    ]


def _offices_checked(catalogue: Catalogue, today: date) -> list[Fault]:
    return [
        Fault(f"places/{office.region}.csv", None, "checked_on", f"“{office.name}”的核对日期在今天以后")
        for office in catalogue.offices
        if office.checked_on > today
    ]
