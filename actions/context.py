"""What handlers look at: catalogue, state and message together, with the questions they ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from actions.aspects import main_aspect
from actions.candidates import CONTEXT, POINTED, Ranking, after_a_death, audience_of, context_of, rank
from actions.heard import Heard
from actions.policy import POLICY
from actions.reply import Reply
from actions.signals import has
from actions.state import KEPT_THREADS, State, Thread
from actions.wish import Wish
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.scenario import ChainStep, ConditionOption

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
        found = main_aspect(self._aspects)
        if found is None and self.heard.intent.startswith("ask_") and self.heard.intent_confidence > 0.9:
            found = main_aspect((self.heard.intent.removeprefix("ask_"),))
        return found

    @property
    def _aspects(self) -> tuple[str, ...]:
        """The aspects heard; what comes before or after only where something is at hand, or where it is asked outright."""
        walks = has("neighbour", self.heard.text)
        if not walks and self.state.thread is not None:
            walks = self.alone < POLICY.clear or self.says_nothing_new
        return tuple(a for a in self.heard.aspects if walks or a not in ("next", "previous"))

    @property
    def asks_aspect(self) -> bool:
        """Whether some aspect is asked."""
        return bool(self._aspects)

    @property
    def audience(self) -> str | None:
        """Whom the message concerns: as it says, else as the conversation has it."""
        heard, state = self.heard, self.state
        if heard.audience is None and state.audience == "enterprise" and has("oneself", heard.text):
            # "那我自己买房提取呢" where the channel stands for a firm; "我自己开个店" stays the firm's.
            likely = heard.targets[0] if heard.targets else None
            if likely and audience_of(self.catalogue, likely) == "individual":
                return "individual"
        return heard.audience or state.audience

    @cached_property
    def ranking(self) -> Ranking:
        """Candidates in the region, with a preference for what is being talked about when the message is short."""
        return self._rank(self._related, POINTED if self._points_back else CONTEXT)

    @cached_property
    def by_itself(self) -> Ranking:
        """Candidates in the region, whatever is being talked about."""
        return self._rank(set(), CONTEXT)

    def _rank(self, related: set[str], weight: float) -> Ranking:
        state, audience = self.state, self.audience
        if state.region is None:
            return Ranking((), ())
        if audience and not self.catalogue.has_list(state.region, audience) and not state.audience_said:
            audience = None
        return rank(self.catalogue, self.heard.targets, state.region, audience, related, weight)

    @property
    def _related(self) -> set[str]:
        """Ids of concepts and scenarios that belong to what is being talked about; none where the message is long."""
        thread, heard = self.state.thread, self.heard
        if thread is None or len(heard.text) > 24:
            return set()
        related = context_of(self.catalogue, thread.scenario, thread.matters)
        if self._of_the_deceased:
            related |= after_a_death(self.catalogue)
        if has("correct", heard.text) and heard.behind:
            # What was answered is what the person rejects, with all that belongs to it.
            return set()
        return related - set(heard.behind)

    @property
    def _points_back(self) -> bool:
        """Whether the message points at something that was talked about ("户口那一步呢", "他公积金里还有钱")."""
        text = self.heard.text
        away = self.heard.behind and not has("points", text) and not has("kind", text)
        return self._of_the_deceased or (not away and has("refers", text) and len(text) <= 16)

    @property
    def _of_the_deceased(self) -> bool:
        """Whether the message asks of one whose death is talked about ("她公积金咋取")."""
        scenarios = self.catalogue.scenarios
        found = (scenarios.get(thread.scenario or "") for thread in self.state.threads[-4:])
        mourning = any(scenario and scenario.tone == "condolence" for scenario in found)
        return mourning and has("deceased", self.heard.text)

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
        if best.scenario:
            return best.scenario == thread.scenario
        # The same thing in another region is nothing new either.
        known = {concept for matter in thread.matters for concept in self.catalogue.concepts_of(matter)}
        return {m.id for m in best.matters} <= set(thread.matters) or best.concept in known

    @cached_property
    def focus(self) -> tuple[Matter, ...]:
        """The matters being talked about, in the region that holds now."""
        thread = self.state.thread
        if thread is None:
            return ()
        return tuple(self.catalogue.matters[m] for m in thread.matters if m in self.catalogue.matters)

    @cached_property
    def _steps(self) -> tuple[ChainStep, ...]:
        """The steps being walked, with the conditions that are still open; empty where no chain is."""
        thread = self.state.thread
        if thread is None or thread.scenario is None or not self.focus:
            return ()
        return self.catalogue.chain(thread.scenario, self.focus[0].region, thread.facts).steps

    def without_alternatives(self, matter: Matter) -> tuple[Matter, ...]:
        """The matters being walked without those that another answer to this one's condition would call for."""
        own = self._condition(matter)
        if own is None:
            return self.focus
        others = {
            step.matter
            for step in self._steps
            if step.condition
            and not step.settled
            and step.condition.condition == own.condition
            and step.condition.value != own.value
        }
        return tuple(m for m in self.focus if m not in others)

    def condition_note(self, matter: Matter, left: Matter) -> list[str]:
        """For whom the step is, in a line, where that is still open; the step just left may have settled it."""
        condition = self._condition(matter)
        if condition is None or condition == self._condition(left):
            return []
        return [say("aspect.only", label=condition.label)]

    def _condition(self, matter: Matter) -> ConditionOption | None:
        """The condition of a step that is still open."""
        return next((s.condition for s in self._steps if s.matter == matter and not s.settled), None)

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
        facts: Mapping[str, str] | None = None,
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
            facts=facts or {},
        )
        threads = (*self.state.threads, thread)[-KEPT_THREADS:]
        state = replace(self.state, threads=threads, asking=asking, wish=Wish(), page=(), page_at=0)
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
