"""Everything that is understood of one message, in one call: normalised, encoded, searched, mentions found."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import jieba
import numpy as np

from index.clauses import every_part, request_parts, second_request, without_correction
from index.encoder import Encoder, load_encoder
from index.further import Further, FurtherWishes
from index.lines import Line, after
from index.mentions import MentionFinder, Mentions
from index.normalise import Normaliser, fold
from index.search import Hit, Searcher, SearchResult
from index.settings import Settings
from index.store import load
from index.words import domain_words, teach_jieba
from knowledge.catalogue import Catalogue

FREQUENCIES = "frequencies.json"
# A longer message says by itself what it is about.
LONGEST_FOLLOW_UP = 40
# A longer one is read where its request is (index/clauses.py), not for a second wish.
LONGEST_WITH_PARTS = 160


@dataclass(frozen=True)
class Understanding:
    """A message's normalised text and vector, its hits, its clauses where there are several requests, its mentions.

    `in_context` is what was found for the message as it stands after what was talked about before; `further` is what
    it asks for beside the likeliest hit.
    """

    text: str
    vector: np.ndarray
    result: SearchResult
    clauses: tuple[tuple[str, SearchResult], ...]
    mentions: Mentions
    in_context: SearchResult | None = None
    further: tuple[Further, ...] = ()

    def as_message(self, targets: int = 40, clause_targets: int = 6) -> dict[str, Any]:
        """JSON for the action: what was kept and rejected, without the vector."""

        def rows(hits: Sequence[Hit], size: int) -> list[list[Any]]:
            return [[h.target, h.kind, round(h.probability, 5), round(h.similarity, 4)] for h in hits[:size]]

        everything = self.result.kept + self.result.rejected
        return {
            "text": self.text[:300],
            "targets": rows(everything, targets),
            "outside": round(self.result.outside, 5),
            "outside_kind": self.result.outside_kind,
            "nearest": everything[0].nearest if everything else "",
            "clauses": [
                {
                    "text": text,
                    "targets": rows(result.kept + result.rejected, clause_targets),
                    "outside": round(result.outside, 5),
                }
                for text, result in self.clauses
            ],
            "further": [[one.target, one.kind, round(one.probability, 4)] for one in self.further],
            "mentions": asdict(self.mentions),
            "in_context": {
                "targets": rows(self.in_context.kept + self.in_context.rejected, targets),
                "outside": round(self.in_context.outside, 5),
            }
            if self.in_context
            else None,
        }


def frequencies(lines: Sequence[Line]) -> dict[str, int]:
    """How often each word occurs in the training lines; reads pinyin input."""
    teach_jieba(domain_words())
    counted: Counter[str] = Counter()
    for line in lines:
        counted.update(jieba.cut(fold(line.text)))
    return {word: count for word, count in counted.items() if count > 1}


PartsRead = tuple[np.ndarray, list[str], list[np.ndarray]]


@dataclass(frozen=True)
class Reading:
    """One text of a message: normalised, its vector, probabilities over all targets, and the likeliest as hits."""

    text: str
    vector: np.ndarray
    probabilities: np.ndarray
    result: SearchResult


class Readings:
    """The texts of one message, each encoded and searched for once however often it is asked for."""

    def __init__(self, encoder: Encoder, normaliser: Normaliser, searcher: Searcher) -> None:
        self._encoder, self._normaliser, self._searcher = encoder, normaliser, searcher
        self._known: dict[str, Reading] = {}

    def __call__(self, text: str) -> Reading:
        """The reading of a folded text."""
        normalised = self._normaliser(text)
        if normalised not in self._known:
            vector = self._encoder.encode([normalised])[0]
            judged = self._searcher.judge(normalised, vector)
            probabilities = self._searcher.probabilities(judged)
            result = self._searcher.ranked(judged, probabilities)
            self._known[normalised] = Reading(normalised, vector, probabilities, result)
        return self._known[normalised]


class Guide:
    """Understands messages; built once per process."""

    def __init__(
        self,
        encoder: Encoder,
        normaliser: Normaliser,
        searcher: Searcher,
        mentions: MentionFinder,
        further: FurtherWishes,
    ) -> None:
        self.encoder, self.normaliser, self.searcher = encoder, normaliser, searcher
        self.mentions, self.further = mentions, further

    @classmethod
    def load(cls, settings: Settings, catalogue: Catalogue) -> Guide:
        """The guide of a built index; raises IndexMismatch where the index is missing or stale."""
        jieba.setLogLevel(logging.WARNING)
        teach_jieba(domain_words())
        encoder = load_encoder(settings.encoder)
        searcher = load(settings.index, encoder, catalogue, settings)
        counted = json.loads((settings.index / FREQUENCIES).read_text(encoding="utf-8"))
        normaliser = Normaliser.from_words(domain_words(), counted)
        further = FurtherWishes.load(searcher.targets, catalogue)
        return cls(encoder, normaliser, searcher, MentionFinder(catalogue), further)

    def understand(self, text: str, earlier: str = "") -> Understanding:
        """What is understood of a message; long ones are read where the request is.

        `earlier` is what the conversation is about: a short message is also searched for as it stands after it.
        """
        folded, read = fold(text), Readings(self.encoder, self.normaliser, self.searcher)
        parts = [read(part) for part in request_parts(without_correction(folded))]
        # The first part is the whole, or the end of a long message, where requests mostly stand.
        best = max(range(len(parts)), key=lambda i: self._sureness(parts[i].result) - (0.25 if i else 0.0))
        chosen = parts[best]
        return Understanding(
            text=chosen.text,
            vector=chosen.vector,
            result=chosen.result,
            clauses=tuple((part, read(part).result) for part in second_request(chosen.text)),
            mentions=self.mentions(chosen.text if len(folded) > 200 else folded),
            in_context=self._in_context(earlier, folded) if earlier else None,
            further=self._further(folded, read),
        )

    def parts_of(self, text: str, read: Readings | None = None) -> PartsRead | None:
        """What the whole of a folded message and each of its parts mean; None where it has one part, or the whole is clear."""
        parts = every_part(text)
        if len(parts) < 2 or len(text) > LONGEST_WITH_PARTS:
            return None
        read = read or Readings(self.encoder, self.normaliser, self.searcher)
        whole = read(text).probabilities
        if not self.further.may_hold(whole):
            return None
        return whole, parts, [read(part).probabilities for part in parts]

    def _further(self, text: str, read: Readings) -> tuple[Further, ...]:
        found = self.parts_of(text, read)
        return self.further(text, *found) if found else ()

    def _in_context(self, earlier: str, text: str) -> SearchResult | None:
        if len(text) > LONGEST_FOLLOW_UP:
            return None
        whole = after(self.normaliser(earlier), self.normaliser(text))
        return self.searcher.search(whole, self.encoder.encode([whole])[0])

    @staticmethod
    def _sureness(result: SearchResult) -> float:
        hits = result.kept or result.rejected
        return hits[0].probability if hits else 0.0


def save_frequencies(folder: Path, counted: dict[str, int]) -> None:
    """Writes the word counts beside the index."""
    (folder / FREQUENCIES).write_text(json.dumps(counted, ensure_ascii=False), encoding="utf-8")
