"""Brings a message into the form that words and vectors are computed on.

Full/half width, traditional characters, zero-width and control characters, emoji, repeated punctuation, Latin pinyin
and homophones of domain words ("失夜" for "失业"). Never changes what is stored or shown, only what is compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from index.pinyin import Lexicon, syllables

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe0f]"
)
_REPEATED = re.compile(r"([^\w\s])\1+")
_SPACE = re.compile(r"\s+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff，。！？；：])\s+(?=[\u4e00-\u9fff，。！？；：])")
_STUTTER = re.compile(r"([呃嗯啊哦额哎唉])[呃嗯啊哦额哎唉\s，,。.…]*")
# Cantonese function words, as Hong Kong callers write them, that OpenCC leaves as they are.
_CANTONESE = str.maketrans(
    {"嘅": "的", "喺": "在", "冇": "没", "咗": "了", "唔": "不", "哋": "们", "佢": "他", "啲": "些"}
)
_CANTONESE_WORDS = (
    ("点样", "怎样"),
    ("边度", "哪里"),
    ("点解", "为什么"),
    ("咩", "什么"),
    ("系咪", "是不是"),
    ("几时", "什么时候"),
    ("而家", "现在"),
    ("俾", "给"),
)
_CANTONESE_MARK = re.compile("[嘅喺冇咗唔哋佢啲咩俾]|点样|边度")


@lru_cache(maxsize=1)
def _simplifier():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


def fold(text: str) -> str:
    """The text with width, script, invisible characters, emoji and repetitions folded; needs no vocabulary."""
    text = unicodedata.normalize("NFKC", text)
    text = _INVISIBLE.sub("", text)
    text = "".join(c if unicodedata.category(c) not in ("So", "Sk", "Cs", "Co", "Cn") else " " for c in text)
    text = _simplifier().convert(text)
    if _CANTONESE_MARK.search(text):
        for foreign, plain in _CANTONESE_WORDS:
            text = text.replace(foreign, plain)
        text = text.translate(_CANTONESE)
    text = _STUTTER.sub("", text)
    text = _REPEATED.sub(r"\1", text)
    text = _SPACE.sub(" ", text).strip()
    return _BETWEEN_CHINESE.sub("", text)


@dataclass(frozen=True)
class Normaliser:
    """Folds a text and repairs pinyin and homophones with a lexicon of domain words."""

    lexicon: Lexicon = field(default_factory=Lexicon)

    @classmethod
    def from_words(cls, words: Iterable[str], frequencies: Mapping[str, int]) -> Normaliser:
        """A normaliser for these domain words; `frequencies` are counts of general words for pinyin input."""
        return cls(Lexicon.from_words(words, frequencies))

    def __call__(self, text: str) -> str:
        """The text to compute words and vectors on."""
        return self.lexicon.repair(self.lexicon.read_latin(fold(text)))


__all__ = ["Normaliser", "fold", "syllables"]
