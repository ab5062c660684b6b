"""Where each system ranks the right matter, without a server."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from evaluation.outcome import IN_SCOPE
from evaluation.rankers import Candidate, FullRanker, Ranker
from evaluation.records import NAMED_AUDIENCES, Case, QuestionSet, cases
from evaluation.rows import Rows
from index.guide import Guide

DEPTH = 10
BY_PLACE = ("next", "previous")
HALF = 0.5


@dataclass(frozen=True)
class Ranking:
    """At which place (from 1, 0: not among the first DEPTH) a system has the right thing for a question."""

    system: str
    id: str
    set: str
    region: str
    expect: str
    noise: str | None
    place: int

    def within(self, size: int) -> bool:
        """Whether the right thing is among the first `size`."""
        return 0 < self.place <= size


@dataclass(frozen=True)
class OutsideScore:
    """The probability that search gives to "none of these" for one message."""

    id: str
    outside: float
    best: float
    in_scope: bool


@dataclass(frozen=True)
class Timing:
    """Median milliseconds a message on this machine."""

    encode: float
    understand: float


def rankable(questions: QuestionSet) -> list[Case]:
    """Questions that mean rows by what they say (not by their place in the list), in each of their regions."""
    meant = (q for q in questions.questions if q.wanted.expect in IN_SCOPE and q.wanted.slot not in BY_PLACE)
    return [case for q in meant for case in cases(q) if case.labels and case.labels[0].rows]


def is_right(case: Case, shown: Candidate, rows: Rows) -> bool:
    """Whether a candidate is the right thing: a good matter, or a scenario that holds the key rows and little else.

    Little else: at least half of its matters belong, the judge's own measure. For a single matter a scenario
    counts only where its first step is that matter.
    """
    for label in case.labels:
        audience = label.audience or case.audience
        good = set(rows.ids(case.region, audience, label.rows + label.key))
        for second in label.second_wishes:
            good |= set(rows.ids(case.region, audience, second.rows))
        if len(shown) == 1 or case.question.wanted.expect != "chain":
            right = shown[0] in good
        else:
            share = sum(matter in good for matter in shown) / len(shown)
            right = share >= HALF and rows.covered(case.region, audience, label.key, shown)
        if right:
            return True
    return False


def rank_all(ranker: Ranker, asked: Iterable[Case], rows: Rows) -> list[Ranking]:
    """The place of the right thing for every case."""
    found = []
    for case in asked:
        question = case.question
        audience = question.audience if question.audience in NAMED_AUDIENCES else None
        ranked = ranker.rank(question.text, case.region, audience)[:DEPTH]
        place = next((n for n, shown in enumerate(ranked, 1) if is_right(case, shown, rows)), 0)
        found.append(
            Ranking(
                ranker.name,
                question.id,
                question.set,
                case.region,
                question.wanted.expect or "-",
                question.wanted.noise,
                place,
            )
        )
    return found


def outside_scores(ranker: FullRanker, questions: QuestionSet) -> list[OutsideScore]:
    """What search thinks of "none of these", for outsiders and for questions that the lists answer."""
    found = []
    for question in questions.questions:
        in_scope = bool(question.labels) and question.wanted.expect in IN_SCOPE
        if not in_scope and question.labels:
            continue
        result = ranker.understand(question.text).result
        best = max((hit.probability for hit in result.kept + result.rejected), default=0.0)
        found.append(OutsideScore(question.id, result.outside, best, in_scope))
    return found


def timing(guide: Guide, texts: Sequence[str]) -> Timing:
    """Median time of encoding a message, and of understanding it altogether."""
    encode, understand = [], []
    for text in texts:
        begun = time.perf_counter()
        guide.encoder.encode([text])
        between = time.perf_counter()
        guide.understand(text)
        encode.append(between - begun)
        understand.append(time.perf_counter() - between)
    return Timing(median(encode) * 1e3, median(understand) * 1e3)
