"""Search: which concept, scenario or matter a message means, with what was kept and what was rejected.

Three judges score every target: the nearest training lines by vector (FAISS), the nearest by words (TF-IDF), and the
catalogue's own wording. Their weighted sum becomes a probability; a matter that has
no training lines yet (a new region) is still found by its wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np

from index.lines import OUT_OF_SCOPE
from index.settings import Settings
from index.tfidf import TfIdf

_CANDIDATES = 600


@dataclass(frozen=True)
class Hit:
    """A target with its probability, the similarity of its nearest line, and that line."""

    target: str
    kind: str
    probability: float
    similarity: float
    nearest: str


@dataclass(frozen=True)
class SearchResult:
    """Hits above the threshold and those below it, best first; `outside` is the probability of out of scope."""

    kept: tuple[Hit, ...]
    rejected: tuple[Hit, ...]
    threshold: float
    outside: float
    outside_kind: str


@dataclass(frozen=True)
class Judgement:
    """Scores of each judge for every target, shape (targets,) each, before fusion."""

    neighbours: np.ndarray
    words: np.ndarray
    titles: np.ndarray
    nearest: np.ndarray


class Searcher:
    """Scores messages against the targets of one index; holds no state between messages."""

    def __init__(
        self,
        targets: Sequence[tuple[str, str]],
        lines: Sequence[str],
        line_targets: np.ndarray,
        line_kinds: Sequence[str],
        vectors: np.ndarray,
        tfidf: TfIdf,
        title_vectors: np.ndarray,
        title_targets: np.ndarray,
        settings: Settings,
    ) -> None:
        self.targets, self.lines, self.settings = list(targets), list(lines), settings
        self._line_targets, self._line_kinds = line_targets, list(line_kinds)
        self._faiss = faiss.IndexFlatIP(vectors.shape[1])
        self._faiss.add(np.ascontiguousarray(vectors, np.float32))
        self._tfidf = tfidf
        self._title_vectors, self._title_targets = title_vectors, title_targets
        self._outside = next(i for i, (name, _) in enumerate(self.targets) if name == OUT_OF_SCOPE)
        self._line_counts = np.bincount(line_targets, minlength=len(self.targets))

    def judge(self, text: str, vector: np.ndarray) -> Judgement:
        """What each judge says of a normalised text and its unit vector of shape (dimension,)."""
        count = min(_CANDIDATES, len(self.lines))
        found, rows = self._faiss.search(vector.reshape(1, -1).astype(np.float32), count)
        similarities, rows = found[0], rows[0]
        neighbours = self._nearest_mean(
            self._line_targets[rows], similarities, self.settings.neighbours, float(similarities[-1])
        )
        nearest = np.full(len(self.targets), -1, np.int64)
        owners = self._line_targets[rows]
        nearest[owners[::-1]] = rows[::-1]
        by_words = self._tfidf.similarities(text)
        best = np.argpartition(-by_words, min(200, len(by_words) - 1))[:200]
        best = best[np.argsort(-by_words[best], kind="stable")]
        words = self._nearest_mean(self._line_targets[best], by_words[best], 3, 0.0)
        titles = np.full(len(self.targets), -1.0, np.float32)
        np.maximum.at(titles, self._title_targets, self._title_vectors @ vector)
        untrained = self._line_counts == 0
        # A target without lines is judged by its wording alone. The best of a few wordings comes out higher than a mean of
        # several lines does, so it is marked down; else a new matter would win every message that nothing fits.
        neighbours[untrained] = titles[untrained] - self.settings.wording_margin
        return Judgement(neighbours, words, titles, nearest)

    def _nearest_mean(
        self, owners: np.ndarray, similarities: np.ndarray, size: int, floor: float
    ) -> np.ndarray:
        """Mean of each target's `size` best similarities (sorted input), missing ones counted as `floor`.

        A target that has fewer lines is judged by as many as it has.
        """
        count = len(self.targets)
        # Each target's own similarities stand together, best first, so that a place counts from where its target begins.
        order = np.argsort(owners, kind="stable")
        sorted_owners = owners[order]
        begins = np.searchsorted(sorted_owners, sorted_owners)
        best = np.arange(len(order)) - begins < size
        chosen = sorted_owners[best]
        total = np.bincount(chosen, weights=similarities[order[best]], minlength=count).astype(np.float32)
        seen = np.bincount(chosen, minlength=count)
        wanted = np.clip(self._line_counts, 1, size)
        return (total + (wanted - seen) * floor) / wanted

    def probabilities(self, judged: Judgement) -> np.ndarray:
        """The judges' fused opinion as probabilities over all targets."""
        s = self.settings
        fused = (
            s.weight_neighbours * judged.neighbours
            + s.weight_words * judged.words
            + s.weight_title * judged.titles
        )
        fused[self._outside] += s.outside_bias
        fused = fused * s.sharpness
        fused = np.exp(fused - fused.max())
        return fused / fused.sum()

    def search(self, text: str, vector: np.ndarray, size: int = 40) -> SearchResult:
        """The `size` likeliest targets of a normalised text and its vector, best first."""
        judged = self.judge(text, vector)
        return self.ranked(judged, self.probabilities(judged), size)

    def ranked(self, judged: Judgement, probabilities: np.ndarray, size: int = 40) -> SearchResult:
        """The `size` likeliest targets of what was judged already, best first."""
        hits = []
        for i in np.argsort(-probabilities, kind="stable")[: size + 1]:
            if i == self._outside:
                continue
            name, kind = self.targets[i]
            line = self.lines[judged.nearest[i]] if judged.nearest[i] >= 0 else ""
            hits.append(Hit(name, kind, float(probabilities[i]), float(judged.neighbours[i]), line))
        threshold = self.settings.kept
        return SearchResult(
            kept=tuple(h for h in hits if h.probability >= threshold),
            rejected=tuple(h for h in hits if h.probability < threshold),
            threshold=threshold,
            outside=float(probabilities[self._outside]),
            outside_kind=self._outside_kind(judged),
        )

    def _outside_kind(self, judged: Judgement) -> str:
        row = judged.nearest[self._outside]
        return self._line_kinds[row] if row >= 0 else ""
