"""Figures made from outcomes: rates, confusions, calibration, out of scope, latency."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from evaluation.outcome import OUT_OF_SCOPE_SET, Outcome
from evaluation.whitebox import OutsideScore, Ranking

T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)
PERCENTILES = (50, 90, 95, 99)
Z95 = 1.96


@dataclass(frozen=True)
class Rate:
    """How many of `count` were right, and how many right or near (first three, or offered)."""

    name: str
    count: int
    right: int
    near: int

    @property
    def share(self) -> float:
        """Share that was right."""
        return self.right / self.count if self.count else 0.0

    @property
    def near_share(self) -> float:
        """Share that was right or near."""
        return self.near / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share (Wilson)."""
        return wilson(self.right, self.count)


def wilson(right: int, count: int) -> tuple[float, float]:
    """95 % interval of a share; (0, 1) where nothing was counted."""
    if not count:
        return 0.0, 1.0
    share, square = right / count, Z95 * Z95
    middle = (share + square / (2 * count)) / (1 + square / count)
    spread = (
        Z95 * math.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    )
    return max(0.0, middle - spread), min(1.0, middle + spread)


def rate(name: str, outcomes: Iterable[Outcome]) -> Rate:
    """The rate of these outcomes."""
    found = list(outcomes)
    return Rate(name, len(found), sum(o.right for o in found), sum(o.near for o in found))


def grouped(items: Iterable[T], key: Callable[[T], Key | None]) -> dict[Key, list[T]]:
    """Items by key, those without a key left out."""
    groups: dict[Key, list[T]] = defaultdict(list)
    for item in items:
        name = key(item)
        if name is not None:
            groups[name].append(item)
    return dict(groups)


def rates(outcomes: Iterable[Outcome], key: Callable[[Outcome], str | None]) -> list[Rate]:
    """One rate for each value of the key, by name."""
    return [rate(name, found) for name, found in sorted(grouped(outcomes, key).items())]


def out_of_scope_recall(outcomes: Iterable[Outcome]) -> Rate:
    """Outsiders that ended rightly."""
    return rate("out-of-scope recall", (o for o in outcomes if o.set == OUT_OF_SCOPE_SET))


def false_refusals(outcomes: Iterable[Outcome]) -> Rate:
    """Good questions that were told to be in no list; here `right` counts the refused ones."""
    good = [o for o in outcomes if o.in_scope]
    refused = sum(o.reply_kind == "out_of_scope" for o in good)
    return Rate("false refusals", len(good), refused, refused)


@dataclass(frozen=True)
class Bin:
    """Answers of about the same confidence: how sure they were on average, and how often they were right."""

    count: int
    confidence: float
    accuracy: float


def calibration(outcomes: Iterable[Outcome], bins: int = 10) -> tuple[list[Bin], float]:
    """Bins of answers by the card's confidence, and the expected calibration error.

    Counted are replies that answer (chain, matter, slot), also those to outsiders, which are then wrong.
    """
    answered = [
        o for o in outcomes if o.confidence is not None and o.reply_kind in ("chain", "matter", "slot")
    ]
    answered = [o for o in answered if o.in_scope or o.set == OUT_OF_SCOPE_SET]
    groups = grouped(answered, lambda o: min(int((o.confidence or 0.0) * bins), bins - 1))
    found = [
        Bin(len(g), float(np.mean([o.confidence for o in g])), float(np.mean([o.right for o in g])))
        for _, g in sorted(groups.items())
    ]
    error = sum(b.count * abs(b.confidence - b.accuracy) for b in found) / max(1, len(answered))
    return found, error


def confusions(outcomes: Iterable[Outcome], name_of: Callable[[str], str]) -> list[tuple[str, str, int]]:
    """(wanted, shown, how often) of wrong replies that show another thing first; commonest first."""
    counted: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        if outcome.right or not outcome.in_scope or not outcome.steps or not outcome.wanted:
            continue
        wanted, shown = name_of(outcome.wanted[0]), name_of(outcome.steps[0])
        if wanted != shown:
            counted[wanted, shown] += 1
    return [(wanted, shown, count) for (wanted, shown), count in counted.most_common()]


def latency(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Percentiles, mean and maximum of reply times in milliseconds."""
    spent = np.array([o.seconds for o in outcomes]) * 1e3
    if not len(spent):
        return {}
    found = {f"p{p}": float(np.percentile(spent, p)) for p in PERCENTILES}
    return found | {"mean": float(spent.mean()), "max": float(spent.max())}


@dataclass(frozen=True)
class RankRate:
    """How often a system has the right thing first, and among the first three."""

    system: str
    count: int
    top1: float
    top3: float


def rank_rate(system: str, rankings: Sequence[Ranking]) -> RankRate:
    """The rates of these rankings of one system."""
    count = max(1, len(rankings))
    first, third = (sum(r.within(size) for r in rankings) / count for size in (1, 3))
    return RankRate(system, len(rankings), first, third)


@dataclass(frozen=True)
class TradeOff:
    """Outsiders caught and good questions refused, were everything above the threshold refused."""

    threshold: float
    recall: float
    refused: float


def trade_off(scores: Sequence[OutsideScore], thresholds: Sequence[float]) -> list[TradeOff]:
    """Recall of outsiders against refused good questions for each threshold on the probability of "none of these"."""
    outside = np.array([s.outside for s in scores if not s.in_scope])
    inside = np.array([s.outside for s in scores if s.in_scope])
    if not len(outside) or not len(inside):
        return []
    return [
        TradeOff(threshold, float((outside > threshold).mean()), float((inside > threshold).mean()))
        for threshold in thresholds
    ]
