"""What is printed while measuring and after it."""

from __future__ import annotations

import sys
import time
from collections import Counter

from evaluation.goals import goal_results
from evaluation.measurement import Measurement
from evaluation.measures import false_refusals, grouped, latency, rank_rate, rate

_EVERY = 5.0


class Meter:
    """Says how far something is, every few seconds and at the end."""

    def __init__(self, what: str) -> None:
        self._what, self._begun, self._said = what, time.monotonic(), 0.0

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` are done."""
        now = time.monotonic()
        if done == total or now - self._said > _EVERY:
            self._said = now
            print(f"  {self._what}: {done}/{total}, {now - self._begun:.0f} s", file=sys.stderr, flush=True)


def print_summary(measured: Measurement) -> None:
    """One line a system, then one a group of questions, then the goals."""
    if measured.whitebox:
        print("right thing first / among the first three, by the index alone")
        for system, found in measured.whitebox.rankings.items():
            ranked = rank_rate(system, found)
            print(f"  {system:48s} n={ranked.count:5d}  {ranked.top1:.3f} / {ranked.top3:.3f}")
        times = measured.whitebox.timing
        print(f"  encoding {times.encode:.1f} ms, understanding {times.understand:.1f} ms a message")
    if not measured.outcomes:
        return
    print("over REST")
    for name, outcomes in sorted(grouped(measured.outcomes, lambda o: o.group).items()):
        one, why = rate(name, outcomes), Counter(o.reason for o in outcomes if not o.right).most_common(4)
        print(f"  {name:36s} n={one.count:5d} right {one.share:.3f} near {one.near_share:.3f}  misses {why}")
    refused, spent = false_refusals(measured.outcomes), latency(measured.outcomes)
    print(f"  good questions refused: {refused.right} of {refused.count}")
    print("  latency ms: " + ", ".join(f"{name} {value:.0f}" for name, value in spent.items()))
    for result in goal_results(measured.outcomes):
        sign, mark = ("≤" if result.goal.at_most else "≥"), ("met" if result.reached else "NOT MET")
        print(f"  {result.goal.name:32s} {result.value:.3f}  (goal {sign} {result.goal.aim:.2f})  {mark}")
