"""Systems that rank the matters of a region for a message: ours, and the baselines beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

import bm25s
import jieba
import numpy as np

from index.guide import Guide, Understanding
from index.search import Hit
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter

# One thing that a system may show: the matters of it, in order (one for a matter, several for a scenario).
Candidate = tuple[str, ...]
Encode = Callable[[Sequence[str]], np.ndarray]


class Ranker(Protocol):
    """Anything that puts the things to show in order, best first."""

    name: str

    def rank(self, text: str, region: str, audience: str | None) -> list[Candidate]:
        """Candidates for the message in the region, best first."""
        ...


def wording(matter: Matter) -> str:
    """The list's own words for a matter: scene, name, sub-item, certificates."""
    return " ".join([matter.scene, matter.matter, matter.submatter, *matter.certificates]).strip()


def competing(catalogue: Catalogue, region: str, audience: str | None) -> list[Matter]:
    """The matters that are ranked: the region's, of one audience where it is known."""
    audiences = (audience,) if audience else ("individual", "enterprise")
    return [matter for one in audiences for matter in catalogue.list_matters(region, one)]


class WordRanker:
    """BM25 over jieba tokens (jieba as it comes) of the lists' wording."""

    name = "BM25 over jieba tokens"

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, self._jieba = catalogue, jieba.Tokenizer()
        self._indices: dict[tuple[str, str | None], tuple[bm25s.BM25, list[Matter]]] = {}

    def _tokens(self, text: str) -> list[str]:
        return [token for token in self._jieba.lcut(text) if token.strip()]

    def _index(self, region: str, audience: str | None) -> tuple[bm25s.BM25, list[Matter]]:
        key = (region, audience)
        if key not in self._indices:
            matters = competing(self._catalogue, region, audience)
            index = bm25s.BM25()
            index.index([self._tokens(wording(matter)) for matter in matters], show_progress=False)
            self._indices[key] = (index, matters)
        return self._indices[key]

    def rank(self, text: str, region: str, audience: str | None) -> list[Candidate]:
        """Matters that share a word with the message, best first."""
        index, matters = self._index(region, audience)
        scores = index.get_scores(self._tokens(text) or [""])
        order = np.argsort(-scores, kind="stable")
        return [(matters[i].id,) for i in order if scores[i] > 0]


class VectorRanker:
    """Cosine between the message and the lists' wording, with vectors made beforehand."""

    def __init__(
        self,
        name: str,
        catalogue: Catalogue,
        messages: Mapping[str, np.ndarray],
        matters: Mapping[str, np.ndarray],
    ) -> None:
        self.name = name
        self._catalogue, self._messages, self._matters = catalogue, messages, matters

    @classmethod
    def from_encoder(
        cls,
        name: str,
        catalogue: Catalogue,
        texts: Sequence[str],
        encode_messages: Encode,
        encode_wording: Encode,
    ) -> VectorRanker:
        """A ranker for these messages."""
        matters = list(catalogue.matters.values())
        known = dict(zip((m.id for m in matters), encode_wording([wording(m) for m in matters]), strict=True))
        return cls(name, catalogue, dict(zip(texts, encode_messages(texts), strict=True)), known)

    def rank(self, text: str, region: str, audience: str | None) -> list[Candidate]:
        """All matters of the list, nearest first; raises KeyError for a message that was not given before."""
        names = [matter.id for matter in competing(self._catalogue, region, audience)]
        similarities = np.stack([self._matters[name] for name in names]) @ self._messages[text]
        return [(names[i],) for i in np.argsort(-similarities, kind="stable")]


class FullRanker:
    """Our search: concepts, scenarios and matters, turned into the region's matters."""

    name = "full system"

    def __init__(self, guide: Guide, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.understand: Callable[[str], Understanding] = lru_cache(maxsize=None)(guide.understand)

    def rank(self, text: str, region: str, audience: str | None) -> list[Candidate]:
        """What the hits stand for in the region, best first; hits that the region's lists lack are left out."""
        result = self.understand(text).result
        found = (self._candidate(hit, region) for hit in result.kept + result.rejected)
        fitting = (c for c in found if c and (audience is None or c[0].split(".")[1] == audience))
        return list(dict.fromkeys(fitting))

    def _candidate(self, hit: Hit, region: str) -> Candidate:
        return candidate(self._catalogue, hit.target, hit.kind, region)


def candidate(catalogue: Catalogue, target: str, kind: str, region: str) -> Candidate:
    """Ids of the matters that a target of search stands for in a region; empty where there are none."""
    if kind == "concept":
        return tuple(matter.id for matter in catalogue.matters_for(target, region))
    if kind == "matter":
        return (target,) if target.startswith(region + ".") else ()
    facts = {}
    if kind == "variant":
        variant = catalogue.variants[target]
        name, _, value = variant.option.partition("=")
        target, facts = variant.scenario, {name: value}
    return tuple(matter.id for matter in catalogue.chain(target, region, facts).matters)
