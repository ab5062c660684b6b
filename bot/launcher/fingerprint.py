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
# What Rasa's own training cache sees, and what it does not see but the components use.
_INPUTS = ("config.yml", "domain.yml", *(f"{folder}/**/*.yml" for folder in TRAINING_DATA))
_SURROUNDINGS = (
    "bot/components/**/*.py",
    "index/*.py",
    "index/data/*",
    "index/model/*",
    "knowledge/**/*.csv",
    "var/index/manifest.json",
)


def digest(root: Path, patterns: Iterable[str], extra: str = "") -> str:
    """Digest over names and contents of all files that match, twelve hexadecimal digits."""
    found = hashlib.sha256(extra.encode())
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        found.update(f"\0{path.relative_to(root)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


@dataclass(frozen=True)
class Fingerprint:
    """`inputs` is what Rasa's training cache watches; `surroundings` is what it does not."""

    inputs: str
    surroundings: str

    @classmethod
    def of(cls, root: Path = ROOT) -> Fingerprint:
        """The fingerprint of the working tree as it is now."""
        versions = " ".join([sys.version, *(f"{name}={version(name)}" for name in PACKAGES)])
        return cls(digest(root, _INPUTS), digest(root, _SURROUNDINGS, versions))

    @property
    def model_name(self) -> str:
        """File name of the model that belongs to this fingerprint."""
        return f"yilianban-{self.surroundings}-{self.inputs}.tar.gz"
