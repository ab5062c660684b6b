"""Answers a wish: which scenario or matter is meant here, and what to say where none is."""

from __future__ import annotations

from dataclasses import replace

from actions import endings
from actions.audiences import both_audiences, other_audience
from actions.choosing import picked
from actions.context import Context, Outcome
from actions.outside import end_outside, is_outside
from actions.policy import POLICY
from actions.several import joined_answers, same_scene, second_wish, two_requests
from actions.showing import show_candidate
from actions.wish import Wish
from actions.wording import say


def answer_wish(context: Context) -> Outcome | None:
    """The answer to what the message asks for; always answers."""
    heard, state, catalogue = context.heard, context.state, context.catalogue
    if is_outside(context):
        if state.region is None and state.asking == "region" and state.wish:
            # The question for the region still stands.
            return context.end(endings.ask_region(catalogue, state.audience, context.turn))
        return end_outside(context)
    if state.region is None:
        return _ask_region(context)
    two = two_requests(context)
    if two is not None:
        return two
    ranking = context.ranking
    if not ranking.here:
        return _none_here(context)
    best = ranking.here[0]
    away = ranking.elsewhere[0][1] if ranking.elsewhere else 0.0
    if away >= POLICY.answer and best.probability < POLICY.here * away:
        return _none_here(context)
    both = both_audiences(context)
    if both is not None:
        return both
    if best.probability < POLICY.answer:
        likely = [c for c in ranking.here if c.probability >= POLICY.option]
        if best.probability < POLICY.clarify or len(likely) < 2:
            if best.probability < POLICY.clarify:
                return end_outside(context)
        elif best.probability < POLICY.clarify_below:
            reply = endings.clarify(catalogue, likely, state.region, context.turn)
            return context.end(reply)
    chosen = picked(context, best)
    other = second_wish(context, chosen)
    if other is None:
        return show_candidate(context, chosen, heard.text)
    together = same_scene(chosen, other)
    if together is not None:
        return show_candidate(context, together, heard.text)
    return joined_answers(context, [(heard.text, chosen), (heard.text, picked(context, other))])


def _ask_region(context: Context) -> Outcome:
    """Asks for the region and keeps the wish, so that it is answered without being repeated."""
    state = context.state
    reply = endings.ask_region(context.catalogue, state.audience, context.turn, context.heard.text)
    reply = replace(reply, text=_condolence(context) + reply.text)
    # "我在枣庄" is an attempt at an answer, and no wish of its own.
    waits = state.asking == "region" and bool(state.wish) and context.best < POLICY.answer
    wish = state.wish if waits else Wish.of(context.heard)
    return Outcome(reply, replace(state, asking="region", wish=wish))


def _condolence(context: Context) -> str:
    """Nobody who tells of a death is first asked where."""
    likely = context.heard.targets[:1]
    told = [context.catalogue.scenarios.get(t.id) for t in likely if t.probability >= POLICY.answer]
    died = any(scenario and scenario.tone == "condolence" for scenario in told)
    return say("opening.condolence", context.turn) if died else ""


def _none_here(context: Context) -> Outcome:
    """The region's lists lack what is meant: say so, offer the regions that have it, keep the wish."""
    state, catalogue = context.state, context.catalogue
    assert state.region is not None
    kept = replace(state, wish=Wish.of(context.heard))
    if state.audience == "enterprise" and not catalogue.has_list(state.region, "enterprise"):
        return Outcome(endings.no_enterprise_list(catalogue, state.region), kept)
    other = other_audience(context)
    if other is not None:
        return show_candidate(context, other, context.heard.text)
    elsewhere = context.ranking.elsewhere
    if not elsewhere or elsewhere[0][1] < POLICY.clarify:
        return end_outside(context)
    return Outcome(endings.not_here(catalogue, elsewhere[0][0], state.region, context.turn), kept)
