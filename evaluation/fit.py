"""`python -m evaluation.fit`: fits the weights of search's judges, leaving out one voice of the training lines at a time.

Each fold's index is built without the voice that it is tried on. The encoder has to be told apart: one that was tuned
on the voice knows its lines, which flatters the judges that use vectors. Set YILIANBAN_ENCODER to an encoder tuned
without a voice (`python -m index.train_encoder --leave-out _V3`) and name that voice with --voices for an unflattered
fit. Nothing is written: the figures are for a person to put into index/settings.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evaluation.folds import SavedIndex, load_scores, save_scores
from evaluation.fusion import JUDGES, Fusion, Quality, Scores, fit, join, quality
from index.encoder import load_encoder
from index.settings import Settings, load_settings
from index.store import IndexMismatch
from knowledge.catalogue import load_catalogue


def in_force(settings: Settings) -> Fusion:
    """The fusion that the settings hold now."""
    s = settings
    weights = (s.weight_neighbours, s.weight_words, s.weight_title)
    return Fusion(weights, s.sharpness)


def across(folds: Sequence[Scores], now: Fusion) -> list[tuple[Quality, Quality]]:
    """For each fold the quality of the fusion in force, and of one fitted on the other folds."""
    found = []
    for number, own in enumerate(folds):
        others = [fold for other, fold in enumerate(folds) if other != number]
        fitted = fit(join(others)) if others else fit(own)
        found.append((quality(now, own), quality(fitted, own)))
    return found


def _shown(name: str, one: Quality) -> str:
    return (
        f"  {name:28s} top1 {one.top1:.4f}  top3 {one.top3:.4f}  "
        f"loss {one.loss:.4f}  calibration error {one.calibration_error:.4f}"
    )


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.fit", description=__doc__)
    parser.add_argument("--voices", nargs="*", help="voices to leave out in turn (default: all)")
    parser.add_argument("--size", type=int, default=800, help="lines tried of each voice")
    parser.add_argument("--index", type=Path, help="folder of the index (default: the assistant's)")
    parser.add_argument("--scores", type=Path, help="folder to keep scores in, and to take them from again")
    return parser.parse_args(given)


def _folds(options: argparse.Namespace, settings: Settings) -> dict[str, Scores]:
    encoder = load_encoder(settings.encoder)
    saved = SavedIndex.load(settings, encoder, load_catalogue())
    found = {}
    for voice in options.voices or saved.voices():
        path = options.scores / f"{voice}.{encoder.name}.npz" if options.scores else None
        if path and path.exists():
            found[voice] = load_scores(path)
            continue
        print(f"judging lines of {voice} without it", file=sys.stderr, flush=True)
        found[voice] = saved.scores(voice, settings, options.size)
        if path:
            save_scores(path, found[voice])
    return found


def main(given: list[str] | None = None) -> int:
    """Prints quality by fold before and after, and the weights fitted on all folds; returns the exit status."""
    options, settings = _arguments(given), load_settings()
    if options.index:
        settings = replace(settings, index=options.index)
    now = in_force(settings)
    try:
        folds = _folds(options, settings)
    except (IndexMismatch, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    for voice, (before, after) in zip(folds, across(list(folds.values()), now), strict=True):
        print(_shown(f"{voice}, in force", before))
        print(_shown(f"{voice}, fitted on the others", after))
    fitted = fit(join(list(folds.values())))
    print(
        "fitted on all: "
        + ", ".join(f"weight_{n} = {w:.3g}" for n, w in zip(JUDGES, fitted.weights, strict=True))
    )
    print(f"sharpness = {fitted.sharpness:.3g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
