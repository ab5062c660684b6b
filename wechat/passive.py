"""Passive replies: what goes back in the answer to a delivery."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from wechat.crypto import Crypto
from wechat.document import Fields, Item, write
from wechat.receive import Received
from wechat.settings import Account
from wechat.signature import sign

# Tells WeChat that the message has arrived and that no reply comes with it.
NOTHING = "success"


@dataclass(frozen=True)
class Link:
    """A news card that opens a page."""

    title: str
    description: str
    url: str


@dataclass(frozen=True)
class Answer:
    """What a person reads: a text of at most 2,048 bytes, or a link in its place; an empty one says nothing."""

    text: str = ""
    link: Link | None = None

    def to_json(self) -> str:
        """As it is kept with the delivery."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, kept: str) -> Answer:
        """Back from there; an empty text is an empty answer."""
        found = json.loads(kept) if kept else {}
        link = found.get("link")
        return cls(found.get("text", ""), Link(**link) if link else None)


def passive_reply(account: Account, received: Received, answer: Answer, at: float) -> str:
    """The body that answers a delivery, encrypted where the delivery was."""
    if not answer.text and answer.link is None:
        return NOTHING
    message, created = received.message, int(at)
    fields: dict[str, str | int | Sequence[Item]] = {
        "ToUserName": message.sender,
        "FromUserName": message.account,
        "CreateTime": created,
    }
    if answer.link:
        article = {
            "Title": answer.link.title,
            "Description": answer.link.description,
            "PicUrl": "",
            "Url": answer.link.url,
        }
        fields |= {"MsgType": "news", "ArticleCount": 1, "Articles": [article]}
    else:
        fields |= {"MsgType": "text", "Content": answer.text}
    plain = write(fields, received.format)
    return _sealed(account, received, plain, created) if received.encrypted else plain


def _sealed(account: Account, received: Received, plain: str, created: int) -> str:
    encrypted = Crypto(account.aes_key, account.app_id).encrypt(plain)
    nonce = secrets.token_hex(8)
    fields: Fields = {
        "Encrypt": encrypted,
        "MsgSignature": sign(account.token, str(created), nonce, encrypted),
        "TimeStamp": created,
        "Nonce": nonce,
    }
    return write(fields, received.format)
