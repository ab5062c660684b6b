"""The lexical judge: TF-IDF over terms, cosine to every training line, by inverted lists."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csc_matrix

from index.words import terms


class TfIdf:
    """Cosine similarity between a text and `count` fitted texts; terms met only once are left out."""

    def __init__(self, vocabulary: dict[str, int], idf: np.ndarray, matrix: csc_matrix) -> None:
        self._vocabulary, self._idf, self._matrix = vocabulary, idf, matrix

    @classmethod
    def fit(cls, texts: Sequence[str]) -> TfIdf:
        """Fits normalised texts."""
        bags = [Counter(terms(text)) for text in texts]
        spread = Counter(term for bag in bags for term in bag)
        vocabulary = {term: i for i, term in enumerate(sorted(t for t, n in spread.items() if n > 1))}
        idf = np.array(
            [math.log((1 + len(texts)) / (1 + spread[term])) + 1 for term in vocabulary], np.float32
        )
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        for row, bag in enumerate(bags):
            found = cls._weigh(bag, vocabulary, idf)
            rows += [row] * len(found)
            columns += found.keys()
            weights += found.values()
        shape = (len(texts), len(vocabulary))
        matrix = csc_matrix((np.array(weights, np.float32), (rows, columns)), shape=shape)
        return cls(vocabulary, idf, matrix)

    @staticmethod
    def _weigh(bag: Counter[str], vocabulary: dict[str, int], idf: np.ndarray) -> dict[int, float]:
        found = {}
        for term, count in bag.items():
            column = vocabulary.get(term)
            if column is not None:
                found[column] = (1 + math.log(count)) * float(idf[column])
        norm = math.sqrt(sum(w * w for w in found.values())) or 1.0
        return {column: weight / norm for column, weight in found.items()}

    def similarities(self, text: str) -> np.ndarray:
        """Cosine similarity to each fitted text, shape (count,), float32."""
        query = self._weigh(Counter(terms(text)), self._vocabulary, self._idf)
        total = np.zeros(self._matrix.shape[0], np.float32)
        starts, rows, weights = self._matrix.indptr, self._matrix.indices, self._matrix.data
        for column, weight in query.items():
            part = slice(starts[column], starts[column + 1])
            total[rows[part]] += weight * weights[part]
        return total

    def save(self, folder: Path) -> None:
        """Writes the vocabulary as JSON and the numbers as .npy."""
        words = json.dumps(list(self._vocabulary), ensure_ascii=False)
        (folder / "terms.json").write_text(words, encoding="utf-8")
        np.save(folder / "idf.npy", self._idf)
        for name in ("indptr", "indices", "data"):
            np.save(folder / f"tfidf_{name}.npy", getattr(self._matrix, name))

    @classmethod
    def load(cls, folder: Path, count: int) -> TfIdf:
        """Reads what `save` wrote for `count` texts."""
        words = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        parts = [np.load(folder / f"tfidf_{name}.npy") for name in ("data", "indices", "indptr")]
        matrix = csc_matrix((parts[0], parts[1], parts[2]), shape=(count, len(words)))
        return cls({word: i for i, word in enumerate(words)}, np.load(folder / "idf.npy"), matrix)
