"""Shows what was chosen: the chain of a scenario, matters in full, an aspect of them, or what comes before and after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions import endings
from actions.aspects import NEVER_GIVEN, aspect_reply, neighbour_reply
from actions.candidates import Candidate
from actions.compose import chain_reply, matter_reply
from actions.context import Context, Outcome
from actions.facilities import office_lines, office_values, offices_known
from actions.facts import facts_told
from actions.followers import followers
from actions.policy import POLICY
from actions.reply import Reply, Slot
from actions.signals import has
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.scenario import ConditionOption


def show_candidate(context: Context, best: Candidate, said: str) -> Outcome:
    """The answer for one candidate: its chain or its matters, or the aspect asked of them."""
    catalogue, region = context.catalogue, context.state.region
    assert region is not None
    aspect = context.aspect
    if best.scenario:
        conditions = catalogue.conditions_of(best.scenario).values()
        facts = {**_kept_facts(context, best.scenario), **facts_told(said, conditions), **best.facts}
        told = any(thread.scenario == best.scenario for thread in context.state.threads)
        reply, asking = chain_reply(catalogue, best.scenario, region, facts, context.turn, greet=not told)
        if not reply.steps:
            return context.end(endings.case_not_listed(catalogue, best.scenario, region, facts, context.turn))
        reply = _with_aspect(catalogue, _as_before(context, reply), aspect)
        reply = replace(reply, confidence=min(1.0, best.probability))
        return context.remember(reply, said, scenario=best.scenario, asking=asking, facts=facts)
    turned = has("correct", context.heard.text) or context.heard.behind
    after = () if turned or aspect in ("next", "previous") else followers(context, best)
    return show(context, best.matters, best.exact, best.concept, best.probability, after)


def _as_before(context: Context, reply: Reply) -> Reply:
    """The reply, saying so where it is what was answered a moment ago: perhaps something else was meant."""
    thread, heard = context.state.thread, context.heard
    ids = tuple(step.matter.id for step in reply.steps)
    same = thread is not None and thread.matters == ids and heard.alone is not None
    if not same or context.aspect or heard.alone >= POLICY.clear or heard.regions:  # type: ignore[operator]
        return reply
    return replace(reply, text=f"{say('again', context.turn)}\n{reply.text}")


def _kept_facts(context: Context, scenario: str) -> Mapping[str, str]:
    """Facts told before, as far as the same scenario is still talked about."""
    thread = context.state.thread
    return context.state.facts if thread and thread.scenario == scenario else {}


def _with_aspect(catalogue: Catalogue, reply: Reply, aspect: str | None) -> Reply:
    """The chain with what the facility directory knows of the aspect, or with a plain word that the list does not give it."""
    if aspect not in NEVER_GIVEN:
        return reply
    matters = [step.matter for step in reply.steps]
    known = office_lines(catalogue, matters, aspect)
    if known:
        offices = [o for matter in matters for o in offices_known(catalogue, matter, aspect)]
        slot = Slot(aspect, True, office_values(offices, aspect))
        return replace(reply, text="\n".join([*known, reply.text]), slot=slot)
    name = say(f"aspect.names.{aspect}")
    departments = "、".join(dict.fromkeys(d for m in matters for d in m.departments))
    title = reply.scenario.title if reply.scenario else ""
    note = say("aspect.not_given", 0, title=title, aspect=name, departments=departments or "主管部门")
    return replace(reply, text=f"{note}\n{reply.text}", slot=Slot(aspect, False))


def show(
    context: Context,
    matters: Sequence[Matter],
    exact: bool = True,
    concept: str | None = None,
    confidence: float | None = None,
    followers: Sequence[Matter] = (),
) -> Outcome:
    """These matters in full, or the aspect that is asked of them; followers are told in a line each."""
    catalogue, aspect = context.catalogue, context.aspect
    if aspect in ("next", "previous"):
        return neighbour(context, matters[0], aspect)
    if aspect:
        reply = aspect_reply(catalogue, matters, aspect, context.turn, followers)
    else:
        exact = exact or _named(matters[0], context.heard.text)
        greet = not context.state.threads
        reply = matter_reply(catalogue, matters, exact, context.turn, followers, greet)
        reply = _as_before(context, reply)
    reply = replace(reply, confidence=min(1.0, confidence) if confidence is not None else None)
    at = None if followers else _place_in_thread(context, matters)
    if at is not None:
        # "一次性补助金多久到账" asks about a step of what is being walked, which goes on from there.
        return context.move(reply, at)
    # Followers are told, but what is talked about is the matters meant.
    return context.remember(reply, context.heard.text, concept=concept, about=len(matters))


def step_reply(context: Context, at: int, aspect: str | None) -> Outcome:
    """One step of what is talked about in full, or the aspect asked of it; it is pointed at from now on."""
    matter = context.focus[at]
    reply = (
        aspect_reply(context.catalogue, [matter], aspect, context.turn)
        if aspect
        else matter_reply(context.catalogue, [matter], True, context.turn, greet=False)
    )
    return context.move(reply, at)


def _named(matter: Matter, text: str) -> bool:
    """Whether the message has the matter's own name in it, with or without the verb that the list puts before it."""
    return re.sub("^(?:申请|申领|办理|领取)|(?:办理|申请|申领|核发)$", "", matter.title) in text


