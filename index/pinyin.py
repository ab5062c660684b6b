"""Pinyin: reading Latin-typed words and mending homophones of domain words."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import jieba
from pypinyin import lazy_pinyin

_LATIN = re.compile(r"[a-z]{2,}(?:[ '’]?[a-z]+)*", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Characters that stand for themselves too often to be taken for a slip.
_FUNCTION = frozenset("不也的了是在有我你他年个到从怎么这那来去上下一二三两几就都还没又很给让把被和跟")
# Sounds that speech recognisers and southern or Shandong speakers mix up.
_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def fold_syllable(syllable: str) -> str:
    """A syllable with look-alike sounds merged: zh=z, ch=c, sh=s, -ng=-n."""
    for full, flat in _FOLDS:
        if syllable.startswith(full):
            syllable = flat + syllable[len(full) :]
    return syllable[:-1] if syllable.endswith("ng") else syllable


def syllables(text: str) -> list[str]:
    """Folded syllables of the Chinese characters of a text, other characters left out."""
    return [fold_syllable(s) for run in _CHINESE.findall(text) for s in lazy_pinyin(run)]


@dataclass(frozen=True)
class Lexicon:
    """Domain words by sound, and Latin spellings of words."""

    by_sound: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    by_spelling: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def from_words(cls, words: Iterable[str], frequencies: Mapping[str, int]) -> Lexicon:
        """A lexicon of domain words (2-8 characters); where two sound alike the more frequent one counts."""
        by_sound: dict[tuple[str, ...], str] = {}
        for word in sorted(set(words), key=lambda w: -frequencies.get(w, 0)):
            if 2 <= len(word) <= 8 and _CHINESE.fullmatch(word):
                by_sound.setdefault(tuple(syllables(word)), word)
        total = sum(frequencies.values()) or 1
        by_spelling: dict[str, tuple[str, float]] = {}
        for word, count in sorted(frequencies.items(), key=lambda pair: -pair[1]):
            if _CHINESE.fullmatch(word):
                spelling = "".join(lazy_pinyin(word))
                by_spelling.setdefault(spelling, (word, math.log(count / total)))
        longest = max(map(len, by_sound), default=0)
        return cls(by_sound, by_spelling, longest)

    def read_latin(self, text: str) -> str:
        """The text with Latin runs that read as known words' pinyin written in characters."""
        if not self.by_spelling:
            return text
        return _LATIN.sub(lambda match: self._read(match.group()), text)

    def _read(self, run: str) -> str:
        """The likeliest way to read a Latin run as words; the run itself where it cannot be read whole."""
        plain = re.sub(r"[ '’]", "", run.lower())
        best: list[tuple[float, tuple[str, ...]]] = [(-math.inf, ()) for _ in range(len(plain) + 1)]
        best[0] = (0.0, ())
        for end in range(1, len(plain) + 1):
            for start in range(max(0, end - 24), end):
                found = self.by_spelling.get(plain[start:end])
                if found and best[start][0] > -math.inf:
                    score = best[start][0] + found[1]
                    if score > best[end][0]:
                        best[end] = (score, (*best[start][1], found[0]))
        words = best[-1][1]
        return "".join(words) if words and len(plain) >= 3 else run

    def repair(self, text: str) -> str:
        """The text with homophones of domain words replaced where the characters make no sense as they stand."""
        if not self.by_sound:
            return text
        return _CHINESE.sub(lambda match: self._repair_run(match.group()), text)

    def _repair_run(self, run: str) -> str:
        sounds = [fold_syllable(s) for s in lazy_pinyin(run)]
        if len(sounds) != len(run):
            return run
        borders = {0}
        tokens = list(jieba.cut(run, HMM=False))
        for token in tokens:
            borders.add(max(borders) + len(token))
        result, at = [], 0
        while at < len(run):
            for size in range(min(self.longest, len(run) - at), 1, -1):
                word = self.by_sound.get(tuple(sounds[at : at + size]))
                if word and self._misspelt(run, at, size, word, borders):
                    result.append(word)
                    at += size
                    break
            else:
                result.append(run[at])
                at += 1
        return "".join(result)

    @staticmethod
    def _misspelt(run: str, at: int, size: int, word: str, borders: set[int]) -> bool:
        """Whether the span makes no sense of its own, so that the domain word that sounds like it may replace it."""
        span = run[at : at + size]
        if span == word or jieba.dt.FREQ.get(span) or not {at, at + size} <= borders:
            return False
        if any(a != b and a in _FUNCTION for a, b in zip(span, word, strict=True)):
            return False
        cuts = [at, *sorted(b for b in borders if at < b < at + size), at + size]
        pieces = [run[a:b] for a, b in itertools.pairwise(cuts)]
        same = sum(a == b for a, b in zip(span, word, strict=True))
        single = all(len(piece) == 1 for piece in pieces)
        if size == 2:
            return single and same == 1
        return any(len(piece) == 1 for piece in pieces) and (single or size - same <= 2)
