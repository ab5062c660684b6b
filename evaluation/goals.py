"""What the figures are held against: the goals, and the floors that `make test` keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.measures import Rate, false_refusals, out_of_scope_recall, rate
from evaluation.outcome import Outcome

FLOORS = Path(__file__).parent / "floors.json"
EVENTS = ("citizens_events", "enterprise_events")
MATTERS = ("citizens_matters", "enterprise_matters")


@dataclass(frozen=True)
class Goal:
    """A figure by name, how it is made from outcomes, and what it should reach (or stay below)."""

    name: str
    aim: float
    measure: Callable[[Sequence[Outcome]], Rate]
    near: bool = False
    at_most: bool = False

    def value(self, found: Rate) -> float:
        """The figure."""
        return found.near_share if self.near else found.share

    def reached(self, value: float) -> bool:
        """Whether a figure is good enough."""
        return value <= self.aim if self.at_most else value >= self.aim


def _of_sets(name: str, sets: Iterable[str]) -> Callable[[Sequence[Outcome]], Rate]:
    chosen = frozenset(sets)
    return lambda outcomes: rate(name, (o for o in outcomes if o.set in chosen))


GOALS = (
    Goal("scenario, top 1", 0.95, _of_sets("events", EVENTS)),
    Goal("single matter, top 1", 0.92, _of_sets("matters", MATTERS)),
    Goal("single matter, top 3", 0.98, _of_sets("matters", MATTERS), near=True),
    Goal("aspect questions", 0.92, _of_sets("aspects", ("citizens_slots",))),
    Goal("hotline look-ups", 0.92, _of_sets("hotline", ("hotline",))),
    Goal("noisy input", 0.90, _of_sets("noise", ("citizens_noise",))),
    Goal("real questions from elsewhere", 0.85, _of_sets("wild", ("wild",))),
    Goal("out-of-scope recall", 0.90, out_of_scope_recall),
    Goal("good questions refused", 0.03, false_refusals, at_most=True),
)


@dataclass(frozen=True)
class GoalResult:
    """A goal beside what was measured."""

    goal: Goal
    rate: Rate

    @property
    def value(self) -> float:
        """The figure that was measured."""
        return self.goal.value(self.rate)

    @property
    def reached(self) -> bool:
        """Whether the goal is met."""
        return self.goal.reached(self.value)


def goal_results(outcomes: Sequence[Outcome]) -> list[GoalResult]:
    """Every goal for which there were questions."""
    found = [GoalResult(goal, goal.measure(outcomes)) for goal in GOALS]
    return [result for result in found if result.rate.count]


@dataclass(frozen=True)
class Floors:
    """Least shares by group of outcomes and by goal, and least top-1 and top-3 shares of the index alone."""

    groups: dict[str, float]
    refused_at_most: float
    out_of_scope_recall: float
    index_top1: float
    index_top3: float

    @classmethod
    def load(cls, path: Path = FLOORS) -> Floors:
        """Reads the floors file."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            groups={str(name): float(value) for name, value in raw["groups"].items()},
            refused_at_most=float(raw["refused_at_most"]),
            out_of_scope_recall=float(raw["out_of_scope_recall"]),
            index_top1=float(raw["index_top1"]),
            index_top3=float(raw["index_top3"]),
        )

    def broken(self, outcomes: Sequence[Outcome]) -> list[str]:
        """One line for each floor that these outcomes fall through."""
        found = []
        for name, floor in self.groups.items():
            own = rate(name, (o for o in outcomes if o.set == name))
            if own.count and own.share < floor:
                found.append(f"{name}: {own.share:.3f} of {own.count} right, the floor is {floor:.3f}")
        recall, refused = out_of_scope_recall(outcomes), false_refusals(outcomes)
        if recall.count and recall.share < self.out_of_scope_recall:
            found.append(
                f"out-of-scope recall {recall.share:.3f}, the floor is {self.out_of_scope_recall:.3f}"
            )
        if refused.count and refused.share > self.refused_at_most:
            found.append(f"{refused.share:.3f} of good questions refused, at most {self.refused_at_most:.3f}")
        return found
