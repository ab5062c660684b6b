"""The figures stay above their floors (`evaluation/floors.json`), so that quality cannot rot unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.goals import Floors
from evaluation.measures import rank_rate
from evaluation.rankers import FullRanker
from evaluation.records import read_questions
from evaluation.rows import Rows
from evaluation.runner import Assistant, ask_all, in_one_region
from evaluation.whitebox import rank_all, rankable
from index.guide import Guide
from index.settings import load_settings
from knowledge.catalogue import load_catalogue
from tests.assistant import Assistant as Running

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = ROOT / "evaluation" / "questions"


@pytest.mark.server
def test_answers_stay_above_their_floors(assistant: Running) -> None:
    """Every held-out question in one of its regions, and every dialogue, through the real server."""
    rows = Rows.from_catalogue(load_catalogue())
    questions = in_one_region(read_questions(HELD_OUT))
    outcomes = ask_all(Assistant(assistant.base_url), questions, rows)
    assert [f"{o.id} {o.region}: {o.reason}" for o in outcomes if o.reason.startswith("ERROR")] == []
    assert Floors.load().broken(outcomes) == []


@pytest.mark.server
def test_the_index_alone_stays_above_its_floors(assistant: Running) -> None:
    """The right thing first, or among the first three; the assistant's start has built the index."""
    catalogue, floors = load_catalogue(), Floors.load()
    ranker = FullRanker(Guide.load(load_settings(), catalogue), catalogue)
    asked = rankable(in_one_region(read_questions(HELD_OUT)))
    found = rank_rate(ranker.name, rank_all(ranker, asked, Rows.from_catalogue(catalogue)))
    assert found.top1 >= floors.index_top1
    assert found.top3 >= floors.index_top3
