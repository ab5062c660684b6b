"""Conversations are kept under a keyed hash: without the key nobody can tell whose a row is."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from desk.errors import DeskError

SHORTEST = 16


@dataclass(frozen=True)
class Key:
    """A secret that names are hashed with."""

    secret: bytes

    def hash(self, *parts: str) -> str:
        """A name that stays the same for the same parts and cannot be turned back."""
        return hmac.new(self.secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def load_key(given: str | None, path: Path) -> Key:
    """The key given, else the file's; the file is made, readable by its owner only, where there is none."""
    if given:
        if len(given) < SHORTEST:
            raise DeskError(f"YILIANBAN_KEY 太短：至少 {SHORTEST} 个字符")
        return Key(given.encode())
    if not path.exists():
        _make(path)
    path.chmod(0o600)
    secret = path.read_bytes().strip()
    if len(secret) < SHORTEST:
        raise DeskError(f"{path} 里的密钥太短：至少 {SHORTEST} 个字符；删掉它会生成新的")
    return Key(secret)


def _make(path: Path) -> None:
    """Written aside and linked into place, so that of two processes that start at once one wins whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
