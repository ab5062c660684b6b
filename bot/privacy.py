"""Masks personal numbers in a message before anything keeps it: identity cards, telephones, bank cards."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MASKS = {"id_card": "［身份证号］", "mobile": "［手机号］", "phone": "［电话］", "bank_card": "［银行卡号］"}

# Numbers are also typed full-width, and spoken ones are written out ("一三八…"); both forms have one character a digit.
_WIDTH = str.maketrans("０１２３４５６７８９－　Ｘｘ（）＋", "0123456789- Xx()+")
_SPOKEN = str.maketrans("〇零一二三四五六七八九幺两", "0012345678912")
_SPOKEN_RUN = re.compile("[〇零一二三四五六七八九幺两]{11,}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−_·", "-") | {"\u00a0": " "})

_ID_18 = re.compile(r"(?<!\d)[1-8]\d{5}[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d{3}[\dXx](?!\d)")
_ID_15 = re.compile(r"(?<!\d)[1-8]\d{14}(?!\d)")
_BANK = re.compile(r"(?<!\d)(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ .-]?)?1[3-9]\d[ .-]?\d{4}[ .-]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[ -]?[2-9]\d{2,3}[ -]?\d{4}(?:-\d{1,6})?(?!\d)")
_SAID_PHONE = re.compile(r"(?<=电话|座机|固话|号码)([是为:：,， ]{0,3})([2-9]\d{2,3}[ -]?\d{4})(?!\d)")

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Masked:
    """A text without personal numbers, and the kinds (keys of MASKS) that were taken out of it."""

    text: str
    kinds: tuple[str, ...] = ()


def is_id_card(number: str) -> bool:
    """Whether 15 or 18 characters are an identity number: a birthday that can be, or (18) a right check digit."""
    if len(number) == 15:
        return _is_day(number[8:10], number[10:12])
    if _is_day(number[10:12], number[12:14]) and number[6:8] in ("18", "19", "20"):
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def is_luhn(number: str) -> bool:
    """Whether the digits have the check digit of bank cards."""
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number))]
    return len(set(number)) > 1 and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _always(_: str) -> bool:
    return True


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("id_card", _ID_18, is_id_card),
    ("bank_card", _BANK, is_luhn),
    ("id_card", _ID_15, is_id_card),
    ("mobile", _MOBILE, _always),
    ("phone", _LANDLINE, _always),
    ("phone", _SAID_PHONE, _always),
)


def _comparable(text: str) -> str:
    """The text with one plain character for every character of it: half-width digits, plain dashes and spaces."""
    plain = text.translate(_WIDTH).translate(_DASHES)
    return _SPOKEN_RUN.sub(lambda run: run[0].translate(_SPOKEN), plain)


def mask(text: str) -> Masked:
    """Replaces every personal number by its kind in brackets; everything else stays as it was."""
    kinds: dict[str, None] = {}
    for kind, pattern, holds in _RULES:
        found = [
            match.span(2 if pattern is _SAID_PHONE else 0)
            for match in pattern.finditer(_comparable(text))
            if holds(re.sub(r"[^\dXx]", "", match[0]))
        ]
        for start, end in reversed(found):
            kinds[kind] = None
            text = text[:start] + MASKS[kind] + text[end:]
    return Masked(text, tuple(kinds))
