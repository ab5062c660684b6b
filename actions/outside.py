"""Messages that are no wish of the lists: told apart, and ended by what they are."""

from __future__ import annotations

from actions import endings
from actions.context import Context, Outcome
from actions.policy import POLICY
from actions.signals import has


def is_outside(context: Context) -> bool:
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


def end_outside(context: Context) -> Outcome:
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
