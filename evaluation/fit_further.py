"""`python -m evaluation.fit_further [--write]`: fits the model of further wishes (index/further.py) on data/several.

Neither the encoder nor the index has seen these messages. Each file has one writer; what is printed was found for one
writer's messages by the model fitted on the other's. With --write the model fitted on all goes to index/data/further.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from index.further import FEATURES, WEIGHTS
from index.guide import Guide
from index.lines import read_lines
from index.normalise import fold
from index.settings import load_settings
from knowledge.catalogue import load_catalogue

FOLDER = Path(__file__).resolve().parent.parent / "data" / "several"
THRESHOLDS = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7)
# Below this probability a further wish is not told to the dialogue at all.
LEAST = 0.2


@dataclass(frozen=True)
class Message:
    """One message: its writer's file, the targets wished for, and for each candidate its evidence and whether it is one."""

    source: str
    wishes: tuple[str, ...]
    targets: tuple[str, ...]
    values: np.ndarray
    right: np.ndarray


def read_several(folder: Path = FOLDER) -> list[tuple[str, tuple[str, ...], str]]:
    """(file, wishes, text) of every message; raises LineError that names file and line."""
    wishes: dict[tuple[str, str], list[str]] = {}
    for line in read_lines(folder):
        wishes.setdefault((line.source, line.text), []).append(line.target)
    return [(source, tuple(targets), text) for (source, text), targets in wishes.items()]


def messages(guide: Guide) -> list[Message]:
    """The evidence for every message that has parts."""
    names = [name for name, _ in guide.searcher.targets]
    found = []
    for source, wishes, text in read_several():
        read = guide.parts_of(fold(text))
        if read is None:
            continue
        whole, parts, by_part = read
        rows = guide.further.evidence(text, whole, parts, by_part)
        # Where search missed a single wish, the right target is no further wish: it says nothing of this question.
        rows = [r for r in rows if len(wishes) > 1 or names[r.target] not in wishes]
        if rows:
            targets = tuple(names[row.target] for row in rows)
            right = np.array([len(wishes) > 1 and name in wishes for name in targets])
            found.append(Message(source, wishes, targets, np.stack([r.values for r in rows]), right))
    return found


def fit(given: list[Message]) -> tuple[np.ndarray, float]:
    """Weights and intercept on the features as they are."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    model.fit(np.concatenate([m.values for m in given]), np.concatenate([m.right for m in given]))
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    return weights, float(regression.intercept_[0] - weights @ scaler.mean_)


def found_in_others(given: list[Message]) -> list[tuple[Message, str, float]]:
    """Each message's surest further wish and its probability, by the model of the other writers."""
    found = []
    for source in sorted({m.source for m in given}):
        weights, intercept = fit([m for m in given if m.source != source])
        for message in (m for m in given if m.source == source):
            scores = message.values @ weights + intercept
            best = int(np.argmax(scores))
            found.append((message, message.targets[best], float(1 / (1 + np.exp(-scores[best])))))
    return found


def table(found: list[tuple[Message, str, float]]) -> str:
    """Per threshold: the share of several wishes found, found wrongly, and of single wishes that got a second one."""
    several = sum(len(m.wishes) > 1 for m, _, _ in found)
    lines = ["threshold  found  wrong  one wish taken for two"]
    for threshold in THRESHOLDS:
        sure = [(m, target) for m, target, probability in found if probability >= threshold]
        right = sum(len(m.wishes) > 1 and target in m.wishes for m, target in sure)
        wrong = sum(len(m.wishes) > 1 and target not in m.wishes for m, target in sure)
        false = sum(len(m.wishes) == 1 for m, _ in sure)
        lines.append(
            f"{threshold:9.2f} {right / several:6.1%} {wrong / several:6.1%} {false / (len(found) - several):6.1%}"
        )
    return "\n".join(lines)


def main(given: list[str] | None = None) -> int:
    """Prints what was found, and writes the model where it was asked for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.fit_further", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args(given)
    catalogue = load_catalogue()
    guide = Guide.load(load_settings(), catalogue)
    read = messages(guide)
    print(table(found_in_others(read)))
    weights, intercept = fit(read)
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:16s} {weight:+.3f}")
    if options.write:
        fitted = {
            "features": FEATURES,
            "weights": [round(float(w), 4) for w in weights],
            "intercept": round(intercept, 4),
            "least": LEAST,
        }
        WEIGHTS.write_text(json.dumps(fitted, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
