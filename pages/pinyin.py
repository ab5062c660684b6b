"""How Chinese names are read, for people who read Latin letters."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from pages.wording import spoken


@lru_cache(maxsize=4096)
def pinyin(text: str) -> str:
    """The reading with tones, a word a character; what is not Chinese stays."""
    return " ".join(part.strip() for part in lazy_pinyin(text, style=Style.TONE) if part.strip())


def read_aloud(text: str) -> str:
    """The reading where it helps the visitor; empty for who reads Chinese."""
    return "" if spoken() == "zh" else pinyin(text)
