"""Follow-ups that live on the chain or matter being talked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import endings
from actions.aspects import NEVER_GIVEN, aspect_reply
from actions.conditions import chain_with
from actions.context import Context, Outcome
from actions.heard import Heard
from actions.pointing import named_step, office_asked, which_of_these
from actions.policy import POLICY
from actions.showing import neighbour
from actions.signals import has
from actions.steps import after_all, first, left, one_at_a_time, optional, ordinal, tick
from actions.threads import back, complete, more, other_thread
from actions.wording import say
from knowledge.matter import Matter

# Below this probability by itself, a message that asks an aspect names nothing of its own.
FAINT = 0.2


def walk(context: Context) -> Outcome | None:
    """Follow-ups that live on the present thread: ordinals, aspects, next and previous, ticking off, going back."""
    heard, state = context.heard, context.state
    if heard.payload or state.region is None:
        return None
    if has("back", heard.text) or context.intends("go_back", 0.9):
        return _back(context)
    absent = _still_absent(context)
    if absent is not None:
        return absent
    focus, thread = context.focus, state.thread
    if thread is None or not focus:
        return _needs_context(context)
    if has("simpler", heard.text) and len(heard.text) <= 16 and len(focus) > 1 and not heard.aspects:
        return one_at_a_time(context)
    those = which_of_these(context) or office_asked(context)
    if those is not None:
        return those
    if (has("next_list", heard.text) or context.intends("show_more", 0.9)) and state.page:
        return more(context)
    if (
        len(heard.text) <= 14
        and (has("done", heard.text) or context.intends("step_done", 0.9))
        and set(heard.aspects) <= {"next"}
        and not has("after_all", heard.text)
    ):
        return tick(context)
    # On a step of the way, "办完这些" means those up to here.
    whole = not thread.chosen or thread.at >= len(focus) - 1
    if has("after_all", heard.text) and len(heard.text) <= 16 and whole and len(focus) > 1:
        return after_all(context)
    if has("last", heard.text) and not heard.ordinal and len(heard.text) <= 14:
        return ordinal(context, len(focus))
    if heard.ordinal and len(heard.rest) <= 6 and not _wish_with_number(context):
        return ordinal(context, heard.ordinal)
    if has("list_all", heard.text) and thread.scenario and context.best < 0.8 and not _looks_elsewhere(heard):
        return chain_with(context, {})
    if (
        not heard.aspects
        and has("presses", heard.text)
        and state.aspect in NEVER_GIVEN
        and context.alone < 0.5
    ):
        return _aspect(context, state.aspect)
    named = named_step(context)
    if named is not None:
        return named
    if not _lives_on_thread(context):
        return None
    if has("what_is_left", heard.text):
        return more(context) if state.page else left(context)
    if has("that_is_all", heard.text):
        return complete(context)
    if has("optional", heard.text):
        return optional(context)
    if has("order", heard.text):
        return first(context)
    threaded = other_thread(context)
    if threaded is not None:
        return threaded
    aspect = context.aspect
    if aspect in ("next", "previous"):
        at = min(thread.at, len(focus) - 1)
        return neighbour(context, focus[at], aspect)
    if aspect:
        return _aspect(context, aspect)
    return None


def _back(context: Context) -> Outcome | None:
    """An earlier thread, or the aspect that is asked of it ("刚才那个通行证在哪办")."""
    outcome = back(context)
    if outcome is None or context.aspect is None or outcome.state.thread is context.state.thread:
        return outcome
    there = replace(context, state=outcome.state)
    return _aspect(there, context.aspect) if there.focus else outcome


def _still_absent(context: Context) -> Outcome | None:
    """An aspect of what the region's list was just said not to have: said again, with the regions that have it."""
    heard, state = context.heard, context.state
    if not state.wish.targets or state.asking or state.region is None:
        return None
    own = len(heard.rest) > 2 and context.alone >= FAINT
    if not context.aspect or own or heard.regions:
        return None
    missing = state.wish.targets[0].id
    return context.end(endings.not_here(context.catalogue, missing, state.region, context.turn))


def _looks_elsewhere(heard: Heard) -> bool:
    """Whether "有哪些", "全部" asks for something other than the chain ("市级事项有哪些")."""
    named = heard.departments or heard.places or heard.certificates or heard.audience
    return bool(named) or len(heard.text) > 16 or "级" in heard.text or "事项" in heard.text


def _lives_on_thread(context: Context) -> bool:
    """Whether nothing in the message names a wish of its own."""
    heard = context.heard
    if not heard.rest or (context.aspect and len(heard.rest) <= 1):
        return True
    walks = any(has(sign, heard.text) for sign in ("order", "optional", "that_is_all"))
    if walks and len(heard.text) <= 12 and (context.says_nothing_new or context.alone < POLICY.clear):
        return True
    if context.aspect in NEVER_GIVEN and has("presses", heard.text) and context.alone < 0.5:
        return True
    if context.aspect and context.says_nothing_new and context.alone < POLICY.clear:
        return True
    if context.aspect and has("points", heard.text) and _about_thread(context):
        return True
    if context.aspect and context.alone < FAINT and len(heard.rest) <= 4:
        # "不说拉倒，俺去问谁"
        return True
    if context.aspect == "materials" and has("brings", heard.text):
        return True
    if has("what_is_left", heard.text) and len(heard.text) <= 12:
        return True
    best = context.ranking.here[0].probability if context.ranking.here else 0.0
    if len(heard.rest) <= 2 and min(best, context.best) < 0.6:
        return True
    return has("everything", heard.text) and len(heard.rest) <= 5


def _about_thread(context: Context) -> bool:
    """Whether the likeliest thing holds all that is talked about ("就等它开工呢" after the permit to build)."""
    ids = {matter.id for matter in context.focus}
    return bool(context.ranking.here) and ids <= {m.id for m in context.ranking.here[0].matters}


def _needs_context(context: Context) -> Outcome | None:
    """An aspect or a step of nothing: ask of what."""
    heard = context.heard
    aspect = context.aspect
    walks = any(
        has(sign, heard.text) for sign in ("done", "what_is_left", "that_is_all", "optional", "order")
    )
    if walks and len(heard.text) <= 14 and len(heard.rest) <= 5 and context.best < 0.5:
        return context.end(
            endings.simple("clarify", "clarify.missing_thread", context.turn, context.state.region)
        )
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
    if has("step", heard.text):
        return False
    return len(heard.rest) >= 2 and context.best >= 0.6 and not has("brings", heard.text)


def _aspect(context: Context, aspect: str) -> Outcome:
    """The aspect of the matter at hand, or of all where the message means all of a few."""
    thread, focus, text = context.state.thread, context.focus, context.heard.text
    assert thread is not None
    chosen: Sequence[Matter] = [focus[min(thread.at, len(focus) - 1)]]
    everything = has("everything", text) or text.startswith("都")
    plural = has("plural", text)
    if everything and len(context.state.threads) > 1 and len(focus) == 1:
        ids = [m for t in context.state.threads[-3:] for m in t.matters if len(t.matters) == 1]
        chosen = [context.catalogue.matters[i] for i in dict.fromkeys(ids)]
    elif has("one_before", text) and thread.chosen and 0 < thread.at <= len(focus):
        chosen = [focus[thread.at - 1]]
    elif len(focus) > 1 and (plural or not thread.chosen):
        chosen = focus[:8]
    reply = aspect_reply(context.catalogue, chosen, aspect, context.turn)
    return context.move(reply, thread.at, thread.chosen)
