"""What handlers look at: catalogue, state and message together, with the questions they ask of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from actions.aspects import main_aspect
from actions.candidates import CONTEXT, POINTED, Ranking, context_of, rank
from actions.heard import Heard
from actions.reply import Reply
from actions.signals import has
from actions.state import KEPT_THREADS, State, Thread
from actions.wish import Wish
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter

# A shorter message hardly says by itself what it is about.
SELF_CONTAINED = 7


@dataclass(frozen=True)
class Outcome:
    """A reply and the state after it."""

    reply: Reply
    state: State


@dataclass(frozen=True)
class Context:
    """One turn."""

    catalogue: Catalogue
    state: State
    heard: Heard

    @property
    def turn(self) -> int:
        """Chooses among variants of wording."""
        return self.state.turn

    def intends(self, intent: str, confidence: float = 0.8) -> bool:
        """Whether NLU is sure of this dialogue intent."""
        return self.heard.intent == intent and self.heard.intent_confidence >= confidence

    @property
    def aspect(self) -> str | None:
        """The aspect asked for, by words or by a sure intent."""
        found = main_aspect(self.heard.aspects)
        if found is None and self.heard.intent.startswith("ask_") and self.heard.intent_confidence > 0.9:
            found = main_aspect((self.heard.intent.removeprefix("ask_"),))
        return found

    @property
    def asks_aspect(self) -> bool:
        """Whether some aspect is asked."""
        return bool(self.heard.aspects)

    @cached_property
    def ranking(self) -> Ranking:
        """Candidates in the region, with a preference for what is being talked about when the message is short."""
        state, heard = self.state, self.heard
        if state.region is None:
            return Ranking((), ())
        context: set[str] = set()
        thread = state.thread
        if thread and len(heard.text) <= 24:
            context = context_of(self.catalogue, thread.scenario, thread.matters)
            if has("correct", heard.text) and thread.concept:
                # What was answered is what the person rejects.
                context.discard(thread.concept)
        audience = heard.audience or state.audience
        if audience and not self.catalogue.has_list(state.region, audience) and not state.audience_said:
            audience = None
        pointed = POINTED if has("refers", heard.text) and len(heard.text) <= 16 else CONTEXT
        return rank(self.catalogue, heard.targets, state.region, audience, context, pointed)

    @property
    def best(self) -> float:
        """Probability of the likeliest target, wherever it is."""
        return max((t.probability for t in self.heard.targets), default=0.0)

    @property
    def alone(self) -> float:
        """Probability of the likeliest target of the message by itself, whatever was talked about."""
        return self.best if self.heard.alone is None else self.heard.alone

    @property
    def says_nothing_new(self) -> bool:
        """Whether search, in context, finds nothing but what is being talked about already."""
        thread = self.state.thread
        if thread is None or self.heard.alone is None or not self.ranking.here:
            return False
        best = self.ranking.here[0]
        if thread.scenario and best.scenario == thread.scenario:
            return True
        return not best.scenario and {m.id for m in best.matters} <= set(thread.matters)

    @cached_property
    def focus(self) -> tuple[Matter, ...]:
        """The matters being talked about, in the region that holds now."""
        thread = self.state.thread
        if thread is None:
            return ()
        return tuple(self.catalogue.matters[m] for m in thread.matters if m in self.catalogue.matters)

    @property
    def answers_question(self) -> bool:
        """Whether the message, word for word, is an answer to an open condition of the chain ("户口在周村")."""
        thread, region = self.state.thread, self.state.region
        if thread is None or thread.scenario is None or region is None:
            return False
        conditions = self.catalogue.chain(thread.scenario, region, self.state.facts).open_conditions
        return any(self.heard.text in (o.label, *o.words) for c in conditions for o in c.options)

    def end(self, reply: Reply) -> Outcome:
        """A reply that leaves the thread as it is."""
        return Outcome(reply, self.state)

    def remember(
        self,
        reply: Reply,
        said: str,
        scenario: str | None = None,
        concept: str | None = None,
        at: int = 0,
        asking: str = "",
        about: int | None = None,
    ) -> Outcome:
        """A reply that opens a thread of its own; it is about the first `about` steps (all unless given)."""
        thread = Thread(
            said=said[:60],
            scenario=scenario,
            concept=concept,
            matters=tuple(step.matter.id for step in reply.steps[:about]),
            at=at,
            about=self._about(reply, said),
            listed=() if about is None else tuple(step.matter.id for step in reply.steps[about:]),
        )
        threads = (*self.state.threads, thread)[-KEPT_THREADS:]
        state = replace(self.state, threads=threads, asking=asking, wish=Wish(), page=())
        return Outcome(reply, state)

    def _about(self, reply: Reply, said: str) -> str:
        """The person's own words, or the title of what was answered where the words lived on what was said before.

        Nothing after a look-up: what is asked next stands by itself.
        """
        if reply.kind in ("list", "compare"):
            return ""
        title = reply.scenario.title if reply.scenario else ""
        if not title and reply.steps:
            title = reply.steps[0].matter.title
        alone = len(self.heard.text) >= SELF_CONTAINED and not self.heard.payload and said == self.heard.text
        return said[-60:] if alone or not title else title

    def move(self, reply: Reply, at: int, chosen: bool = True) -> Outcome:
        """A reply that moves within the present thread; `chosen`: one matter of it is pointed at from now on."""
        thread = self.state.thread
        if thread is None:
            return self.end(reply)
        threads = (*self.state.threads[:-1], replace(thread, at=at, chosen=chosen))
        return Outcome(reply, replace(self.state, threads=threads))
