"""The workers' common file: one delivery, one answer; a nonce once; and OpenIDs no longer than they can be used."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from bot.channels.open_wechat import Wechat
from desk.key import Key
from tests.wechat.conftest import Clock
from wechat.database import VERSION, connect
from wechat.errors import WechatError
from wechat.passive import Answer, Link
from wechat.readers import MESSAGE_SECONDS, Reader


def bytes_of(wechat: Wechat) -> bytes:
    """Everything in the file and its log."""
    folder = wechat.settings.store.parent
    return b"".join(path.read_bytes() for path in folder.glob("wechat.db*"))


def test_the_file_is_its_owners_only(wechat: Wechat) -> None:
    assert stat.S_IMODE(wechat.settings.store.stat().st_mode) == 0o600


def test_an_openid_goes_when_nothing_may_be_sent_any_more(wechat: Wechat, clock: Clock) -> None:
    person = Reader("wechat-c", "official", "oSecretOpenId")
    wechat.readers.open(person, wechat.now() + MESSAGE_SECONDS)
    assert wechat.readers.of("wechat-c", wechat.now()) == person
    clock.ahead = MESSAGE_SECONDS + 1
    assert wechat.readers.of("wechat-c", wechat.now()) is None
    wechat.tidy()
    assert b"oSecretOpenId" not in bytes_of(wechat)


def test_a_tap_does_not_shorten_the_time_that_a_message_gave(wechat: Wechat, clock: Clock) -> None:
    person = Reader("wechat-c", "official", "o1")
    wechat.readers.open(person, wechat.now() + MESSAGE_SECONDS)
    wechat.readers.open(person, wechat.now() + 60)
    clock.ahead = 3600
    assert wechat.readers.of("wechat-c", wechat.now()) == person


def test_whatever_is_kept_goes_in_the_end(wechat: Wechat, clock: Clock) -> None:
    wechat.nonces.use("n", "c", wechat.now())
    wechat.deliveries.begin("m", wechat.now())
    wechat.kept.add("wechat-c", "unsent", "答", wechat.now())
    wechat.troubles.report("wx", 40164, wechat.now())
    clock.ahead = 49 * 3600
    wechat.tidy()
    for table in ("nonce", "delivery", "reader", "kept", "trouble"):
        assert wechat.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table


def test_a_nonce_lasts_longer_than_the_request_is_valid(wechat: Wechat, clock: Clock) -> None:
    assert wechat.nonces.use("n", "c", wechat.now())
    clock.ahead = 600
    wechat.tidy()
    assert not wechat.nonces.use("n", "c", wechat.now())


def test_a_nonce_comes_three_times_with_one_content(wechat: Wechat) -> None:
    used = [wechat.nonces.use("n", content, 100.0) for content in ("c", "c", "d", "c", "c")]
    assert used == [True, True, False, True, False]


def test_conversations_cannot_be_turned_back(wechat: Wechat) -> None:
    official, mini = (wechat.settings.accounts[n] for n in ("official", "miniprogram"))
    first = wechat.conversation(official, "o1")
    assert first == wechat.conversation(official, "o1")
    assert len({first, wechat.conversation(mini, "o1"), wechat.conversation(official, "o2")}) == 3
    other = Wechat(wechat.settings, Key(b"another-key-of-the-tests"), wechat.database)
    assert other.conversation(official, "o1") != first


def test_of_answer_and_patience_whichever_ends_first_decides(wechat: Wechat) -> None:
    deliveries = wechat.deliveries
    assert deliveries.begin("quick", 1.0) and not deliveries.begin("quick", 2.0)
    assert deliveries.answered("quick", "答") == "passive"
    assert not deliveries.later("quick")
    assert deliveries.found("quick") == ("passive", "答")
    assert deliveries.begin("slow", 1.0)
    assert deliveries.later("slow")
    assert deliveries.answered("slow", "答") == "later"
    assert deliveries.found("slow") == ("later", "")


@pytest.mark.parametrize(
    "answer", [Answer(), Answer("好"), Answer("好", Link("题", "述", "https://a.example"))]
)
def test_an_answer_is_kept_whole(answer: Answer) -> None:
    assert Answer.from_json(answer.to_json()) == answer


def test_kept_texts_come_once_and_in_order(wechat: Wechat) -> None:
    for text in ("一", "二"):
        wechat.kept.add("wechat-c", "unsent", text, wechat.now())
    wechat.kept.only("wechat-c", "rest", "旧", wechat.now())
    wechat.kept.only("wechat-c", "rest", "新", wechat.now())
    assert wechat.kept.take("wechat-c", "unsent") == ["一", "二"]
    assert wechat.kept.take("wechat-c", "unsent") == []
    assert wechat.kept.all("wechat-c", "rest") == ["新"]
    wechat.kept.forget("wechat-c")
    assert wechat.kept.all("wechat-c", "rest") == []


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "new.db") as database:
        database.execute(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(WechatError, match=r"new\.db"):
        connect(tmp_path / "new.db")
