"""Meaning: what ranks above what, what is outside, and what an index refuses."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from index.encoder import Encoder
from index.guide import Guide
from index.settings import Settings
from index.store import IndexMismatch, load
from knowledge.catalogue import Catalogue


def test_vectors_have_length_one_and_paraphrases_are_close(encoder: Encoder) -> None:
    birth, same, other = encoder.encode(["我家宝宝刚出生", "孩子生下来了要办什么", "公司要注销"])
    assert np.allclose(np.linalg.norm([birth, same, other], axis=1), 1, atol=1e-4)
    assert birth @ same > birth @ other + 0.2


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("孩子生下来了，要跑哪些手续", "birth"),
        ("买人家住过的房子", "second-hand-home"),
        ("工厂黄了想领失业保险金", "unemployment-benefit"),
        ("護照過期了", "passport"),
    ],
)
def test_people_are_understood(guide: Guide, text: str, target: str) -> None:
    hits = guide.understand(text).result
    assert (hits.kept + hits.rejected)[0].target == target


def test_a_matter_without_training_lines_is_found_by_its_official_name(guide: Guide) -> None:
    hits = guide.understand("机动车抵押登记").result
    assert "vehicle-mortgage-registration" in [hit.target for hit in (hits.kept + hits.rejected)[:3]]


@pytest.mark.parametrize("text", ["明天会下雨吗", "讲个笑话听听", "买两张去北京的高铁票"])
def test_what_is_no_matter_is_outside(guide: Guide, text: str) -> None:
    result = guide.understand(text).result
    best = max((hit.probability for hit in result.kept), default=0.0)
    assert result.outside > best


def test_kept_and_rejected_meet_at_the_threshold(guide: Guide) -> None:
    result = guide.understand("刚买了套二手房").result
    assert result.kept and result.rejected
    assert min(h.probability for h in result.kept) >= result.threshold
    assert max(h.probability for h in result.rejected) < result.threshold
    assert result.kept[0].nearest == "刚买了套二手房"


def test_two_requests_are_two_clauses(guide: Guide) -> None:
    understood = guide.understand("宝宝出生了，另外护照也要换")
    assert [part for part, _ in understood.clauses] == ["宝宝出生了", "护照也要换"]
    assert json.loads(json.dumps(understood.as_message()))["clauses"][1]["targets"][0][0] == "passport"


def test_the_request_in_a_long_message_is_found(guide: Guide) -> None:
    story = "群里聊了一上午，谁也没个准话，张三说下班去打球。" * 30
    hits = guide.understand(story + "我的问题是：失业金怎么领？").result
    assert (hits.kept + hits.rejected)[0].target == "unemployment-benefit"


def test_an_index_of_another_catalogue_or_encoder_is_refused(
    settings: Settings, catalogue: Catalogue, encoder: Encoder
) -> None:
    with pytest.raises(IndexMismatch, match="catalogue"):
        load(settings.index, encoder, replace(catalogue, version="other"), settings)

    class Other:
        name, dimension = "other", encoder.dimension
        encode = staticmethod(encoder.encode)

    with pytest.raises(IndexMismatch, match="encoder"):
        load(settings.index, Other(), catalogue, settings)
    with pytest.raises(IndexMismatch):
        load(settings.index.parent / "nothing", encoder, catalogue, settings)
