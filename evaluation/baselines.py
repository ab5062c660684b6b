"""The baselines of the report: words alone, the raw encoder, the tuned encoder on the lists' wording."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation.rankers import Encode, VectorRanker, WordRanker
from index.encoder import Encoder
from index.normalise import fold
from knowledge.catalogue import Catalogue


class VectorCache:
    """Keeps vectors on disk by encoder and texts, because a raw encoder is slow on two cores."""

    def __init__(self, folder: Path, name: str, encode: Encode) -> None:
        self._folder, self._name, self._encode = folder, name, encode

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (len(texts), dimension)."""
        digest = hashlib.sha256("\n".join([self._name, *texts]).encode()).hexdigest()[:16]
        path = self._folder / f"{digest}.npy"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            np.save(path, self._encode(texts))
        return np.load(path)


def raw_encoders(folder: Path) -> tuple[Encode, Encode]:
    """The base e5 encoder for messages and for wording, each with the prefix that it was trained with."""
    from sentence_transformers import SentenceTransformer

    from index.base_model import PREFIXES, build

    home = folder / "base"
    if not (home / "modules.json").exists():
        build(home)
    model = SentenceTransformer(str(home), device="cpu")

    def prefixed(prefix: str) -> Encode:
        def encode(texts: Sequence[str]) -> np.ndarray:
            written = [prefix + text for text in texts]
            return np.asarray(model.encode(written, normalize_embeddings=True, show_progress_bar=False))

        return encode

    return prefixed(PREFIXES[0]), prefixed(PREFIXES[1])


def word_baseline(catalogue: Catalogue) -> WordRanker:
    """BM25 over jieba tokens on the lists' wording."""
    return WordRanker(catalogue)


def raw_baseline(catalogue: Catalogue, texts: Sequence[str], folder: Path) -> VectorRanker:
    """The encoder as it comes (multilingual-e5-small) on the lists' wording."""
    messages, names = raw_encoders(folder)
    cache = folder / "vectors"
    return VectorRanker.from_encoder(
        "raw encoder (multilingual-e5-small)",
        catalogue,
        texts,
        VectorCache(cache, "base query", messages),
        VectorCache(cache, "base passage", names),
    )


def tuned_baseline(catalogue: Catalogue, texts: Sequence[str], encoder: Encoder) -> VectorRanker:
    """Our fine-tuned encoder alone on the lists' wording."""

    def encode(found: Sequence[str]) -> np.ndarray:
        return encoder.encode([fold(text) for text in found])

    return VectorRanker.from_encoder("tuned encoder alone", catalogue, texts, encode, encode)
