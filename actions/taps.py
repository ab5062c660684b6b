"""Taps: an option chosen by payload, by its number or by its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions import endings
from actions.compose import chain_reply, scenario_option
from actions.conditions import chain_with
from actions.context import Context, Outcome
from actions.heard import Target
from actions.regions import to_audience, to_region
from actions.showing import show
from actions.signals import SIGNS
from actions.threads import more
from actions.wish import Wish
from knowledge.matter import AUDIENCES

NOTHING_TOLD: Mapping[str, str] = {}


def choose(context: Context) -> Outcome | None:
    """A tapped or named option."""
    heard, state = context.heard, context.state
    choice = heard.payload
    if not choice:
        choice = _named_option(context)
    kind, _, value = choice.partition(":")
    if kind == "region" and value in context.catalogue.regions:
        return to_region(replace(context, state=replace(state, region=value)))
    if kind == "audience" and value in ("individual", "enterprise"):
        return to_audience(replace(context, state=replace(state, audience=value, audience_said=True)))
    if kind == "matter" and value in context.catalogue.matters:
        matter = context.catalogue.matters[value]
        here = replace(context, state=replace(state, region=state.region or matter.region))
        return show(_plain(here), [matter])
    if kind == "scenario" and value in context.catalogue.scenarios:
        return _scenario(context, value)
    if kind == "fact":
        return _fact(context, value)
    if kind == "more":
        return more(context) or (_stale(context) if heard.payload else None)
    return _stale(context) if heard.payload and kind not in ("rate", "human", "restart", "handoff") else None


def _named_option(context: Context) -> str:
    """The option that a number or a label of the last reply names; empty where none is."""
    heard, state = context.heard, context.state
    options = state.options
    text = heard.text.strip(" 。.！!，,")
    # "¹" is a digit to Python, but no number.
    number = int(text) if text.isdecimal() and len(text) <= 2 else 0
    if not number and text.startswith(("选", "回复")) and text[-1:].isdecimal():
        number = int(text[-1])
    if not number and state.numbered and len(heard.rest) <= 2:
        number = heard.ordinal or 0
    if 1 <= number <= len(options):
        return options[number - 1][1]
    for name in AUDIENCES:
        if (
            SIGNS[f"for_{name}"].fullmatch(text)
            and (state.threads or state.wish)
            and not context.answers_question
        ):
            return f"audience:{name}"
    for label, choice in options:
        if text == label or (len(text) >= 2 and text == label.removesuffix("区").removesuffix("县")):
            return choice
    return ""


def _plain(context: Context) -> Context:
    """The context without the message's own aspects, for a tap."""
    return replace(context, heard=replace(context.heard, aspects=(), intent=""))


def _scenario(context: Context, scenario: str, facts: Mapping[str, str] = NOTHING_TOLD) -> Outcome:
    state = context.state
    if state.region is None:
        wish = Wish(targets=(Target(scenario, "scenario", 1.0),))
        reply = endings.ask_region(context.catalogue, state.audience, context.turn)
        return Outcome(reply, replace(state, asking="region", wish=wish))
    if not context.catalogue.chain(scenario, state.region).steps:
        return context.end(endings.not_here(context.catalogue, scenario, state.region, context.turn))
    reply, asking = chain_reply(context.catalogue, scenario, state.region, facts, context.turn)
    return context.remember(reply, context.heard.text, scenario=scenario, asking=asking, facts=facts)


def _fact(context: Context, choice: str) -> Outcome | None:
    """The latest chain that has this condition, with it settled, or open again where the value is empty.

    `mortgage=yes@second-hand-home` is said of that scenario, whatever was talked about since.
    """
    option, _, scenario = choice.partition("@")
    name, _, value = option.partition("=")
    state = context.state
    condition = context.catalogue.conditions.get(name)
    if condition is None or value not in {"", *(o.value for o in condition.options)}:
        return _stale(context)
    told = {name: value} if value else {}
    asked = [
        thread
        for thread in state.threads
        if thread.scenario
        and scenario in ("", thread.scenario)
        and name in context.catalogue.conditions_of(thread.scenario)
    ]
    if not asked and scenario in context.catalogue.scenarios:
        return _scenario(context, scenario, told)
    if not asked or state.region is None:
        return _stale(context)
    # The question may stand further up the page: its chain is talked about again.
    threads = (*(t for t in state.threads if t is not asked[-1]), asked[-1])
    there = replace(context, state=replace(state, threads=threads))
    others = {other: fact for other, fact in there.state.facts.items() if other != name}
    return chain_with(there, {**others, **told})


def _stale(context: Context) -> Outcome:
    """What was tapped is no longer there: said kindly, with a way on."""
    thread, region = context.state.thread, context.state.region
    reply = endings.simple("clarify", "clarify.stale", context.turn, region)
    if thread and thread.scenario:
        now = scenario_option(context.catalogue.scenarios[thread.scenario])
        reply = replace(reply, options=(now, *reply.options))
    return context.end(reply)
