"""Weights of the judges and the sharpness of their sum, fitted to scores; knows nothing of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

JUDGES = ("neighbours", "words", "title")
# Only ratios of weights matter for the order, so the first judge's weight stays and the sharpness takes up the rest.
FIRST_WEIGHT = 20.0
BINS = 10


@dataclass(frozen=True)
class Scores:
    """Scores of the judges for held-out messages, shape (judges, messages, targets), and the right target of each."""

    values: np.ndarray
    gold: np.ndarray

    @classmethod
    def from_judges(
        cls,
        neighbours: np.ndarray,
        words: np.ndarray,
        title: np.ndarray,
        gold: np.ndarray,
    ) -> Scores:
        """One array of shape (messages, targets) a judge; `gold` has shape (messages,)."""
        stacked = np.stack([neighbours, words, title])
        return cls(stacked.astype(np.float32), gold.astype(np.int64))


def join(parts: Sequence[Scores]) -> Scores:
    """The messages of all parts together."""
    values = np.concatenate([part.values for part in parts], axis=1)
    return Scores(values, np.concatenate([part.gold for part in parts]))


@dataclass(frozen=True)
class Fusion:
    """One weight a judge, in the order of JUDGES, and the factor on their sum before the softmax."""

    weights: tuple[float, ...]
    sharpness: float

    def probabilities(self, scores: Scores) -> np.ndarray:
        """Probabilities of shape (messages, targets)."""
        return softmax(np.tensordot(np.array(self.weights) * self.sharpness, scores.values, axes=1))


@dataclass(frozen=True)
class Quality:
    """How good a fusion is on held-out messages."""

    top1: float
    top3: float
    loss: float
    calibration_error: float


def softmax(fused: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis."""
    powers = np.exp(fused - fused.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def fit(scores: Scores, smoothing: float = 1e-3) -> Fusion:
    """The weights (none negative) under which the right targets are likeliest, by L-BFGS on the mean log loss.

    `smoothing` bounds what a single hopeless message can cost.
    """
    count = len(scores.gold)
    rows = np.arange(count)
    right = scores.values[:, rows, scores.gold].astype(np.float64)

    def loss(logs: np.ndarray) -> tuple[float, np.ndarray]:
        weights = np.exp(logs)
        found = softmax(np.tensordot(weights.astype(np.float32), scores.values, axes=1))
        likely = found[rows, scores.gold].astype(np.float64)
        expected = np.einsum("jmt,mt->jm", scores.values, found, optimize=True)
        pull = likely / (likely + smoothing)
        gradient = -((right - expected) * pull).mean(axis=1) * weights
        return float(-np.log(likely + smoothing).mean()), gradient

    start = np.log(np.array([FIRST_WEIGHT, FIRST_WEIGHT / 2, 2.0]))
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(-5.0, 5.0)] * len(JUDGES))
    weights = np.exp(solved.x)
    sharpness = float(weights[0] / FIRST_WEIGHT)
    return Fusion(tuple(float(w / sharpness) for w in weights), sharpness)


def quality(fusion: Fusion, scores: Scores) -> Quality:
    """Top-1 and top-3 shares, log loss, expected calibration error of the likeliest target."""
    found = fusion.probabilities(scores)
    rows = np.arange(len(scores.gold))
    likely = found[rows, scores.gold]
    place = (found > likely[:, None]).sum(axis=1)
    return Quality(
        top1=float((place == 0).mean()),
        top3=float((place < 3).mean()),
        loss=float(-np.log(likely + 1e-9).mean()),
        calibration_error=calibration_error(found.max(axis=1), found.argmax(axis=1) == scores.gold),
    )


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Mean distance between confidence and accuracy over equal bins, weighted by count."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(confidence[bins == b].mean() - right[bins == b].mean())) * int((bins == b).sum())
        for b in np.unique(bins)
    ]
    return sum(gaps) / max(1, len(confidence))
