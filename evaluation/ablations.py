"""Our search with one part switched off, or only one part left, so that each part's gain can be seen."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from evaluation.rankers import Candidate, FullRanker, candidate
from index.guide import Guide
from index.lines import OUT_OF_SCOPE
from index.normalise import Normaliser
from index.search import Judgement, Searcher
from knowledge.catalogue import Catalogue

WEIGHTS = {
    "neighbours": "weight_neighbours",
    "words": "weight_words",
    "title": "weight_title",
}
WHAT = {
    "neighbours": "nearest lines by vector",
    "words": "nearest lines by words",
    "title": "the lists' wording by vector",
}


class FusionRanker:
    """Search with other weights of the judges; understanding and scores are shared with the full system."""

    def __init__(
        self,
        name: str,
        full: FullRanker,
        searcher: Searcher,
        judge: Callable[[str], Judgement],
        catalogue: Catalogue,
    ) -> None:
        self.name = name
        self._full, self._searcher, self._judge, self._catalogue = full, searcher, judge, catalogue

    def rank(self, text: str, region: str, audience: str | None) -> list[Candidate]:
        """What the likeliest targets stand for in the region, best first."""
        probabilities = self._searcher.probabilities(self._judge(text))
        found: dict[Candidate, None] = {}
        for i in np.argsort(-probabilities, kind="stable")[:60]:
            target, kind = self._searcher.targets[i]
            shown = () if kind == OUT_OF_SCOPE else candidate(self._catalogue, target, kind, region)
            if shown and (audience is None or shown[0].split(".")[1] == audience):
                found[shown] = None
        return list(found)


def _with_weights(searcher: Searcher, weights: Mapping[str, float]) -> Searcher:
    other = copy.copy(searcher)
    other.settings = replace(searcher.settings, **{WEIGHTS[name]: value for name, value in weights.items()})  # type: ignore[arg-type]
    return other


def fusion_ablations(guide: Guide, full: FullRanker, catalogue: Catalogue) -> Iterator[FusionRanker]:
    """Each judge alone, then all without each."""
    known: dict[str, Judgement] = {}

    def judge(text: str) -> Judgement:
        if text not in known:
            understood = full.understand(text)
            known[text] = guide.searcher.judge(understood.text, understood.vector)
        return known[text]

    for name, what in WHAT.items():
        off = {other: 0.0 for other in WEIGHTS if other != name}
        yield FusionRanker(f"only {what}", full, _with_weights(guide.searcher, off), judge, catalogue)
    for name, what in WHAT.items():
        without = _with_weights(guide.searcher, {name: 0.0})
        yield FusionRanker(f"without {what}", full, without, judge, catalogue)


def without_repair(guide: Guide, catalogue: Catalogue) -> FullRanker:
    """The full system without pinyin and homophone repair (width, script and emoji are still folded)."""
    plain = Guide(guide.encoder, Normaliser(), guide.searcher, guide.mentions, guide.further)
    ranker = FullRanker(plain, catalogue)
    ranker.name = "without pinyin and homophone repair"
    return ranker
