"""Working hours: weekdays, holidays, moved days, and messages that name what is wrong in the file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.hours import Hours, load_hours, opening_text

FILE = """
utc_offset: 8
weekdays: {周一: ["9:00-12:00", "13:00-17:00"], 周二: ["9:00-12:00", "13:00-17:00"], 周五: ["9:00-11:30"]}
holidays: ["01-01", "2026-11-24"]
workdays: ["2026-11-28"]
"""


@pytest.fixture
def hours(tmp_path: Path) -> Hours:
    path = tmp_path / "hours.yml"
    path.write_text(FILE, encoding="utf-8")
    return load_hours(path)


def at(hours: Hours, day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, 11, day, hour, minute, tzinfo=hours.zone).timestamp()


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [
        (23, 8, 59, False),
        (23, 9, 0, True),
        (23, 11, 59, True),
        (23, 12, 0, False),
        (23, 13, 0, True),
        (23, 17, 0, False),
        (24, 10, 0, False),  # holiday on a Tuesday
        (25, 10, 0, False),  # no hours on Wednesdays
        (28, 10, 0, True),  # a Saturday that is worked
        (29, 10, 0, False),
    ],
)
def test_open(hours: Hours, day: int, hour: int, minute: int, is_open: bool) -> None:
    assert hours.is_open(at(hours, day, hour, minute)) is is_open


def test_next_opening_passes_over_holidays_and_days_without_hours(hours: Hours) -> None:
    opening = hours.next_opening(at(hours, 23, 17))
    assert opening is not None
    assert opening_text(opening) == "11月27日（周五）9:00"
    noon = hours.next_opening(at(hours, 23, 12, 30))
    assert noon is not None and noon.hour == 13


def test_holidays_without_a_year_come_every_year(hours: Hours) -> None:
    new_year = datetime(2029, 1, 1, 10, tzinfo=hours.zone)
    assert new_year.weekday() == 0
    assert not hours.is_open(new_year.timestamp())


def test_days_with_the_same_hours_are_told_together(hours: Hours) -> None:
    assert str(hours) == "周一至周二 9:00-12:00、13:00-17:00；周五 9:00-11:30"
    assert str(load_hours()) == "周一至周五 9:00-12:00、13:00-17:00"


def test_nobody_ever(tmp_path: Path) -> None:
    path = tmp_path / "hours.yml"
    path.write_text("weekdays: {}", encoding="utf-8")
    assert load_hours(path).next_opening(0) is None


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("weekdays: {星期一: []}", "星期一"),
        ("weekdays: {周一: ['9点-12点']}", "9点-12点"),
        ("weekdays: {周一: ['12:00-9:00']}", "12:00-9:00"),
        ("weekdays: {周一: ['25:00-26:00']}", "25:00-26:00"),
        ("holidays: [国庆]", "国庆"),
        ("utc_offset: 北京", "utc_offset"),
        ("- 1", "字段"),
        ("a: [", "读不出来"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "hours.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DeskError, match=named):
        load_hours(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"no\.yml"):
        load_hours(tmp_path / "no.yml")
