"""What is too old is gone, also from the bytes of the files; what is not stays."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.launcher.retention import Retention
from bot.launcher.settings import Settings as LauncherSettings
from desk.desk import Desk
from desk.handoff import Event
from desk.retention import SECONDS_A_DAY, delete_old
from desk.settings import ROOT, Settings
from tests.desk.conftest import MORNING, Clock, bytes_of

OLD, NEW = "早先说过的话", "刚刚说过的话"
# As Rasa's SQLTrackerStore makes it.
EVENTS = (
    "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, type_name VARCHAR(255) NOT NULL,"
    " timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"
)


def fill(settings: Settings, at: float, text: str) -> None:
    """One of everything, at that time."""
    desk = Desk.open(settings, Clock(at))
    number = desk.wish(text, text=text).id
    desk.handoffs.apply(number, Event("take", at, by="甲"))
    desk.happen(text, "say", text)
    desk.handoffs.apply(number, Event("reply", at), text)
    desk.rate("u", 3, text, "zhoucun", text)
    desk.review(text, "zhoucun", [], "clarify")
    desk.clerks.arrive(text, "session", at, 180)
    desk.close()
    with sqlite3.connect(settings.conversations) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            connection.execute(EVENTS)
        connection.execute(
            "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES ('u', 'user', ?, ?)",
            (at, text),
        )
    connection.close()


def test_old_rows_leave_the_files_and_new_ones_stay(settings: Settings) -> None:
    fill(settings, MORNING - 366 * SECONDS_A_DAY, OLD)
    fill(settings, MORNING - 364 * SECONDS_A_DAY, NEW)
    assert OLD.encode() in bytes_of(settings)
    gone = delete_old(settings, now=MORNING)
    assert gone == {"events": 1, "handoff": 1, "message": 2, "rating": 1, "review": 1, "clerk": 1}
    kept = bytes_of(settings)
    assert OLD.encode() not in kept
    assert NEW.encode() in kept
    with sqlite3.connect(settings.database) as connection:
        for table, count in {"handoff": 1, "message": 2, "rating": 1, "review": 1, "clerk": 1}.items():
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == count, table


def test_it_works_while_the_assistant_has_the_files_open(settings: Settings) -> None:
    fill(settings, MORNING - 400 * SECONDS_A_DAY, OLD)
    desk = Desk.open(settings, Clock(MORNING))
    desk.handoff("u")
    conversations = sqlite3.connect(settings.conversations)
    conversations.execute("SELECT count(*) FROM events").fetchone()
    delete_old(settings, now=MORNING)
    desk.review(NEW, "zhoucun", [], "clarify")
    assert OLD.encode() not in bytes_of(settings)
    conversations.close()
    desk.close()


def test_nothing_to_delete_from_is_no_error(settings: Settings) -> None:
    assert delete_old(settings) == {"events": 0}
    assert not settings.database.exists()


def command(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"YILIANBAN_CONVERSATIONS": str(settings.conversations), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "desk", "retention", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_command(settings: Settings) -> None:
    fill(settings, time.time() - 40 * SECONDS_A_DAY, OLD)
    done = command(settings)
    assert done.returncode == 0 and "365" in done.stdout, done.stderr
    assert OLD.encode() in bytes_of(settings)
    done = command(settings, "--days", "30")
    assert "对话记录 1 条" in done.stdout and "评价 1 条" in done.stdout
    assert OLD.encode() not in bytes_of(settings)


@pytest.mark.parametrize("days", ["0", "-3", "x"])
def test_senseless_days_delete_nothing(settings: Settings, days: str) -> None:
    fill(settings, time.time() - 400 * SECONDS_A_DAY, OLD)
    assert command(settings, "--days", days).returncode == 2
    assert OLD.encode() in bytes_of(settings)


def test_a_broken_file_is_told(settings: Settings) -> None:
    settings.conversations.write_bytes(b"this is not a database " * 100)
    done = command(settings)
    assert done.returncode == 1
    assert done.stderr.startswith("ERROR")


def test_the_launcher_runs_it_every_day(settings: Settings, tmp_path: Path) -> None:
    fill(settings, time.time() - 400 * SECONDS_A_DAY, OLD)
    launcher = LauncherSettings("127.0.0.1", 5005, settings.conversations, tmp_path / "logs")
    early = Retention(launcher)
    assert early.watch() == [] and early.child is None
    due = Retention(launcher, first=0)
    assert due.watch() == [] and due.child is not None
    pid, until = due.child.pid, time.monotonic() + 30
    while due.child.status() is None and time.monotonic() < until:
        time.sleep(0.05)
    assert due.watch() == [] and due.child.pid == pid, "it ran again within the day"
    due.stop()
    assert OLD.encode() not in bytes_of(settings)
