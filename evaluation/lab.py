"""The white-box half of a measurement: all systems over the same questions, without a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evaluation.ablations import fusion_ablations, without_repair
from evaluation.baselines import raw_baseline, tuned_baseline, word_baseline
from evaluation.configuration import ROOT
from evaluation.measurement import WhiteBox
from evaluation.overlap import held_out_texts, likenesses, training_texts
from evaluation.rankers import FullRanker, Ranker
from evaluation.records import QuestionSet
from evaluation.rows import Rows
from evaluation.whitebox import Ranking, outside_scores, rank_all, rankable, timing
from index.encoder import Encoder
from index.guide import Guide
from index.settings import Settings
from knowledge.catalogue import Catalogue

TIMED = 200
MeterOf = Callable[[str], Callable[[int, int], None]]


def whitebox(
    settings: Settings,
    catalogue: Catalogue,
    encoder: Encoder,
    questions: QuestionSet,
    output: Path,
    meter: MeterOf,
) -> WhiteBox:
    """Rankings of baselines, full system and ablations; raises IndexMismatch where the index is stale."""
    guide = Guide.load(settings, catalogue)
    asked = rankable(questions)
    texts = list(dict.fromkeys(case.question.text for case in asked))
    full = FullRanker(guide, catalogue)
    rows, told = Rows.from_catalogue(catalogue), meter("ranked")
    timed = timing(guide, texts[:TIMED])
    systems: list[Callable[[], Ranker]] = [
        lambda: word_baseline(catalogue),
        lambda: raw_baseline(catalogue, texts, output),
        lambda: tuned_baseline(catalogue, texts, encoder),
        lambda: full,
        lambda: without_repair(guide, catalogue),
    ]
    systems += [lambda one=one: one for one in fusion_ablations(guide, full, catalogue)]  # type: ignore[misc]
    rankings: dict[str, list[Ranking]] = {}
    for done, make in enumerate(systems, 1):
        ranker = make()
        rankings[ranker.name] = rank_all(ranker, asked, rows)
        told(done, len(systems))
    lines = training_texts(settings.lines, ROOT / "data" / "nlu")
    return WhiteBox(
        rankings=rankings,
        outside=outside_scores(full, questions),
        timing=timed,
        likenesses=likenesses(held_out_texts(questions), lines),
    )
