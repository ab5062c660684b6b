"""Further wishes: what a message asks for beside the likeliest thing ("娃要上小学，我刚被裁也想领那个钱").

Every part of the message is searched for by itself. A logistic model then weighs, for each other target, how likely the
whole and its best part make it, how likely that part makes the first wish, and a few words; so that the backstory of a
single wish ("刚结婚，想把户口迁过去") is not taken for a second one. Fitted on data/several (evaluation/fit_further.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.lines import OUT_OF_SCOPE
from knowledge.catalogue import Catalogue

WEIGHTS = Path(__file__).resolve().parent / "data" / "further.json"
FEATURES = (
    "whole",
    "whole of first",
    "part",
    "part of first",
    "parts",
    "done",
    "joining words",
    "length of part",
    "wants",
    "after first",
)
# Candidates: the likeliest of the whole, and of each part.
_OF_WHOLE, _OF_PART = 12, 2
# What the whole makes less likely than this is no wish of any part: of 840 messages none was lost by it.
_FAINT = 0.005
_LEAST = 1e-5
_DONE = re.compile(
    r"早|已经|办好|好了|办完|拿了|拿到|不用|不是|不想|不要|没[^有]{0,2}$|过了|下来了|以前|当初|去年|前年|刚"
)
_JOINS = re.compile(
    r"另外|还有|顺便|顺带|捎|外加|以及|同时|再就是|然后|接着|再|也|还|跟着|一块|一并|一起|先|都|各|分别|俩|两"
)
_WANTS = re.compile(r"[想要得能咋怎哪办]")
_SIGNS = re.compile(r"\W")


@dataclass(frozen=True)
class Further:
    """A target that is wished for as well, and how sure that is."""

    target: str
    kind: str
    probability: float


@dataclass(frozen=True)
class Evidence:
    """What speaks for one candidate: its position among the targets, and one value a feature."""

    target: int
    values: np.ndarray


def _log(probability: float) -> float:
    return float(np.log(probability + _LEAST))


class FurtherWishes:
    """Finds further wishes; `weights` holds one number a feature, and the intercept last."""

    def __init__(
        self, targets: Sequence[tuple[str, str]], catalogue: Catalogue, weights: np.ndarray, least: float
    ) -> None:
        self._targets, self._weights, self._least = list(targets), weights, least
        self._outside = next(i for i, (name, _) in enumerate(self._targets) if name == OUT_OF_SCOPE)
        self._holds = _holdings(catalogue)

    @classmethod
    def load(
        cls, targets: Sequence[tuple[str, str]], catalogue: Catalogue, path: Path = WEIGHTS
    ) -> FurtherWishes:
        """The fitted model; raises ValueError where it was fitted for other features."""
        fitted = json.loads(path.read_text(encoding="utf-8"))
        if tuple(fitted["features"]) != FEATURES:
            raise ValueError(
                f"{path.name} was fitted for other features: run python -m evaluation.fit_further"
            )
        weights = np.array([*fitted["weights"], fitted["intercept"]])
        return cls(targets, catalogue, weights, float(fitted["least"]))

    def __call__(
        self, text: str, whole: np.ndarray, parts: Sequence[str], found: Sequence[np.ndarray]
    ) -> tuple[Further, ...]:
        """Further wishes, surest first, of a message whose `parts` were found to mean `found` (probabilities over targets)."""
        sure = [
            (float(1 / (1 + np.exp(-(one.values @ self._weights[:-1] + self._weights[-1])))), one.target)
            for one in self.evidence(text, whole, parts, found)
        ]
        kept: list[tuple[float, int]] = []
        for probability, target in sorted(sure, reverse=True):
            if probability >= self._least and not any(self._related(target, other) for _, other in kept):
                kept.append((probability, target))
        return tuple(Further(*self._targets[target], probability) for probability, target in kept)

    def may_hold(self, whole: np.ndarray) -> bool:
        """Whether the whole leaves anything likely beside the first and what belongs to it; if not, no part need be read."""
        first, *others = self._best(whole, _OF_WHOLE)
        return any(whole[t] >= _FAINT and not self._related(first, t) for t in others)

    def evidence(
        self, text: str, whole: np.ndarray, parts: Sequence[str], found: Sequence[np.ndarray]
    ) -> list[Evidence]:
        """The evidence for every candidate but the likeliest of the whole and what belongs to it."""
        first = self._best(whole, 1)[0]
        candidates = dict.fromkeys(self._best(whole, _OF_WHOLE))
        for probabilities in found:
            candidates |= dict.fromkeys(self._best(probabilities, _OF_PART))
        of_first = max(range(len(parts)), key=lambda i: found[i][first])
        evidence = []
        for target in candidates:
            if target == first or self._related(first, target):
                continue
            own = max(range(len(parts)), key=lambda i: found[i][target])
            values = (
                _log(whole[target]),
                _log(whole[first]),
                _log(found[own][target]),
                _log(found[own][first]),
                len(parts),
                bool(_DONE.search(parts[own])),
                len(_JOINS.findall(text)),
                len(_SIGNS.sub("", parts[own])),
                bool(_WANTS.search(parts[own])),
                own > of_first,
            )
            evidence.append(Evidence(target, np.array(values, float)))
        return evidence

    def _best(self, probabilities: np.ndarray, size: int) -> list[int]:
        order = np.argsort(-probabilities, kind="stable")[: size + 1]
        return [int(i) for i in order if i != self._outside][:size]

    def _related(self, one: int, other: int) -> bool:
        """Whether one of two targets belongs to the other, so that wishing for both is one wish."""
        mine, theirs = self._targets[one][0], self._targets[other][0]
        held, holds = self._holds.get(mine, frozenset()), self._holds.get(theirs, frozenset())
        return mine == theirs or theirs in held or mine in holds or bool(held & holds)


def _holdings(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """What each scenario and variant is made of."""
    of_scenario = {
        scenario.id: frozenset(step.concept for step in scenario.steps if step.concept)
        for scenario in catalogue.scenarios.values()
    }
    of_variant = {v.id: of_scenario[v.scenario] | {v.scenario} for v in catalogue.variants.values()}
    return of_scenario | of_variant
