"""Exports a SentenceTransformer directory to int8 ONNX (dynamic quantisation), the form that serves."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path


def export(source: Path, target: Path, name: str) -> Path:
    """Writes model.onnx (int8 weights), tokenizer.json and encoder.json to `target` and returns it."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(source), device="cpu").eval()
    body = model[0].auto_model

    class Body(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = body

        def forward(self, input_ids, attention_mask):  # type: ignore[no-untyped-def]
            return self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    target.mkdir(parents=True, exist_ok=True)
    ids = torch.ones((1, 8), dtype=torch.int64)
    axes = {"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "length"}}
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            Body().eval(),
            (ids, ids),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["hidden"],
            dynamic_axes={**axes, "hidden": {0: "batch", 1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(full), str(target / "model.onnx"), weight_type=QuantType.QInt8)
    tokenizer = next(source.rglob("tokenizer.json"))
    shutil.copy(tokenizer, target / "tokenizer.json")
    # The name changes with the weights, so that an index made with others is refused.
    digest = hashlib.sha256((target / "model.onnx").read_bytes()).hexdigest()[:12]
    manifest = {"name": f"{name}-{digest}", "dimension": body.config.hidden_size}
    (target / "encoder.json").write_text(json.dumps(manifest), encoding="utf-8")
    return target


def main() -> None:
    """Command line: `python -m index.export_onnx SOURCE TARGET NAME`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("name")
    options = parser.parse_args()
    print(export(options.source, options.target, options.name))


if __name__ == "__main__":
    main()
