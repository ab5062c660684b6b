"""Whatever knocks at WeChat's door is read or refused, and a refusal holds nothing of it."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.open_wechat import Wechat
from tests.wechat.twin import MINIPROGRAM, TOKEN, Phone, Twin, signature
from wechat.errors import Refused
from wechat.receive import Receiver

NAMES = ("signature", "timestamp", "nonce", "msg_signature", "encrypt_type", "echostr")
slow_setup = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


def receiver(wechat: Wechat, **change: str) -> Receiver:
    account = replace(wechat.settings.accounts["miniprogram"], **change)  # type: ignore[arg-type]
    return Receiver(account, wechat.nonces, wechat.key.hash, wechat.now)


@slow_setup
@given(query=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=60)), body=st.binary(max_size=200))
def test_nothing_unsigned_gets_in(wechat: Wechat, query: dict[str, str], body: bytes) -> None:
    with pytest.raises(Refused):
        receiver(wechat).receive(query, body)
    with pytest.raises(Refused):
        receiver(wechat).verify(query)


@slow_setup
@given(body=st.binary(max_size=300), sealed=st.booleans())
def test_nothing_signed_makes_it_fall_over(wechat: Wechat, body: bytes, sealed: bool) -> None:
    timestamp, nonce = str(int(time.time())), secrets.token_hex(8)
    query = {"signature": signature(TOKEN, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
    if sealed:
        query["encrypt_type"] = "aes"
    with pytest.raises(Refused) as refused:
        receiver(wechat, mode="plain").receive(query, body)
    assert str(refused.value) == refused.value.reason


@slow_setup
@given(text=texts)
@pytest.mark.parametrize("format", ["xml", "json"])
def test_whatever_is_written_arrives(wechat: Wechat, format: str, text: str) -> None:
    person = Phone(Twin(), "", app=MINIPROGRAM, format=format)
    query, body = person.request(person.message("text", Content=text))
    received = receiver(wechat).receive(query, body)
    assert (received.message.text.strip(), received.message.sender) == (text.strip(), person.openid)
    assert (received.format, received.encrypted) == (format, True)
