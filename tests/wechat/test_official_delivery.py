"""Every delivery is answered within five seconds, every message once: with the delivery, by itself, or with the next."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.catalogue import Catalogue
from tests.assistant import Launch
from tests.wechat.conftest import choose_region
from tests.wechat.twin import Phone, Twin
from wechat.wording import say

pytestmark = pytest.mark.server
People = Callable[..., Phone]


def user_messages(launch: Launch, text: str) -> int:
    """How often a text stands in the tracker store."""
    with sqlite3.connect(launch.assistant.conversations) as database:
        rows = database.execute("SELECT data FROM events WHERE type_name = 'user'").fetchall()
    return sum(json.loads(row[0]).get("text") == text for row in rows)


def test_three_deliveries_get_the_same_answer(launch: Launch, phone: People, catalogue: Catalogue) -> None:
    person = phone()
    choose_region(person, catalogue, "changle")
    text = f"我家宝宝刚出生{secrets.token_hex(3)}"
    fields = person.message("text", Content=text)
    with ThreadPoolExecutor(3) as pool:
        at_once = list(pool.map(lambda _: person.deliver(fields), range(3)))
    later = person.deliver(fields)
    assert {reply.text for reply in [*at_once, later]} == {later.text}
    assert "出生医学证明" in later.text
    assert user_messages(launch, text) == 1


def test_a_message_that_comes_again_is_said_once(launch: Launch, phone: People, catalogue: Catalogue) -> None:
    person, text = phone(), f"我家宝宝刚出生{secrets.token_hex(3)}"
    choose_region(person, catalogue, "changle")
    fields = person.message("text", Content=text)
    query, body = person.request(fields)
    first, again = person.post(query, body), person.post(query, body)
    other_nonce = person.deliver(fields)
    assert first.text == again.text == other_nonce.text != ""
    assert user_messages(launch, text) == 1


def test_an_event_that_comes_again_is_answered_once(phone: People) -> None:
    person = phone()
    fields = person.message("event", Event="subscribe", EventKey="")
    assert person.deliver(fields).text == person.deliver(fields).text != ""


def test_a_slow_answer_comes_by_itself(served: Launch, catalogue: Catalogue, wechat_twin: Twin) -> None:
    person = Phone(wechat_twin, f"{served.assistant.base_url}/wechat/official")
    choose_region(person, catalogue, "changle")
    actions = served.child("rasa_sdk")
    actions.suspend()
    try:
        reply = person.say("我家宝宝刚出生")
        assert reply.body == "success"
        assert reply.seconds < 5
    finally:
        actions.resume()
    texts = wechat_twin.wait_for_texts(person.openid)
    assert len(texts) == 1 and "出生医学证明" in texts[0]
    # The same delivery once more is no reason to say it again.
    assert "还没" not in person.say("谢谢").text
    assert wechat_twin.texts_to(person.openid) == texts


def test_what_cannot_be_sent_comes_with_the_next_message(
    served: Launch, catalogue: Catalogue, wechat_twin: Twin
) -> None:
    assistant = served.assistant
    person = Phone(wechat_twin, f"{assistant.base_url}/wechat/official")
    choose_region(person, catalogue, "changle")
    actions = served.child("rasa_sdk")
    wechat_twin.verified = False
    actions.suspend()
    try:
        assert person.say("我家宝宝刚出生").body == "success"
    finally:
        actions.resume()
    until = time.monotonic() + 30
    while "48001" not in assistant.logged() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(0.3)
    wechat_twin.verified = True
    next_one = person.say("谢谢")
    assert say("unsent") in next_one.text and "出生医学证明" in next_one.text
    assert 48001 in [t["code"] for t in assistant.health()[1]["wechat"]["troubles"]]
    assert say("unsent") not in person.say("你好").text
