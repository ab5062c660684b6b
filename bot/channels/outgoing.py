"""Replies that a channel makes itself when the dialogue gave none: the ending `error` of reply/1."""

from __future__ import annotations

from typing import Any

from bot.channels import wording

RETRY_LIMIT = 200


def error_messages(recipient: str, text: str, again: str) -> list[dict[str, Any]]:
    """Rasa's message list for a failure: plain text, a button that sends the message again, and the card."""
    options = [{"label": wording.RETRY, "payload": again}] if 0 < len(again) <= RETRY_LIMIT else []
    spoken: dict[str, Any] = {"recipient_id": recipient, "text": text}
    if options:
        spoken["buttons"] = [{"title": option["label"], "payload": option["payload"]} for option in options]
    card = {"schema": "reply/1", "kind": "error", "region": None, "audience": None, "options": options}
    return [spoken, {"recipient_id": recipient, "custom": card}]
