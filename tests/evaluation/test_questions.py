"""The held-out questions: well formed, pointing at rows that exist, and not the training lines over again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.judge import ENDINGS
from evaluation.overlap import REFUSED, grams, held_out_texts, likenesses, training_texts
from evaluation.records import DOCUMENTS, QuestionSet, RecordError, cases, read_questions
from evaluation.rows import Rows
from evaluation.runner import in_one_region
from knowledge.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = ROOT / "evaluation" / "questions"
BEHAVIOURS = {*ENDINGS, "chain", "matter", "slot", "clarify", "list", "compare", "refuse", "refuse_to_invent"}
LEAST = 600


@pytest.fixture(scope="module")
def questions() -> QuestionSet:
    """The held-out questions."""
    return read_questions(HELD_OUT)


def test_there_are_enough(questions: QuestionSet) -> None:
    """At least 600, no id twice."""
    ids = [q.id for q in questions.questions] + [d.id for d in questions.dialogues]
    assert len(ids) >= LEAST and len(ids) == len(set(ids))


def test_every_label_names_rows_that_exist(questions: QuestionSet) -> None:
    """Each row of each label is in the list of its region and audience."""
    rows = Rows.from_catalogue(load_catalogue())
    unknown = [
        f"{case.question.id} {case.region} {row}"
        for question in questions.questions
        for case in cases(question)
        for label in case.labels
        for row in (*label.rows, *label.key_rows, *label.avoid_rows)
        if not rows.ids(case.region, label.audience or case.audience, [row])
    ]
    assert unknown == []


def test_behaviours_are_known(questions: QuestionSet) -> None:
    """Every expected behaviour is one that the judge has a rule for."""
    wanted = [q.wanted for q in questions.questions] + [
        t.wanted for d in questions.dialogues for t in d.turns
    ]
    assert {w.expect for w in wanted} | {a for w in wanted for a in w.accept} <= BEHAVIOURS


def test_every_region_and_audience_is_asked(questions: QuestionSet) -> None:
    """All seven lists."""
    asked = {(c.region, c.audience) for q in questions.questions for c in cases(q) if c.labels}
    assert asked == set(load_catalogue().lists)


def test_one_region_keeps_every_question(questions: QuestionSet) -> None:
    """The quick check asks everything once, and all regions get their share."""
    quick = in_one_region(questions)
    assert all(len(cases(question)) == 1 for question in quick.questions)
    asked = {question.id for question in questions.questions if cases(question)}
    assert {question.id for question in quick.questions} == asked
    assert {c.region for q in quick.questions for c in cases(q)} == set(DOCUMENTS.values())


def test_questions_are_not_training_lines(questions: QuestionSet) -> None:
    """No held-out text shares more than nine tenths of its character pairs with a training line."""
    lines = training_texts(ROOT / "data" / "lines", ROOT / "data" / "nlu")
    alike = likenesses(held_out_texts(questions), lines)
    assert [found for found in alike if found.similarity > REFUSED] == []


def test_likeness_sees_through_punctuation_and_script() -> None:
    """Width, punctuation and traditional characters make no difference; other words do."""
    (same,) = likenesses([("a", "身份證到期了，換")], ["我要离婚", "身份证到期了换"])
    assert same.line == "身份证到期了换" and same.similarity == 1.0
    (other,) = likenesses([("b", "想开个饭店")], ["我要离婚"])
    assert other.similarity == 0.0
    assert grams("。。。") == set()


def test_broken_files_are_named(tmp_path: Path) -> None:
    """File and line for what is no JSON, the id for what lacks a field; an empty folder is no set of questions."""
    with pytest.raises(RecordError, match="no questions"):
        read_questions(tmp_path)
    (tmp_path / "a.jsonl").write_text('{"id": "x"\n', encoding="utf-8")
    with pytest.raises(RecordError, match="line 1"):
        read_questions(tmp_path)
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x7"}), encoding="utf-8")
    with pytest.raises(RecordError, match="x7"):
        read_questions(tmp_path)
