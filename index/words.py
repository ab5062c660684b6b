"""Words of a text for the lexical half of search: jieba tokens, character n-grams, and n-grams of sounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import jieba

from index.pinyin import syllables

DOMAIN_WORDS = Path(__file__).parent / "data" / "words.txt"
_LETTER = re.compile(r"[\w]")


@lru_cache(maxsize=1)
def domain_words() -> tuple[str, ...]:
    """Everyday words of the domain, one a line in `index/data/words.txt`."""
    return tuple(DOMAIN_WORDS.read_text(encoding="utf-8").split())


def teach_jieba(words: Iterable[str]) -> None:
    """Adds words to jieba's process-wide dictionary so that they stay whole."""
    for word in words:
        jieba.add_word(word)


def terms(text: str) -> list[str]:
    """Terms of a normalised text, each with a mark of its kind: w: word, c: characters, s: sounds.

    Sounds make a misheard or mistyped word ("零食业金") overlap with the right one ("领失业金").
    """
    plain = "".join(_LETTER.findall(text.lower()))
    found = [f"w:{token}" for token in jieba.cut(text) if _LETTER.search(token)]
    for size in (1, 2, 3):
        found += [f"c:{plain[i : i + size]}" for i in range(len(plain) - size + 1)]
    sounds = syllables(text)
    for size in (2, 3):
        found += ["s:" + " ".join(sounds[i : i + size]) for i in range(len(sounds) - size + 1)]
    return found
