"""Signature and encryption against wechatpy, in both directions, over whatever Unicode there is."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechatpy.crypto import BasePrpCrypto
from wechatpy.utils import WeChatSigner, check_signature

from wechat.crypto import Crypto
from wechat.errors import Refused
from wechat.signature import matches, sign

APP = "wx5823bf96d3bd56c7"
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(string.ascii_letters + string.digits, min_size=42, max_size=42).map(lambda head: head + "A")
parts = st.lists(st.text(string.printable, max_size=40), min_size=1, max_size=5)


@given(parts)
def test_signatures_are_the_same(given_parts: list[str]) -> None:
    signer = WeChatSigner()
    signer.add_data(*given_parts)
    assert sign(*given_parts) == signer.signature
    assert matches(signer.signature, *reversed(given_parts))


@given(
    st.text(string.ascii_letters, min_size=3),
    st.integers(0, 2**33).map(str),
    st.text(string.digits, min_size=1),
)
def test_they_accept_what_we_sign(token: str, timestamp: str, nonce: str) -> None:
    check_signature(token, sign(token, timestamp, nonce), timestamp, nonce)
    assert not matches(sign(token, timestamp, nonce), token + "x", timestamp, nonce)


@pytest.mark.parametrize("given_signature", ["", "0" * 40, "é" * 40, "0" * 400])
def test_no_other_signature_matches(given_signature: str) -> None:
    assert not matches(given_signature, "token", "1", "2")


@settings(deadline=None)
@given(texts, keys)
def test_they_read_what_we_encrypt(text: str, key: str) -> None:
    encrypted = Crypto(key, APP).encrypt(text)
    assert BasePrpCrypto(base64.b64decode(f"{key}="))._decrypt(encrypted, APP) == text


@settings(deadline=None)
@given(texts, keys)
def test_we_read_what_they_encrypt(text: str, key: str) -> None:
    encrypted = BasePrpCrypto(base64.b64decode(f"{key}="))._encrypt(text, APP)
    assert Crypto(key, APP).decrypt(encrypted.decode()).decode() == text


def test_the_same_text_never_looks_the_same() -> None:
    ours = Crypto(KEY, APP)
    assert len({ours.encrypt("你好") for _ in range(20)}) == 20


@pytest.mark.parametrize("length", range(100))
def test_every_length_of_padding(length: int) -> None:
    text = "x" * length
    assert Crypto(KEY, APP).decrypt(Crypto(KEY, APP).encrypt(text)) == text.encode()


def refused(encrypted: str) -> str:
    with pytest.raises(Refused) as found:
        Crypto(KEY, APP).decrypt(encrypted)
    return found.value.reason


def test_another_appid_is_refused() -> None:
    assert refused(Crypto(KEY, "wxanother").encrypt("你好")) == "app"
    assert refused(Crypto(KEY, "").encrypt("你好")) == "app"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_whatever_is_no_message_is_refused_in_one_way(data: bytes) -> None:
    assert refused(base64.b64encode(data).decode()) in ("cipher", "app")


@given(st.text(max_size=60))
def test_whatever_is_not_even_base64_is_refused(text: str) -> None:
    assert refused(text) == "cipher"


@pytest.mark.parametrize("key", ["", "a" * 42, "a" * 44, "a" * 42 + "=", "é" * 43])
def test_what_is_no_key_is_told_at_once(key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        Crypto(key, APP)
