"""Forgetting a conversation: its events, hand-offs, words and contact go; others stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desk.desk import Desk
from desk.forgetting import forget
from desk.handoff import Event
from desk.settings import Settings


def settings_in(folder: Path) -> Settings:
    return Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(folder / "conversations.db")})


@pytest.fixture
def conversations(tmp_path: Path) -> Settings:
    """Events of two conversations, as Rasa's tracker store keeps them."""
    settings = settings_in(tmp_path)
    with closing(sqlite3.connect(settings.conversations)) as connection, connection:
        connection.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        rows = [("mine", "暗号一"), ("mine", "暗号二"), ("other", "别人的话")]
        connection.executemany("INSERT INTO events (sender_id, data) VALUES (?, ?)", rows)
    return settings


def test_only_this_conversations_events_go_and_are_overwritten(conversations: Settings) -> None:
    assert forget(conversations, "mine") == 2
    with closing(sqlite3.connect(conversations.conversations)) as connection:
        assert connection.execute("SELECT sender_id FROM events").fetchall() == [("other",)]
    assert "暗号".encode() not in conversations.conversations.read_bytes()
    assert forget(conversations, "mine") == 0


def test_where_nothing_was_said_yet_nothing_is_made(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert forget(settings, "mine") == 0
    assert not settings.conversations.exists()


def test_the_desk_forgets_words_contact_and_place_in_the_queue(desk: Desk) -> None:
    desk.wish("other", text="转人工")
    number = desk.wish("mine", text="转人工").id
    desk.leave_contact("mine", "13800138000")
    desk.handoffs.apply(number, Event("take", desk.now(), by="甲"))
    desk.happen("mine", "say", "我的话")
    desk.handoffs.apply(number, Event("reply", desk.now()), "您好")
    assert [message.text for message in desk.said("mine", "person")] == ["您好"]
    assert desk.handoffs.last_said(desk.handoff("mine").conversation, "person") > 0
    desk.forget("mine")
    assert desk.handoff("mine").state == "none"
    assert desk.said("mine", "person") == desk.said("mine", "citizen") == []
    assert desk.handoffs.messages(number) == []
    assert desk.handoff("other").state == "waiting"


def test_messages_for_review_go_with_the_conversation_that_they_came_from(desk: Desk) -> None:
    for text in ("写首诗", "写首歌"):
        desk.review(text, "changle", (), "out_of_scope")
    desk.forget("mine", [("写首诗", desk.now() - 1), ("写首歌", desk.now() - 3600)])
    left = desk._connection.execute("SELECT text FROM review").fetchall()
    assert [row["text"] for row in left] == ["写首歌"]
