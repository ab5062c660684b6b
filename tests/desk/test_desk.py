"""The desk's store: queue, restart, two processes, and what is not in the files."""

from __future__ import annotations

import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk.desk import Desk
from desk.errors import DeskError, NoSuchHandoff, NotPossible
from desk.handoff import Event
from desk.key import load_key
from desk.settings import Settings
from tests.desk.conftest import MORNING, Clock, bytes_of


def test_a_second_wish_returns_the_same_hand_off_with_its_place(desk: Desk) -> None:
    first, second = desk.wish("a"), desk.wish("b")
    assert desk.wish("b") == second
    assert [desk.handoffs.place(found) for found in (first, second)] == [1, 2]


def test_the_queue_moves_up_and_urgent_ones_go_first(desk: Desk) -> None:
    first, second = desk.wish("a"), desk.wish("b")
    urgent = desk.wish("c", urgent=True)
    assert [found.id for found in desk.handoffs.in_state()] == [urgent.id, first.id, second.id]
    assert desk.handoffs.place(second) == 3
    taken = desk.handoffs.apply(urgent.id, Event("take", MORNING, by="甲"))
    assert desk.handoffs.place(taken) is None
    assert desk.handoffs.place(second) == 2


def test_everything_survives_a_restart(desk: Desk, settings: Settings, clock: Clock) -> None:
    waiting = desk.wish("a", text="找人")
    desk.handoffs.apply(waiting.id, Event("take", MORNING, by="甲"))
    desk.happen("a", "say", "我的事没办成")
    desk.handoffs.apply(waiting.id, Event("reply", MORNING), "您好")
    desk.close()
    again = Desk.open(settings, clock)
    assert again.handoff("a").state == "taken"
    said = [(m.author, m.text) for m in again.handoffs.messages(waiting.id)]
    assert said == [("citizen", "我的事没办成"), ("person", "您好")]
    assert [m.text for m in again.handoffs.messages(waiting.id, author="person")] == ["您好"]


def test_two_processes_see_one_queue_and_only_one_takes(desk: Desk, settings: Settings, clock: Clock) -> None:
    number = desk.wish("a").id
    others = [Desk.open(settings, clock) for _ in range(6)]

    def take(pair: tuple[int, Desk]) -> bool:
        try:
            pair[1].handoffs.apply(number, Event("take", MORNING, by=f"person {pair[0]}"))
        except NotPossible:
            return False
        return True

    with ThreadPoolExecutor() as pool:
        assert sum(pool.map(take, enumerate(others))) == 1
    assert desk.handoff("a").state == "taken"


def test_a_refused_event_leaves_nothing_behind(desk: Desk) -> None:
    number = desk.wish("a").id
    with pytest.raises(NotPossible):
        desk.handoffs.apply(number, Event("reply", MORNING), "您好")
    assert desk.handoffs.messages(number) == []
    with pytest.raises(NoSuchHandoff):
        desk.handoffs.apply(99, Event("end", MORNING))


def test_who_it_was_is_only_in_the_file_while_the_hand_off_is_open(desk: Desk, settings: Settings) -> None:
    number = desk.wish("openid-of-a-person", channel="wechat").id
    desk.leave_contact("openid-of-a-person", "13800138000")
    assert desk.handoffs.by_id(number).contact == "13800138000"
    assert b"openid-of-a-person" in bytes_of(settings)
    desk.handoffs.apply(number, Event("end", MORNING, by="desk"))
    desk.close()  # the write-ahead log goes into the file
    kept = bytes_of(settings)
    assert b"openid-of-a-person" not in kept
    assert b"13800138000" not in kept


def test_a_contact_needs_an_open_hand_off(desk: Desk, settings: Settings) -> None:
    with pytest.raises(NotPossible):
        desk.leave_contact("a", "13800138000")
    assert b"13800138000" not in bytes_of(settings)


def test_long_numbers_are_hidden_whoever_let_them_through(desk: Desk, settings: Settings) -> None:
    number = "370302199001011234"
    desk.wish("a", text=f"我是{number}")
    desk.review(f"查{number}", "zhoucun", [("birth", 0.3)], "clarify")
    desk.rate("a", 1, "birth", "zhoucun", f"不满意，{number}")
    desk.handoffs.apply(desk.handoff("a").id, Event("take", MORNING, by="甲"))
    desk.happen("a", "say", number)
    assert number.encode() not in bytes_of(settings)


def test_ratings_have_no_sender_and_a_later_one_replaces(desk: Desk, settings: Settings) -> None:
    desk.rate("some-sender", 1, "birth", "zhoucun")
    desk.rate("some-sender", 5, "birth", "zhoucun", "后来好了")
    desk.rate("other", 3, "birth", "zhoucun")
    with sqlite3.connect(settings.database) as connection:
        rows = connection.execute("SELECT level, words, scenario, region FROM rating ORDER BY level")
        assert rows.fetchall() == [(3, "", "birth", "zhoucun"), (5, "后来好了", "birth", "zhoucun")]
    assert b"some-sender" not in bytes_of(settings)


def test_a_conversation_that_everybody_left_goes_back_to_the_assistant(desk: Desk, clock: Clock) -> None:
    number = desk.wish("a").id
    desk.handoffs.apply(number, Event("take", MORNING, by="甲"))
    clock.at += 119 * 60
    assert desk.handoff("a").state == "taken"
    clock.at += 2 * 60
    assert desk.handoff("a").state == "ended"
    assert desk.handoff("a").ended_by == "expire"


def test_keeping_a_message_takes_no_time(desk: Desk) -> None:
    began = time.perf_counter()
    for _ in range(100):
        desk.handoff("a")
        desk.review("不知道说什么", "zhoucun", [("birth", 0.3)], "clarify")
    assert (time.perf_counter() - began) / 100 < 0.002


def test_the_key_is_made_once_and_readable_by_its_owner_only(settings: Settings) -> None:
    with ThreadPoolExecutor() as pool:
        keys = set(pool.map(lambda _: load_key(None, settings.key_file), range(8)))
    assert keys == {load_key(None, settings.key_file)}
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    assert [path.name for path in settings.key_file.parent.iterdir()] == ["key"]
    assert load_key("x" * 16, settings.key_file) not in keys
    with pytest.raises(DeskError, match="太短"):
        load_key("short", settings.key_file)


def test_another_key_is_another_name() -> None:
    one, other = (load_key(letter * 16, Settings.from_environment({}).key_file) for letter in "ab")
    assert one.hash("u") != other.hash("u")
    assert one.hash("u") == one.hash("u")
    assert one.hash("ab", "c") != one.hash("a", "bc")


def test_a_file_of_a_newer_version_is_refused(settings: Settings) -> None:
    with sqlite3.connect(settings.database) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(DeskError, match="99"):
        Desk.open(settings)
