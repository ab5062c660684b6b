"""Baselines and our search as rankers of the real lists' rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from evaluation.baselines import VectorCache
from evaluation.measures import rank_rate
from evaluation.rankers import VectorRanker, WordRanker, candidate, wording
from evaluation.records import Case, Label, Question, QuestionSet, Wanted
from evaluation.rows import Rows
from evaluation.whitebox import is_right, rank_all, rankable
from knowledge.catalogue import Catalogue, load_catalogue

REGION = "zhoucun"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The real lists."""
    return load_catalogue()


@pytest.fixture(scope="module")
def rows(catalogue: Catalogue) -> Rows:
    """Their rows."""
    return Rows.from_catalogue(catalogue)


def _case(expect: str, label: Label, text: str = "内地居民结婚登记") -> Case:
    question = Question("q", "set", text, "individual", Wanted(expect), (REGION,), {REGION: label})
    return Case(question, REGION, "individual", (label,))


def test_words_find_the_official_name(catalogue: Catalogue) -> None:
    """Who says it as the list does finds it, in every region; who shares no word finds nothing."""
    ranker = WordRanker(catalogue)
    for region in catalogue.regions:
        (first,) = ranker.rank("内地居民结婚登记", region, "individual")[0]
        assert catalogue.matter(first).submatter == "内地居民结婚登记" or "结婚登记" in wording(
            catalogue.matter(first)
        )
    assert ranker.rank("blockchain", REGION, "individual") == []


def test_vectors_rank_the_list_that_is_asked(catalogue: Catalogue) -> None:
    """Nearest first, and only rows of the region and audience."""

    def encode(texts: Sequence[str]) -> np.ndarray:
        letters = "结婚离出生公司设立"
        counted = np.array([[text.count(c) for c in letters] for text in texts], np.float32) + 1e-3
        return counted / np.linalg.norm(counted, axis=1, keepdims=True)

    ranker = VectorRanker.from_encoder("letters", catalogue, ["公司设立"], encode, encode)
    ranked = ranker.rank("公司设立", "huancui", "enterprise")
    assert len(ranked) == len(catalogue.list_matters("huancui", "enterprise"))
    assert "公司设立" in wording(catalogue.matter(ranked[0][0]))
    both = ranker.rank("公司设立", "huancui", None)
    assert len(both) > len(ranked)


def test_targets_become_matters_of_the_region(catalogue: Catalogue) -> None:
    """A concept is a matter, a scenario its chain, and a matter of another region nothing."""
    (only,) = candidate(catalogue, "marriage-registration", "concept", REGION)
    assert "结婚登记" in catalogue.matter(only).title
    chain = candidate(catalogue, "birth", "scenario", REGION)
    assert len(chain) > 2 and chain[0] == f"{REGION}.individual.1"
    assert candidate(catalogue, "huancui.individual.3", "matter", REGION) == ()
    variant = next(iter(catalogue.variants.values()))
    assert all(m.startswith("changle.") for m in candidate(catalogue, variant.id, "variant", "changle"))


def test_right_things(rows: Rows) -> None:
    """A row of the label; a scenario that holds the key rows and little else; for one matter its first step."""
    birth = _case("chain", Label(rows=("1", "2", "3"), key_rows=("1", "2")))
    one, two, far = (f"{REGION}.individual.{n}" for n in (1, 2, 57))
    assert is_right(birth, (one,), rows) and not is_right(birth, (far,), rows)
    assert is_right(birth, (one, two), rows)
    assert not is_right(birth, (one, far), rows)
    single = _case("matter", Label(rows=("57",)))
    assert is_right(single, (far, one), rows) and not is_right(single, (one, far), rows)


def test_places_and_rates(catalogue: Catalogue, rows: Rows) -> None:
    """A ranking keeps the place of the right thing; rates count first and first three."""
    found = rank_all(WordRanker(catalogue), [_case("matter", Label(rows=("57",)))], rows)
    assert found[0].place == 1
    assert rank_rate("words", found).top1 == 1.0
    missed = rank_all(WordRanker(catalogue), [_case("matter", Label(rows=("1",)))], rows)
    assert rank_rate("words", missed).top1 == 0.0


def test_what_is_asked_by_place_is_not_ranked() -> None:
    """ "What comes after this" is answered from the list's order."""
    label = Label(rows=("57",))
    asked = [
        Question("a", "s", "然后呢", "individual", Wanted("slot", slot="next"), (REGION,), {REGION: label}),
        Question("b", "s", "在哪办", "individual", Wanted("slot", slot="place"), (REGION,), {REGION: label}),
        Question("c", "s", "你好", "individual", Wanted("smalltalk"), (REGION,)),
    ]
    assert [case.question.id for case in rankable(QuestionSet(tuple(asked), ()))] == ["b"]


def test_vectors_are_kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same texts are encoded once, others anew."""
    calls: list[int] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        calls.append(len(texts))
        return np.ones((len(texts), 3), np.float32)

    cache = VectorCache(tmp_path_factory.mktemp("vectors"), "name", encode)
    assert cache(["a", "b"]).shape == cache(["a", "b"]).shape == (2, 3)
    cache(["a"])
    assert calls == [2, 1]
