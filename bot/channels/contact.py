"""A contact that a person gives so that somebody calls back: kept by the desk, seen by nothing else.

Every other number is masked before anything reads it; this one words-and-purpose form is the exception.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace

from bot.channels.incoming import Incoming, clean
from desk.desk import Desk
from desk.errors import DeskError, NotPossible

HIDDEN = "联系方式：［已另存］"
_GIVEN = re.compile(r"(?:我的)?联系方式(?:是|为)?\s*[:：]?\s*(?P<contact>\S.{3,98}\S)")
logger = logging.getLogger(__name__)


def contact_in(text: str) -> str | None:
    """The contact in a message that consists of 联系方式 and it; it has to hold a number or an address."""
    match = _GIVEN.fullmatch(clean(text))
    contact = match["contact"] if match else ""
    return contact if re.search(r"\d{5}|@|[A-Za-z0-9_-]{6}", re.sub(r"[ -]", "", contact)) else None


def message_of(body: bytes) -> str:
    """The message of a REST request that has been read already; empty where it has none."""
    message = json.loads(body).get("message")
    return message if isinstance(message, str) else ""


def with_contact(incoming: Incoming, said: str, desk: Callable[[], Desk]) -> Incoming:
    """The message as the dialogue may see it. The contact in what was said is kept where a hand-off is open.

    Where none is open the message goes on as it is: masked, and told so.
    """
    incoming = replace(incoming, metadata={k: v for k, v in incoming.metadata.items() if k != "contact"})
    contact = contact_in(said)
    if contact is None:
        return incoming
    try:
        desk().leave_contact(incoming.conversation, contact)
    except NotPossible:
        return incoming
    except (DeskError, sqlite3.Error, OSError):
        logger.exception("a contact could not be kept in conversation %s", incoming.conversation)
        return incoming
    metadata = {name: value for name, value in incoming.metadata.items() if name != "masked"}
    return replace(incoming, text=HIDDEN, metadata={**metadata, "contact": "kept"})
