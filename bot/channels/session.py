"""Sessions: whoever holds a token that this server signed has the one conversation that belongs to it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Literal

from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot.channels.incoming import SESSION

ID_BYTES = 24
LIFE_SECONDS = 30 * 86_400
# A cookie cannot be sent as a bearer token, nor the other way round.
Kind = Literal["cookie", "bearer"]


@dataclass(frozen=True)
class Session:
    """An unguessable id; `conversation` is the name that trackers and logs see, which opens nothing."""

    id: str
    kind: Kind
    conversation: str


class Sessions:
    """Makes sessions and reads their tokens; the secret never leaves it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def new(self, kind: Kind) -> Session:
        """A session that nobody had before."""
        return self._session(secrets.token_urlsafe(ID_BYTES), kind)

    def token(self, session: Session) -> str:
        """What the holder sends with each request; good for LIFE_SECONDS from now."""
        return self._signer(session.kind).dumps(session.id)

    def read(self, token: str, kind: Kind) -> Session | None:
        """The session of a token; None where this server has not signed it for this use, or it is too old."""
        try:
            found = self._signer(kind).loads(token, max_age=LIFE_SECONDS)
        except BadSignature:
            return None
        return self._session(str(found), kind)

    def form_token(self, session: Session) -> str:
        """What a form of this session carries, so that no other site can send it."""
        return self._hash("form", session.id)

    def is_form_token(self, session: Session, given: str) -> bool:
        """Whether a form was made for this session."""
        return hmac.compare_digest(self.form_token(session).encode(), given.encode())

    def _session(self, name: str, kind: Kind) -> Session:
        return Session(name, kind, SESSION + self._hash("conversation", name)[:40])

    def _signer(self, kind: Kind) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=f"yilianban.session.{kind}")

    def _hash(self, *parts: str) -> str:
        return hmac.new(self._secret, "\0".join(("portal", *parts)).encode(), hashlib.sha256).hexdigest()
