"""What is not from WeChat, or not as WeChat sends it, is refused by the real stack and leaves no trace."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable

import pytest
import requests

from knowledge.catalogue import Catalogue
from tests.assistant import Assistant
from tests.wechat.conftest import choose_region
from tests.wechat.twin import Phone, Reply, signature

pytestmark = pytest.mark.server
People = Callable[..., Phone]


def ask_echo(phone: People, **change: str) -> Reply:
    person, timestamp, nonce = phone(), str(int(time.time())), secrets.token_hex(4)
    query = {
        "signature": signature(person.token, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "echostr": "5837397576500011341",
    }
    got = requests.get(person.address, params={**query, **change}, timeout=5)
    return Reply(got.status_code, got.text, {}, 0)


def test_the_address_is_verified(phone: People) -> None:
    answer = ask_echo(phone)
    assert (answer.status, answer.body) == (200, "5837397576500011341")


@pytest.mark.parametrize(
    "change",
    [
        {"signature": "0" * 40},
        {"signature": ""},
        {"timestamp": "1"},
        {"nonce": "another"},
        {"echostr": "x" * 200},
    ],
)
def test_a_verification_that_is_not_wechats_is_refused(phone: People, change: dict[str, str]) -> None:
    answer = ask_echo(phone, **change)
    assert answer.status in (403, 413)
    assert "5837397576500011341" not in answer.body


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"signature": "0" * 40}, 403),
        ({"msg_signature": "0" * 40}, 403),
        ({"msg_signature": ""}, 403),
        ({"nonce": "another"}, 403),
        ({"timestamp": "1700000000"}, 403),
        ({"timestamp": "x"}, 403),
        ({"nonce": "n" * 200}, 413),
    ],
)
def test_what_is_not_signed_is_refused(phone: People, change: dict[str, str], status: int) -> None:
    person = phone()
    assert person.deliver(person.message("text", Content="你好"), change).status == status


@pytest.mark.parametrize("minutes", [-6, 6])
def test_what_is_signed_for_another_time_is_refused(phone: People, minutes: int) -> None:
    person = phone(way="plain")
    query, body = person.request(person.message("text", Content="你好"))
    timestamp = str(int(time.time()) + 60 * minutes)
    signed = {"timestamp": timestamp, "signature": signature(person.token, timestamp, query["nonce"])}
    assert person.post({**query, **signed}, body).status == 403


def test_a_nonce_does_not_carry_another_message(phone: People) -> None:
    person = phone(way="plain")
    query, body = person.request(person.message("text", Content="你好"))
    assert person.post(query, body).status == 200
    _, other = person.request(person.message("text", Content="转人工"))
    assert person.post(query, other).status == 403


def test_a_recorded_request_runs_out(phone: People) -> None:
    person = phone()
    query, body = person.request(person.message("text", Content="你好"))
    assert [person.post(query, body).status for _ in range(4)] == [200, 200, 200, 403]


def test_another_accounts_message_is_refused(phone: People) -> None:
    person = phone(app="wxan0theraccount")
    assert person.deliver(person.message("text", Content="你好")).status == 403


BOMB = (
    '<!DOCTYPE xml [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content>&b;</Content><MsgId>1</MsgId></xml>"
)
OUTSIDE = BOMB.replace('<!ENTITY a "0123456789">', '<!ENTITY a SYSTEM "file:///etc/hostname">')


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"<xml>", 400),
        (b"<other><a>1</a></other>", 400),
        (b"<xml><MsgType>text</MsgType></xml>", 400),
        (b"<xml><a>1</a><a>2</a></xml>", 400),
        (b"{", 400),
        (b"[" * 50_000, 400),
        (b'{"a":' * 9_000, 400),
        (b"\xff\xfe\x00", 400),
        (BOMB.encode(), 400),
        (OUTSIDE.encode(), 400),
        (b"<xml>" + b" " * 70_000 + b"</xml>", 413),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else str(value),
)
def test_what_is_no_message_is_refused(phone: People, body: bytes, status: int) -> None:
    person = phone(way="plain")
    query, _ = person.request(person.message("text", Content="你好"))
    assert person.post(query, body).status == status


def test_refusals_leave_nothing_of_what_was_sent_in_the_logs(assistant: Assistant, phone: People) -> None:
    person, secret = phone(way="plain"), f"秘密{secrets.token_hex(6)}"
    person.deliver(person.message("text", Content=secret), {"signature": "0" * 40})
    query, _ = person.request(person.message("text", Content=secret))
    person.post(query, f"<xml><Content>{secret}</Content>".encode())
    written = assistant.logged()
    assert "a request was refused: signature" in written and "a request was refused: malformed" in written
    assert secret not in written and person.openid not in written


def openid_in(assistant: Assistant, person: Phone) -> set[str]:
    """The files that the assistant keeps which hold a person's OpenID."""
    folder = assistant.conversations.parent
    return {
        p.name.removesuffix("-wal")
        for p in folder.iterdir()
        if p.is_file() and person.openid.encode() in p.read_bytes()
    }


def test_an_openid_is_kept_only_while_a_person_is_to_be_heard(
    assistant: Assistant, phone: People, catalogue: Catalogue
) -> None:
    person = phone()
    choose_region(person, catalogue, "zhoucun")
    person.say("我家宝宝刚出生")
    assert openid_in(assistant, person) == set()
    person.say("转人工")
    assert openid_in(assistant, person) == {"wechat.db"}
    person.say("不等人工了")
    with sqlite3.connect(assistant.conversations.with_name("wechat.db")) as database:
        held = database.execute("SELECT count(*) FROM reader WHERE openid = ?", (person.openid,)).fetchone()
    assert held == (0,)
    assert person.openid not in assistant.logged()
