"""Labelled questions and dialogues, read from folders of JSONL files (the shape is described in README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# The records number the regions in this order.
DOCUMENTS = {
    "000": "zhoucun",
    "001": "changle",
    "002": "xuecheng",
    "003": "weihai-city",
    "004": "huancui",
}
NAMED_AUDIENCES = ("individual", "enterprise")
# A question without labels is the same everywhere; it is asked in these regions only.
UNLABELLED_REGIONS = ("zhoucun", "huancui")
DIALOGUES = "dialogues"


class RecordError(Exception):
    """A question file is wrong; the message names file and line."""


@dataclass(frozen=True)
class Label:
    """What a right reply shows in one region; rows are numbers as printed, and a bare one stands for all its sub-items.

    `also` with an audience is the same wish in the other audience's list, without one a second wish of the message.
    """

    rows: tuple[str, ...] = ()
    key_rows: tuple[str, ...] = ()
    avoid_rows: tuple[str, ...] = ()
    answer_rows: tuple[str, ...] = ()
    answer: tuple[str, ...] | None = None
    audience: str | None = None
    scene: str | None = None
    also: tuple[Label, ...] = ()
    alternatives: tuple[Label, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Rows that have to be there: the key rows, or all rows where none is marked."""
        return self.key_rows or self.rows

    @property
    def second_wishes(self) -> tuple[Label, ...]:
        """Further wishes of the same message."""
        return tuple(label for label in self.also if not label.audience)

    @property
    def other_audiences(self) -> tuple[Label, ...]:
        """The same wish in the list for the other audience."""
        return tuple(label for label in self.also if label.audience)


@dataclass(frozen=True)
class Wanted:
    """How a right reply behaves; `accept` are other good behaviours, `kind` says of which sort an outsider is."""

    expect: str | None
    accept: tuple[str, ...] = ()
    slot: str | None = None
    kind: str | None = None
    noise: str | None = None


@dataclass(frozen=True)
class Question:
    """One message, asked in each of its regions."""

    id: str
    set: str
    text: str
    audience: str | None
    wanted: Wanted
    regions: tuple[str, ...] = ()
    labels: Mapping[str, Label] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """One message of a dialogue; `scored` is False where a second reader dropped the label."""

    text: str
    region: str | None
    wanted: Wanted
    label: Label
    scored: bool = True


@dataclass(frozen=True)
class Dialogue:
    """Messages of one conversation in order."""

    id: str
    region: str
    audience: str | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Case:
    """A question in one region, with the labels of which one has to be met (none for questions without labels)."""

    question: Question
    region: str
    audience: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class QuestionSet:
    """Everything that a folder asks."""

    questions: tuple[Question, ...]
    dialogues: tuple[Dialogue, ...]


def _region(code: object) -> str:
    """Region id of a document number such as "000" (or of a name that starts with one)."""
    return DOCUMENTS.get(str(code)[:3], str(code))


def _rows(raw: Any) -> tuple[str, ...]:
    return tuple(str(row) for row in raw or ())


def _label(raw: Mapping[str, Any]) -> Label:
    answer = raw.get("answer")
    return Label(
        rows=_rows(raw.get("rows")),
        key_rows=_rows(raw.get("key_rows")),
        avoid_rows=_rows(raw.get("avoid_rows")),
        answer_rows=_rows(raw.get("answer_rows")),
        answer=None if answer is None else tuple(answer),
        audience=raw.get("audience"),
        scene=raw.get("scene"),
        also=tuple(_label(other) for other in raw.get("also") or ()),
        alternatives=tuple(_label(other) for other in raw.get("alternatives") or ()),
    )


def _wanted(raw: Mapping[str, Any]) -> Wanted:
    accept = tuple(raw.get("accept_expect") or ())
    return Wanted(raw.get("expect"), accept, raw.get("slot"), raw.get("kind"), raw.get("noise"))


def _turn(raw: Mapping[str, Any]) -> Turn:
    return Turn(
        text=raw["text"],
        region=_region(raw["region"]) if raw.get("region") else None,
        wanted=_wanted(raw),
        label=_label(raw.get("labels_region") or {}),
        scored=not raw.get("drop"),
    )


def _dialogue(raw: Mapping[str, Any]) -> Dialogue:
    turns = tuple(_turn(turn) for turn in raw["turns"])
    return Dialogue(raw["id"], _region(raw["region"]), raw.get("audience"), turns)


def _question(raw: Mapping[str, Any], name: str) -> Question:
    return Question(
        id=raw["id"],
        set=name,
        text=raw["text"],
        audience=raw.get("audience"),
        wanted=_wanted(raw),
        regions=tuple(_region(code) for code in raw.get("regions") or ()),
        labels={_region(code): _label(label) for code, label in (raw.get("labels") or {}).items()},
    )


def _records(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(folder.rglob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
            except json.JSONDecodeError as error:
                raise RecordError(f"{path} line {number}: {error}") from None
            if not raw.get("drop"):
                yield path.stem, raw


def read_questions(folder: Path) -> QuestionSet:
    """All questions and dialogues below the folder; raises RecordError where a file is broken or there are none."""
    questions, dialogues = [], []
    for name, raw in _records(folder):
        try:
            if "turns" in raw:
                dialogues.append(_dialogue(raw))
            else:
                questions.append(_question(raw, name))
        except KeyError as error:
            raise RecordError(f"{folder}/**/{name}.jsonl, {raw.get('id')}: {error} is missing") from None
    if not questions and not dialogues:
        raise RecordError(f"{folder}: no questions (*.jsonl) there")
    return QuestionSet(tuple(questions), tuple(dialogues))


def cases(question: Question) -> list[Case]:
    """The question in each region that it is to be asked in."""
    if not question.labels:
        asked = question.regions or ("huancui",)
        return [Case(question, region, "individual", ()) for region in UNLABELLED_REGIONS if region in asked]
    found = []
    for region in question.regions or tuple(sorted(question.labels)):
        label = question.labels.get(region)
        if label is not None:
            audience = label.audience or question.audience
            audience = audience if audience in NAMED_AUDIENCES else "individual"
            found.append(Case(question, region, audience, (label, *label.other_audiences)))
    return found


def turn_case(dialogue: Dialogue, number: int) -> Case:
    """A turn (counted from 1) as a case; its labels do not make it a question that stands by itself."""
    turn = dialogue.turns[number - 1]
    said = turn.label.audience or dialogue.audience
    audience = said if said and said in NAMED_AUDIENCES else NAMED_AUDIENCES[0]
    question = Question(f"{dialogue.id}#{number}", DIALOGUES, turn.text, audience, turn.wanted)
    return Case(question, turn.region or dialogue.region, audience, (turn.label,))
