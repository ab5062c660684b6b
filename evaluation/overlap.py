"""How much the held-out questions resemble training lines, by the characters they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix

from evaluation.records import QuestionSet
from index.lines import AFTER, read_lines
from index.normalise import fold

FITTED_ON = ("several", "aspects")
GRAM = 2
LISTED = 0.8
REFUSED = 0.9
# Set phrases and follow-ups ("转人工", "在哪办") are said alike by everybody; only longer texts are compared.
SHORTEST = 5
SHORTEST_TURN = 8
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Likeness:
    """A held-out question, the training line nearest to it, and the share of character pairs that they have in common."""

    id: str
    text: str
    line: str
    similarity: float


def letters(text: str) -> str:
    """The letters and digits of a text, with width, case and script folded."""
    return re.sub(r"\W", "", fold(text)).lower()


def grams(text: str) -> set[str]:
    """Pairs of neighbouring letters of a text."""
    found = letters(text)
    return {found[i : i + GRAM] for i in range(len(found) - GRAM + 1)}


def _matrix(texts: Sequence[str], vocabulary: dict[str, int]) -> csr_matrix:
    rows, columns = [], []
    for row, text in enumerate(texts):
        for gram in grams(text):
            rows.append(row)
            columns.append(vocabulary.setdefault(gram, len(vocabulary)))
    ones = np.ones(len(rows), np.float32)
    return csr_matrix((ones, (rows, columns)), shape=(len(texts), len(vocabulary)))


def likenesses(held_out: Sequence[tuple[str, str]], lines: Sequence[str]) -> list[Likeness]:
    """The nearest line of every held-out (id, text) by Jaccard similarity of character pairs, most alike first."""
    if not held_out or not lines:
        return []
    vocabulary: dict[str, int] = {}
    theirs = _matrix(lines, vocabulary)
    ours = _matrix([text for _, text in held_out], vocabulary)
    shared = np.asarray((ours[:, : theirs.shape[1]] @ theirs.T).todense())
    sizes = np.asarray(ours.sum(axis=1)) + np.asarray(theirs.sum(axis=1)).T
    similarity = shared / np.maximum(sizes - shared, 1)
    found = []
    for row, (identifier, text) in enumerate(held_out):
        best = int(similarity[row].argmax())
        found.append(Likeness(identifier, text, lines[best], float(similarity[row, best])))
    return sorted(found, key=lambda likeness: -likeness.similarity)


def held_out_texts(questions: QuestionSet) -> list[tuple[str, str]]:
    """Ids and texts of the questions and turns that are long enough to stand alone."""
    found = [(q.id, q.text) for q in questions.questions if len(letters(q.text)) >= SHORTEST]
    for dialogue in questions.dialogues:
        for number, turn in enumerate(dialogue.turns, 1):
            if len(letters(turn.text)) >= SHORTEST_TURN:
                found.append((f"{dialogue.id}#{number}", turn.text))
    return found


def training_texts(lines: Path, nlu: Path) -> list[str]:
    """Everything that is trained on: the lines of the index (follow-ups without what they follow), those beside them, Rasa's examples.

    Beside the folder of lines stand the messages that smaller models are fitted on; the last cell is what was said.
    """
    beside = [
        row.rpartition("\t")[2]
        for name in FITTED_ON
        for path in sorted((lines.parent / name).glob("*.tsv"))
        for row in path.read_text(encoding="utf-8").splitlines()
    ]
    own = [line.text.rpartition(AFTER)[2] for line in read_lines(lines)]
    return own + beside + sorted(set(_examples(nlu)))


def _examples(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.yml")):
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for block in content.get("nlu") or ():
            yield from _plain(str(block.get("examples") or "").splitlines())


def _plain(examples: Iterable[str]) -> Iterator[str]:
    for example in examples:
        text = _ENTITY.sub(r"\1", example.strip().removeprefix("-").strip())
        if text:
            yield text
