"""Walking: taps, region changes, answers to questions, and what lives on the chain or matter being talked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import endings
from actions.answering import neighbour, show, show_candidate, wish_targets
from actions.aspects import NEVER_GIVEN, aspect_reply
from actions.candidates import rank
from actions.compose import MAX_OPTIONS, chain_reply, matter_option, matter_reply, scenario_option
from actions.context import Context, Outcome
from actions.facts import facts_told, plain_answer
from actions.heard import Target
from actions.lines import names, source_line, where_to_ask
from actions.listing import compare_reply, list_reply
from actions.lookup import Found
from actions.policy import POLICY
from actions.reply import Reply, matter_steps
from actions.signals import has
from actions.state import Thread
from actions.wording import say
from knowledge.matter import ONLINE, Matter


def choose(context: Context) -> Outcome | None:
    """A tapped or named option."""
    heard, state = context.heard, context.state
    choice = heard.payload
    if not choice:
        choice = _named_option(context)
    kind, _, value = choice.partition(":")
    if kind == "region" and value in context.catalogue.regions:
        return _to_region(replace(context, state=replace(state, region=value)))
    if kind == "audience" and value in ("individual", "enterprise"):
        return _to_audience(replace(context, state=replace(state, audience=value, audience_said=True)))
    if kind == "matter" and value in context.catalogue.matters:
        return show(_plain(context), [context.catalogue.matters[value]])
    if kind == "scenario" and value in context.catalogue.scenarios:
        return _scenario(context, value)
    if kind == "fact":
        return _fact(context, value)
    if kind == "more":
        return _more(context)
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


def _scenario(context: Context, scenario: str) -> Outcome:
    state = context.state
    if state.region is None:
        wish = {"text": "", "targets": [[scenario, "scenario", 1.0]], "aspects": []}
        reply = endings.ask_region(context.catalogue, state.audience, context.turn)
        return Outcome(reply, replace(state, asking="region", wish=wish))
    if not context.catalogue.chain(scenario, state.region).steps:
        return context.end(endings.not_here(context.catalogue, scenario, state.region, context.turn))
    reply, asking = chain_reply(context.catalogue, scenario, state.region, {}, context.turn)
    outcome = context.remember(reply, context.heard.text, scenario=scenario, asking=asking)
    return Outcome(reply, replace(outcome.state, facts={}))


def _fact(context: Context, option: str) -> Outcome | None:
    """A chain again with one more condition settled."""
    name, _, value = option.partition("=")
    thread, state = context.state.thread, context.state
    if thread is None or thread.scenario is None or state.region is None:
        return None
    condition = context.catalogue.conditions.get(name)
    if condition is None or value not in {o.value for o in condition.options}:
        return None
    return _chain_with(context, {**state.facts, name: value})


def _chain_with(context: Context, facts: dict[str, str]) -> Outcome | None:
    thread, state = context.state.thread, context.state
    if thread is None or thread.scenario is None or state.region is None:
        return None
    reply, asking = chain_reply(context.catalogue, thread.scenario, state.region, facts, context.turn)
    if not reply.steps:
        unlisted = endings.case_not_listed(
            context.catalogue, thread.scenario, state.region, facts, context.turn
        )
        return context.end(unlisted)
    outcome = context.remember(reply, thread.said, scenario=thread.scenario, asking=asking)
    threads = (*state.threads[:-1], outcome.state.threads[-1])
    return Outcome(reply, replace(outcome.state, facts=facts, threads=threads))


def settle_condition(context: Context) -> Outcome | None:
    """Free words that answer the chain's open conditions count as taps ("是商铺", "不走按揭")."""
    heard, thread, state = context.heard, context.state.thread, context.state
    if heard.payload or thread is None or thread.scenario is None or state.region is None:
        return None
    chain = context.catalogue.chain(thread.scenario, state.region, state.facts)
    # "不是，我说的是…" corrects; "不是提前退休" answers.
    answers = any(heard.text.startswith(w) for c in chain.open_conditions for o in c.options for w in o.words)
    corrects = has("correct", heard.text) and len(heard.text) > 2 and not answers
    if len(heard.text) > 20 or corrects or context.asks_aspect:
        return None
    told = facts_told(heard.text, chain.open_conditions)
    if not told and state.asking in context.catalogue.conditions:
        told = plain_answer(heard.text, context.catalogue.conditions[state.asking])
        if told:
            return _chain_with(context, {**state.facts, **told})
    if not told:
        return None
    # A new wish that happens to hold such a word ("想贷款") goes before.
    belongs = {thread.scenario} | {
        v.id for v in context.catalogue.variants.values() if v.scenario == thread.scenario
    }
    if not re.search("办|证|许可|怎么|咋|如何", heard.text):
        # "也卖烟酒" names a step of this chain, which the answer settles.
        belongs |= {
            step.concept for step in context.catalogue.scenarios[thread.scenario].steps if step.condition
        }
    top = context.heard.targets[0] if heard.targets else None
    asked = state.asking in told
    if top and top.probability > (0.9 if asked else 0.5) and top.id not in belongs:
        return None
    return _chain_with(context, {**state.facts, **told})


