"""What is shown after the matters meant: the rest of a sequence that is likely meant too, then further matters."""

from __future__ import annotations

from actions.candidates import Candidate
from actions.context import Context
from actions.policy import POLICY
from knowledge.matter import Matter


def followers(context: Context, best: Candidate) -> tuple[Matter, ...]:
    """Up to four matters that follow those of the candidate.

    Only matters printed after the first are added, so that the order stays the list's.
    """
    catalogue, region = context.catalogue, context.state.region
    assert region is not None
    shown = {m.id for m in best.matters}
    last = max(m.position for m in best.matters)
    found: list[Matter] = []
    likely = [c for c in context.ranking.here if c is not best and c.audience == best.audience]
    for other in likely:
        if other.scenario and other.probability >= POLICY.follow * best.probability:
            scenario = catalogue.scenarios[other.scenario]
            chain = catalogue.chain(other.scenario, region, other.facts)
            if not scenario.is_menu and shown <= {m.id for m in chain.matters} and len(chain.steps) <= 8:
                settled = [s.matter for s in chain.steps if not s.condition or s.settled]
                found += [m for m in settled if m.position > last and m not in found]
        elif not other.scenario and other.probability >= POLICY.also * best.probability:
            near = other.probability >= POLICY.also_stage * best.probability
            same = [
                m
                for m in other.matters
                if m.scene == best.matters[0].scene or (near and m.stage == best.matters[0].stage)
            ]
            found += [m for m in same if m.position > last and m not in found]
    return tuple(m for m in sorted(found, key=lambda m: m.position) if m.id not in shown)[:4]
