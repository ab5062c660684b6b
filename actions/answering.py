"""Answers a wish: which scenario or matter is meant here, and what to say where none is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions import endings
from actions.aspects import NEVER_GIVEN, aspect_reply, neighbour_reply
from actions.candidates import Candidate, rank
from actions.compose import chain_reply, joined, matter_reply
from actions.context import Context, Outcome
from actions.facilities import office_lines, office_values, offices_known
from actions.facts import facts_told
from actions.heard import Target
from actions.policy import POLICY
from actions.reply import Reply, Slot
from actions.signals import has
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter


def answer_wish(context: Context) -> Outcome | None:
    """The answer to what the message asks for; always answers."""
    heard, state, catalogue = context.heard, context.state, context.catalogue
    if _outside(context):
        if state.region is None and state.asking == "region" and state.wish:
            # The question for the region still stands.
            return context.end(endings.ask_region(catalogue, state.audience, context.turn))
        return _end_outside(context)
    if state.region is None:
        return _ask_region(context)
    two = _two_requests(context)
    if two is not None:
        return two
    ranking = context.ranking
    if not ranking.here:
        return _none_here(context)
    best = ranking.here[0]
    away = ranking.elsewhere[0][1] if ranking.elsewhere else 0.0
    if away >= POLICY.answer and best.probability < POLICY.here * away:
        return _none_here(context)
    both = _both_audiences(context)
    if both is not None:
        return both
    if best.probability < POLICY.answer:
        likely = [c for c in ranking.here if c.probability >= POLICY.option]
        if best.probability < POLICY.clarify or len(likely) < 2:
            if best.probability < POLICY.clarify:
                return _end_outside(context)
        elif best.probability < POLICY.clarify_below:
            reply = endings.clarify(catalogue, likely, state.region, context.turn)
            return context.end(reply)
    chosen = picked(context, best)
    other = _second_wish(context, chosen)
    if other is None:
        return show_candidate(context, chosen, heard.text)
    together = _same_scene(chosen, other)
    if together is not None:
        return show_candidate(context, together, heard.text)
    return _joined_answers(context, [(heard.text, chosen), (heard.text, picked(context, other))])


def _second_wish(context: Context, best: Candidate) -> Candidate | None:
    """Another candidate about as likely as the best: a message may mean two things, and then search finds both."""
    # In the light of earlier words the second is mostly what was talked about before.
    if context.aspect in ("next", "previous") or context.heard.alone is not None:
        return None
    ids = {m.id for m in best.matters}
    for other in context.ranking.here:
        if other.probability < POLICY.pair * best.probability:
            return None
        apart = not ids & {m.id for m in other.matters}
        if apart and other.audience == best.audience and other.probability >= POLICY.pair_least:
            return other
    return None


def _same_scene(first: Candidate, second: Candidate) -> Candidate | None:
    """Two matters of one scene as one answer in the list's order; None where they are not of one scene."""
    if first.scenario or second.scenario or first.matters[0].scene != second.matters[0].scene:
        return None
    matters = tuple(sorted({*first.matters, *second.matters}, key=lambda m: m.position))
    return replace(first, matters=matters, exact=first.exact and second.exact)


def picked(context: Context, best: Candidate) -> Candidate:
    """The one matter of a scenario that the message points at, if it points at one; else the candidate itself."""
    if not best.scenario:
        return _whole(context, best)
    scenario = context.catalogue.scenarios[best.scenario]
    narrow = scenario.is_menu or (scenario.origin == "composed" and not has("whole", context.heard.text))
    share = POLICY.pick if narrow else POLICY.specific
    if scenario.origin == "composed" and narrow and has("licence", context.heard.text):
        # "零售的许可证谁批": the paper itself, not all that opening a shop takes.
        share = POLICY.licence
    ids = {m.id for m in best.matters}
    inside = [c for c in context.ranking.here if not c.scenario and {m.id for m in c.matters} <= ids]
    return inside[0] if inside and inside[0].probability >= share * best.probability else best


def _whole(context: Context, best: Candidate) -> Candidate:
    """The sequence around a matter: where the message asks for the whole way, or where it opens so and is about as likely."""
    ids = {m.id for m in best.matters}
    around = [c for c in context.ranking.here if c.scenario and ids & {m.id for m in c.matters}]
    sequences = [c for c in around if not context.catalogue.scenarios[c.scenario or ""].is_menu]
    if not has("whole", context.heard.text):
        opened = sequences and not context.aspect and sequences[0].matters[0].id in ids
        likely = opened and sequences[0].probability >= POLICY.opens * best.probability
        return sequences[0] if likely else best
    if sequences and sequences[0].probability >= POLICY.option:
        return sequences[0]
    return _listed_around(context, best) or best


