"""Earlier threads: going back, another one by a word of its own, the next page, all of it once more."""

from __future__ import annotations

from dataclasses import replace

from actions import endings
from actions.aspects import aspect_reply
from actions.compose import chain_reply, matter_reply
from actions.context import Context, Outcome
from actions.listing import PAGE, list_reply
from actions.lookup import Found
from actions.policy import POLICY
from actions.signals import has
from actions.state import Thread
from actions.wording import say

_KIN = "爸爹妈娘爷奶姥弟哥姐妹儿女媳公婆孩娃闺伴"


def more(context: Context) -> Outcome | None:
    """The next page of a look-up."""
    state = context.state
    if not state.page or state.region is None:
        return None
    what, *ids = state.page
    matters = [context.catalogue.matters[i] for i in ids if i in context.catalogue.matters]
    start = state.page_at + PAGE
    if start >= len(matters):
        return context.end(endings.simple("list", "list.end", 0, state.region))
    reply = list_reply(
        context.catalogue, Found(what, tuple(matters)), state.region, state.audience, context.turn, start
    )
    return Outcome(reply, replace(state, page_at=start))


def other_thread(context: Context) -> Outcome | None:
    """An earlier thread named by a word of its own ("俺妈那个归谁")."""
    rest, threads = context.heard.rest, context.state.threads
    if not rest or len(threads) < 2:
        return None
    for thread in reversed(threads):
        if thread is not threads[-1] and _names(thread, rest):
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


def _names(thread: Thread, rest: str) -> bool:
    """Whether the words point at this thread: by a relative ("俺妈那个"), or by two characters that it was told in."""
    kin = any(char in thread.said for char in rest if char in _KIN)
    return kin or any(part in thread.said for part in _pairs(rest)) or rest == thread.said


def _last_aspect(context: Context) -> str | None:
    return "department" if context.heard.text.endswith("呢") else None


def back(context: Context) -> Outcome | None:
    """An earlier thread again: the one named, else the one before."""
    threads, thread = context.state.threads, context.state.thread
    named = [t for t in threads[:-1] if any(part in _told(context, t) for part in _pairs(context.heard.rest))]
    if thread and thread.chosen and len(thread.matters) > 1 and not named:
        # From one step back to all of them.
        return again(replace(context, state=replace(context.state, threads=threads[:-1])), thread)
    # The same thing told twice is no step back.
    earlier = [t for t in threads[:-1] if thread and _subject(t) != _subject(thread)]
    # What was set side by side for several regions is nothing to walk on from.
    earlier = [t for t in earlier if len(_regions_of(context, t)) == 1] or earlier
    named = [t for t in named if t in earlier]
    if has("region_before", context.heard.text):
        earlier = [t for t in earlier if _region_of(context, t) != context.state.region]
    named = named or _holding_the_likeliest(context, earlier)
    if not named and not earlier:
        # "人家想回去，婚咋了断" with nothing said before is no way back.
        return (
            None
            if context.best >= (0.5 if threads else POLICY.option)
            else context.end(endings.simple("clarify", "back.nothing", context.turn, context.state.region))
        )
    thread = named[-1] if named else earlier[-1]
    rest = tuple(t for t in threads if t is not thread)
    return again(_where_told(replace(context, state=replace(context.state, threads=rest)), thread), thread)


def _holding_the_likeliest(context: Context, earlier: list[Thread]) -> list[Thread]:
    """Earlier threads that hold what the message most likely names ("刚才上牌那个")."""
    here = context.by_itself.here
    if not here or len(context.heard.rest) < 2:
        return []
    ids = {matter.id for matter in here[0].matters}
    return [
        t for t in earlier if (here[0].scenario and t.scenario == here[0].scenario) or ids & set(t.matters)
    ]


def _subject(thread: Thread) -> tuple[str | None, tuple[str, ...]]:
    return thread.scenario, thread.matters


def _regions_of(context: Context, thread: Thread) -> set[str]:
    return {context.catalogue.matters[m].region for m in thread.matters}


def _region_of(context: Context, thread: Thread) -> str:
    return context.catalogue.matters[thread.matters[0]].region


def _where_told(context: Context, thread: Thread) -> Context:
    """The context in the region that a thread was told in, unless the message or the channel says where."""
    state = context.state
    told = _region_of(context, thread)
    said_now = context.heard.regions or (thread.scenario and state.region == state.hinted_region)
    if said_now and not has("region_before", context.heard.text):
        return context
    return replace(context, state=replace(state, region=told))


def _told(context: Context, thread: Thread) -> str:
    """What a thread was said in, and the titles of what it is about."""
    titles = [context.catalogue.matters[m].title for m in thread.matters[:3]]
    if thread.scenario:
        titles = [context.catalogue.scenarios[thread.scenario].title]
    return "，".join([thread.said, *titles])


def again(context: Context, thread: Thread) -> Outcome:
    """A thread shown whole once more; `context` is without it."""
    catalogue, state = context.catalogue, context.state
    if thread.scenario and state.region:
        reply, asking = chain_reply(
            catalogue, thread.scenario, state.region, thread.facts, context.turn, greet=False
        )
        if reply.steps:
            return context.remember(
                reply, thread.said, scenario=thread.scenario, asking=asking, facts=thread.facts
            )
    matters = [catalogue.matters[m] for m in thread.matters]
    if state.page and state.region and set(thread.matters) <= set(state.page):
        found = Found(state.page[0], tuple(matters))
        listed = list_reply(catalogue, found, state.region, state.audience, context.turn)
        outcome = context.remember(listed, thread.said)
        return Outcome(listed, replace(outcome.state, page=state.page))
    reply = matter_reply(catalogue, matters, True, context.turn, greet=False)
    return context.remember(reply, thread.said, concept=thread.concept)


def complete(context: Context) -> Outcome:
    """What was shown is all that the list has: said, and shown again."""
    thread = context.state.thread
    assert thread is not None
    rest = context.state.threads[:-1]
    outcome = again(replace(context, state=replace(context.state, threads=rest)), thread)
    text = f"{say('aspect.complete', count=len(outcome.reply.steps))}\n{outcome.reply.text}"
    return Outcome(replace(outcome.reply, text=text), outcome.state)


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]
