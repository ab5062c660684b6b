"""Which of a wish's candidates is meant: one matter of a scenario, the scenario around a matter, or what came first."""

from __future__ import annotations

from actions.candidates import Candidate, around
from actions.context import Context
from actions.policy import POLICY
from actions.signals import has


def picked(context: Context, best: Candidate) -> Candidate:
    """The one matter of a scenario that the message points at, if it points at one; else the candidate itself."""
    if not best.scenario:
        return _whole(context, _narrower(context, best))
    scenario = context.catalogue.scenarios[best.scenario]
    narrow = scenario.is_menu or (scenario.origin == "composed" and not has("whole", context.heard.text))
    share = POLICY.pick if narrow else POLICY.specific
    if context.aspect and not narrow:
        # An aspect is asked of one matter: "火化归谁管".
        share = POLICY.asked
    if scenario.origin == "composed" and narrow and has("licence", context.heard.text):
        # "零售的许可证谁批": the paper itself, not all that opening a shop takes.
        share = POLICY.licence
    ids = {m.id for m in best.matters}
    if narrow and best.scenario in around(context.catalogue, context.state.thread):
        # "过户完了能提公积金不" on the way: a further thing, not all of it once more.
        share = POLICY.further_on
    inside = [c for c in context.ranking.here if not c.scenario and {m.id for m in c.matters} <= ids]
    if inside and narrow and _is_alternative(context, best, inside[0]):
        share = max(share, POLICY.alternative)
    return inside[0] if inside and inside[0].probability >= share * best.probability else best


def _narrower(context: Context, best: Candidate) -> Candidate:
    """One of several matters under one name, where the message points at it ("异地备案，长期住那边")."""
    ids = {m.id for m in best.matters}
    for other in context.ranking.here:
        inside = not other.scenario and {m.id for m in other.matters} < ids
        if inside and other.probability >= POLICY.narrower * best.probability:
            return other
    return best


def _is_alternative(context: Context, best: Candidate, one: Candidate) -> bool:
    """Whether a matter of a scenario holds only under a condition that is still open ("想办离婚": with whom?)."""
    region = context.state.region
    assert best.scenario is not None and region is not None
    ids = {m.id for m in one.matters}
    steps = context.catalogue.chain(best.scenario, region, best.facts).steps
    return all(step.condition and not step.settled for step in steps if step.matter.id in ids)


def _whole(context: Context, best: Candidate) -> Candidate:
    """The sequence around a matter: where the message asks for the whole way, or where it opens so and is about as likely."""
    ids = {m.id for m in best.matters}
    around = [c for c in context.ranking.here if c.scenario and ids & {m.id for m in c.matters}]
    sequences = [c for c in around if not context.catalogue.scenarios[c.scenario or ""].is_menu]
    if not has("whole", context.heard.text):
        opened = sequences and not context.aspect and sequences[0].matters[0].id in ids
        likely = opened and sequences[0].probability >= POLICY.opens * best.probability
        return sequences[0] if likely else _opening_of(context, best) or best
    if sequences and sequences[0].probability >= POLICY.option:
        return sequences[0]
    return _listed_around(context, best) or best


def _opening_of(context: Context, best: Candidate) -> Candidate | None:
    """The sequence that a matter opens under its condition, where the paper itself is not named ("是外资企业，要注销")."""
    if context.aspect or len(best.matters) != 1 or has("registers", context.heard.text):
        return None
    around = _listed_around(context, best)
    first = around is not None and around.facts and around.matters[0] == best.matters[0]
    return around if first else None


def _listed_around(context: Context, best: Candidate) -> Candidate | None:
    """The list's own sequence that a matter stands in, the matter's condition settled ("挂个分公司，全套")."""
    catalogue, matter = context.catalogue, best.matters[0]
    if not best.exact:
        return None
    for scenario in catalogue.scenarios_of(matter):
        if scenario.is_menu or scenario.origin == "composed":
            continue
        steps = catalogue.chain(scenario.id, matter.region).steps
        option = next(step.condition for step in steps if step.matter == matter)
        facts = {option.condition: option.value} if option else {}
        matters = catalogue.chain(scenario.id, matter.region, facts).matters
        if len(matters) > 1:
            return Candidate(best.probability, scenario=scenario.id, matters=matters, facts=facts)
    return None