def region_only(context: Context) -> Outcome | None:
    """A message that names a region and little else: the last wish again, there."""
    heard, state = context.heard, context.state
    if heard.payload or len(heard.regions) != 1 or has("compare", heard.text):
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
    return _to_region(context)


def _to_region(context: Context) -> Outcome | None:
    """The kept wish, or else the last thread, answered in the region that holds now."""
    state, catalogue, region = context.state, context.catalogue, context.state.region
    assert region is not None
    targets: tuple[Target, ...] = ()
    if state.wish:
        targets = wish_targets(state.wish)
        kept = tuple(str(a) for a in state.wish.get("aspects") or ())
    elif state.thread:
        kept = ()
        targets = _thread_targets(context)
    if not targets:
        name = catalogue.regions[region].short
        return context.end(endings.simple("smalltalk", "region_set", context.turn, region, region=name))
    said = str(state.wish.get("text") or (state.thread.said if state.thread else ""))
    heard = replace(
        context.heard,
        text=said or context.heard.text,
        targets=targets,
        aspects=context.heard.aspects or kept,
        intent="",
        outside=0.0,
        clauses=(),
        payload="",
    )
    fresh = replace(context, heard=heard, state=replace(state, wish={}, asking=""))
    ranking = rank(catalogue, targets, region, state.audience)
    if not ranking.here and state.audience and not state.audience_said:
        ranking = rank(catalogue, targets, region, None)
    best = ranking.here[0] if ranking.here else None
    away = ranking.elsewhere[0] if ranking.elsewhere else None
    if best is None or (away and best.probability < POLICY.here * away[1]):
        wish = {
            "text": said[:200],
            "targets": [[t.id, t.kind, t.probability] for t in targets],
            "aspects": list(heard.aspects),
        }
        lost = replace(fresh.state, wish=wish)
        if state.audience == "enterprise" and not catalogue.has_list(region, "enterprise"):
            return Outcome(endings.no_enterprise_list(catalogue, region), lost)
        missing = away[0] if away else targets[0].id
        return Outcome(endings.not_here(catalogue, missing, region, context.turn), lost)
    return show_candidate(fresh, best, heard.text)


def _thread_targets(context: Context) -> tuple[Target, ...]:
    thread = context.state.thread
    if thread is None:
        return ()
    if thread.scenario:
        return (Target(thread.scenario, "scenario", 1.0),)
    if thread.concept:
        return (Target(thread.concept, "concept", 1.0),)
    concepts = [c for m in thread.matters[:3] for c in context.catalogue.concepts_of(m)]
    return tuple(Target(c, "concept", 1.0 / (i + 1)) for i, c in enumerate(concepts))


def _to_audience(context: Context) -> Outcome:
    """The kept wish for the audience that was chosen."""
    state = context.state
    targets = wish_targets(state.wish) or _thread_targets(context)
    if state.region and targets:
        ranking = rank(context.catalogue, targets, state.region, state.audience)
        if ranking.here:
            heard = replace(
                context.heard, aspects=(), intent="", payload="", text=str(state.wish.get("text") or "")
            )
            return show_candidate(replace(context, heard=heard), ranking.here[0], heard.text)
        if state.audience == "enterprise" and not context.catalogue.has_list(state.region, "enterprise"):
            return context.end(endings.no_enterprise_list(context.catalogue, state.region))
    key = f"audience_set.{state.audience}"
    return context.end(endings.simple("smalltalk", key, 0, state.region))


def _more(context: Context) -> Outcome | None:
    """The next page of a look-up."""
    state = context.state
    if not state.page or state.region is None:
        return None
    what, *ids = state.page
    matters = [context.catalogue.matters[i] for i in ids if i in context.catalogue.matters]
    start = (state.thread.at if state.thread else 0) + 12
    if start >= len(matters):
        return context.end(endings.simple("list", "list.end", 0, state.region))
    reply = list_reply(
        context.catalogue, Found(what, tuple(matters)), state.region, state.audience, context.turn, start
    )
    return context.move(reply, start, chosen=False)


