"""WeChat's signature: SHA-1 over the token and what is signed, sorted and joined."""

from __future__ import annotations

import hashlib
import hmac


def sign(*parts: str) -> str:
    """The signature of these parts, in whatever order they are given."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def matches(signature: str, *parts: str) -> bool:
    """Whether the signature is that of these parts; takes as long when it is nearly right."""
    return hmac.compare_digest(signature.encode(), sign(*parts).encode())
