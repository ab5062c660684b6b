"""What a notice is about: a scenario with the conditions chosen, or some matters; checked against the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.region import Region
from knowledge.scenario import Chain, Condition, Scenario
from notice.address import FORMATS, matters_path, scenario_path
from notice.errors import Unknown, Unreadable
from notice.wording import say

# Longer lists are no document to hand out.
MOST_MATTERS = 40


@dataclass(frozen=True)
class ScenarioSubject:
    """A scenario's chain in a region, given facts (condition → value)."""

    region: Region
    chain: Chain
    facts: Mapping[str, str]

    def path(self, format: str = "") -> str:
        """Its address, with the conditions chosen."""
        return scenario_path(self.region.id, self.chain.scenario.id, self.facts, format)


@dataclass(frozen=True)
class MattersSubject:
    """Some matters of one region, in the order asked."""

    region: Region
    matters: tuple[Matter, ...]

    def path(self, format: str = "") -> str:
        """Its address."""
        return matters_path(self.region.id, (matter.id for matter in self.matters), format)


Subject = ScenarioSubject | MattersSubject


def scenario_subject(
    catalogue: Catalogue, region: str, scenario: str, facts: Mapping[str, str]
) -> ScenarioSubject:
    """Raises Unknown for a region or scenario that is not there, Unreadable for a condition that cannot be chosen."""
    place = _region(catalogue, region)
    if scenario not in catalogue.scenarios:
        raise Unknown(say("refused.scenario", name=_short(scenario)))
    found = catalogue.scenarios[scenario]
    _check_facts(found, catalogue.conditions_of(scenario), facts)
    chain = catalogue.chain(scenario, region, facts)
    if not chain.steps and not chain.left_out:
        raise Unknown(say("refused.not_here", region=place.short, title=found.title))
    return ScenarioSubject(place, chain, dict(facts))


def matters_subject(catalogue: Catalogue, region: str, matters: Sequence[str]) -> MattersSubject:
    """Raises Unknown for a region or matter that is not there, Unreadable where there are none or too many."""
    place = _region(catalogue, region)
    wanted = list(dict.fromkeys(name for name in matters if name))
    if not wanted:
        raise Unreadable(say("refused.no_matters"))
    if len(wanted) > MOST_MATTERS:
        raise Unreadable(say("refused.too_many", limit=MOST_MATTERS, count=len(wanted)))
    for name in wanted:
        if name not in catalogue.matters or catalogue.matters[name].region != region:
            raise Unknown(say("refused.matter", region=place.short, name=_short(name)))
    return MattersSubject(place, tuple(catalogue.matters[name] for name in wanted))


def check_format(name: str) -> str:
    """The format; raises Unknown where notices have no such one."""
    if name not in FORMATS:
        raise Unknown(say("refused.format", name=_short(name), known="、".join(FORMATS)))
    return name


def _region(catalogue: Catalogue, name: str) -> Region:
    if name not in catalogue.regions:
        raise Unknown(say("refused.region", name=_short(name), known="、".join(catalogue.regions)))
    return catalogue.regions[name]


def _check_facts(scenario: Scenario, conditions: Mapping[str, Condition], facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        if name not in conditions:
            known = say("refused.conditions_none")
            if conditions:
                known = say("refused.conditions_known", known="、".join(conditions))
            raise Unreadable(say("refused.condition", title=scenario.title, name=_short(name), known=known))
        if value not in (values := [option.value for option in conditions[name].options]):
            raise Unreadable(say("refused.value", name=name, value=_short(value), known="、".join(values)))


def _short(text: str) -> str:
    """What somebody typed, fit to be shown again."""
    shown = "".join(c for c in text if c.isprintable())
    return shown if len(shown) <= 40 else shown[:40] + "…"