def _listed_around(context: Context, best: Candidate) -> Candidate | None:
    """The list's own sequence that a matter stands in, the matter's condition settled ("挂个分公司，全套")."""
    catalogue, matter = context.catalogue, best.matters[0]
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


def _followers(context: Context, best: Candidate) -> tuple[Matter, ...]:
    """What to show after the matters meant: the rest of a sequence that is likely meant too, then further matters.

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


def show_candidate(context: Context, best: Candidate, said: str) -> Outcome:
    """The answer for one candidate: its chain or its matters, or the aspect asked of them."""
    catalogue, region = context.catalogue, context.state.region
    assert region is not None
    aspect = context.aspect
    if best.scenario:
        conditions = catalogue.conditions_of(best.scenario).values()
        facts = {**_kept_facts(context, best.scenario), **best.facts, **facts_told(said, conditions)}
        reply, asking = chain_reply(catalogue, best.scenario, region, facts, context.turn)
        if not reply.steps:
            return context.end(endings.case_not_listed(catalogue, best.scenario, region, facts, context.turn))
        reply = _with_aspect(catalogue, reply, aspect)
        reply = replace(reply, confidence=min(1.0, best.probability))
        outcome = context.remember(reply, said, scenario=best.scenario, asking=asking)
        return Outcome(outcome.reply, replace(outcome.state, facts=facts))
    corrects = has("correct", context.heard.text)
    followers = () if corrects or aspect in ("next", "previous") else _followers(context, best)
    return show(context, best.matters, best.exact, best.concept, best.probability, followers)


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
        reply = matter_reply(catalogue, matters, exact, context.turn, followers)
    reply = replace(reply, confidence=min(1.0, confidence) if confidence is not None else None)
    # Followers are told, but what is talked about is the matters meant.
    return context.remember(reply, context.heard.text, concept=concept, about=len(matters))


def neighbour(context: Context, matter: Matter, aspect: str) -> Outcome:
    """What comes after or before a matter: in the chain being talked about, else by its list's links, else as printed."""
    catalogue = context.catalogue
    thread = context.state.thread
    row: Sequence[Matter] = context.focus
    if not (thread and thread.scenario and matter in row):
        linked = [
            m
            for m in catalogue.list_matters(matter.region, matter.audience)
            if m.no in matter.related and m.no != matter.no
        ]
        if aspect == "next" and linked:
            row = [matter, *linked]
        else:
            row = catalogue.list_matters(matter.region, matter.audience)
    reply, at = neighbour_reply(catalogue, row, list(row).index(matter), aspect)
    if thread and thread.scenario and matter in context.focus:
        return context.move(reply, at)
    return context.remember(reply, context.heard.text)


def _outside(context: Context) -> bool:
    heard = context.heard
    ranking = context.ranking
    if (
        context.says_nothing_new
        and (heard.alone_outside or 0.0) >= POLICY.far_off
        and len(heard.rest) >= 4
        and not (heard.audience or has("shows_audience", heard.text))
    ):
        # "你说房价明年会跌吗" only seems to be about the home that was talked about.
        return True
    best = ranking.here[0].probability / ranking.given_back if ranking.here else context.best
    if heard.outside >= POLICY.outside and best < heard.outside:
        return True
    return context.intends("out_of_scope", 0.95) and context.best < POLICY.doubt and heard.outside > 0.1


def _end_outside(context: Context) -> Outcome:
    heard, region = context.heard, context.state.region
    kind = heard.outside_kind if heard.outside >= 0.3 else ""
    if kind == "human_agent":
        return context.end(endings.simple("handoff", "handoff.head", context.turn, region))
    if kind == "smalltalk":
        return context.end(endings.simple("smalltalk", "smalltalk.capabilities", context.turn, region))
    if heard.intent == "complaint":
        return context.end(endings.simple("smalltalk", "complaint.first", 0, region))
    if kind == "injection" and heard.intent in ("injection", "personal_data", ""):
        return context.end(endings.simple("out_of_scope", "outside.other_data", 0, region))
    return context.end(endings.simple("out_of_scope", "outside.not_matter", context.turn, region))


def _ask_region(context: Context) -> Outcome:
    """Asks for the region and keeps the wish, so that it is answered without being repeated."""
    heard = context.heard
    reply = endings.ask_region(context.catalogue, context.state.audience, context.turn)
    wish = {
        "text": heard.text[:200],
        "targets": [[t.id, t.kind, t.probability] for t in heard.targets[:12]],
        "aspects": list(heard.aspects),
    }
    return Outcome(reply, replace(context.state, asking="region", wish=wish))


