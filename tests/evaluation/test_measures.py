"""Figures on outcomes whose answer is plain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.goals import Floors, goal_results
from evaluation.lookalikes import LookAlikes
from evaluation.measures import (
    calibration,
    confusions,
    false_refusals,
    latency,
    out_of_scope_recall,
    rates,
    trade_off,
    wilson,
)
from evaluation.outcome import Outcome, load_outcomes, save_outcomes
from evaluation.whitebox import OutsideScore
from knowledge.catalogue import load_catalogue

RIGHT = Outcome(
    id="q1",
    set="citizens_matters",
    region="zhoucun",
    audience="individual",
    text="结婚登记",
    expect="matter",
    kind=None,
    noise=None,
    slot=None,
    scene="结婚",
    wanted=("a",),
    labelled=True,
    right=True,
    reason="ok",
    seconds=0.02,
    reply_kind="matter",
    steps=("a",),
    scenario=None,
    confidence=0.9,
)
WRONG = replace(RIGHT, right=False, reason="wrong matter (matter)", steps=("b",))
SECOND = replace(RIGHT, right=False, reason="top3", steps=("b", "a"))
REFUSED = replace(
    RIGHT, right=False, reason="kind out_of_scope", reply_kind="out_of_scope", steps=(), confidence=None
)
OUTSIDER = replace(
    RIGHT,
    set="oos",
    labelled=False,
    expect="out_of_scope",
    kind="near_miss",
    wanted=(),
    reply_kind="out_of_scope",
)


def test_rates_count_right_and_near() -> None:
    """Near misses count beside the right ones, in the interval they do not."""
    (found,) = rates([RIGHT, WRONG, SECOND], lambda o: o.set)
    assert (found.count, found.right, found.near) == (3, 1, 2)
    low, high = found.interval
    assert low < 1 / 3 < high
    assert wilson(0, 0) == (0.0, 1.0)


def test_refusals_and_outsiders() -> None:
    """A refused good question is a false refusal; an outsider told so is caught."""
    assert false_refusals([RIGHT, REFUSED, OUTSIDER]).share == 0.5
    assert out_of_scope_recall([RIGHT, REFUSED, OUTSIDER]).share == 1.0


def test_calibration_error() -> None:
    """Nine right of ten at 0.9 is calibrated; an outsider that is answered counts against it."""
    answers = [RIGHT] * 9 + [WRONG]
    bins, error = calibration(answers)
    assert len(bins) == 1 and error == pytest.approx(0.0, abs=1e-9)
    answered = replace(OUTSIDER, right=False, reply_kind="matter")
    assert calibration([*answers, answered])[1] > 0.05


def test_confusions_name_what_was_shown() -> None:
    """Only wrong replies that show something else are counted."""
    assert confusions([RIGHT, WRONG, WRONG, SECOND, REFUSED], str) == [("a", "b", 3)]


def test_latency_percentiles() -> None:
    """Milliseconds."""
    found = latency([replace(RIGHT, seconds=0.01 * n) for n in range(1, 101)])
    assert found["p50"] == pytest.approx(505) and found["max"] == pytest.approx(1000)
    assert latency([]) == {}


def test_trade_off_between_outsiders_and_good_questions() -> None:
    """A higher threshold refuses fewer of both."""
    scores = [OutsideScore("a", 0.9, 0.1, False), OutsideScore("b", 0.4, 0.5, False)]
    scores += [OutsideScore("c", 0.1, 0.9, True), OutsideScore("d", 0.6, 0.4, True)]
    low, high = trade_off(scores, (0.3, 0.7))
    assert (low.recall, low.refused) == (1.0, 0.5)
    assert (high.recall, high.refused) == (0.5, 0.0)


def test_floors_name_what_fell() -> None:
    """One line for each floor that is broken, none where all hold."""
    floors = Floors({"citizens_matters": 0.9}, 0.03, 0.9, 0.0, 0.0)
    assert floors.broken([RIGHT, OUTSIDER]) == []
    assert len(floors.broken([RIGHT, WRONG, REFUSED, replace(OUTSIDER, right=False)])) == 3


def test_goals_need_questions() -> None:
    """A goal without questions is not reported as missed."""
    names = {result.goal.name for result in goal_results([RIGHT])}
    assert "single matter, top 1" in names and "hotline look-ups" not in names


def test_outcomes_survive_a_file(tmp_path: Path) -> None:
    """What is saved is what is loaded."""
    save_outcomes(tmp_path / "outcomes.jsonl", [RIGHT, OUTSIDER])
    assert load_outcomes(tmp_path / "outcomes.jsonl") == [RIGHT, OUTSIDER]


def test_look_alikes_are_concepts() -> None:
    """Every group has at least three concepts, and the catalogue knows them all."""
    groups = LookAlikes.load()
    assert groups.concepts <= set(load_catalogue().concepts)
    assert all(len(concepts) > 2 for concepts in groups.groups.values())
