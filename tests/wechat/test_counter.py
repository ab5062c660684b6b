"""Two workers over one file, turns in order, what a mode refuses, and accounts that are closed: without a model."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from rasa.core.channels.channel import UserMessage

from bot.channels import wechat_counter
from bot.channels.courier import Delivery
from bot.channels.open_wechat import Wechat
from bot.channels.wechat_counter import Counter
from bot.channels.wechat_courier import Sender, WechatCourier
from bot.channels.wechat_turn import Turns
from bot.launcher.port import free_port
from bot.launcher.settings import ROOT
from desk.desk import Desk
from desk.settings import Settings as DeskSettings
from knowledge.catalogue import Catalogue
from tests.wechat.twin import MINIPROGRAM, Phone, Twin
from wechat.errors import Refused
from wechat.message import Message
from wechat.receive import Received, Receiver
from wechat.settings import PREFIXES
from wechat.wording import say


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(DeskSettings.from_environment({"YILIANBAN_CONVERSATIONS": str(tmp_path / "c.db")}))
    yield opened
    opened.close()


class Dialogue:
    """Stands in for the model: repeats what it hears, as slowly as a test wants."""

    def __init__(self, seconds: float = 0.0, fails: bool = False) -> None:
        self.seconds, self.fails, self.heard = seconds, fails, list[str]()

    async def __call__(self, message: UserMessage) -> None:
        self.heard.append(str(message.text))
        await asyncio.sleep(self.seconds)
        if self.fails:
            raise RuntimeError("a secret of the person")
        await message.output_channel.send_response(message.sender_id, {"text": f"听到{message.text}"})


def counter(
    wechat: Wechat, dialogue: Dialogue, catalogue: Catalogue, desk: Desk, name: Any = "official"
) -> Counter:
    account = wechat.settings.accounts[name]
    receiver = Receiver(account, wechat.nonces, wechat.key.hash, wechat.now)
    turns = Turns(wechat, account, dialogue, catalogue, None, lambda: desk)
    return Counter(wechat, account, receiver, turns, Sender(wechat))


def text(said: str = "你好", openid: str = "o1") -> Received:
    message = Message(openid, "gh", "1", "text", text=said, number=secrets.token_hex(8))
    return Received(message, "xml", False)


def test_two_workers_give_one_answer(wechat: Wechat, catalogue: Catalogue, desk: Desk) -> None:
    other = Wechat.open(wechat.settings, wechat.key)
    dialogue, received = Dialogue(0.4), text()
    workers = [counter(each, dialogue, catalogue, desk) for each in (wechat, other)]

    async def at_once() -> list[str]:
        return list(await asyncio.gather(*(worker.serve(received) for worker in workers)))

    answers = asyncio.run(at_once())
    assert ["听到你好" in answer for answer in answers] == [True, True]
    assert dialogue.heard == ["你好"]
    other.database.close()


def test_a_slow_answer_is_sent_once_whoever_waited(
    wechat: Wechat, twin: Twin, catalogue: Catalogue, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wechat_counter, "PATIENCE_SECONDS", 0.2)
    twin.may_send("o1")
    other = Wechat.open(wechat.settings, wechat.key)
    dialogue, received = Dialogue(0.6), text()
    workers = [counter(each, dialogue, catalogue, desk) for each in (wechat, other)]

    async def at_once() -> list[str]:
        answers = list(await asyncio.gather(*(worker.serve(received) for worker in workers)))
        await asyncio.sleep(1.0)
        return [*answers, await workers[1].serve(received)]

    assert asyncio.run(at_once()) == ["success"] * 3
    assert twin.texts_to("o1") == ["听到你好"]
    other.database.close()


def test_a_failure_gives_words_and_keeps_its_reason(wechat: Wechat, catalogue: Catalogue, desk: Desk) -> None:
    answer = asyncio.run(counter(wechat, Dialogue(fails=True), catalogue, desk).serve(text()))
    assert "系统刚才出了点问题" in answer and "secret" not in answer


def test_a_broken_turn_gives_words_too(
    wechat: Wechat, catalogue: Catalogue, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = counter(wechat, Dialogue(), catalogue, desk)
    wechat.database.execute("DROP TABLE kept")
    assert "系统刚才出了点问题" in asyncio.run(worker.serve(text()))


def test_customer_service_is_always_answered_by_itself(
    wechat: Wechat, twin: Twin, catalogue: Catalogue, desk: Desk
) -> None:
    twin.may_send("o1")

    async def tell() -> str:
        answer = await counter(wechat, Dialogue(), catalogue, desk, "miniprogram").serve(text())
        await asyncio.sleep(0.5)
        return answer

    assert asyncio.run(tell()) == "success"
    assert twin.texts_to("o1") == ["听到你好"]


def test_plain_messages_are_refused_in_safe_mode(wechat: Wechat) -> None:
    account = wechat.settings.accounts["miniprogram"]
    receiver = Receiver(account, wechat.nonces, wechat.key.hash, wechat.now)
    person = Phone(Twin(), "", app=MINIPROGRAM, way="plain")
    query, body = person.request(person.message("text", Content="你好"))
    with pytest.raises(Refused, match="mode"):
        receiver.receive(query, body)


def test_encrypted_messages_are_refused_without_a_key(wechat: Wechat) -> None:
    account = replace(wechat.settings.accounts["official"], aes_key="", mode="plain")
    receiver = Receiver(account, wechat.nonces, wechat.key.hash, wechat.now)
    person = Phone(Twin(), "")
    query, body = person.request(person.message("text", Content="你好"))
    with pytest.raises(Refused, match="mode"):
        receiver.receive(query, body)


def test_messages_of_one_person_are_answered_in_order(
    wechat: Wechat, twin: Twin, catalogue: Catalogue, desk: Desk
) -> None:
    twin.may_send("o1")
    dialogue = Dialogue(0.3)
    worker = counter(wechat, dialogue, catalogue, desk, "miniprogram")

    async def tell() -> None:
        await worker.serve(text("一"))
        dialogue.seconds = 0.0
        await worker.serve(text("二"))
        await asyncio.sleep(1.0)

    asyncio.run(tell())
    assert twin.texts_to("o1") == ["听到一", "听到二"]


SERVER = """
import sys
from sanic import Sanic
from bot.channels.wechat import WechatInput
channel = WechatInput()
app = Sanic("wechat")
app.blueprint(channel.blueprint(None), url_prefix=channel.url_prefix())
app.run(port=int(sys.argv[1]), access_log=False)
"""


def test_accounts_that_are_not_set_up_say_so() -> None:
    port = free_port()
    given = {name: value for name, value in os.environ.items() if not name.startswith("YILIANBAN_")}
    with subprocess.Popen([sys.executable, "-c", SERVER, str(port)], cwd=ROOT, env=given) as server:
        until = time.monotonic() + 60
        while not is_listening(port):
            assert time.monotonic() < until and server.poll() is None, "the server does not start"
            time.sleep(0.2)
        try:
            for name in PREFIXES:
                address = f"http://127.0.0.1:{port}/wechat/{name}"
                for answer in (
                    requests.get(address, timeout=5),
                    requests.post(address, b"<xml/>", timeout=5),
                ):
                    assert answer.status_code == 503
                    assert "docs/wechat.zh-CN.md" in answer.content.decode()
        finally:
            server.terminate()


def is_listening(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_a_broken_file_is_told_to_the_clerk(wechat: Wechat) -> None:
    wechat.database.execute("DROP TABLE reader")
    delivery = asyncio.run(WechatCourier(lambda: wechat).bring("wechat-official", "wechat-c", "您好"))
    assert delivery == Delivery(False, say("delivery.lost"))


@pytest.mark.parametrize(
    ("channel", "opened"), [("portal", True), ("rest", True), ("wechat-official", False)]
)
def test_other_channels_are_not_sent_to(wechat: Wechat, channel: str, opened: bool) -> None:
    courier = WechatCourier(lambda: wechat if opened else None)
    assert asyncio.run(courier.bring(channel, "wechat-c", "您好")) is None
    assert wechat.kept.all("wechat-c", "unsent") == []
