"""What a result was measured with, so that it can be compared or made again."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from actions.policy import POLICY
from evaluation.records import QuestionSet, cases
from index.encoder import Encoder
from index.settings import Settings
from index.store import IndexMismatch, read_manifest
from knowledge.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "rasa",
    "rasa-sdk",
    "tensorflow",
    "torch",
    "sentence-transformers",
    "onnxruntime",
    "faiss-cpu",
    "jieba",
    "bm25s",
)


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def commit() -> str:
    """The commit of the working tree, with a plus where tracked files were changed since; empty without git."""
    found = _git("rev-parse", "--short=12", "HEAD")
    return found + ("+" if found and _git("status", "--porcelain", "--untracked-files=no") else "")


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _relative(value: object) -> object:
    """Paths inside the repository are written from its root."""
    text = str(value)
    return text.removeprefix(f"{ROOT}/") if isinstance(value, str | Path) else value


def _index(settings: Settings) -> dict[str, object]:
    try:
        return read_manifest(settings.index)
    except IndexMismatch:
        return {}


def configuration(
    settings: Settings,
    catalogue: Catalogue,
    encoder: Encoder,
    questions: QuestionSet,
    folder: Path,
    workers: int,
) -> dict[str, Any]:
    """Settings, versions, data and machine as one JSON object."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "settings": {name: _relative(value) for name, value in asdict(settings).items()},
        "policy": asdict(POLICY),
        "encoder": {"name": encoder.name, "dimension": encoder.dimension},
        "index": _index(settings),
        "catalogue": catalogue.version,
        "questions": {
            "folder": _relative(folder.resolve()),
            "questions": len(questions.questions),
            "with regions": sum(len(cases(question)) for question in questions.questions),
            "dialogues": len(questions.dialogues),
        },
        "askers at a time": workers,
        "packages": {package: _installed(package) for package in PACKAGES},
        "machine": {
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "system": platform.platform(),
        },
    }
