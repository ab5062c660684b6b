"""`python -m evaluation`: asks all held-out questions, ranks them with the baselines, writes the report."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from evaluation.configuration import ROOT, configuration
from evaluation.console import Meter, print_summary
from evaluation.lab import whitebox
from evaluation.measurement import Measurement
from evaluation.outcome import Outcome
from evaluation.records import QuestionSet, RecordError, read_questions
from evaluation.report import Report
from evaluation.rows import Rows
from evaluation.runner import Assistant, ask_all, in_one_region
from evaluation.server import AssistantFailed, running_assistant
from evaluation.writers import html, markdown
from index.encoder import load_encoder
from index.settings import load_settings
from index.store import IndexMismatch
from knowledge.catalogue import Catalogue, load_catalogue

QUESTIONS = ROOT / "evaluation" / "questions"
OUTPUT = ROOT / "var" / "eval"
DOCUMENT = ROOT / "docs" / "quality.md"
TITLE = "Quality of the answers"
INTRO = (
    "Measured with the held-out questions of evaluation/questions, which were written separately from the training "
    "lines. Half of them (odd CRC-32 of the id) chose a dozen thresholds and weights in index/settings.py and actions/policy.py; no line of them was trained on. `make eval` measures again and writes the full report, with plots, "
    "to var/eval/report.html."
)


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="folder with labelled questions")
    parser.add_argument("--url", help="a running assistant (default: start one on a free port)")
    parser.add_argument("--workers", type=int, default=2, help="how many ask at a time")
    parser.add_argument("--only", choices=("black-box", "white-box"), help="one half of the measurement")
    parser.add_argument(
        "--one-region", action="store_true", help="ask each question in one of its regions only"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder for results and report")
    parser.add_argument(
        "--from-last", action="store_true", help="write the report of the last measurement again"
    )
    parser.add_argument("--write-docs", action="store_true", help="write docs/quality.md too")
    return parser.parse_args(given)


def _black_box(options: argparse.Namespace, questions: QuestionSet, catalogue: Catalogue) -> list[Outcome]:
    started = nullcontext((options.url, 0)) if options.url else running_assistant(options.output / "logs")
    with started as (url, _):
        print(f"asking {url}", file=sys.stderr, flush=True)
        rows, meter = Rows.from_catalogue(catalogue), Meter("asked")
        return ask_all(Assistant(url), questions, rows, options.workers, meter)


def measure(options: argparse.Namespace, catalogue: Catalogue) -> Measurement:
    """Black box, white box, or both."""
    questions = read_questions(options.questions)
    if options.one_region:
        questions = in_one_region(questions)
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    made = configuration(settings, catalogue, encoder, questions, options.questions, options.workers)
    # White box first: it says at once where the index is stale, and its timings want a quiet machine.
    white = None
    if options.only != "black-box":
        white = whitebox(settings, catalogue, encoder, questions, options.output, Meter)
    outcomes = [] if options.only == "white-box" else _black_box(options, questions, catalogue)
    return Measurement(made, outcomes, white)


def write_report(measured: Measurement, catalogue: Catalogue, output: Path, docs: Path | None) -> None:
    """report.md and report.html below `output`, and the brief version where `docs` names a file."""
    sections = Report(measured, catalogue, output / "plots").sections()
    (output / "report.md").write_text(markdown(TITLE, INTRO, sections, output), encoding="utf-8")
    (output / "report.html").write_text(html(TITLE, INTRO, sections), encoding="utf-8")
    if docs:
        brief = [replace(section, plot=None) for section in sections if section.brief]
        docs.parent.mkdir(parents=True, exist_ok=True)
        docs.write_text(markdown(TITLE, INTRO, brief, None), encoding="utf-8")


def main(given: list[str] | None = None) -> int:
    """Measures, prints the figures, writes the report; returns the exit status."""
    options = _arguments(given)
    catalogue = load_catalogue()
    try:
        if options.from_last:
            measured = Measurement.load(options.output)
        else:
            measured = measure(options, catalogue)
            measured.save(options.output)
    except (RecordError, AssistantFailed, IndexMismatch, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    print_summary(measured)
    write_report(measured, catalogue, options.output, DOCUMENT if options.write_docs else None)
    print(f"report: {options.output / 'report.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
