"""One step of the chain being walked: by its number, ticked off, the first, what is left, what may be skipped."""

from __future__ import annotations

from dataclasses import replace

from actions import endings
from actions.compose import MAX_OPTIONS, matter_option, matter_reply, scenario_option
from actions.context import Context, Outcome
from actions.lines import names, source_line, where_to_ask
from actions.pointing import steps_meant
from actions.reply import Reply, Slot, matter_steps
from actions.showing import neighbour, show, step_reply
from actions.threads import again
from actions.wording import say


def ordinal(context: Context, number: int) -> Outcome | None:
    """The step of this number, or its aspect; None where the list has a row of this number and the chain has no such step."""
    focus, threads = context.focus, context.state.threads
    if number < 1:
        return None
    listed = context.state.thread.listed if context.state.thread else ()
    if len(focus) < number <= len(focus) + len(listed):
        found = context.catalogue.matters.get(listed[number - len(focus) - 1])
        return show(context, [found]) if found else None
    if number > len(focus):
        longer = next((t for t in reversed(threads[:-1]) if len(t.matters + t.listed) >= number), None)
        if longer is None:
            if context.heard.rows:
                # "第57项" after a chain of six means the list's row.
                return None
            return _whole_way(context, number) or _no_such_step(context, number)
        order = (*(t for t in threads if t is not longer), longer)
        return ordinal(replace(context, state=replace(context.state, threads=order)), number)
    matter = focus[number - 1]
    aspect = context.aspect
    if aspect in ("next", "previous"):
        return neighbour(context, matter, aspect)
    return step_reply(context, number - 1, aspect)


def _whole_way(context: Context, number: int) -> Outcome | None:
    """The list's own sequence that the one matter at hand is a step of, where a further step is asked for."""
    thread, focus = context.state.thread, context.focus
    if thread is None or thread.scenario or len(focus) != 1:
        return None
    for scenario in context.catalogue.scenarios_of(focus[0]):
        steps = context.catalogue.chain(scenario.id, focus[0].region).steps
        if not scenario.is_menu and scenario.origin != "composed" and len(steps) >= number:
            outcome = again(context, replace(thread, scenario=scenario.id))
            text = say("chain.whole_way", step=focus[0].title, title=scenario.title)
            return replace(outcome, reply=replace(outcome.reply, text=f"{text}\n{outcome.reply.text}"))
    return None


def _no_such_step(context: Context, number: int) -> Outcome:
    focus = context.focus
    shown = [matter_option(matter) for matter in focus[:MAX_OPTIONS]]
    text = say("clarify.no_such_step", context.turn, number=number, count=len(focus))
    lines = [text, *(f"{i}. {option.label}" for i, option in enumerate(shown, 1))]
    return context.end(
        Reply("clarify", "\n".join(lines), context.state.region, options=tuple(shown), numbered=True)
    )


def left(context: Context) -> Outcome:
    """The steps that are not ticked off yet."""
    thread, state = context.state.thread, context.state
    assert thread is not None
    undone = [matter for matter in context.focus if matter.id not in state.done]
    if not undone:
        return all_done(context, state.done, [])
    return context.remember(
        matter_reply(context.catalogue, undone, True, context.turn, greet=False), thread.said
    )


def tick(context: Context) -> Outcome:
    """Ticks a step off and points to the next one that is open."""
    thread, focus, state = context.state.thread, context.focus, context.state
    assert thread is not None
    named = steps_meant(context)
    at = named[0] if len(named) == 1 else (context.heard.ordinal or thread.at + 1) - 1
    at = at if at < len(focus) else len(focus) - 1
    done = tuple(dict.fromkeys((*state.done, focus[at].id)))
    text = [say("done.ticked", title=focus[at].title)]
    needed = context.without_alternatives(focus[at])
    open_ = [i for i, matter in enumerate(focus) if matter.id not in done and matter in needed]
    to = next((i for i in open_ if i > at), open_[0] if open_ else at)
    if open_:
        text.append(say("done.next", title=focus[to].title, departments=where_to_ask(focus[to])))
        text += context.condition_note(focus[to], focus[at])
        text.append(source_line(context.catalogue, [focus[to]]))
    else:
        return all_done(context, done, text)
    base = matter_reply(context.catalogue, [focus[to]], True, context.turn, greet=False)
    reply = replace(base, text="\n".join(text), steps=matter_steps([focus[to]]))
    moved = context.move(reply, to)
    return Outcome(reply, replace(moved.state, done=done))


def all_done(context: Context, done: tuple[str, ...], text: list[str]) -> Outcome:
    """Nothing is open any more: what usually follows is offered."""
    thread, region = context.state.thread, context.state.region
    assert thread is not None and region is not None
    following = context.catalogue.following(thread.scenario, region) if thread.scenario else ()
    titles = names(f"“{scenario.title}”" for scenario, _ in following)
    lines = [*text, say("done.all", context.turn), *([say("chain.next", titles=titles)] if following else [])]
    options = tuple(scenario_option(scenario) for scenario, _ in following) or endings.example_options()
    reply = Reply("smalltalk", "\n".join(lines), region, options=options)
    return Outcome(reply, replace(context.state, done=done))


def after_all(context: Context) -> Outcome:
    """What may come when all steps of the chain are done: the scenarios that follow it."""
    thread, focus = context.state.thread, context.focus
    assert thread is not None and context.state.region is not None
    scenario = context.catalogue.scenarios[thread.scenario] if thread.scenario else None
    title = scenario.title if scenario else focus[0].title
    following = context.catalogue.following(scenario.id, context.state.region) if scenario else ()
    titles = [f"“{other.title}”" for other, _ in following]
    key = "aspect.after_all" if titles else "aspect.after_all_none"
    turn = context.turn if titles else 0
    text = say(key, turn, title=title, count=len(focus), titles=names(titles))
    options = tuple(scenario_option(other) for other, _ in following) or endings.example_options()
    slot = Slot("next", bool(titles), tuple(other.title for other, _ in following))
    reply = Reply("slot", text, context.state.region, slot=slot, options=options)
    return context.end(reply)


def first(context: Context) -> Outcome:
    """The step to begin with."""
    focus = context.focus
    base = matter_reply(context.catalogue, [focus[0]], True, context.turn, greet=False)
    text = f"{say('aspect.order', title=focus[0].title)}\n{base.text}"
    return context.move(replace(base, text=text), 0)


def one_at_a_time(context: Context) -> Outcome:
    """The one step that is next, for somebody for whom it was too much at once."""
    thread, focus, done = context.state.thread, context.focus, context.state.done
    assert thread is not None
    at = thread.at if thread.chosen else next((i for i, m in enumerate(focus) if m.id not in done), 0)
    base = matter_reply(context.catalogue, [focus[at]], True, context.turn, greet=False)
    text = say(
        "aspect.one_at_a_time", context.turn, title=focus[at].title, departments=where_to_ask(focus[at])
    )
    return context.move(replace(base, text="\n".join([text, *base.text.split("\n")[1:]])), at)


def optional(context: Context) -> Outcome:
    """Whether a step may be left out: the list does not say, and the steps again."""
    thread = context.state.thread
    assert thread is not None
    base = matter_reply(context.catalogue, context.focus, True, context.turn, greet=False)
    return context.move(
        replace(base, kind="chain", text=f"{say('aspect.optional')}\n{base.text}"), thread.at, thread.chosen
    )
