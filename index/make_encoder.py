"""Makes the encoder from scratch: unpack the base, fine-tune on the training lines, export to int8 (`make encoder`)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from index.base_model import build
from index.export_onnx import export
from index.lines import read_lines, titles
from index.settings import ROOT, load_settings
from index.train_encoder import SEED, train

NAME = "yilianban-e5"
EPOCHS, RATE = 2.6, 6e-5


def main() -> None:
    """Command line: `python -m index.make_encoder [--epochs N]`; intermediate models lie under var/encoder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    options = parser.parse_args()
    work = ROOT / "var" / "encoder"
    base = build(work / "base")
    lines = read_lines(load_settings().lines)
    train(base, work / "tuned", lines, titles(), options.epochs, RATE)
    target = export(work / "tuned", ROOT / "index" / "model", NAME)
    recipe = {"lines": len(lines), "epochs": options.epochs, "rate": RATE, "seed": SEED}
    Path(target / "recipe.json").write_text(json.dumps(recipe, indent=1), encoding="utf-8")
    print(f"编码器在 {target.relative_to(ROOT)}，接着运行 make train")


if __name__ == "__main__":
    main()
