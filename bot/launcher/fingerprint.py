"""What a trained model depends on, as digests: any edit of it asks for a new model."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.launcher.settings import ROOT

TRAINING_DATA = ("data/nlu", "data/rules", "var/nlu")
PACKAGES = ("rasa", "tensorflow", "jieba", "numpy", "onnxruntime", "faiss-cpu", "tokenizers")
# What Rasa's own training cache watches, and what it does not watch but the components use.
_INPUTS = ("config.yml", "domain.yml", *(f"{folder}/**/*.yml" for folder in TRAINING_DATA))
_FEATURES = (
    "bot/components/**/*.py",
    "index/*.py",
    "index/data/*",
    "index/model/*",
    "var/index/frequencies.json",
)
# Not knowledge/places: who moves or changes a telephone number teaches the model nothing.
_CATALOGUE = tuple(f"knowledge/{folder}*.csv" for folder in ("", "lists/", "concepts/", "scenarios/"))
_SURROUNDINGS = (*_FEATURES, *_CATALOGUE, "var/index/manifest.json")


def digest(root: Path, patterns: Iterable[str], extra: str = "") -> str:
    """Digest over names and contents of all files that match, twelve hexadecimal digits."""
    found = hashlib.sha256(extra.encode())
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        found.update(f"\0{path.relative_to(root)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


def versions() -> str:
    """Versions of Python and of the packages that make tokens, vectors and models."""
    return " ".join([sys.version, *(f"{name}={version(name)}" for name in PACKAGES)])


def features(words: Iterable[str], root: Path = ROOT) -> str:
    """Digest of what turns an example into features; `words` is the tokeniser's vocabulary.

    Where it stays the same, Rasa's training cache holds: an edit of the catalogue that adds no word trains nothing.
    """
    return digest(root, _FEATURES, f"{versions()}\0{' '.join(sorted(words))}")


@dataclass(frozen=True)
class Fingerprint:
    """`inputs` is what Rasa's training cache watches; `surroundings` is what it does not."""

    inputs: str
    surroundings: str

    @classmethod
    def of(cls, root: Path = ROOT) -> Fingerprint:
        """The fingerprint of the working tree as it is now."""
        return cls(digest(root, _INPUTS), digest(root, _SURROUNDINGS, versions()))

    @property
    def model_name(self) -> str:
        """File name of the model that belongs to this fingerprint."""
        return f"yilianban-{self.surroundings}-{self.inputs}.tar.gz"
