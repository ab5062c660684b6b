"""Encoders: a text becomes a unit vector. One method, so that any model fits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

QUERY = "query: "


class Encoder(Protocol):
    """Anything that turns texts into L2-normalised float32 vectors of shape (n, dimension)."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (n, dimension)."""
        ...


class OnnxEncoder:
    """An int8 ONNX export of a sentence-transformers model: mean pooling and L2 inside the graph's wrapper."""

    MAX_TOKENS = 128

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        manifest = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        self.name: str = manifest["name"]
        self.dimension: int = manifest["dimension"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (n, dimension); each text is run by itself, so that padding cannot change it."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            encoded = self._tokenizer.encode(QUERY + text)
            ids = np.array([encoded.ids], np.int64)
            hidden = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
            mean = hidden[0].mean(axis=0)
            vectors[row] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return vectors


class SentenceTransformerEncoder:
    """Any sentence-transformers model: a folder or a hub name such as BAAI/bge-small-zh-v1.5."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(name, device="cpu")
        self.name = name
        self.dimension = int(self._model.get_sentence_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (n, dimension)."""
        vectors = self._model.encode(
            [QUERY + text for text in texts], normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)


def load_encoder(setting: str) -> Encoder:
    """The encoder that the setting names: a folder with model.onnx, else a sentence-transformers path or hub name."""
    folder = Path(setting)
    return OnnxEncoder(folder) if (folder / "model.onnx").exists() else SentenceTransformerEncoder(setting)