def compare(context: Context) -> Outcome | None:
    """The same thing in two or more regions."""
    heard, state, catalogue = context.heard, context.state, context.catalogue
    asked = has("compare", heard.text) or (context.intends("compare_regions") and len(heard.regions) != 1)
    if heard.payload or heard.rows or not (asked or len(heard.regions) >= 2):
        return None
    if not asked and len(heard.regions) >= 2 and context.best < 0.3:
        return None
    targets = heard.targets if context.best >= 0.3 and len(heard.rest) > 1 else _thread_targets(context)
    home = [state.region] if state.region else []
    if len(heard.regions) >= 2:
        regions = list(heard.regions)
    elif len(heard.regions) == 1 and context.focus and len(heard.rest) <= 4:
        # "跟环翠有什么区别" sets what was shown beside that region, and stays where it is.
        here = context.focus[0].region
        regions = list(dict.fromkeys([here, *heard.regions]))
        context = replace(context, state=replace(state, region=here))
        if len(regions) < 2:
            return None
    else:
        regions = list(dict.fromkeys([*home, *heard.regions, *catalogue.regions]))
    entries: list[tuple[str, tuple[Matter, ...]]] = []
    title = ""
    for region in regions:
        ranking = rank(catalogue, targets, region, heard.audience or state.audience)
        best = ranking.here[0] if ranking.here and ranking.here[0].probability >= 0.2 else None
        if best is not None and not title:
            scenario = catalogue.scenarios[best.scenario] if best.scenario else None
            title = scenario.title if scenario else best.matters[0].title
        entries.append((region, best.matters[:8] if best else ()))
    if not any(matters for _, matters in entries):
        return None
    if len(regions) > 2 and len(heard.regions) < 2:
        entries = [entry for entry in entries if entry[1] or entry[0] == state.region]
    return context.remember(compare_reply(catalogue, entries, title, context.turn), heard.text)


def walk(context: Context) -> Outcome | None:
    """Follow-ups that live on the present thread: ordinals, aspects, next and previous, ticking off, going back."""
    heard, state = context.heard, context.state
    if heard.payload or state.region is None:
        return None
    if has("back", heard.text) or context.intends("go_back", 0.9):
        return _back(context)
    focus, thread = context.focus, state.thread
    if thread is None or not focus:
        return _needs_context(context)
    if (has("next_list", heard.text) or context.intends("show_more", 0.9)) and state.page:
        return _more(context)
    if (
        len(heard.text) <= 14
        and (has("done", heard.text) or context.intends("step_done", 0.9))
        and not heard.aspects
    ):
        return _tick(context)
    if heard.ordinal and len(heard.rest) <= 6 and not _wish_with_number(context):
        return _ordinal(context)
    if len(heard.text) <= 16 and has("list_all", heard.text) and thread.scenario and context.best < 0.8:
        return _chain_with(context, {})
    if (
        not heard.aspects
        and has("presses", heard.text)
        and state.aspect in NEVER_GIVEN
        and context.best < 0.5
    ):
        return _aspect(context, state.aspect)
    if not _lives_on_thread(context):
        return None
    if has("what_is_left", heard.text):
        return _left(context)
    if has("that_is_all", heard.text):
        return _complete(context)
    if has("optional", heard.text):
        return _optional(context)
    if has("order", heard.text):
        return _first(context)
    threaded = _other_thread(context)
    if threaded is not None:
        return threaded
    aspect = context.aspect
    if aspect in ("next", "previous"):
        at = min(thread.at, len(focus) - 1)
        return neighbour(context, focus[at], aspect)
    if aspect:
        return _aspect(context, aspect)
    return None


def _lives_on_thread(context: Context) -> bool:
    """Whether nothing in the message names a wish of its own."""
    heard = context.heard
    if not heard.rest:
        return True
    if context.aspect in NEVER_GIVEN and has("presses", heard.text) and context.best < 0.5:
        return True
    if context.aspect == "materials" and has("brings", heard.text):
        return True
    if has("what_is_left", heard.text) and len(heard.text) <= 12:
        return True
    best = context.ranking.here[0].probability if context.ranking.here else 0.0
    if len(heard.rest) <= 2 and min(best, context.best) < 0.6:
        return True
    return has("everything", heard.text) and len(heard.rest) <= 5


