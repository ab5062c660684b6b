"""The report of a small measurement: everything it promises is there, in both formats."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.__main__ import write_report
from evaluation.console import print_summary
from evaluation.measurement import Measurement, WhiteBox
from evaluation.outcome import Outcome
from evaluation.overlap import Likeness
from evaluation.whitebox import OutsideScore, Ranking, Timing
from knowledge.catalogue import load_catalogue
from tests.evaluation.test_measures import OUTSIDER, RIGHT, WRONG

BIRTH, MARRIAGE = "zhoucun.individual.1", "zhoucun.individual.57"


def _outcomes() -> list[Outcome]:
    dice, found = random.Random(5), []
    for number in range(60):
        one = RIGHT if dice.random() < 0.8 else WRONG
        found.append(
            replace(
                one,
                id=f"q{number}",
                set=dice.choice(("citizens_events", "citizens_matters", "hotline", "citizens_noise")),
                expect=dice.choice(("chain", "matter")),
                noise=dice.choice((None, "asr")),
                region=dice.choice(("zhoucun", "huancui")),
                wanted=(BIRTH,),
                steps=(BIRTH,) if one.right else (MARRIAGE,),
                confidence=dice.random(),
                seconds=dice.uniform(0.01, 0.1),
            )
        )
    return [*found, OUTSIDER, replace(OUTSIDER, right=False, reply_kind="matter", kind="smalltalk")]


def _measurement() -> Measurement:
    ranks = [
        Ranking("full system", f"q{n}", "citizens_events", "zhoucun", "chain", None, n % 3) for n in range(9)
    ]
    white = WhiteBox(
        rankings={"full system": ranks, "words": [replace(r, system="words", place=0) for r in ranks]},
        outside=[OutsideScore("a", 0.9, 0.1, False), OutsideScore("b", 0.1, 0.9, True)],
        timing=Timing(5.0, 11.0),
        likenesses=[Likeness("q1", "身份证到期", "身份证到期了", 0.85)],
    )
    configuration = {"commit": "abc", "policy": {"outside": 0.5}, "catalogue": "123", "askers at a time": 2}
    return Measurement(configuration, _outcomes(), white)


def test_report_has_every_part(tmp_path: Path) -> None:
    """Markdown links its plots, HTML carries them, the brief document has none."""
    write_report(_measurement(), load_catalogue(), tmp_path, tmp_path / "docs" / "quality.md")
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    for heading in (
        "Goals",
        "By set and expected behaviour",
        "By region",
        "By speaker",
        "By noise",
        "By scenario",
        "Look-alikes",
        "Single matters that were confused",
        "Calibration",
        "Out of scope",
        "Latency",
        "Baselines and ablations",
        "Overlap with training lines",
        "Measured with",
    ):
        assert f"## {heading}\n" in report
    assert "](plots/calibration.png)" in report and (tmp_path / "plots" / "out_of_scope.png").exists()
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == report.count("](plots/")
    brief = (tmp_path / "docs" / "quality.md").read_text(encoding="utf-8")
    assert "plots/" not in brief and "## Goals" in brief and "## By scenario" not in brief
    assert "commit" in brief and "身份证到期" not in brief


def test_measurements_survive_files(tmp_path: Path) -> None:
    """What is saved is what is loaded, also with one half only."""
    for measured in (
        _measurement(),
        replace(_measurement(), whitebox=None),
        replace(_measurement(), outcomes=[]),
    ):
        measured.save(tmp_path)
        assert Measurement.load(tmp_path) == measured


def test_summary_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Systems, groups with reasons, goals."""
    print_summary(_measurement())
    said = capsys.readouterr().out
    assert "full system" in said and "wrong matter (matter)" in said and "scenario, top 1" in said
