"""Answers to the questions of a chain: taps and free words settle conditions, and the chain comes again."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import endings
from actions.compose import chain_reply
from actions.context import Context, Outcome
from actions.facts import facts_told, plain_answer
from actions.policy import POLICY
from actions.reply import Option, Reply
from actions.signals import has
from actions.wording import say


def chain_with(context: Context, facts: dict[str, str]) -> Outcome | None:
    """The chain being talked about with these facts; None where no chain is."""
    thread, state = context.state.thread, context.state
    if thread is None or thread.scenario is None or state.region is None:
        return None
    reply, asking = chain_reply(
        context.catalogue, thread.scenario, state.region, facts, context.turn, greet=False
    )
    if not reply.steps:
        unlisted = endings.case_not_listed(
            context.catalogue, thread.scenario, state.region, facts, context.turn
        )
        return context.end(unlisted)
    outcome = context.remember(reply, thread.said, scenario=thread.scenario, asking=asking, facts=facts)
    threads = (*state.threads[:-1], outcome.state.threads[-1])
    return Outcome(reply, replace(outcome.state, threads=threads))


def settle_condition(context: Context) -> Outcome | None:
    """Free words that answer the chain's open conditions count as taps ("是商铺", "不走按揭")."""
    heard, thread, state = context.heard, context.state.thread, context.state
    if heard.payload or thread is None or thread.scenario is None or state.region is None:
        return None
    chain = context.catalogue.chain(thread.scenario, state.region, state.facts)
    # "不是，我说的是…" corrects; "不是提前退休" answers.
    answers = any(heard.text.startswith(w) for c in chain.open_conditions for o in c.options for w in o.words)
    corrects = has("correct", heard.text) and len(heard.text) > 2 and not answers
    if corrects and len(heard.text) <= 20:
        return _taken_back(context)
    if len(heard.text) > 20 or context.asks_aspect:
        return None
    told = facts_told(heard.text, chain.open_conditions)
    if not told and state.asking in context.catalogue.conditions:
        told = plain_answer(heard.text, context.catalogue.conditions[state.asking])
        if told:
            return chain_with(context, {**state.facts, **told})
    if not told:
        return _taken_back(context)
    if any(heard.text in o.words for c in chain.open_conditions for o in c.options):
        return chain_with(context, {**state.facts, **told})
    # A new wish that happens to hold such a word ("想贷款") goes before.
    belongs = {thread.scenario} | {
        v.id for v in context.catalogue.variants.values() if v.scenario == thread.scenario
    }
    if not re.search("办|证|许可|怎么|咋|如何", heard.text):
        # "也卖烟酒" names a step of this chain, which the answer settles.
        belongs |= {
            step.concept for step in context.catalogue.scenarios[thread.scenario].steps if step.condition
        }
    asked = state.asking in told
    if asked and not re.search("办|证|许可|怎么|咋|如何|想|要", heard.text):
        return chain_with(context, {**state.facts, **told})
    top = heard.targets[0] if heard.targets else None
    adds = heard.text.startswith(("也", "还", "不", "没"))
    # An answer or an addition gives way only to what is very sure, an addition also by itself.
    sure = 0.9 if asked or adds else 0.5
    if top and top.id not in belongs and top.probability > sure and not (adds and context.alone < sure):
        return None
    return chain_with(context, {**state.facts, **told})


def ask_again(context: Context) -> Outcome | None:
    """The open question once more, kindly, where the message neither answers it nor asks anything ("不知道啥意思")."""
    thread, state, heard = context.state.thread, context.state, context.heard
    if thread is None or thread.scenario is None or heard.payload or len(heard.text) > 12:
        return None
    condition = context.catalogue.conditions.get(state.asking)
    if condition is None or context.asks_aspect or heard.regions or has("correct", heard.text):
        return None
    if heard.outside >= POLICY.far_off and not has("states", heard.text):
        # "今天天气热不热" is no answer to anything.
        return None
    nothing = context.alone < 0.5 or context.says_nothing_new
    if not has("puzzled", heard.text) and (has("asks", heard.text) or not nothing):
        return None
    text = say(
        "chain.ask_again",
        context.turn,
        question=condition.question,
        why=condition.why,
    )
    options = tuple(Option(o.label, f"fact:{o.id}") for o in condition.options)
    return context.end(Reply("clarify", text, state.region, options=options))


def _taken_back(context: Context) -> Outcome | None:
    """The chain with a fact that was told otherwise before ("不对，是住宅"); None where no such fact is told."""
    thread, facts = context.state.thread, context.state.facts
    if thread is None or thread.scenario is None:
        return None
    settled = [c for c in context.catalogue.conditions_of(thread.scenario).values() if c.id in facts]
    told = facts_told(_last_clause(context.heard.text), settled)
    changed = {name: value for name, value in told.items() if facts[name] != value}
    return chain_with(context, {**facts, **changed}) if changed else None


def _last_clause(text: str) -> str:
    """What holds stands last: "不是商铺，是住宅"."""
    return re.split("[，,。；;]|而是", text.rstrip("。！!"))[-1]
