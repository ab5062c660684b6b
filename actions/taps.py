"""Taps: an option chosen by payload, by its number or by its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions import endings
from actions.answering import show
from actions.compose import chain_reply
from actions.conditions import chain_with
from actions.context import Context, Outcome
from actions.regions import to_audience, to_region
from actions.threads import more

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
        return more(context)
    return None


def _named_option(context: Context) -> str:
    """The option that a number or a label of the last reply names; empty where none is."""
    heard, options = context.heard, context.state.options
    text = heard.text.strip(" 。.！!，,")
    if not options:
        return ""
    number = int(text) if text.isdigit() and len(text) <= 2 else 0
    if not number and text.startswith(("选", "回复")) and text[-1:].isdigit():
        number = int(text[-1])
    if 1 <= number <= len(options):
        return options[number - 1][1]
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
        wish = {"text": "", "targets": [[scenario, "scenario", 1.0]], "aspects": []}
        reply = endings.ask_region(context.catalogue, state.audience, context.turn)
        return Outcome(reply, replace(state, asking="region", wish=wish))
    if not context.catalogue.chain(scenario, state.region).steps:
        return context.end(endings.not_here(context.catalogue, scenario, state.region, context.turn))
    reply, asking = chain_reply(context.catalogue, scenario, state.region, facts, context.turn)
    outcome = context.remember(reply, context.heard.text, scenario=scenario, asking=asking)
    return Outcome(reply, replace(outcome.state, facts=dict(facts)))


def _fact(context: Context, choice: str) -> Outcome | None:
    """A chain again with one more condition settled, or open again where the value is empty.

    `mortgage=yes@second-hand-home` goes back to that scenario if something else is being talked about.
    """
    option, _, scenario = choice.partition("@")
    name, _, value = option.partition("=")
    thread, state = context.state.thread, context.state
    condition = context.catalogue.conditions.get(name)
    if condition is None or value not in {"", *(o.value for o in condition.options)}:
        return None
    told = {name: value} if value else {}
    if scenario in context.catalogue.scenarios and (thread is None or thread.scenario != scenario):
        return _scenario(context, scenario, told)
    if thread is None or thread.scenario is None or state.region is None:
        return None
    others = {other: fact for other, fact in state.facts.items() if other != name}
    return chain_with(context, {**others, **told})
