"""What WeChat's servers send to us: checked, decrypted, read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wechat.crypto import Crypto
from wechat.document import Format, read
from wechat.errors import Refused
from wechat.message import Message, from_fields
from wechat.nonces import Nonces
from wechat.settings import Account
from wechat.signature import matches

BODY_LIMIT = 64 * 1024
PART_LIMIT = 128
CLOCK_SECONDS = 300.0
Query = Mapping[str, str]


@dataclass(frozen=True)
class Received:
    """A message, and how its answer has to be written."""

    message: Message
    format: Format
    encrypted: bool


class Receiver:
    """Takes requests for one account; `hash` names messages without saying whose they are."""

    def __init__(
        self, account: Account, nonces: Nonces, hash: Callable[..., str], now: Callable[[], float]
    ) -> None:
        self._account, self._nonces, self._hash, self._now = account, nonces, hash, now
        self._crypto = Crypto(account.aes_key, account.app_id) if account.aes_key else None

    def verify(self, query: Query) -> str:
        """What has to be answered when the address is entered in WeChat's console; raises Refused."""
        self._check_origin(query)
        echo = _part(query, "echostr")
        self._use_nonce(query, echo)
        return echo

    def receive(self, query: Query, body: bytes) -> Received:
        """The message in a request; raises Refused."""
        if len(body) > BODY_LIMIT:
            raise Refused("too large")
        self._check_origin(query)
        document = read(body)
        encrypted = query.get("encrypt_type") == "aes" or "Encrypt" in document.fields
        fields = document.fields
        if encrypted:
            fields = read(self._decrypted(query, fields.get("Encrypt", ""))).fields
        elif self._account.mode == "safe":
            raise Refused("mode")
        message = from_fields(fields)
        self._use_nonce(query, self.name(message))
        return Received(message, document.format, encrypted)

    def name(self, message: Message) -> str:
        """The same for every delivery of a message, and nobody's name."""
        return self._hash("wechat message", self._account.app_id, *message.identity)

    def _check_origin(self, query: Query) -> None:
        """Signature and time; the nonce is used up only by a request that is right otherwise."""
        timestamp, nonce = _part(query, "timestamp"), _part(query, "nonce")
        if not matches(_part(query, "signature"), self._account.token, timestamp, nonce):
            raise Refused("signature")
        if not timestamp.isascii() or not timestamp.isdigit():
            raise Refused("timestamp")
        if abs(self._now() - int(timestamp)) > CLOCK_SECONDS:
            raise Refused("timestamp")

    def _use_nonce(self, query: Query, content: str) -> None:
        name = f"{self._account.app_id} {_part(query, 'timestamp')} {_part(query, 'nonce')}"
        if not self._nonces.use(name, content, self._now()):
            raise Refused("nonce")

    def _decrypted(self, query: Query, encrypted: str) -> bytes:
        if self._crypto is None:
            raise Refused("mode")
        signed = (self._account.token, _part(query, "timestamp"), _part(query, "nonce"), encrypted)
        if not matches(_part(query, "msg_signature"), *signed):
            raise Refused("signature")
        return self._crypto.decrypt(encrypted)


def _part(query: Query, name: str) -> str:
    value = query.get(name, "")
    if len(value) > PART_LIMIT:
        raise Refused("too large")
    return value
