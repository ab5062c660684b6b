"""Scores of the judges for training lines of one voice, from an index that was built without that voice."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from evaluation.fusion import Scores
from index.encoder import Encoder
from index.lines import OUT_OF_SCOPE, Line, read_lines
from index.search import Searcher
from index.settings import Settings
from index.store import IndexMismatch, manifest, read_manifest
from index.tfidf import TfIdf
from knowledge.catalogue import Catalogue

_VOICE = re.compile(r"_(V\d+)$")
SEED = 11


@dataclass(frozen=True)
class SavedIndex:
    """What an index is made of: lines with their normalised texts, vectors and targets, and the titles'."""

    lines: list[Line]
    texts: list[str]
    vectors: np.ndarray
    owners: np.ndarray
    targets: list[tuple[str, str]]
    title_vectors: np.ndarray
    title_owners: np.ndarray

    @classmethod
    def load(cls, settings: Settings, encoder: Encoder, catalogue: Catalogue) -> SavedIndex:
        """Reads the built index; raises IndexMismatch where it was built from something else."""
        lines, folder = read_lines(settings.lines), settings.index
        if read_manifest(folder) != manifest(encoder.name, encoder.dimension, catalogue, lines):
            raise IndexMismatch(f"{folder} is stale: run `python -m index build`")
        content = json.loads((folder / "content.json").read_text(encoding="utf-8"))
        flat = faiss.read_index(str(folder / "lines.faiss"))
        return cls(
            lines=lines,
            texts=content["texts"],
            vectors=flat.reconstruct_n(0, flat.ntotal),
            owners=np.load(folder / "line_targets.npy"),
            targets=[(name, kind) for name, kind in content["targets"]],
            title_vectors=np.load(folder / "title_vectors.npy"),
            title_owners=np.load(folder / "title_targets.npy"),
        )

    def voices(self) -> list[str]:
        """The writers' voices, from the names of their files (A_V1.tsv)."""
        found = (_VOICE.search(line.source) for line in self.lines)
        return sorted({match.group(1) for match in found if match})

    def fold(self, voice: str) -> np.ndarray:
        """Which lines are held out with a voice: its own, and its share of the out-of-scope lines."""
        voices = self.voices()
        turn = voices.index(voice)
        held, outsiders = np.zeros(len(self.lines), bool), 0
        for row, line in enumerate(self.lines):
            match = _VOICE.search(line.source)
            if match:
                held[row] = match.group(1) == voice
            elif line.target == OUT_OF_SCOPE:
                held[row] = outsiders % len(voices) == turn
                outsiders += 1
        return held

    def searcher_without(self, held: np.ndarray, settings: Settings) -> Searcher:
        """Search over the lines that are not held out."""
        rows = np.flatnonzero(~held)
        texts = [self.texts[row] for row in rows]
        return Searcher(
            targets=self.targets,
            lines=texts,
            line_targets=self.owners[rows],
            line_kinds=[self.lines[row].kind for row in rows],
            vectors=self.vectors[rows],
            tfidf=TfIdf.fit(texts),
            title_vectors=self.title_vectors,
            title_targets=self.title_owners,
            settings=settings,
        )

    def scores(self, voice: str, settings: Settings, size: int) -> Scores:
        """The judges' scores for `size` lines of the voice, drawn by a fixed seed."""
        held = self.fold(voice)
        searcher = self.searcher_without(held, settings)
        rows = np.flatnonzero(held)
        chosen = sorted(random.Random(SEED).sample(list(rows), min(size, len(rows))))
        judged = [searcher.judge(self.texts[row], self.vectors[row]) for row in chosen]
        return Scores.from_judges(
            neighbours=np.stack([j.neighbours for j in judged]),
            words=np.stack([j.words for j in judged]),
            title=np.stack([j.titles for j in judged]),
            gold=self.owners[chosen],
        )


def save_scores(path: Path, scores: Scores) -> None:
    """Writes scores, so that fits can be repeated without judging again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, values=scores.values, gold=scores.gold)


def load_scores(path: Path) -> Scores:
    """Reads what `save_scores` wrote."""
    with np.load(path) as saved:
        return Scores(saved["values"], saved["gold"])
