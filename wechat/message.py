"""A message or event as it came from WeChat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wechat.errors import Refused

FIELD_LIMIT = 8192


@dataclass(frozen=True)
class Message:
    """What was sent, by whom (`sender` is the OpenID), to which account.

    `kind` and `event` are in lower case; a short video is a video.
    """

    sender: str
    account: str
    created: str
    kind: str
    event: str = ""
    key: str = ""
    text: str = ""
    number: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """What two deliveries of the same message share: MsgId, or sender and time (and the event)."""
        if self.number:
            return (self.number,)
        return (self.sender, self.created, self.event, self.key)


def from_fields(fields: Mapping[str, str]) -> Message:
    """The message in a document's fields; raises Refused where it has no sender, time or type.

    `text` is what was typed, what WeChat recognised of a voice message, or the label of a location.
    """
    if any(len(value) > FIELD_LIMIT for value in fields.values()):
        raise Refused("too large")
    kind = fields.get("MsgType", "").lower().replace("shortvideo", "video")
    said = {"text": "Content", "voice": "Recognition", "location": "Label"}.get(kind)
    message = Message(
        sender=fields.get("FromUserName", ""),
        account=fields.get("ToUserName", ""),
        created=fields.get("CreateTime", ""),
        kind=kind,
        event=fields.get("Event", "").lower() if kind == "event" else "",
        key=fields.get("EventKey", ""),
        text=fields.get(said, "") if said else "",
        number=fields.get("MsgId", ""),
    )
    if not (message.sender and message.account and message.kind and message.created):
        raise Refused("malformed")
    return message
