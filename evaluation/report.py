"""Which tables and plots a measurement is shown with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evaluation import plots
from evaluation.goals import EVENTS, MATTERS, goal_results
from evaluation.lookalikes import LookAlikes, group_results
from evaluation.measurement import Measurement, WhiteBox
from evaluation.measures import (
    Rate,
    calibration,
    confusions,
    false_refusals,
    grouped,
    latency,
    out_of_scope_recall,
    rank_rate,
    rate,
    rates,
    trade_off,
)
from evaluation.outcome import OUT_OF_SCOPE_SET, Outcome
from evaluation.overlap import LISTED
from evaluation.sections import Section, Table, percent, rate_table, system_table
from evaluation.whitebox import Ranking
from knowledge.catalogue import Catalogue

CONFUSIONS = 25
THRESHOLDS = tuple(i / 200 for i in range(200))
_NEAR = "Near: among the first three, or among the options that were offered."


class Report:
    """Makes the sections of a report; plots are drawn into a folder."""

    def __init__(self, measured: Measurement, catalogue: Catalogue, drawings: Path) -> None:
        self._measured, self._catalogue, self._drawings = measured, catalogue, drawings
        self._chinese = plots.use_fonts()

    def sections(self) -> list[Section]:
        """All parts in order."""
        return [*self._black_box(), *self._white_box(), self._configuration()]

    def _black_box(self) -> Iterator[Section]:
        outcomes = self._measured.outcomes
        if not outcomes:
            return
        yield self._goals(outcomes)
        yield self._by("set and expected behaviour", "sets", lambda o: o.group, brief=True)
        yield self._by("region", "regions", lambda o: o.region, brief=True)
        yield self._by("speaker", "speakers", lambda o: o.speaker, brief=True)
        yield self._by("noise", "noise", lambda o: o.noise, brief=True)
        yield self._by("aspect", "aspects", lambda o: o.slot if o.expect == "slot" else None)
        yield self._scenes(outcomes)
        yield self._look_alikes(outcomes)
        yield self._confused_matters(outcomes)
        yield self._confused_scenes(outcomes)
        yield self._calibration(outcomes)
        yield self._out_of_scope(outcomes)
        yield self._latency(outcomes)

    def _goals(self, outcomes: Sequence[Outcome]) -> Section:
        rows = []
        for result in goal_results(outcomes):
            sign = "≤" if result.goal.at_most else "≥"
            aim = f"{sign} {result.goal.aim * 100:.0f} %"
            met = "met" if result.reached else "not met"
            rows.append((result.goal.name, str(result.rate.count), percent(result.value), aim, met))
        table = Table(("figure", "questions", "measured", "goal", ""), tuple(rows))
        return Section(
            "Goals", "Asked over REST, in every region for which a question is valid.", table, brief=True
        )

    def _by(self, what: str, name: str, key: Callable[[Outcome], str | None], brief: bool = False) -> Section:
        found = rates(self._measured.outcomes, key)
        drawing = plots.bars(self._drawings / f"{name}.png", f"Accuracy by {what}", found) if found else None
        return Section(f"By {what}", _NEAR, rate_table(what, found), drawing, brief)

    def _scenes(self, outcomes: Sequence[Outcome]) -> Section:
        found = rates((o for o in outcomes if o.in_scope), lambda o: o.scene)
        found.sort(key=lambda r: (r.share, -r.count))
        text = "The scene that the label names (the lists' own word), all regions together, worst first."
        return Section("By scenario", text, rate_table("scene", found))

    def _look_alikes(self, outcomes: Sequence[Outcome]) -> Section:
        found = group_results(LookAlikes.load(), outcomes, self._catalogue)
        rows = tuple(
            (
                r.rate.name,
                str(r.rate.count),
                percent(r.rate.share),
                percent(r.rate.near_share),
                str(r.mistaken),
            )
            for r in found
        )
        columns = ("look-alikes", "questions", "right", "right or near", "taken for another of the group")
        text = (
            "Matters that sound the same and need different answers (evaluation/lookalikes.csv), worst first."
        )
        return Section("Look-alikes", text, Table(columns, rows))

    def _concept(self, matter: str) -> str:
        found = self._catalogue.concepts_of(matter)
        if found:
            return self._catalogue.concepts[found[0]].title if self._chinese else found[0]
        return matter

    def _scene(self, matter: str) -> str:
        known = self._catalogue.matters.get(matter)
        return known.scene if known else matter

    def _confused_matters(self, outcomes: Sequence[Outcome]) -> Section:
        found = confusions((o for o in outcomes if o.expect in ("matter", "slot")), self._concept)
        return self._confused("Single matters that were confused", "matters", found, drawable=True)

    def _confused_scenes(self, outcomes: Sequence[Outcome]) -> Section:
        found = confusions((o for o in outcomes if o.expect == "chain"), self._scene)
        return self._confused("Scenes that were confused", "scenes", found, drawable=self._chinese)

    def _confused(
        self, heading: str, name: str, found: Sequence[tuple[str, str, int]], drawable: bool
    ) -> Section:
        rows = tuple((wanted, shown, str(count)) for wanted, shown, count in found[:CONFUSIONS])
        drawing = None
        if found and drawable:
            drawing = plots.confusion_matrix(self._drawings / f"confused_{name}.png", found)
        text = "What the first step was, where it was wrong; counted over all regions."
        return Section(heading, text, Table(("wanted", "shown first", "times"), rows), drawing)

    def _calibration(self, outcomes: Sequence[Outcome]) -> Section:
        bins, error = calibration(outcomes)
        rows = tuple((f"{b.confidence:.2f}", percent(b.accuracy), str(b.count)) for b in bins)
        text = (
            "Confidence of the card beside the share of answers that were right, for replies that answer "
            f"(outsiders that were answered count as wrong). Expected calibration error {error:.3f}."
        )
        drawing = plots.calibration_curve(self._drawings / "calibration.png", bins, error) if bins else None
        table = Table(("mean confidence", "right", "answers"), rows)
        return Section("Calibration", text, table, drawing, brief=True)

    def _out_of_scope(self, outcomes: Sequence[Outcome]) -> Section:
        recall, refused = out_of_scope_recall(outcomes), false_refusals(outcomes)
        found = [*rates((o for o in outcomes if o.set == OUT_OF_SCOPE_SET), lambda o: o.kind), recall]
        text = f"Good questions refused: {refused.right} of {refused.count} ({percent(refused.share)})."
        return Section(
            "Out of scope", text, rate_table("kind", found, near=False), self._refusal_curve(), brief=True
        )

    def _refusal_curve(self) -> Path | None:
        white = self._measured.whitebox
        curve = trade_off(white.outside, THRESHOLDS) if white else []
        if not curve:
            return None
        chosen = float(self._measured.configuration["policy"]["outside"])
        return plots.refusal_curve(self._drawings / "out_of_scope.png", curve, chosen)

    def _latency(self, outcomes: Sequence[Outcome]) -> Section:
        workers = self._measured.configuration.get("askers at a time", "?")
        found = latency(outcomes)
        table = Table(tuple(found), (tuple(f"{value:.0f} ms" for value in found.values()),))
        text = f"Reply time through REST with {workers} asking at a time."
        drawing = plots.latency_curve(self._drawings / "latency.png", [o.seconds for o in outcomes])
        return Section("Latency", text, table, drawing, brief=True)

    def _white_box(self) -> Iterator[Section]:
        white = self._measured.whitebox
        if white is None:
            return
        yield self._systems(white)
        refused = trade_off(white.outside, (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8))
        rows = tuple((f"{t.threshold:.1f}", percent(t.recall), percent(t.refused)) for t in refused)
        text = "Were every message refused whose probability of being in no list is above the threshold."
        yield Section("Out of scope: search alone", text, Table(("threshold", "caught", "refused"), rows))
        times = white.timing
        text = f"Encoding a message {times.encode:.1f} ms, understanding it {times.understand:.1f} ms (medians, one thread)."
        yield Section("Time without the server", text, brief=True)
        yield self._overlap(white)

    def _systems(self, white: WhiteBox) -> Section:
        def chosen(found: Sequence[Ranking], sets: tuple[str, ...] | None) -> list[Ranking]:
            return [r for r in found if sets is None or r.set in sets]

        present = grouped(next(iter(white.rankings.values())), lambda r: r.set)
        groups: list[tuple[str, tuple[str, ...] | None]] = [
            ("life events", EVENTS[:1]),
            ("business events", EVENTS[1:]),
            ("citizens' matters", MATTERS[:1]),
            ("business matters", MATTERS[1:]),
            ("noisy", ("citizens_noise",)),
            ("hotline", ("hotline",)),
            ("all", None),
        ]
        shown = [
            (name, [rank_rate(system, chosen(found, sets)) for system, found in white.rankings.items()])
            for name, sets in groups
            if sets is None or set(sets) & set(present)
        ]
        text = (
            "Right thing first / among the first three, in per cent, without server or dialogue rules. The first three "
            "rank the rows of the region by the lists' own wording; ours ranks scenarios and matters. A row is right "
            "when it belongs to the label; a scenario is right when it holds every key row and at least half of it belongs."
        )
        drawing = plots.systems(self._drawings / "systems.png", "All questions with rows", shown[-1][1])
        return Section("Baselines and ablations", text, system_table(shown), drawing, brief=True)

    def _overlap(self, white: WhiteBox) -> Section:
        alike = [found for found in white.likenesses if found.similarity > LISTED]
        rows = tuple((found.id, found.text, found.line, f"{found.similarity:.2f}") for found in alike)
        text = (
            f"{len(white.likenesses)} held-out texts beside the training lines, by the character pairs that they share "
            f"(Jaccard): {len(alike)} above {LISTED}."
        )
        table = Table(("id", "held-out text", "nearest training line", "similarity"), rows)
        return Section("Overlap with training lines", text, table if rows else None, brief=not rows)

    def _configuration(self) -> Section:
        rows = []
        for name, value in self._measured.configuration.items():
            entries = value.items() if isinstance(value, dict) else [("", value)]
            rows += [(f"{name} {key}".strip(), _cell(content)) for key, content in entries]
        return Section("Measured with", "", Table(("", ""), tuple(rows)), brief=True)


def _cell(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def overall(outcomes: Sequence[Outcome]) -> Rate:
    """The rate of everything."""
    return rate("all", outcomes)
