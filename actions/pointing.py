"""Steps of what is talked about that a message points at: by a part of their name, by a place, an office or a way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.aspects import aspect_reply, values_of
from actions.compose import MAX_OPTIONS, matter_option, matter_reply
from actions.context import Context, Outcome
from actions.facilities import ASPECTS
from actions.lines import names, where_to_ask
from actions.offices import departments_named, departments_spoken, places_named
from actions.reply import Reply, Slot
from actions.signals import has
from actions.wording import say
from knowledge.matter import Matter

# More steps than this share a word by chance.
MOST_NAMED = 3


def steps_meant(context: Context) -> list[int]:
    """The few steps whose names hold the message's own words ("落户归谁管", "社保那个", "这税在哪儿交")."""
    text, focus = context.heard.text, context.focus
    # "户口办好了" is about 户口.
    rest = re.sub("[好完弄]+$", "", context.heard.rest)
    if len(focus) < 2 or not 1 <= len(rest) <= 4:
        return []
    # "这税": one character is enough where the message points with it.
    parts = [rest] if len(rest) > 1 else []
    for part in [*parts, *re.findall("[这那]([税证款费])", text)]:
        held = [at for at, matter in enumerate(focus) if _within(part, matter.title)]
        if 1 <= len(held) <= MOST_NAMED and len(held) < len(focus):
            return held
    return []


def named_step(context: Context) -> Outcome | None:
    """The steps that the message names by a part of their name, or the aspect that it asks of them."""
    aspect = context.aspect
    asks = aspect is not None or has("points", context.heard.text) or has("contrasts", context.heard.text)
    if not asks or aspect in ("next", "previous"):
        return None
    meant = steps_meant(context)
    if not meant or (len(meant) > 1 and not aspect):
        return None
    matters = [context.focus[at] for at in meant]
    reply = (
        aspect_reply(context.catalogue, matters, aspect, context.turn)
        if aspect
        else matter_reply(context.catalogue, matters, True, context.turn, greet=False)
    )
    return context.move(reply, meant[0])


def office_asked(context: Context) -> Outcome | None:
    """Place, address, hours or telephone of an office, where steps at hand are its own ("县卫健局在哪")."""
    heard, focus, aspect = context.heard, context.focus, context.aspect
    own_words = heard.rest
    for name in sorted(heard.departments, key=len, reverse=True):
        own_words = own_words.replace(name, "")
    if aspect not in ASPECTS or not heard.departments or len(own_words) > 1 or not focus:
        return None
    offices = departments_named(context.catalogue, heard, focus[0].region)
    own = [at for at, matter in enumerate(focus) if offices & set(matter.departments)]
    if not own:
        return None
    thread = context.state.thread
    assert thread is not None
    at = thread.at if thread.at in own else own[0]
    reply = aspect_reply(context.catalogue, [focus[at]], aspect, context.turn)
    return context.move(reply, at, thread.chosen)


def which_of_these(context: Context) -> Outcome | None:
    """The steps that are done at the place, by the office or in the way asked for ("哪些要去派出所", "哪些能网上办")."""
    heard, focus = context.heard, context.focus
    if not has("which", heard.text) or has("whole_list", heard.text) or len(focus) < 2:
        return None
    if has("points", heard.text) and not has("plural", heard.text):
        # "这个得跑市里吗" asks of one.
        return None
    asked = _asked(context)
    if asked is None:
        return None
    thread = context.state.thread
    assert thread is not None
    aspect, what, found = asked
    if not found:
        departments = names(dict.fromkeys(d for m in focus for d in (m.departments or (where_to_ask(m),))))
        text = say("which.none", what=what, all=len(focus), departments=departments)
        options = tuple(matter_option(matter) for matter in focus[:MAX_OPTIONS])
        reply = Reply("slot", text, focus[0].region, slot=Slot(aspect, False), options=options)
        return context.move(reply, thread.at, thread.chosen)
    base = matter_reply(context.catalogue, found, True, context.turn, greet=False)
    # Their number is said already.
    rest = base.text.split("\n")[1:] if len(found) > 1 else [base.text]
    text = "\n".join([say("which.found", what=what, all=len(focus), count=len(found)), *rest])
    values = dict.fromkeys(value for matter in found for value in values_of(matter, aspect))
    slot = Slot(aspect, bool(found), tuple(values))
    reply = replace(base, kind="slot", slot=slot, text=text)
    return context.move(reply, thread.at, thread.chosen)


def _asked(context: Context) -> tuple[str, str, Sequence[Matter]] | None:
    """The aspect asked, in words too, and the matters at hand that fit; None where nothing of the kind is asked."""
    heard, focus, catalogue = context.heard, context.focus, context.catalogue
    if "online" in heard.aspects:
        return "online", say("which.online"), [m for m in focus if m.online]
    if has("higher_level", heard.text):
        return "level", say("which.level"), [m for m in focus if m.level]
    named = places_named(catalogue, heard, focus)
    if heard.places:
        return "place", say("which.place", name=heard.places[0]), [m for m in focus if named & set(m.places)]
    region = focus[0].region
    offices = departments_named(catalogue, heard, region) or departments_spoken(catalogue, heard, region)
    if offices:
        what = say("which.department", name="、".join(sorted(offices)))
        return "department", what, [m for m in focus if offices & set(m.departments)]
    return None


def _within(part: str, title: str) -> bool:
    """Whether the characters stand in the title in this order, as short names do (社保 in 社会保险)."""
    left = iter(title)
    return all(char in left for char in part)