def _none_here(context: Context) -> Outcome:
    """The region's lists lack what is meant: say so, offer the regions that have it, keep the wish."""
    state, catalogue = context.state, context.catalogue
    assert state.region is not None
    wish = {
        "text": context.heard.text[:200],
        "targets": [[t.id, t.kind, t.probability] for t in context.heard.targets[:12]],
        "aspects": list(context.heard.aspects),
    }
    kept = replace(state, wish=wish)
    if state.audience == "enterprise" and not catalogue.has_list(state.region, "enterprise"):
        return Outcome(endings.no_enterprise_list(catalogue, state.region), kept)
    other = _other_audience(context)
    if other is not None:
        return show_candidate(context, other, context.heard.text)
    elsewhere = context.ranking.elsewhere
    if not elsewhere or elsewhere[0][1] < POLICY.clarify:
        return _end_outside(context)
    return Outcome(endings.not_here(catalogue, elsewhere[0][0], state.region, context.turn), kept)


def _other_audience(context: Context) -> Candidate | None:
    """What the message surely means for the other audience, where it means nothing for the one that the channel named."""
    state, heard = context.state, context.heard
    if state.region is None or state.audience is None or heard.audience is not None:
        return None
    other = "individual" if state.audience == "enterprise" else "enterprise"
    here = rank(context.catalogue, heard.targets, state.region, other).here
    return here[0] if here and here[0].probability >= POLICY.other_sure and context.alone >= 0.5 else None


def _both_audiences(context: Context) -> Outcome | None:
    """Both versions, where the message fits a person and a firm alike and nothing says which."""
    state, heard = context.state, context.heard
    if heard.audience or state.audience or not context.ranking.here or state.region is None:
        return None
    best = context.ranking.here[0]
    other = next((c for c in context.ranking.here if c.audience != best.audience), None)
    if other is not None and other.probability < max(POLICY.option, POLICY.other_audience * best.probability):
        other = None
    other = other or _twin(context, best)
    if other is None:
        return None
    replies = [show_candidate(context, candidate, heard.text).reply for candidate in (best, other)]
    merged = joined(replies)
    text = "\n".join([say("ask_audience.head", context.turn), *_by_audience(replies)])
    options = (*endings.audience_options(), *merged.options[:4])
    reply = replace(merged, kind="clarify", text=text, options=options, audience=None, scenario=None)
    outcome = context.remember(reply, heard.text)
    wish = {"text": heard.text[:200], "targets": [[t.id, t.kind, t.probability] for t in heard.targets[:12]]}
    return Outcome(outcome.reply, replace(outcome.state, wish=wish, asking="audience"))


def _twin(context: Context, best: Candidate) -> Candidate | None:
    """The other audience's version of a matter, where the lists have one and the message shows no audience."""
    if best.concept is None or has("shows_audience", context.heard.text):
        return None
    region = context.state.region
    assert region is not None
    twin = context.catalogue.twins.get(best.concept)
    matters = context.catalogue.matters_for(twin, region) if twin else ()
    return Candidate(best.probability, concept=twin, matters=matters) if matters else None


def _by_audience(replies: Sequence[Reply]) -> list[str]:
    return [f"【{say('audience.' + (reply.audience or 'individual'))}】{reply.text}" for reply in replies]


def _two_requests(context: Context) -> Outcome | None:
    """Both answers in order, where two clauses are each sure of a request of their own."""
    heard, state = context.heard, context.state
    if len(heard.clauses) < 2 or state.region is None:
        return None
    found: list[tuple[str, Candidate]] = []
    audience = heard.audience or state.audience
    for clause in heard.clauses:
        if clause.outside > 0.3:
            continue
        here = rank(context.catalogue, clause.targets, state.region, audience).here
        if here and here[0].probability >= POLICY.second and not _covered(here[0], found):
            found.append((clause.text, here[0]))
    return _joined_answers(context, found[:3]) if len(found) > 1 else None


def _joined_answers(context: Context, wishes: Sequence[tuple[str, Candidate]]) -> Outcome:
    """The answers to several wishes (their words, their candidates) in order, each a thread of its own."""
    heard, now = context.heard, context
    replies = []
    for text, candidate in wishes:
        outcome = show_candidate(replace(now, heard=replace(heard, aspects=())), candidate, text)
        thread = outcome.state.threads[-1]
        threads = (*outcome.state.threads[:-1], replace(thread, said=text))
        now = replace(now, state=replace(outcome.state, threads=threads))
        replies.append(outcome.reply)
    return Outcome(joined(replies), replace(now.state, asking=""))


def _covered(candidate: Candidate, found: Sequence[tuple[str, Candidate]]) -> bool:
    """Whether an earlier clause's answer shows these matters already."""
    shown = {m.id for _, other in found for m in other.matters}
    return any(m.id in shown for m in candidate.matters)


def wish_targets(wish: Mapping[str, object]) -> tuple[Target, ...]:
    """The targets of a kept wish."""
    rows = wish.get("targets") or []
    return tuple(Target(str(a), str(b), float(c)) for a, b, c in rows)  # type: ignore[attr-defined]
