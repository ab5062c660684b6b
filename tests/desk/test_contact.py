"""A contact leaves the message before anything else reads it, and is kept only where it is wanted."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.channels.contact import contact_in, message_of, with_contact
from bot.channels.incoming import Incoming, read
from desk.desk import Desk
from desk.errors import DeskError


def incoming(text: str) -> tuple[Incoming, str]:
    body = json.dumps({"sender": "u", "message": text}).encode()
    return read(body), message_of(body)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("联系方式：13800138000", "13800138000"),
        ("我的联系方式是 138 0013 8000", "138 0013 8000"),
        ("联系方式:0533-1234567 王女士", "0533-1234567 王女士"),
        ("联系方式：微信 wang_2026", "微信 wang_2026"),
        ("联系方式：a@example.org", "a@example.org"),
        ("联系方式", None),
        ("联系方式怎么变更", None),
        ("派出所的联系方式：是多少", None),
        ("我的身份证是370302199001011234", None),
        ("13800138000", None),
    ],
)
def test_which_messages_give_one(text: str, contact: str | None) -> None:
    assert contact_in(text) == contact


def test_it_is_kept_and_hidden_where_a_hand_off_is_open(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk.wish("u")
    passed = with_contact(*incoming("联系方式：13800138000"), lambda: desk)
    assert desk.handoff("u").contact == "13800138000"
    assert "1380" not in str(passed)
    assert passed.metadata == {"contact": "kept"}
    assert "1380" not in caplog.text


def test_it_is_masked_and_not_kept_where_none_is_open(desk: Desk) -> None:
    passed = with_contact(*incoming("联系方式：13800138000"), lambda: desk)
    assert passed == incoming("联系方式：13800138000")[0]
    assert passed.metadata["masked"] == ["mobile"]


def test_a_broken_store_loses_it_but_not_the_message(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> Desk:
        raise DeskError("gone")

    passed = with_contact(*incoming("联系方式：13800138000"), fail)
    assert "contact" not in passed.metadata
    assert "gone" in caplog.text and "1380" not in caplog.text


def test_nobody_but_the_channel_says_that_it_was_kept() -> None:
    body: dict[str, Any] = {"sender": "u", "message": "你好", "metadata": {"contact": "kept"}}
    assert with_contact(read(json.dumps(body).encode()), "你好", lambda: None).metadata == {}  # type: ignore[arg-type,return-value]


def test_other_messages_do_not_touch_the_desk(tmp_path: Path) -> None:
    def fail() -> Desk:
        raise AssertionError("the desk was opened")

    message, said = incoming("我家宝宝出生了")
    assert with_contact(message, said, fail) == message
