"""Fitting the judges' weights, on scores that are made so that the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.fusion import Fusion, Scores, calibration_error, fit, join, quality, softmax
from index.settings import Settings

MESSAGES, TARGETS = 1500, 12


def _scores(weights: tuple[float, ...], seed: int = 3) -> Scores:
    """Scores of three judges, and targets drawn with just these weights."""
    dice = np.random.default_rng(seed)
    judges = [dice.normal(0, spread, (MESSAGES, TARGETS)) for spread in (0.15, 0.15, 0.2)]
    fused = sum(w * judge for w, judge in zip(weights, judges, strict=True))
    gold = np.array([dice.choice(TARGETS, p=row) for row in softmax(np.asarray(fused))])
    return Scores.from_judges(*judges, gold)


def test_finds_the_weights_that_made_the_targets() -> None:
    """Weights and sharpness come back, up to chance."""
    made = (24.0, 8.0, 3.0)
    fitted = fit(_scores(made), smoothing=1e-6)
    assert np.array(fitted.weights) * fitted.sharpness == pytest.approx(made, rel=0.35)
    assert fitted.weights[0] == pytest.approx(20.0)


def test_a_fitted_fusion_is_better_and_calibrated() -> None:
    """On other messages of the same make it beats a lopsided one and knows how sure to be."""
    made = (24.0, 8.0, 3.0)
    fitted, other = fit(_scores(made, 3)), _scores(made, 4)
    poor = quality(Fusion((0.0, 20.0, 0.0), 1.0), other)
    good = quality(fitted, other)
    assert good.top1 > poor.top1 + 0.1 and good.loss < poor.loss
    assert good.calibration_error < 0.05


def test_a_useless_judge_gets_no_weight() -> None:
    """A judge that guesses is left out, whatever it weighs at the start."""
    fitted = fit(_scores((24.0, 0.0, 3.0)))
    assert fitted.weights[1] < 1.5


def test_join_keeps_messages_and_targets_together() -> None:
    """The quality of two parts lies between theirs."""
    one, other = _scores((24.0, 8.0, 3.0), 5), _scores((0.0, 0.0, 0.0), 6)
    fusion = Fusion((20.0, 8.0, 2.0), 1.0)
    both = join([one, other])
    assert both.values.shape == (3, 2 * MESSAGES, TARGETS)
    assert quality(fusion, other).top1 < quality(fusion, both).top1 < quality(fusion, one).top1


def test_calibration_error_of_boasting() -> None:
    """Always sure and half the time right is half a unit off."""
    assert calibration_error(np.full(10, 0.99), np.arange(10) % 2 == 0) == pytest.approx(0.49)


def test_judges_are_fused_as_search_fuses_them() -> None:
    """The settings name one weight for each judge, in the same order."""
    names = [name for name in Settings.__dataclass_fields__ if name.startswith("weight_")]
    assert names == ["weight_neighbours", "weight_words", "weight_title"]
