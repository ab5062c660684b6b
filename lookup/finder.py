"""Finds entries as one types: every word of the query has to lead to the entry, the closest come first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from lookup.entry import Entry, Hit, Target
from lookup.sound import pattern, size, written

LONGEST_QUERY = 80
MOST_WORDS = 8
MOST_HITS = 30
# A scenario answers more than one of its matters does, and a place less.
KINDS = {"scenario": 1.15, "matter": 1.0, "department": 1.1, "place": 0.9, "certificate": 0.9}
# A word found with gaps, as 失业金 in 失业保险金, says less.
LOOSE = 0.5


@dataclass(frozen=True)
class _Posting:
    entry: int
    weight: float


class Finder:
    """An index over entries, built once; finding takes milliseconds."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        terms: dict[str, list[_Posting]] = {}
        for number, entry in enumerate(self.entries):
            for term in entry.terms:
                terms.setdefault(written(term.text), []).append(_Posting(number, term.weight))
        terms.pop("", None)
        self._postings = list(terms.values())
        self._sizes = [size(term) for term in terms]
        self._text = "\n".join(terms)
        self._starts, at = [], 0
        for units in terms:
            self._starts.append(at)
            at += len(units) + 1

    def find(self, query: str, region: str = "", most: int = MOST_HITS) -> list[Hit]:
        """What the words of a query lead to, in one region or in all of them."""
        words = query[:LONGEST_QUERY].split()[:MOST_WORDS]
        found = self._together([self._word(word) for word in words])
        if not found:
            found = self._together([self._word(word, loose=True) for word in words])
        kept = {
            number: score for number, score in found.items() if region in ("", self.entries[number].region)
        }
        return self._hits(kept)[:most]

    def _word(self, word: str, loose: bool = False) -> dict[int, float]:
        """The entries that a word leads to, with how close it is; loosely only where it is nowhere exactly."""
        wanted = pattern(word, loose)
        found: dict[int, float] = {}
        if wanted is None:
            return found
        for match in wanted.finditer(self._text):
            number = bisect_right(self._starts, match.start()) - 1
            covered = min(1.0, (match[0].count("|")) / self._sizes[number])
            begins = match.start() == self._starts[number]
            closeness = (0.4 + 0.5 * covered + 0.1 * begins) * (LOOSE if loose else 1.0)
            for posting in self._postings[number]:
                score = posting.weight * closeness
                if score > found.get(posting.entry, 0.0):
                    found[posting.entry] = score
        return found if found or loose else self._word(word, loose=True)

    def _together(self, words: list[dict[int, float]]) -> dict[int, float]:
        if not words:
            return {}
        first, *others = sorted(words, key=len)
        return {
            number: (score + sum(other[number] for other in others)) * KINDS[self.entries[number].kind]
            for number, score in first.items()
            if all(number in other for other in others)
        }

    def _hits(self, found: dict[int, float]) -> list[Hit]:
        """One hit for entries that are called the same, the regions where it fits best first."""
        groups: dict[tuple[str, str, str], list[int]] = {}
        for number in sorted(found, key=lambda number: (-found[number], number)):
            entry = self.entries[number]
            groups.setdefault((entry.kind, entry.title, entry.audience), []).append(number)
        return [self._hit(numbers, found[numbers[0]]) for numbers in groups.values()]

    def _hit(self, numbers: list[int], score: float) -> Hit:
        best = self.entries[numbers[0]]
        members = [self.entries[number] for number in numbers]
        targets = tuple(Target(entry.region, entry.target, entry.note) for entry in members)
        return Hit(best.kind, best.title, best.audience, round(score, 3), targets)
