"""A person or a firm: both versions where nothing says which, and the other one where the one named has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import endings
from actions.candidates import Candidate, rank
from actions.compose import joined
from actions.context import Context, Outcome
from actions.policy import POLICY
from actions.reply import Reply
from actions.showing import show_candidate
from actions.signals import has
from actions.wish import Wish
from actions.wording import say


def both_audiences(context: Context) -> Outcome | None:
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
    wish = Wish.of(replace(heard, aspects=()))
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


def other_audience(context: Context) -> Candidate | None:
    """What the message surely means for the other audience, where it means nothing for the one that the channel named."""
    state, heard = context.state, context.heard
    if state.region is None or state.audience is None or heard.audience is not None:
        return None
    other = "individual" if state.audience == "enterprise" else "enterprise"
    here = rank(context.catalogue, heard.targets, state.region, other).here
    return here[0] if here and here[0].probability >= POLICY.other_sure and context.alone >= 0.5 else None
