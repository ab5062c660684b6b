"""The way from what was heard to a reply: a list of handlers that are tried in order.

Each handler looks at the context and either answers or leaves it to the next one. Pure: the same state and message
give the same reply and the same new state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from actions import endings, rating
from actions.candidates import around
from actions.comparing import compare
from actions.conditions import ask_again, settle_condition
from actions.context import Context, Outcome
from actions.follow_up import in_context
from actions.heard import Heard
from actions.listing import compare_reply, list_reply
from actions.lookup import find, rows_named
from actions.notice_wish import answer_with_notice, give_notice
from actions.policy import POLICY
from actions.regions import region_only
from actions.reply import Reply
from actions.shorthand import with_shorthand
from actions.showing import show
from actions.signals import has
from actions.state import State
from actions.taps import choose
from actions.walking import walk
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import AUDIENCES

Handler = Callable[[Context], Outcome | None]

SMALL_TALK = ("greet", "thanks", "goodbye", "capabilities", "bot_challenge")


def respond(catalogue: Catalogue, state: State, heard: Heard) -> tuple[Reply, State]:
    """The reply to one message, and the state after it."""
    known = _known(catalogue, state)
    heard = in_context(with_shorthand(heard), _own(catalogue, known), around(catalogue, known.thread))
    context = Context(catalogue, _settle(catalogue, known, heard), heard)
    for handler in HANDLERS:
        outcome = handler(context)
        if outcome is not None:
            break
    else:
        outcome = Outcome(endings.simple("out_of_scope", "outside.not_matter", state.turn), context.state)
    reply, after = outcome.reply, outcome.state
    if heard.masked:
        kinds = "、".join(say(f"privacy.kinds.{kind}") for kind in dict.fromkeys(heard.masked))
        reply = replace(reply, text=f"{say('privacy.text', kinds=kinds)}\n{reply.text}")
    reply, after = rating.offer(reply, state, after)
    options = tuple((option.label, option.choice) for option in reply.options)
    aspect = reply.slot.name if reply.slot else ""
    return reply, replace(after, options=options, numbered=reply.numbered, aspect=aspect, turn=state.turn + 1)


def _own(catalogue: Catalogue, state: State) -> set[str]:
    """Ids of the scenario and the concepts that are being talked about."""
    thread = state.thread
    if thread is None:
        return set()
    if thread.scenario:
        return {thread.scenario}
    return {concept for matter in thread.matters for concept in catalogue.concepts_of(matter)}


def _known(catalogue: Catalogue, state: State) -> State:
    """The state without what the catalogue no longer has: a conversation may be older than the files."""
    threads = []
    for thread in state.threads:
        matters = tuple(m for m in thread.matters if m in catalogue.matters)
        if matters and (thread.scenario is None or thread.scenario in catalogue.scenarios):
            concept = thread.concept if thread.concept in catalogue.concepts else None
            at = max(0, thread.at)
            threads.append(replace(thread, matters=matters, concept=concept, at=at))
    return replace(
        state,
        region=state.region if state.region in catalogue.regions else None,
        audience=state.audience if state.audience in AUDIENCES else None,
        threads=tuple(threads),
    )


def _settle(catalogue: Catalogue, state: State, heard: Heard) -> State:
    """Region and audience after this message: the text counts before news in metadata, these before memory.

    Metadata that repeats what it said before is no news: what the person has said since then holds.
    """
    region, audience, said = state.region, state.audience, state.audience_said
    if heard.region_hint in catalogue.regions and (
        region is None or heard.region_hint != state.hinted_region
    ):
        region = heard.region_hint
    if heard.audience_hint in AUDIENCES and (
        audience is None or heard.audience_hint != state.hinted_audience
    ):
        audience, said = heard.audience_hint, True
    if len(heard.regions) == 1 or (heard.regions and (region is None or region not in heard.regions)):
        region = heard.regions[0]
    if heard.audience and (not said or heard.intent == "set_audience"):
        audience = heard.audience
    return replace(
        state,
        region=region,
        audience=audience,
        audience_said=said,
        hinted_region=heard.region_hint or state.hinted_region,
        hinted_audience=heard.audience_hint or state.hinted_audience,
    )


def _empty(context: Context) -> Outcome | None:
    heard = context.heard
    if heard.intent == "empty_message" or not heard.text.strip():
        return context.end(endings.simple("clarify", "clarify.empty", context.turn))
    return None


def _restart(context: Context) -> Outcome | None:
    heard, state = context.heard, context.state
    if heard.intent == "restart_guidance" or has("restart", heard.text) or heard.payload == "restart:":
        fresh = State(
            region=state.region,
            audience=state.audience,
            audience_said=state.audience_said,
            hinted_region=state.hinted_region,
            hinted_audience=state.hinted_audience,
            turn=state.turn,
        )
        return Outcome(endings.simple("smalltalk", "back.restart", context.turn, state.region), fresh)
    return None


def _urgent(context: Context) -> Outcome | None:
    text, state = context.heard.text, context.state
    if has("crisis", text) or (context.intends("crisis", 0.9) and context.best < 0.5):
        return context.end(endings.simple("handoff", "crisis.text", context.turn, state.region))
    sure_person = context.intends("human_agent") and len(text) <= 30
    if has("human_agent", text) or sure_person or context.heard.payload == "human:":
        return context.end(endings.simple("handoff", "handoff.head", context.turn, state.region))
    if has("others_data", text) or (has("injection", text) and not context.asks_aspect):
        return context.end(endings.simple("out_of_scope", "outside.other_data", 0, state.region))
    return None


def _small_talk(context: Context) -> Outcome | None:
    text = context.heard.text
    if has("no_human", text) and len(text) <= 12:
        return context.end(endings.simple("smalltalk", "smalltalk.stays", context.turn, context.state.region))
    for name in SMALL_TALK:
        sign = name in ("greet", "thanks", "goodbye") and has(name, text)
        if sign or (context.intends(name) and context.best < 0.6 and len(text) <= 24):
            return context.end(
                endings.simple("smalltalk", f"smalltalk.{name}", context.turn, context.state.region)
            )
    return None


def _look_up(context: Context) -> Outcome | None:
    heard, state, catalogue = context.heard, context.state, context.catalogue
    if state.region is None or heard.payload:
        return None
    named = rows_named(catalogue, heard, state.region, state.audience) if heard.rows else ()
    if named and (len(heard.rest) <= 12 or context.best < 0.5):
        if has("compare", heard.text):
            title = "、".join(f"第{m.row}项" for m in named)
            reply = compare_reply(catalogue, [(state.region, named)], title, context.turn)
            return context.remember(reply, said=heard.text)
        return show(context, named)
    audience = heard.audience or (state.audience if state.audience_said else None)
    found = find(catalogue, heard, state.region, audience, clear=context.best >= POLICY.clear)
    if found is None:
        return None
    reply = list_reply(catalogue, found, state.region, state.audience, context.turn)
    after = context.remember(reply, said=heard.text)
    page = (found.what, *(m.id for m in found.matters))
    return Outcome(reply, replace(after.state, page=page))


def _complain(context: Context) -> Outcome | None:
    heard = context.heard
    outside = heard.outside > 0.5 and heard.outside_kind == "complaint" and heard.intent == "complaint"
    sure = context.intends("complaint", 0.75) or outside
    # "啥也不会，给列个单子" asks for something.
    grumbles = has("complaint", heard.text) and context.alone < POLICY.answer
    if (sure and context.alone < 0.5) or grumbles:
        key = "complaint.again" if context.state.abused else "complaint.first"
        reply = endings.simple("smalltalk", key, context.turn, context.state.region)
        return Outcome(reply, replace(context.state, abused=True))
    return None


HANDLERS: tuple[Handler, ...] = (
    _empty,
    _restart,
    _urgent,
    give_notice,
    rating.rate,
    choose,
    region_only,
    settle_condition,
    _small_talk,
    compare,
    walk,
    _look_up,
    _complain,
    ask_again,
    answer_with_notice,
)


@dataclass(frozen=True)
class Conversation:
    """A catalogue together with the one function that answers; what the action holds."""

    catalogue: Catalogue

    def __call__(self, state: State, heard: Heard) -> tuple[Reply, State]:
        """The reply to one message, and the state after it."""
        return respond(self.catalogue, state, heard)
