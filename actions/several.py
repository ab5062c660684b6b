"""Two wishes in one message: two clauses with a request each, or one sentence that means two things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import endings
from actions.candidates import Candidate, rank
from actions.compose import joined
from actions.context import Context, Outcome
from actions.policy import POLICY
from actions.showing import show_candidate
from actions.wording import say


def two_requests(context: Context) -> Outcome | None:
    """Both answers in order, where two clauses are each sure of a request of their own; what is not listed is said so."""
    heard, state = context.heard, context.state
    if len(heard.clauses) < 2 or state.region is None:
        return None
    found: list[tuple[str, Candidate]] = []
    absent: list[str] = []
    for clause in heard.clauses:
        if clause.outside > 0.3:
            continue
        ranking = rank(context.catalogue, clause.targets, state.region, context.audience)
        here = ranking.here[0].probability if ranking.here else 0.0
        if ranking.elsewhere and ranking.elsewhere[0][1] >= max(POLICY.clear, here):
            absent.append(ranking.elsewhere[0][0])
        elif here >= POLICY.second and not _covered(ranking.here[0], found):
            found.append((clause.text, ranking.here[0]))
    if len(found) + len(absent) < 2 or not found:
        return None
    return _with_absent(context, joined_answers(context, found[:3]), absent)


def _with_absent(context: Context, outcome: Outcome, absent: Sequence[str]) -> Outcome:
    """The answers, with a line for each wish that the region's lists do not have."""
    catalogue, region = context.catalogue, context.state.region
    assert region is not None
    short = catalogue.regions[region].short
    titles = [endings.title_of(catalogue, target) for target in absent]
    lines = [say("outside.also_not_here", region=short, title=title) for title in titles]
    return replace(outcome, reply=replace(outcome.reply, text="\n".join([outcome.reply.text, *lines])))


def second_wish(context: Context, best: Candidate) -> Candidate | None:
    """Another candidate that the message asks for as well."""
    # In the light of earlier words the second is mostly what was talked about before.
    if context.aspect in ("next", "previous") or context.heard.alone is not None:
        return None
    assert context.state.region is not None
    ids = {m.id for m in best.matters}
    for target in (t for t in context.heard.further if t.probability >= POLICY.further):
        for other in rank(context.catalogue, [target], context.state.region, best.audience).here:
            if not ids & {m.id for m in other.matters}:
                return other
    return None


def same_scene(first: Candidate, second: Candidate) -> Candidate | None:
    """Two matters of one scene as one answer in the list's order; None where they are not of one scene."""
    if first.scenario or second.scenario or first.matters[0].scene != second.matters[0].scene:
        return None
    matters = tuple(sorted({*first.matters, *second.matters}, key=lambda m: m.position))
    return replace(first, matters=matters, exact=first.exact and second.exact)


def joined_answers(context: Context, wishes: Sequence[tuple[str, Candidate]]) -> Outcome:
    """The answers to several wishes (their words, their candidates) in order, each a thread of its own."""
    heard, now = context.heard, context
    replies, opened = [], []
    for text, candidate in wishes:
        outcome = show_candidate(replace(now, heard=replace(heard, aspects=())), candidate, text)
        thread = outcome.state.threads[-1]
        opened.append(replace(thread, said=text))
        threads = (*outcome.state.threads[:-1], opened[-1])
        now = replace(now, state=replace(outcome.state, threads=threads))
        replies.append(outcome.reply)
    # The answer begins with the first wish, and so does what follows.
    threads, first = now.state.threads, opened[0]
    order = (*(t for t in threads if t != first), first)
    return Outcome(joined(replies), replace(now.state, threads=order, asking=""))


def _covered(candidate: Candidate, found: Sequence[tuple[str, Candidate]]) -> bool:
    """Whether an earlier clause's answer shows these matters already."""
    shown = {m.id for _, other in found for m in other.matters}
    return any(m.id in shown for m in candidate.matters)
