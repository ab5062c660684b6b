"""Who is at the desk, and what happens to a conversation whose clerk is not there any more."""

from __future__ import annotations

import sqlite3

import pytest

from desk.database import VERSION
from desk.desk import Desk
from desk.errors import NameTaken
from desk.handoff import Event
from desk.settings import Settings
from tests.desk.conftest import MORNING, Clock

# The tables as version 1 made them.
FIRST = """
CREATE TABLE handoff (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL, state TEXT NOT NULL, sender TEXT NOT NULL, channel TEXT NOT NULL,
    region TEXT NOT NULL, scenario TEXT NOT NULL, text TEXT NOT NULL, contact TEXT NOT NULL,
    urgent INTEGER NOT NULL, by TEXT NOT NULL, ended_by TEXT NOT NULL,
    wished_at REAL NOT NULL, taken_at REAL NOT NULL, ended_at REAL NOT NULL, active_at REAL NOT NULL
);
CREATE TABLE message (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    handoff INTEGER NOT NULL REFERENCES handoff (id) ON DELETE CASCADE,
    author TEXT NOT NULL CHECK (author IN ('citizen', 'person')), text TEXT NOT NULL, at REAL NOT NULL
);
CREATE TABLE rating (once TEXT PRIMARY KEY, level INTEGER, words TEXT, scenario TEXT, region TEXT, at REAL);
CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT, region TEXT, targets TEXT, ending TEXT, at REAL);
INSERT INTO handoff VALUES (7, 'c', 'taken', 'u', 'portal', 'zhoucun', '', '找人', '', 0, '甲', '', 1, 2, 0, 2);
INSERT INTO message VALUES (1, 7, 'person', '您好', 3);
PRAGMA user_version=1;
"""


def take(desk: Desk, sender: str, name: str) -> int:
    number = desk.wish(sender).id
    return desk.handoffs.apply(number, Event("take", desk.now(), by=name, display="3号坐席")).id


def test_a_name_belongs_to_one_session_until_it_is_silent(desk: Desk, clock: Clock) -> None:
    desk.clerks.arrive("甲", "one", clock(), 180)
    desk.clerks.arrive("甲", "one", clock(), 180)
    with pytest.raises(NameTaken, match="甲"):
        desk.clerks.arrive("甲", "two", clock(), 180)
    clock.at += 181
    desk.clerks.arrive("甲", "two", clock(), 180)
    assert not desk.clerks.seen("甲", "one", clock()) and desk.clerks.seen("甲", "two", clock())


def test_who_vanishes_gives_back_what_they_had(desk: Desk, clock: Clock) -> None:
    desk.clerks.arrive("甲", "one", clock(), 180)
    desk.clerks.arrive("乙", "two", clock(), 180)
    number, other = take(desk, "a", "甲"), take(desk, "b", "乙")
    desk.handoffs.apply(number, Event("reply", clock()), "您好")
    clock.at += 170
    desk.clerks.seen("乙", "two", clock())
    assert desk.release_absent() == []
    clock.at += 11
    assert [handoff.id for handoff in desk.release_absent()] == [number]
    released = desk.handoff("a")
    assert (released.state, released.by, released.display, released.wished_at) == ("waiting", "", "", MORNING)
    assert [m.name for m in desk.handoffs.messages(number)] == ["3号坐席"]
    assert desk.handoffs.by_id(other).state == "taken"


def test_programs_at_the_desks_api_are_not_missed(desk: Desk, clock: Clock) -> None:
    number = take(desk, "a", "接口程序")
    clock.at += 3600
    assert desk.release_absent() == [] and desk.handoffs.by_id(number).state == "taken"


def test_any_change_by_anybody_is_noticed(desk: Desk, settings: Settings, clock: Clock) -> None:
    before = desk.moved
    assert desk.moved == before
    other = Desk.open(settings, clock)
    other.wish("a")
    other.close()
    after = desk.moved
    assert after != before
    desk.wish("b")
    assert desk.moved != after


def test_a_file_of_the_first_version_is_brought_up_with_all_that_is_in_it(settings: Settings) -> None:
    with sqlite3.connect(settings.database) as connection:
        connection.executescript(FIRST)
    desk = Desk.open(settings)
    handoff = desk.handoffs.by_id(7)
    assert (handoff.by, handoff.display, handoff.text) == ("甲", "", "找人")
    assert [(m.text, m.name) for m in desk.handoffs.messages(7)] == [("您好", "")]
    desk.clerks.arrive("甲", "one", 1.0, 180)
    desk.close()
    with sqlite3.connect(settings.database) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    Desk.open(settings).close()