def _row_around(catalogue: Catalogue, matter: Matter) -> Sequence[Matter]:
    """The sequence that a matter stands in, else its stage: beyond that the list goes on with other things."""
    for scenario in catalogue.scenarios_of(matter):
        steps = catalogue.chain(scenario.id, matter.region).steps
        if not scenario.is_menu and scenario.origin != "composed" and len(steps) > 1:
            own = next(step.condition for step in steps if step.matter == matter)
            return [s.matter for s in steps if s.matter == matter or not _excludes(own, s.condition)]
    listed = catalogue.list_matters(matter.region, matter.audience)
    return [other for other in listed if other.stage == matter.stage]


def _excludes(own: ConditionOption | None, other: ConditionOption | None) -> bool:
    """Whether two steps answer one condition differently."""
    return own is not None and other is not None and own != other and own.condition == other.condition


def _way_of(context: Context, matter: Matter) -> Context | None:
    """The context with the chain that was talked about before and has this matter as a step, if there is one."""
    threads = context.state.threads
    for thread in reversed(threads):
        if thread.scenario and matter.id in thread.matters and thread is not context.state.thread:
            order = (*(t for t in threads if t is not thread), thread)
            return Context(context.catalogue, replace(context.state, threads=order), context.heard)
    return None


def _place_in_thread(context: Context, matters: Sequence[Matter]) -> int | None:
    """Where the one matter stands in what is being talked about, if it is a step of that chain or all of it."""
    thread, page = context.state.thread, context.state.page
    ids = tuple(matter.id for matter in matters)
    if thread is None or page or len(ids) != 1 or ids[0] not in thread.matters:
        return None
    return thread.matters.index(ids[0]) if thread.scenario or thread.matters == ids else None


def neighbour(context: Context, matter: Matter, aspect: str) -> Outcome:
    """What comes after or before a matter: in the chain being talked about, else by its list's links, else as printed."""
    catalogue = context.catalogue
    thread = context.state.thread
    row: Sequence[Matter] = context.focus
    walked = thread is not None and thread.scenario is not None and matter in row
    if walked:
        row = context.without_alternatives(matter)
    elif (way := _way_of(context, matter)) is not None:
        return neighbour(way, matter, aspect)
    else:
        linked = [
            m
            for m in catalogue.list_matters(matter.region, matter.audience)
            if m.no in matter.related and m.no != matter.no
        ]
        row = [matter, *linked] if aspect == "next" and linked else _row_around(catalogue, matter)
    reply, at = neighbour_reply(catalogue, row, list(row).index(matter), aspect)
    if walked:
        first, *rest = reply.text.split("\n")
        text = "\n".join([first, *context.condition_note(row[at], matter), *rest])
        return context.move(replace(reply, text=text), context.focus.index(row[at]))
    return context.remember(reply, context.heard.text)
