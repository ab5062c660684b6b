"""From ranked targets to what this region and audience can answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from actions.heard import Target
from actions.state import Thread
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter

# How much likelier a target becomes when it belongs to what is being talked about, and when the message points at it
# ("户口那一步呢").
CONTEXT, POINTED = 6.0, 60.0
# Share of a target's probability that its twin for the other audience gets, where its own is ruled out.
TWIN = 0.5
# Probability that targets of the other audience took away is given back, at most this many times over.
_MOST_BACK = 20.0


@dataclass(frozen=True)
class Candidate:
    """A scenario, or a group of matters, that the message may mean here."""

    probability: float
    scenario: str | None = None
    concept: str | None = None
    matters: tuple[Matter, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    exact: bool = True

    @property
    def audience(self) -> str:
        """Whom it concerns."""
        return self.matters[0].audience


@dataclass(frozen=True)
class Ranking:
    """Candidates that the region's lists can answer, best first, and targets that its lists do not have."""

    here: tuple[Candidate, ...]
    elsewhere: tuple[tuple[str, float], ...]
    given_back: float = 1.0


def rank(
    catalogue: Catalogue,
    targets: Sequence[Target],
    region: str,
    audience: str | None,
    context: Collection[str] = (),
    weight_of_context: float = CONTEXT,
) -> Ranking:
    """Candidates for one region; targets that stand for the same matters are added up.

    `audience` None allows both; `context` holds ids of concepts and scenarios that are being talked about.
    """
    found: dict[tuple[str, ...], Candidate] = {}
    elsewhere: list[tuple[str, float]] = []
    back = _given_back(catalogue, targets, audience)
    for target in (_for_audience(catalogue, t, audience) for t in targets):
        weight = back * target.probability * (weight_of_context if target.id in context else 1.0)
        candidate = _candidate(catalogue, target, region, weight)
        if candidate is None:
            if audience_of(catalogue, target) in (audience, None) or audience is None:
                elsewhere.append((target.id, weight))
            continue
        if audience is not None and candidate.audience != audience:
            continue
        key = tuple(m.id for m in candidate.matters)
        if candidate.scenario and len(candidate.matters) > 1:
            key = ("scenario", candidate.scenario)
        known = found.get(key)
        if known is None:
            found[key] = candidate
        else:
            found[key] = replace(
                known,
                probability=known.probability + candidate.probability,
                facts=known.facts or candidate.facts
                if target.probability >= known.probability
                else known.facts,
            )
    here = sorted(found.values(), key=lambda c: -c.probability)
    return Ranking(tuple(here), tuple(sorted(elsewhere, key=lambda pair: -pair[1])), back)


def _for_audience(catalogue: Catalogue, target: Target, audience: str | None) -> Target:
    """The other audience's version of a target, where that audience is ruled out and the lists have both."""
    if audience is None or audience_of(catalogue, target) in (audience, None):
        return target
    twin = catalogue.twins.get(target.id)
    return replace(target, id=twin, probability=TWIN * target.probability) if twin else target


def _given_back(catalogue: Catalogue, targets: Sequence[Target], audience: str | None) -> float:
    """What the probabilities of one audience are multiplied with once the other audience is ruled out."""
    if audience is None:
        return 1.0
    mine = (_for_audience(catalogue, target, audience) for target in targets)
    taken = sum(t.probability for t in mine if audience_of(catalogue, t) not in (audience, None))
    return min(_MOST_BACK, 1.0 / max(1e-3, 1.0 - taken))


def audience_of(catalogue: Catalogue, target: Target) -> str | None:
    """Whom a concept, variant or scenario concerns; None for a single matter."""
    if target.id in catalogue.concepts:
        return catalogue.concepts[target.id].audience
    scenario = catalogue.variants[target.id].scenario if target.id in catalogue.variants else target.id
    return catalogue.scenarios[scenario].audience if scenario in catalogue.scenarios else None


def _candidate(catalogue: Catalogue, target: Target, region: str, weight: float) -> Candidate | None:
    if target.id in catalogue.concepts:
        matters = catalogue.matters_for(target.id, region)
        if not matters:
            return None
        exact = catalogue.is_exact(target.id, region)
        return Candidate(weight, concept=target.id, matters=matters, exact=exact)
    if target.id in catalogue.matters:
        matter = catalogue.matters[target.id]
        return Candidate(weight, matters=(matter,)) if matter.region == region else None
    facts: dict[str, str] = {}
    scenario = target.id
    if target.id in catalogue.variants:
        variant = catalogue.variants[target.id]
        name, _, value = variant.option.partition("=")
        scenario, facts = variant.scenario, {name: value}
    if scenario not in catalogue.scenarios:
        return None
    matters = catalogue.chain(scenario, region, facts).matters
    return Candidate(weight, scenario=scenario, matters=matters, facts=facts) if matters else None


def after_a_death(catalogue: Catalogue) -> set[str]:
    """Ids of the concepts of every scenario that follows a death ("他公积金里还有钱呢")."""
    mourning = [s for s in catalogue.scenarios.values() if s.tone == "condolence"]
    return {step.concept for scenario in mourning for step in scenario.steps if step.concept}


def around(catalogue: Catalogue, thread: Thread | None) -> set[str]:
    """Ids of the composed scenarios that hold every matter of the chain that is being talked about."""
    if thread is None or thread.scenario is None:
        return set()
    matters = [catalogue.matters[m] for m in thread.matters if m in catalogue.matters]
    holding = [{s.id for s in catalogue.scenarios_of(m) if s.origin == "composed"} for m in matters]
    return set.intersection(*holding) - {thread.scenario} if holding else set()


def context_of(catalogue: Catalogue, scenario: str | None, matters: Sequence[str]) -> set[str]:
    """Ids of concepts and scenarios that belong to what is being talked about.
    One matter brings its neighbours of the same scene along, as its look-alikes stand there.
    """
    found = {concept for matter in matters for concept in catalogue.concepts_of(matter)}
    if not scenario and matters:
        first = catalogue.matters[matters[0]]
        for other in catalogue.list_matters(first.region, first.audience):
            if other.scene == first.scene:
                found |= set(catalogue.concepts_of(other.id))
    if scenario:
        found.add(scenario)
        found |= {v.id for v in catalogue.variants.values() if v.scenario == scenario}
        found |= {step.concept for step in catalogue.scenarios[scenario].steps if step.concept}
    return found
