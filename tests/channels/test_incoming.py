"""What a request becomes before the dialogue sees it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.incoming import (
    BODY_LIMIT,
    EMPTY,
    TEXT_LIMIT,
    WECHAT,
    BadRequest,
    Incoming,
    make,
    read,
)


def message(text: object, **more: object) -> Incoming:
    return read(json.dumps({"sender": "u1", "message": text, **more}).encode())


def test_region_and_audience_go_on_and_the_rest_is_left_behind() -> None:
    metadata = {
        "region": "changle",
        "audience": "individual",
        "x": {"a": 1},
        "n": 3,
        "坏": "x",
        "long": "x" * 999,
    }
    assert message("你好", metadata=metadata).metadata == {"region": "changle", "audience": "individual"}


@pytest.mark.parametrize("metadata", [None, [], "region", 3])
def test_metadata_of_another_shape_is_none(metadata: object) -> None:
    assert message("你好", metadata=metadata).metadata == {}


@pytest.mark.parametrize("text", ["", "   ", "\n\t", None, "\u200b\u202e", "/", "// /"])
def test_nothing_said_is_a_payload_of_its_own(text: object) -> None:
    assert message(text).text == EMPTY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/restart", "restart"),
        ("/session_start", "session_start"),
        ("//greet@0.9{}", "greet@0.9{}"),
        ("/life_event__birth", "life_event__birth"),
        ("/choose", "choose"),
        ('/choose{"payload":{"a":1}}', 'choose{"payload":{"a":1}}'),
        ('/choose{"payload":"a"} /restart', 'choose{"payload":"a"} /restart'),
        ("/choose{坏}", "choose{坏}"),
        ("买房/卖房", "买房/卖房"),
    ],
)
def test_a_typed_slash_commands_nothing(text: str, expected: str) -> None:
    assert message(text).text == expected


@pytest.mark.parametrize(
    "payload", ["/restart_guidance", "/empty_message", '/choose{"payload":"matter:zhoucun.individual.57"}']
)
def test_the_payloads_of_our_own_buttons_go_on(payload: str) -> None:
    assert message(payload).text == payload


@given(st.text())
def test_any_text_becomes_plain_text_or_a_known_payload(text: str) -> None:
    found = message(text).text
    assert found
    assert not found.startswith("/") or found in ("/restart_guidance", EMPTY) or found.startswith("/choose{")
    found.encode()


def test_control_bidi_zero_width_and_broken_characters_go() -> None:
    body = b'{"sender":"u1","message":"\\ud800\\u4f60\\u202e\\u597d\\u200b\\u0007\\r\\n\\u4e8c"}'
    assert read(body).text == "你好\n二"


def test_a_long_message_is_cut_after_masking_and_says_so() -> None:
    found = message("好" * (TEXT_LIMIT - 6) + "13800138000" + "坏" * 6000)
    assert len(found.text) <= TEXT_LIMIT
    assert "1380" not in found.text
    assert found.metadata == {"masked": ["mobile"], "truncated": True}


def test_who_sends_cannot_claim_that_something_was_masked() -> None:
    assert message("你好", metadata={"masked": "x", "truncated": "y"}).metadata == {}


def test_personal_numbers_in_metadata_and_sender_are_not_kept() -> None:
    found = message("你好", sender="13800138000", metadata={"note": "13800138000"})
    assert found.sender == "13800138000"
    assert "1380" not in found.conversation
    assert found.metadata["note"] == "［手机号］"
    assert found.conversation == message("再见", sender="13800138000").conversation


@pytest.mark.parametrize("sender", [None, "", " \u200b"])
def test_without_a_sender_there_is_a_new_one_each_time(sender: object) -> None:
    first, second = message("你好", sender=sender), message("你好", sender=sender)
    assert first.sender and first.sender != second.sender


def test_a_sender_may_be_a_number() -> None:
    assert message("你好", sender=42).conversation == "42"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"message=hi", 400),
        (b"\xff\xfe\x00", 400),
        (b"[1]", 400),
        (b"[" * 100_000, 400),
        (b'{"message": 5}', 400),
        (b'{"message": ["x"]}', 400),
        (b'{"message": "x", "sender": {}}', 400),
        (b'{"message": "x", "sender": true}', 400),
        (b'{"message": "' + b"x" * BODY_LIMIT + b'"}', 413),
    ],
)
def test_what_is_no_message_is_refused_in_chinese(body: bytes, status: int) -> None:
    with pytest.raises(BadRequest) as refused:
        read(body)
    assert refused.value.status == status
    assert any("\u4e00" <= c <= "\u9fff" or c.isascii() for c in str(refused.value))


@given(st.binary(max_size=200))
def test_no_body_makes_it_fall_over(body: bytes) -> None:
    try:
        read(body)
    except BadRequest as refused:
        assert refused.status in (400, 413)


def test_a_conversation_of_wechats_is_not_opened_by_its_name() -> None:
    named = f"{WECHAT}0123456789abcdef"
    assert not read(json.dumps({"sender": named, "message": "你好"}).encode()).conversation.startswith(WECHAT)
    assert make(named, named, "你好", {}).conversation == named
