"""Cells of the facility directory: days, telephone numbers and coordinates as spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# Degrees that hold all of Shandong, with a margin of a few kilometres.
LATITUDES, LONGITUDES = (34.3, 38.5), (114.7, 122.8)
YEARS = (2000, 2100)
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_PHONES = (
    r"0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?",  # landline with area code, perhaps an extension
    r"1[3-9]\d{9}",
    r"[48]00-?\d{3}-?\d{4}",
    r"12\d{3}",  # 12345, 12333 …
    r"9[56]\d{3,4}",
)
_PHONE = re.compile("|".join(_PHONES))


def read_day(cell: str) -> date:
    """The day of `2026-11-01`, `2026/11/1`, `2026.11.1` or `2026年11月1日`; raises ValueError with what is wrong."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", cell).replace(" ", ""))
    if not found:
        raise ValueError(f"“{cell}”不是日期，请写成 2026-11-01 这样")
    year, month, day = (int(part) for part in found.groups() if part)
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueError(f"“{cell}”的年份不对")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"没有“{cell}”这一天") from None


def read_phone(cell: str) -> str:
    """A number that citizens can dial, in plain digits and dashes; raises ValueError with what is wrong."""
    plain = unicodedata.normalize("NFKC", cell).translate(_DASHES)
    plain = re.sub(r"^\((0\d{2,3})\)", r"\1-", plain.replace(" ", "")).replace("--", "-")
    if plain.isascii() and _PHONE.fullmatch(plain):
        return plain
    raise ValueError(
        f"“{cell}”不像电话号码：固定电话要带区号，如 0533-6123456；几个号码用“；”隔开；"
        "如果是电子表格去掉了开头的0，请把格子设为文本再填"
    )


def read_position(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, None where both are empty; raises ValueError with what is wrong."""
    if not latitude and not longitude:
        return None
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        raise ValueError("纬度和经度要一起填，写成小数的度数，如 36.8031 和 117.8698") from None
    if _within(north, LATITUDES) and _within(east, LONGITUDES):
        return north, east
    swapped = _within(east, LATITUDES) and _within(north, LONGITUDES)
    raise ValueError(
        "经纬度填反了，latitude 是纬度（三十几），longitude 是经度（一百多）"
        if swapped
        else f"北纬{latitude}、东经{longitude}不在山东省内"
    )


def _within(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]
