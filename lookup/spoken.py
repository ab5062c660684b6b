"""What is read aloud: numbers in words, nothing that only the eye can read, and how long it takes."""

from __future__ import annotations

import re

# Unhurried Mandarin, as announcers and hotline trainers count it.
CHARACTERS_A_SECOND = 4.5
_DIGITS = "零一二三四五六七八九"
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_PAUSES = re.compile("—+")
_NUMBER = re.compile(r"\d+")
# Longer runs are telephone numbers and the like: said digit by digit.
_COUNTED = 2


def number(value: int) -> str:
    """A number below a hundred as it is said: 十二, 三十."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def counted(value: int) -> str:
    """The number before what is counted: 两项, not 二项."""
    return "两" if value == 2 else number(value)


def aloud(text: str) -> str:
    """The text without brackets, dashes as pauses, digits as words."""
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return _NUMBER.sub(
        lambda found: _say(found[0]), _PAUSES.sub("，", text).replace("“", "").replace("”", "")
    )


def _say(digits: str) -> str:
    counted = len(digits) <= _COUNTED and not digits.startswith("0")
    # One is said yāo among digits.
    return number(int(digits)) if counted else "".join("幺" if d == "1" else _DIGITS[int(d)] for d in digits)


def seconds(text: str) -> float:
    """How long the text takes to read; signs are not read."""
    return sum(sign.isalnum() for sign in text) / CHARACTERS_A_SECOND
