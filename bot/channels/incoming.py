"""A message on its way in: cleaned, masked, cut, and kept from being taken for a command. No rasa in here."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels import wording
from bot.privacy import mask

TEXT_LIMIT = 4000
BODY_LIMIT = 256 * 1024
SENDER_LIMIT = 128
PAYLOAD_LIMIT = 1000
METADATA_LIMIT = 16
VALUE_LIMIT = 200
EMPTY = "/empty_message"
# The portal's conversations belong to signed sessions: who only knows the name of one cannot name it as a sender.
SESSION = "session-"
# The only commands that the bot's own buttons send; whatever else starts with a slash is somebody's text.
PLAIN_PAYLOADS = ("/restart_guidance", EMPTY)
_CHOICE = re.compile(r"/choose(\{.*\})", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_KEPT_CONTROLS = "\n\t"
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")


class BadRequest(Exception):
    """A request that no message can be made of; carries the HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Incoming:
    """What goes on to the dialogue: nothing in it is personal, long or a foreign command."""

    sender: str
    conversation: str
    text: str
    metadata: Mapping[str, Any]


def clean(text: str) -> str:
    """The text without control, bidirectional, zero-width and broken characters; line breaks become plain ones."""
    text = _BREAKS.sub("\n", text)
    kept = [c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cf", "Cs")]
    return "".join(kept).strip()


def payload(text: str) -> str | None:
    """The text if it is one of the bot's own payloads, in canonical form; else None."""
    if text in PLAIN_PAYLOADS:
        return text
    choice = _CHOICE.fullmatch(text)
    if not choice or len(text) > PAYLOAD_LIMIT:
        return None
    try:
        chosen = json.loads(choice[1])
    except (ValueError, RecursionError):
        return None
    plain = all(
        _NAME.fullmatch(name) and isinstance(value, str | int | None) for name, value in chosen.items()
    )
    return f"/choose{json.dumps(chosen, ensure_ascii=False, separators=(',', ':'))}" if plain else None


def as_text(text: str) -> str:
    """What a person typed, so that no leading slash makes a command of it."""
    return payload(text) or text.lstrip("/ \n\t") or EMPTY


def _sender(given: Any) -> tuple[str, str]:
    """The sender as it is given back, and the conversation's id, which is never a personal number."""
    if given is None or isinstance(given, bool) or not isinstance(given, str | int):
        if given is not None:
            raise BadRequest(wording.SENDER_NOT_TEXT)
        given = ""
    sender = clean(str(given)) or f"guest-{uuid.uuid4().hex}"
    if len(sender) > SENDER_LIMIT or mask(sender).kinds or sender.startswith(SESSION):
        return sender[:SENDER_LIMIT], "sender-" + hashlib.sha256(sender.encode()).hexdigest()[:32]
    return sender, sender


def _metadata(given: Any) -> dict[str, Any]:
    """Small strings under plain names; whatever else was sent is left behind."""
    if not isinstance(given, dict):
        return {}
    kept = {
        name: mask(clean(value)).text
        for name, value in given.items()
        if _NAME.fullmatch(name)
        and name not in ("masked", "truncated")
        and isinstance(value, str)
        and len(value) <= VALUE_LIMIT
    }
    return dict(list(kept.items())[:METADATA_LIMIT])


def read(body: bytes) -> Incoming:
    """Makes a message of a request's body; raises BadRequest where there can be none."""
    if len(body) > BODY_LIMIT:
        raise BadRequest(wording.BODY_TOO_LARGE, 413)
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(wording.NOT_JSON) from None
    if not isinstance(request, dict):
        raise BadRequest(wording.NOT_AN_OBJECT)
    message = request.get("message")
    if message is not None and not isinstance(message, str):
        raise BadRequest(wording.MESSAGE_NOT_TEXT)
    sender, conversation = _sender(request.get("sender"))
    return make(sender, conversation, message or "", request.get("metadata"))


def make(sender: str, conversation: str, message: str, given: Any) -> Incoming:
    """Makes a message for a conversation of what somebody typed or tapped: cleaned, masked, cut."""
    masked = mask(clean(message))
    metadata = _metadata(given)
    if masked.kinds:
        metadata["masked"] = list(masked.kinds)
    if len(masked.text) > TEXT_LIMIT:
        metadata["truncated"] = True
    return Incoming(sender, conversation, as_text(masked.text[:TEXT_LIMIT].strip()), metadata)
