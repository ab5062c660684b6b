"""When somebody is at the desk: weekdays, holidays and moved working days from the operator's file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from desk.errors import DeskError

PATH = Path(__file__).parent / "hours.yml"
DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
LOOK_AHEAD_DAYS = 60
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_DAY = re.compile(r"(?:\d{4}-)?\d{2}-\d{2}")


@dataclass(frozen=True)
class Span:
    """From one time of the day to another."""

    begin: time
    end: time

    def __str__(self) -> str:
        return "-".join(f"{t.hour}:{t.minute:02}" for t in (self.begin, self.end))


@dataclass(frozen=True)
class Hours:
    """The desk's hours; `weekdays` has the spans of each day, Monday is 0."""

    zone: timezone
    weekdays: Mapping[int, tuple[Span, ...]]
    holidays: frozenset[str] = frozenset()
    workdays: frozenset[str] = frozenset()
    idle_minutes: float = 120.0
    absent_minutes: float = 3.0

    def local(self, at: float) -> datetime:
        """A moment (seconds since 1970) as the clock at the desk shows it."""
        return datetime.fromtimestamp(at, self.zone)

    def spans(self, day: date) -> tuple[Span, ...]:
        """When somebody is there on this day."""
        if day.isoformat() in self.workdays:
            return self.weekdays.get(0, ())
        if day.isoformat() in self.holidays or f"{day:%m-%d}" in self.holidays:
            return ()
        return self.weekdays.get(day.weekday(), ())

    def is_open(self, at: float) -> bool:
        """Whether somebody is there at this moment."""
        now = self.local(at)
        return any(span.begin <= now.time() < span.end for span in self.spans(now.date()))

    def next_opening(self, at: float) -> datetime | None:
        """When somebody is there next; None where nobody is for weeks."""
        now = self.local(at)
        for ahead in range(LOOK_AHEAD_DAYS):
            day = now.date() + timedelta(days=ahead)
            for span in self.spans(day):
                opening = datetime.combine(day, span.begin, self.zone)
                if opening > now:
                    return opening
        return None

    def __str__(self) -> str:
        """Days with the same spans together: 周一至周五 9:00-12:00、13:00-17:00."""
        parts = []
        for spans, group in groupby(range(7), key=lambda day: self.weekdays.get(day, ())):
            days = list(group)
            if spans:
                name = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}至{DAYS[days[-1]]}"
                parts.append(f"{name} {'、'.join(map(str, spans))}")
        return "；".join(parts)


def opening_text(opening: datetime) -> str:
    """A moment as it is told to a person: 11月23日（周一）9:00."""
    return f"{opening.month}月{opening.day}日（{DAYS[opening.weekday()]}）{opening.hour}:{opening.minute:02}"


def load_hours(path: Path = PATH) -> Hours:
    """Reads the file; raises DeskError that names file, field and value."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DeskError(f"{path} 读不出来：{error}") from error
    if not isinstance(given, dict):
        raise DeskError(f"{path} 应是“字段: 值”的形式")
    weekdays = given.get("weekdays") or {}
    unknown = [name for name in weekdays if name not in DAYS]
    if unknown:
        raise DeskError(f"{path} weekdays：没有“{unknown[0]}”这一天，请写 {'、'.join(DAYS)}")
    offset = _number(path, given, "utc_offset", 8)
    return Hours(
        zone=timezone(timedelta(hours=offset)),
        weekdays={DAYS.index(name): _spans(path, name, spans) for name, spans in weekdays.items()},
        holidays=_days(path, given, "holidays"),
        workdays=_days(path, given, "workdays"),
        idle_minutes=_number(path, given, "idle_minutes", 120),
        absent_minutes=_number(path, given, "absent_minutes", 3),
    )


def _number(path: Path, given: Mapping[str, Any], field: str, otherwise: float) -> float:
    value = given.get(field, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 10_000:
        raise DeskError(f"{path} {field}：“{value}”不是数")
    return value


def _days(path: Path, given: Mapping[str, Any], field: str) -> frozenset[str]:
    days = [str(day) for day in given.get(field) or ()]
    for day in days:
        if not _DAY.fullmatch(day):
            raise DeskError(f"{path} {field}：“{day}”不是日期，请写 01-01 或 2027-02-06")
    return frozenset(days)


def _spans(path: Path, name: str, given: Any) -> tuple[Span, ...]:
    found = []
    for text in given or ():
        match = _SPAN.fullmatch(str(text))
        try:
            a, b, c, d = map(int, match.groups()) if match else (24, 0, 0, 0)
            span = Span(time(a, b), time(c, d))
        except ValueError:
            raise DeskError(f"{path} weekdays {name}：“{text}”不是时段，请写 9:00-12:00") from None
        if span.begin >= span.end:
            raise DeskError(f"{path} weekdays {name}：“{text}”的结束要晚于开始")
        found.append(span)
    return tuple(found)
