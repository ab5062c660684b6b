"""The font that notices carry (notice/fonts): which characters it has, and a small copy for one document."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "fonts"
FONT = FOLDER / "yilianban-sans.ttf"
FAMILY = "Yilianban Sans"
# What stands for a character that the font lacks, as printers have it.
MISSING = "〓"


@lru_cache(maxsize=1)
def characters() -> frozenset[str]:
    """Every character that the font has."""
    with TTFont(FONT, lazy=True) as font:
        return frozenset(chr(code) for code in font.getBestCmap())


def printable(text: str) -> str:
    """The text with the sign for a missing character wherever the font lacks one; line breaks stay."""
    return "".join(c if c in characters() or c == "\n" else MISSING for c in text)


def cut(text: str, flavor: str | None = None) -> bytes:
    """The font with the characters of a text only, as TrueType or in a `flavor` such as "woff"."""
    options = subset.Options(notdef_outline=True, flavor=flavor)
    with TTFont(FONT, lazy=True, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        font.flavor = flavor
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()
