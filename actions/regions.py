"""A change of region or audience: the last wish again, there."""

from __future__ import annotations

from dataclasses import replace

from actions import endings
from actions.candidates import rank
from actions.choosing import picked
from actions.context import Context, Outcome
from actions.heard import Target
from actions.notice_wish import with_notice
from actions.policy import POLICY
from actions.showing import show, show_candidate, step_reply
from actions.signals import has
from actions.state import KEPT_THREADS
from actions.wish import Wish
from knowledge.matter import Matter

# From this probability by itself on, a message that names a region says what it wants there.
OWN, SHORT = 0.5, 0.9
# Below this probability of being no wish at all, two characters are enough to name one ("护照 环翠").
INSIDE = 0.05


def region_only(context: Context) -> Outcome | None:
    """A message that names a region and little else: the last wish again, there."""
    heard, state = context.heard, context.state
    if heard.payload or len(heard.regions) != 1 or has("compare", heard.text) or heard.rows:
        return None
    clear = len(heard.rest) >= 3 or (heard.alone_outside or 0.0) < INSIDE
    least = OWN if clear else SHORT
    if len(heard.rest) >= 2 and context.alone >= least and not context.says_nothing_new:
        # "到薛城那边医保怎么转入" is a wish of its own.
        return None
    if (
        len(heard.rest) >= 3
        and not state.wish
        and context.focus
        and heard.regions[0] == context.focus[0].region
    ):
        # "上到一半转来周村念呢" names the region that is talked about anyway.
        return None
    if not (state.wish or state.threads):
        if len(heard.rest) <= 1 and not heard.aspects:
            reply = endings.simple(
                "smalltalk",
                "region_set",
                context.turn,
                state.region,
                region=context.catalogue.regions[heard.regions[0]].short,
            )
            return context.end(reply)
        return None
    if context.answers_question:
        return None
    small = len(heard.rest) <= 4 and not heard.departments and not heard.places
    if not small and context.best >= 0.5:
        return None
    if heard.rest and context.best >= 0.6 and not (heard.text.startswith(("那", "我说的", "要是")) or small):
        return None
    return to_region(context)


def to_region(context: Context) -> Outcome | None:
    """The kept wish, or else the last thread, answered in the region that holds now."""
    state, catalogue, region = context.state, context.catalogue, context.state.region
    assert region is not None
    step = None if state.wish else _same_step(context)
    if step is not None:
        return step
    targets = state.wish.targets if state.wish else thread_targets(context)
    if not targets:
        name = catalogue.regions[region].short
        return context.end(endings.simple("smalltalk", "region_set", context.turn, region, region=name))
    said = state.wish.text or (state.thread.said if state.thread else "")
    heard = replace(
        context.heard,
        text=said or context.heard.text,
        targets=targets,
        aspects=context.heard.aspects or state.wish.aspects,
        intent="",
        outside=0.0,
        clauses=(),
        payload="",
    )
    fresh = replace(context, heard=heard, state=replace(state, wish=Wish(), asking=""))
    ranking = rank(catalogue, targets, region, state.audience)
    if not ranking.here and state.audience and not state.audience_said:
        ranking = rank(catalogue, targets, region, None)
    best = ranking.here[0] if ranking.here else None
    away = ranking.elsewhere[0] if ranking.elsewhere else None
    if best is None or (away and best.probability < POLICY.here * away[1]):
        lost = replace(fresh.state, wish=Wish(said, targets, heard.aspects, state.wish.notice))
        if state.audience == "enterprise" and not catalogue.has_list(region, "enterprise"):
            return Outcome(endings.no_enterprise_list(catalogue, region), lost)
        missing = away[0] if away else targets[0].id
        return Outcome(endings.not_here(catalogue, missing, region, context.turn), lost)
    asked_whole = bool(state.wish) or has("whole", heard.text)
    outcome = show_candidate(fresh, picked(fresh, best) if asked_whole else best, heard.text)
    return with_notice(catalogue, outcome) if state.wish.notice else outcome


def _same_step(context: Context) -> Outcome | None:
    """The step that was pointed at, as the chain of the region that holds now has it, with what was asked of it."""
    thread, region, catalogue = context.state.thread, context.state.region, context.catalogue
    if thread is None or not thread.scenario or not thread.chosen or not context.focus or region is None:
        return None
    chain = catalogue.chain(thread.scenario, region, thread.facts)
    here = catalogue.counterparts(context.focus[min(thread.at, len(context.focus) - 1)], region)
    at = next((i for i, matter in enumerate(chain.matters) if matter in here), None)
    if at is None:
        return None
    there = replace(thread, matters=tuple(m.id for m in chain.matters), at=at, listed=())
    now = replace(
        context, state=replace(context.state, threads=(*context.state.threads, there)[-KEPT_THREADS:])
    )
    aspect = context.aspect or (
        context.state.aspect if context.state.aspect not in ("next", "previous") else ""
    )
    return step_reply(now, at, aspect or None)


def thread_targets(context: Context) -> tuple[Target, ...]:
    """What the present thread is about, as targets that another region can answer."""
    thread = context.state.thread
    if thread is None:
        return ()
    if thread.scenario:
        return (Target(thread.scenario, "scenario", 1.0),)
    if thread.concept:
        return (Target(thread.concept, "concept", 1.0),)
    concepts = [c for m in thread.matters[:3] for c in context.catalogue.concepts_of(m)]
    return tuple(Target(c, "concept", 1.0 / (i + 1)) for i, c in enumerate(concepts))


def to_audience(context: Context) -> Outcome:
    """The kept wish for the audience that was chosen."""
    state = context.state
    targets = state.wish.targets or thread_targets(context)
    if state.region and targets:
        ranking = rank(context.catalogue, targets, state.region, state.audience)
        if ranking.here:
            heard = replace(context.heard, aspects=(), intent="", payload="", text=state.wish.text)
            return show_candidate(replace(context, heard=heard), ranking.here[0], heard.text)
        if state.audience == "enterprise" and not context.catalogue.has_list(state.region, "enterprise"):
            return context.end(endings.no_enterprise_list(context.catalogue, state.region))
        shown = _shown_for(context)
        if shown:
            return show(context, shown)
        if state.audience:
            target = targets[0].id
            lacks = endings.not_for(context.catalogue, target, state.region, state.audience, context.turn)
            return context.end(lacks)
    key = f"audience_set.{state.audience}"
    return context.end(endings.simple("smalltalk", key, 0, state.region))


def _shown_for(context: Context) -> tuple[Matter, ...]:
    """Matters of the latest thread that showed some for this audience here: both versions may stand further up."""
    state, matters = context.state, context.catalogue.matters
    for thread in reversed(state.threads):
        found = tuple(matters[m] for m in thread.matters if matters[m].audience == state.audience)
        if found and found[0].region == state.region and len(found) < len(thread.matters):
            return found
    return ()
