"""Texts written so that one pattern finds them by characters, full pinyin, initials, or any mixture of these."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin

# A text becomes a row of units: a bar, the syllable, the character. 过户 is |guo过|hu户, A4 is |a|4.
BAR = "|"
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
# The rest of a unit after some letters of its syllable.
_REST = r"[a-z]*[^a-z|\n]?"
_SKIPPED = rf"(?:\{BAR}[^|\n]*){{0,2}}?"


def fold(text: str) -> str:
    """Half-width small letters; ü as it is typed."""
    return unicodedata.normalize("NFKC", text).lower().replace("ü", "v")


@lru_cache(maxsize=20_000)
def written(text: str) -> str:
    """The text as units; what is neither letter, digit nor character is left out."""
    folded = fold(text)
    found: list[str] = []
    at = 0
    for run in _CHINESE.finditer(folded):
        found += (BAR + sign for sign in folded[at : run.start()] if sign.isalnum())
        # A list keeps characters apart that pypinyin does not know.
        syllables = lazy_pinyin(run[0], errors=list)  # type: ignore[arg-type]
        found += (
            BAR + syllable + sign for syllable, sign in zip(map(_plain, syllables), run[0], strict=True)
        )
        at = run.end()
    found += (BAR + sign for sign in folded[at:] if sign.isalnum())
    return "".join(found)


def _plain(syllable: str) -> str:
    folded = fold(syllable)
    return folded if folded.isascii() and folded.isalpha() else ""


def size(units: str) -> int:
    """How many units there are."""
    return units.count(BAR)


@lru_cache(maxsize=1_000)
def pattern(word: str, loose: bool = False) -> re.Pattern[str] | None:
    """What finds a typed word among units; None where nothing of it can be looked for.

    Each letter goes on in its syllable or begins the next one; `loose` lets up to two characters lie between, as
    失业金 stands for 失业保险金.
    """
    signs = [sign for sign in fold(word) if sign.isalnum()]
    if not signs:
        return None
    between = _SKIPPED if loose else ""
    parts: list[str] = []
    after_letter = False
    for sign in signs:
        letter = sign.isascii() and sign.isalpha()
        begin = rf"{between}\{BAR}" if parts else rf"\{BAR}"
        if letter:
            wanted = "[uv]" if sign == "u" else sign
            parts.append(rf"(?:{_REST}{begin})?{wanted}" if after_letter else begin + wanted)
        else:
            rest = _REST if after_letter else ""
            parts.append(rf"{rest}{begin}[a-z]*{re.escape(sign)}")
        after_letter = letter
    return re.compile("".join(parts))
