"""Our judge says what the samples' scorer says. Skipped where the samples are not beside the repository."""

from __future__ import annotations

import importlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from evaluation.judge import judge_case
from evaluation.records import Label, QuestionSet, cases, read_questions, turn_case
from evaluation.replies import read_reply
from evaluation.rows import Rows
from knowledge.catalogue import load_catalogue
from knowledge.export import export_lines
from tests.evaluation.made_up import replies

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "eval"
RECORDED = Path(__file__).parent / "recorded.jsonl"

pytestmark = pytest.mark.skipif(
    not (SAMPLES / "score.py").exists(), reason="no samples beside the repository"
)


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Rows of the real lists."""
    return Rows.from_catalogue(load_catalogue())


@pytest.fixture(scope="module")
def questions() -> QuestionSet:
    """The samples' questions."""
    return read_questions(SAMPLES / "questions")


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The samples' scorer, over our own export of the catalogue."""
    export = tmp_path_factory.mktemp("scorer") / "catalogue.jsonl"
    export.write_text("\n".join(export_lines(load_catalogue())), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATALOGUE", str(export))
        patch.syspath_prepend(str(SAMPLES))
        patch.setattr(sys, "dont_write_bytecode", True)
        yield importlib.import_module("score")
    for name in ("score", "labels"):
        sys.modules.pop(name, None)


def _raw_questions(scorer: ModuleType) -> dict[str, dict]:
    found = {raw["id"]: raw for raw in scorer.records("queries/*.jsonl", "queries_b/*.jsonl")}
    assert found
    return found


def _theirs(scorer: ModuleType, raw: dict, document: str, audience: str, sent: list) -> tuple[bool, str]:
    """What the scorer says of a question in one region (its `run` without the network)."""
    verdicts = [
        scorer.judge(raw, document, label.get("audience") or audience, label, sent)
        for label in scorer.label_blocks(raw, document) or [{}]
    ]
    return next((v for v in verdicts if v[0]), verdicts[0])


def test_questions_are_asked_where_the_scorer_asks_them(questions: QuestionSet, scorer: ModuleType) -> None:
    """Same questions, regions and metadata; the scorer is run with its network call replaced."""
    asked: list[tuple[str, str, str | None]] = []

    def post(url: str, sender: str, message: str, metadata: dict) -> tuple[list, None, float]:
        asked.append((message, metadata["region"], metadata.get("audience")))
        return [], None, 0.0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scorer, "post", post)
        scorer.run("", [raw for raw in _raw_questions(scorer).values() if "turns" not in raw], 1)
    ours = [
        (
            case.question.text,
            case.region,
            None if case.question.audience == "both" else case.question.audience,
        )
        for question in questions.questions
        for case in cases(question)
    ]
    assert sorted(map(str, ours)) == sorted(map(str, asked))


def test_made_up_replies_are_judged_alike(questions: QuestionSet, rows: Rows, scorer: ModuleType) -> None:
    """Thousands of replies from right to absurd: the same verdict, and the same reason where it is a wrong one."""
    dice, raw, compared = random.Random(7), _raw_questions(scorer), 0
    for question in questions.questions:
        for case in cases(question):
            document = scorer.DOCUMENT[case.region]
            label = case.labels[0] if case.labels else Label()
            for sent in replies(rows, case.region, case.audience, label, dice):
                right, reason = _theirs(scorer, raw[question.id], document, case.audience, sent)
                ours = judge_case(case, read_reply(sent), rows)
                assert ours.right == right, f"{question.id} {case.region}: {reason} / {ours.reason}\n{sent}"
                assert right or ours.reason == reason, f"{question.id} {case.region}\n{sent}"
                compared += 1
    assert compared > 10_000


def test_made_up_turns_are_judged_alike(questions: QuestionSet, rows: Rows, scorer: ModuleType) -> None:
    """The same for the turns of dialogues."""
    dice, raw = random.Random(8), _raw_questions(scorer)
    for dialogue in questions.dialogues:
        given_turns = raw[dialogue.id]["turns"]
        for number, (turn, given) in enumerate(zip(dialogue.turns, given_turns, strict=True), 1):
            case = turn_case(dialogue, number)
            for sent in replies(rows, case.region, case.audience, turn.label, dice):
                document, label = scorer.DOCUMENT[case.region], given.get("labels_region") or {}
                right, reason = scorer.judge(dict(given), document, case.audience, label, sent)
                ours = judge_case(case, read_reply(sent), rows)
                assert ours.right == right, f"{dialogue.id}: {reason} / {ours.reason}\n{sent}"


@pytest.mark.skipif(not RECORDED.exists(), reason="no recorded replies")
def test_recorded_replies_are_judged_alike(questions: QuestionSet, rows: Rows, scorer: ModuleType) -> None:
    """Replies that our assistant gave to the samples (made by record.py)."""
    raw = _raw_questions(scorer)
    sent = {}
    for line in RECORDED.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        sent[one["id"], one["region"]] = one["messages"]
    known = [c for q in questions.questions for c in cases(q) if (c.question.id, c.region) in sent]
    for case in known:
        messages = sent[case.question.id, case.region]
        theirs = _theirs(scorer, raw[case.question.id], scorer.DOCUMENT[case.region], case.audience, messages)
        ours = judge_case(case, read_reply(messages), rows)
        assert (ours.right, ours.right or ours.reason) == (theirs[0], theirs[0] or theirs[1]), (
            case.question.id
        )
