"""WeChat's message encryption: AES-256-CBC over random bytes, length, text and AppID, padded to 32 bytes."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from wechat.errors import Refused

KEY = re.compile("[A-Za-z0-9]{43}")
_PADDED_BITS = 256
_RANDOM_BYTES = 16
_HEAD_BYTES = _RANDOM_BYTES + 4


class Crypto:
    """Encrypts and decrypts for one AppID with its EncodingAESKey; raises ValueError where that is no key."""

    def __init__(self, key: str, app_id: str) -> None:
        if not KEY.fullmatch(key):
            raise ValueError("43 letters and digits expected")
        secret = base64.b64decode(f"{key}=")
        self._cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16]))
        self._app_id = app_id.encode()

    def encrypt(self, text: str) -> str:
        """The text as it stands in `Encrypt`, different every time."""
        said = text.encode()
        plain = secrets.token_bytes(_RANDOM_BYTES) + struct.pack(">I", len(said)) + said + self._app_id
        padder, encryptor = PKCS7(_PADDED_BITS).padder(), self._cipher.encryptor()
        padded = padder.update(plain) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> bytes:
        """What was encrypted; raises Refused where it cannot be read or is for another AppID."""
        try:
            sealed = base64.b64decode(encrypted, validate=True)
            decryptor, unpadder = self._cipher.decryptor(), PKCS7(_PADDED_BITS).unpadder()
            padded = decryptor.update(sealed) + decryptor.finalize()
            plain = unpadder.update(padded) + unpadder.finalize()
            (length,) = struct.unpack(">I", plain[_RANDOM_BYTES:_HEAD_BYTES])
        except (ValueError, binascii.Error, struct.error):
            raise Refused("cipher") from None
        said, app_id = plain[_HEAD_BYTES : _HEAD_BYTES + length], plain[_HEAD_BYTES + length :]
        if len(said) != length:
            raise Refused("cipher")
        if app_id != self._app_id:
            raise Refused("app")
        return said
