"""Every setting of retrieval, with the evaluation that chose it (docs/quality.md)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Weights and thresholds of search; paths are absolute."""

    encoder: str = str(ROOT / "index" / "model")
    index: Path = ROOT / "var" / "index"
    lines: Path = ROOT / "data" / "lines"
    # Weights of the three judges in the fused score, fitted on held-out voices (evaluation/fit.py).
    weight_neighbours: float = 20.0
    weight_words: float = 10.0
    weight_title: float = 2.0
    sharpness: float = 1.0
    # Added to the score of out of scope: a wrong guess is worse than a question.
    outside_bias: float = 3.0
    neighbours: int = 5
    # Taken off the similarity of a target that has no training lines (index/search.py).
    wording_margin: float = 0.15
    # Hits below this probability are reported as rejected; the answer bands are in actions/policy.py.
    kept: float = 0.05


def load_settings() -> Settings:
    """Settings with the encoder taken from YILIANBAN_ENCODER where that is set."""
    encoder = os.environ.get("YILIANBAN_ENCODER")
    return Settings(encoder=encoder) if encoder else Settings()