def _needs_context(context: Context) -> Outcome | None:
    """An aspect of nothing: ask of what."""
    heard = context.heard
    aspect = context.aspect
    if (
        aspect
        and len(heard.rest) <= 1
        and len(heard.text) <= 12
        and (heard.outside < 0.9 or not heard.rest)
        and context.best < 0.5
        and not (aspect == "online" and has("look_up", heard.text))
    ):
        name = say(f"aspect.names.{aspect}")
        return context.end(
            endings.simple(
                "clarify", "clarify.missing_context", context.turn, context.state.region, aspect=name
            )
        )
    return None


def _wish_with_number(context: Context) -> bool:
    """Whether a number belongs to a wish of its own ("第三个孩子怎么上户口")."""
    heard = context.heard
    return len(heard.rest) >= 2 and context.best >= 0.6 and not has("brings", heard.text)


def _ordinal(context: Context) -> Outcome | None:
    focus, number, threads = context.focus, context.heard.ordinal or 0, context.state.threads
    if number < 1:
        return None
    if number > len(focus):
        longer = next((t for t in reversed(threads[:-1]) if len(t.matters) >= number), None)
        if longer is None:
            return _no_such_step(context, number)
        order = (*(t for t in threads if t is not longer), longer)
        return _ordinal(replace(context, state=replace(context.state, threads=order)))
    matter = focus[number - 1]
    aspect = context.aspect
    if aspect in ("next", "previous"):
        return neighbour(context, matter, aspect)
    reply = (
        aspect_reply(context.catalogue, [matter], aspect, context.turn)
        if aspect
        else matter_reply(context.catalogue, [matter], True, context.turn)
    )
    return context.move(reply, number - 1)


def _no_such_step(context: Context, number: int) -> Outcome:
    focus = context.focus
    shown = [matter_option(matter) for matter in focus[:MAX_OPTIONS]]
    text = say("clarify.no_such_step", context.turn, number=number, count=len(focus))
    lines = [text, *(f"{i}. {option.label}" for i, option in enumerate(shown, 1))]
    return context.end(Reply("clarify", "\n".join(lines), context.state.region, options=tuple(shown)))


def _left(context: Context) -> Outcome:
    """The steps that are not ticked off yet."""
    thread, state = context.state.thread, context.state
    assert thread is not None
    left = [matter for matter in context.focus if matter.id not in state.done]
    if not left:
        return _all_done(context, state.done, [])
    return context.remember(matter_reply(context.catalogue, left, True, context.turn), thread.said)


def _complete(context: Context) -> Outcome:
    """What was shown is all that the list has: said, and shown again."""
    thread = context.state.thread
    assert thread is not None
    rest = context.state.threads[:-1]
    outcome = _again(replace(context, state=replace(context.state, threads=rest)), thread)
    text = f"{say('aspect.complete', count=len(outcome.reply.steps))}\n{outcome.reply.text}"
    return Outcome(replace(outcome.reply, text=text), outcome.state)


def _aspect(context: Context, aspect: str) -> Outcome:
    """The aspect of the matter at hand, or of all where the message means all of a few."""
    thread, focus, text = context.state.thread, context.focus, context.heard.text
    assert thread is not None
    chosen: Sequence[Matter] = [focus[min(thread.at, len(focus) - 1)]]
    everything = has("everything", text) or text.startswith("都")
    if everything and len(context.state.threads) > 1 and len(focus) == 1:
        ids = [m for t in context.state.threads[-3:] for m in t.matters if len(t.matters) == 1]
        chosen = [context.catalogue.matters[i] for i in dict.fromkeys(ids)]
    elif has("one_before", text) and thread.chosen and 0 < thread.at <= len(focus):
        chosen = [focus[thread.at - 1]]
    elif aspect == "online" and len(focus) > 1:
        chosen = [m for m in focus if ONLINE in m.places] or focus[:6]
    elif len(focus) > 1 and not thread.chosen:
        chosen = focus[:8]
    reply = aspect_reply(context.catalogue, chosen, aspect, context.turn)
    return context.move(reply, thread.at, thread.chosen)


def _other_thread(context: Context) -> Outcome | None:
    """An earlier thread named by a word of its own ("俺妈那个归谁")."""
    rest, threads = context.heard.rest, context.state.threads
    if not rest or len(threads) < 2:
        return None
    for thread in reversed(threads):
        if any(char in thread.said for char in rest) and thread is not threads[-1]:
            chosen = replace(
                context,
                state=replace(context.state, threads=(*(t for t in threads if t is not thread), thread)),
            )
            matters = [context.catalogue.matters[m] for m in thread.matters]
            aspect = context.aspect or _last_aspect(context)
            reply = (
                aspect_reply(context.catalogue, matters[:6], aspect, context.turn)
                if aspect
                else matter_reply(context.catalogue, matters[:6], True, context.turn)
            )
            return chosen.move(reply, thread.at, thread.chosen)
    return None


