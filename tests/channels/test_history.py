"""History: the tracker's events and a person's words in one order; each message with its own answer."""

from __future__ import annotations

from typing import Any

from bot.channels import wording
from bot.channels.history import answer_to, entries
from desk.handoffs import Message

CARD = {
    "schema": "reply/1",
    "options": [{"label": "有贷款", "payload": '/choose{"payload":"fact:mortgage=yes"}'}],
}


def user(at: float, text: str, message_id: str | None = None, label: str | None = None) -> dict[str, Any]:
    metadata = {"label": label} if label else {}
    return {"event": "user", "timestamp": at, "text": text, "message_id": message_id, "metadata": metadata}


def bot(at: float, text: str | None, card: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"event": "bot", "timestamp": at, "text": text, "data": {"custom": card}}


def test_everything_stands_in_the_order_in_which_it_was_said() -> None:
    events = [
        user(1.0, "转人工"),
        {"event": "slot"},
        bot(1.1, "请稍等", CARD),
        user(3.0, "在吗"),
        bot(3.1, "已转过去"),
    ]
    told = entries(events, [Message(1, "person", "您好", 2.0)])
    assert [(e.author, e.text) for e in told] == [
        ("citizen", "转人工"),
        ("assistant", "请稍等"),
        ("person", "您好"),
        ("citizen", "在吗"),
        ("assistant", "已转过去"),
    ]
    assert told[1].card == CARD
    assert [e.n for e in told] == sorted({e.n for e in told})


def test_numbers_grow_even_where_two_things_were_said_at_once() -> None:
    told = entries([user(1.0, "a"), bot(1.0, "b"), bot(1.0, "c")])
    assert [e.n for e in told] == [1_000_000, 1_000_001, 1_000_002]


def test_a_tap_reads_as_its_button() -> None:
    tap = '/choose{"payload":"fact:mortgage=yes"}'
    assert [e.text for e in entries([user(1, "买房"), bot(2, "问", CARD), user(3, tap)])][-1] == "有贷款"
    assert entries([user(1, tap, label="有按揭")])[0].text == "有按揭"
    assert entries([user(1, tap)])[0].text == wording.TAPPED


def test_a_label_beside_plain_words_is_not_shown_in_their_place() -> None:
    assert entries([user(1, "买房", label="别的话")])[0].text == "买房"


def test_an_answer_is_found_by_its_messages_id() -> None:
    events = [user(1, "一", "id-1"), bot(2, "甲"), user(3, "二", "id-2"), bot(5, "乙")]
    told = entries(events, [Message(1, "person", "我来了", 4.0)])
    assert [e.text for e in answer_to(told, "id-2")] == ["二", "我来了", "乙"]
    assert [e.text for e in answer_to(told, "id-1")] == ["一", "甲"]
    assert answer_to(told, "id-3") == []


def test_a_message_without_an_answer_is_open_and_counts_once_when_sent_again() -> None:
    events = [user(1, "一", "id-1"), user(3, "一", "id-1"), bot(4, "甲")]
    assert answer_to(entries(events[:1]), "id-1") == []
    assert [e.text for e in entries(events)] == ["一", "甲"]
