"""The REST channel's own endings: whatever happens inside, a person gets words and a card."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockError

from bot.channels import answering, wording
from bot.channels.incoming import Incoming, read
from bot.channels.rest import RestInput

SCHEMA = json.loads(Path("docs/contract/reply.schema.json").read_text())
HELLO = Incoming("u1", "u1", "你好", {"region": "changle"})


def answer(handler: Any, incoming: Incoming = HELLO) -> list[dict[str, Any]]:
    return asyncio.run(RestInput().answer(handler, incoming))


def assert_error(messages: list[dict[str, Any]], text: str) -> None:
    cards = [found["custom"] for found in messages if "custom" in found]
    assert [card["kind"] for card in cards] == ["error"]
    jsonschema.validate(cards[0], SCHEMA)
    assert messages[0]["text"] == text
    assert cards[0]["options"] == [{"label": wording.RETRY, "payload": "你好"}]


def test_messages_come_back_as_rasa_lists_them() -> None:
    async def handler(message: UserMessage) -> None:
        await message.output_channel.send_response("u1", {"text": message.text, "custom": message.metadata})

    assert answer(handler) == [
        {"recipient_id": "u1", "text": "你好"},
        {"recipient_id": "u1", "custom": {"region": "changle"}},
    ]


def test_the_name_and_so_the_address_is_rasas_own() -> None:
    assert RestInput.name() == "rest"


def test_silence_inside_is_an_error_card() -> None:
    async def handler(_: UserMessage) -> None:
        return None

    assert_error(answer(handler), wording.FAILED)


def test_a_failure_inside_is_an_error_card_without_its_reason() -> None:
    async def handler(_: UserMessage) -> None:
        raise RuntimeError("secret detail")

    messages = answer(handler)
    assert_error(messages, wording.FAILED)
    assert "secret" not in json.dumps(messages)


def test_a_locked_conversation_asks_for_patience() -> None:
    async def handler(_: UserMessage) -> None:
        raise LockError("locked")

    assert_error(answer(handler), wording.BUSY)


def test_an_answer_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "ANSWER_SECONDS", 0.01)

    async def handler(_: UserMessage) -> None:
        await asyncio.sleep(5)

    assert_error(answer(handler), wording.FAILED)


def test_a_sender_that_is_a_telephone_number_is_only_given_back() -> None:
    seen = []

    async def handler(message: UserMessage) -> None:
        seen.append(message.sender_id)
        await message.output_channel.send_text_message(message.sender_id, "好")

    messages = answer(handler, read(b'{"sender": "13800138000", "message": "hi"}'))
    assert messages[0]["recipient_id"] == "13800138000"
    assert "1380" not in seen[0]
