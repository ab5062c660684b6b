"""A small real index: the real encoder, the real catalogue, a handful of lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.encoder import Encoder, load_encoder
from index.guide import Guide, frequencies, save_frequencies
from index.lines import Line
from index.normalise import Normaliser
from index.settings import Settings, load_settings
from index.store import build
from index.words import domain_words
from knowledge.catalogue import Catalogue, load_catalogue

LINES = (
    ("birth", "我家宝宝刚出生"),
    ("birth", "老婆昨天生了，手续都有哪些"),
    ("birth", "添了个大胖孙子，要跑哪些地方"),
    ("second-hand-home", "刚买了套二手房"),
    ("second-hand-home", "从邻居手里买的老房子怎么过户"),
    ("second-hand-home", "卖房子手续咋走"),
    ("unemployment-benefit", "失业金怎么领"),
    ("unemployment-benefit", "厂子倒了，听说每月能领点钱"),
    ("unemployment-benefit", "被裁了，失业保险那笔钱"),
    ("passport", "护照到期了换新的"),
    ("passport", "出国旅游没有护照"),
    ("passport", "给孩子办护照"),
)
OUTSIDE = ("今天天气怎么样", "头疼吃什么药", "买两张高铁票", "给我讲个笑话", "电费交重了能退吗")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder(load_settings().encoder)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, catalogue: Catalogue) -> Settings:
    """Settings whose index holds the few lines above."""
    folder: Path = tmp_path_factory.mktemp("small") / "index"
    lines = [Line(target, "citizen", text, "test") for target, text in LINES]
    lines += [Line("out_of_scope", "citizen", text, "test", "other") for text in OUTSIDE]
    counted = frequencies(lines)
    build(folder, encoder, catalogue, lines, Normaliser.from_words(domain_words(), counted))
    save_frequencies(folder, counted)
    return replace(load_settings(), index=folder)


@pytest.fixture(scope="session")
def guide(settings: Settings, catalogue: Catalogue) -> Guide:
    return Guide.load(settings, catalogue)