def _last_aspect(context: Context) -> str | None:
    return "department" if context.heard.text.endswith("呢") else None


def _tick(context: Context) -> Outcome:
    """Ticks a step off and points to the next one that is open."""
    thread, focus, state = context.state.thread, context.focus, context.state
    assert thread is not None
    at = (context.heard.ordinal or thread.at + 1) - 1
    at = at if at < len(focus) else len(focus) - 1
    done = tuple(dict.fromkeys((*state.done, focus[at].id)))
    text = [say("done.ticked", title=focus[at].title)]
    open_ = [i for i, matter in enumerate(focus) if matter.id not in done]
    to = next((i for i in open_ if i > at), open_[0] if open_ else at)
    if open_:
        text.append(say("done.next", title=focus[to].title, departments=where_to_ask(focus[to])))
        text.append(source_line(context.catalogue, [focus[to]]))
    else:
        return _all_done(context, done, text)
    base = matter_reply(context.catalogue, [focus[to]], True, context.turn)
    reply = replace(base, text="\n".join(text), steps=matter_steps([focus[to]]))
    moved = context.move(reply, to)
    return Outcome(reply, replace(moved.state, done=done))


def _all_done(context: Context, done: tuple[str, ...], text: list[str]) -> Outcome:
    """Nothing is open any more: what usually follows is offered."""
    thread, region = context.state.thread, context.state.region
    assert thread is not None and region is not None
    following = context.catalogue.following(thread.scenario, region) if thread.scenario else ()
    titles = names(f"“{scenario.title}”" for scenario, _ in following)
    lines = [*text, say("done.all", context.turn), *([say("chain.next", titles=titles)] if following else [])]
    options = tuple(scenario_option(scenario) for scenario, _ in following) or endings.example_options()
    reply = Reply("smalltalk", "\n".join(lines), region, options=options)
    return Outcome(reply, replace(context.state, done=done))


def _first(context: Context) -> Outcome:
    focus = context.focus
    base = matter_reply(context.catalogue, [focus[0]], True, context.turn)
    text = f"{say('aspect.order', title=focus[0].title)}\n{base.text}"
    return context.move(replace(base, text=text), 0)


def _optional(context: Context) -> Outcome:
    thread = context.state.thread
    assert thread is not None
    base = matter_reply(context.catalogue, context.focus, True, context.turn)
    return context.move(
        replace(base, kind="chain", text=f"{say('aspect.optional')}\n{base.text}"), thread.at, thread.chosen
    )


def _back(context: Context) -> Outcome | None:
    """An earlier thread again: the one named, else the one before."""
    threads, thread = context.state.threads, context.state.thread
    named = [t for t in threads[:-1] if any(part in t.said for part in _pairs(context.heard.rest))]
    if thread and thread.chosen and len(thread.matters) > 1 and not named:
        # From one step back to all of them.
        return _again(replace(context, state=replace(context.state, threads=threads[:-1])), thread)
    if len(threads) < 2:
        return (
            None
            if context.best >= 0.5
            else context.end(endings.simple("clarify", "back.nothing", context.turn, context.state.region))
        )
    thread = named[-1] if named else threads[-2]
    rest = tuple(t for t in threads if t is not thread)
    return _again(replace(context, state=replace(context.state, threads=rest)), thread)


def _again(context: Context, thread: Thread) -> Outcome:
    """A thread shown whole once more; `context` is without it."""
    catalogue, state = context.catalogue, context.state
    if thread.scenario and state.region:
        reply, asking = chain_reply(catalogue, thread.scenario, state.region, state.facts, context.turn)
        if reply.steps:
            return context.remember(reply, thread.said, scenario=thread.scenario, asking=asking)
    matters = [catalogue.matters[m] for m in thread.matters]
    if state.page and state.region and set(thread.matters) <= set(state.page):
        found = Found(state.page[0], tuple(matters))
        listed = list_reply(catalogue, found, state.region, state.audience, context.turn)
        outcome = context.remember(listed, thread.said)
        return Outcome(listed, replace(outcome.state, page=state.page))
    reply = matter_reply(catalogue, matters, True, context.turn)
    return context.remember(reply, thread.said, concept=thread.concept)


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]
