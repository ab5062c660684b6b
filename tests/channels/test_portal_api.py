"""The message API on the real stack: whose conversation it is, what is in it, and that it can be deleted."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema
import pytest
import requests

from tests.assistant import DESK_TOKEN, SCHEMA, WIDGET_ORIGIN, Assistant

pytestmark = pytest.mark.server
FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}
JSON = {"Content-Type": "application/json"}
TAP = '/choose{"payload":"scenario:birth"}'


class Browser:
    """A browser with its cookie, or a widget with its token."""

    def __init__(self, assistant: Assistant, token: str | None = None) -> None:
        self.base = assistant.base_url
        self.session = requests.Session()
        self.session.headers.update(FROM_OUR_PAGE if token is None else {"Authorization": f"Bearer {token}"})

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.session.request(method, self.base + path, timeout=60, **more)

    def say(self, text: str, message_id: str | None = None, **more: Any) -> requests.Response:
        body = {"id": message_id or str(uuid.uuid4()), "text": text, **more}
        return self.ask("POST", "/api/chat", json=body)

    def told(self, text: str, **more: Any) -> list[dict[str, Any]]:
        """The entries that a message brings."""
        answer = self.say(text, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"]

    def history(self) -> dict[str, Any]:
        answer = self.ask("GET", "/api/chat")
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def browser(assistant: Assistant) -> Iterator[Browser]:
    found = Browser(assistant)
    found.history()
    yield found
    found.session.close()


def desk(assistant: Assistant, method: str, path: str, **body: str) -> Any:
    headers = {"Authorization": f"Bearer {DESK_TOKEN}"}
    url = f"{assistant.base_url}/api/handoff{path}"
    answer = requests.request(method, url, json=body or None, headers=headers, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()


def kept(assistant: Assistant) -> bytes:
    """All bytes of the databases and logs."""
    folder = assistant.conversations.parent
    files = [*folder.glob("*.db*"), *assistant.logs.glob("*.log")]
    return b"".join(path.read_bytes() for path in files)


def test_a_conversation_comes_back_as_it_was(browser: Browser) -> None:
    said = browser.told("我家宝宝刚出生", region="changle")
    assert [entry["author"] for entry in said] == ["citizen", "assistant"]
    card = said[1]["card"]
    jsonschema.validate(card, SCHEMA)
    assert (card["kind"], card["scenario"]["id"]) == ("chain", "birth")
    more = browser.told(TAP, label="宝宝出生")
    assert more[0]["text"] == "宝宝出生"
    history = browser.history()
    assert history["messages"] == [*said, *more]
    assert (history["region"], history["handoff"]) == ("changle", None)
    assert history["last"] == more[-1]["n"]
    numbers = [entry["n"] for entry in history["messages"]]
    assert numbers == sorted(set(numbers)) and max(numbers) < 2**53


def test_region_and_audience_are_taken_and_remembered(browser: Browser) -> None:
    browser.told("你好", region="xuecheng", audience="enterprise")
    history = browser.history()
    assert (history["region"], history["audience"]) == ("xuecheng", "enterprise")


def test_the_same_id_again_gives_the_same_answer_and_says_nothing_twice(browser: Browser) -> None:
    message_id = str(uuid.uuid4())
    first = browser.told("我家宝宝刚出生", message_id=message_id, region="changle")
    assert browser.told("我家宝宝刚出生", message_id=message_id.upper(), region="changle") == first
    assert browser.history()["messages"] == first


def test_the_same_id_sent_at_once_is_answered_once(browser: Browser) -> None:
    message_id = str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda _: browser.told("失业金怎么领", message_id=message_id, region="changle"), range(4)
            )
        )
    assert all(answer == answers[0] for answer in answers)
    assert len(browser.history()["messages"]) == 2


def test_nobody_reads_or_writes_anothers_conversation(assistant: Assistant, browser: Browser) -> None:
    word = f"我叫{uuid.uuid4().hex}"
    browser.told(word, region="changle")
    other = Browser(assistant)
    assert other.history()["messages"] == []
    stolen = browser.session.cookies["yilianban"]
    for value in (stolen[:-2] + "AA", stolen.split(".")[0], "x", ""):
        assert other.ask("GET", "/api/chat", cookies={"yilianban": value}).json()["messages"] == []
    # The cookie is no bearer token, and no name of a conversation can be spoken for over REST.
    refused = requests.get(
        f"{assistant.base_url}/api/chat", headers={"Authorization": f"Bearer {stolen}"}, timeout=10
    )
    assert refused.status_code == 401
    assert word not in assistant.ask("你好", sender=f"session-{'0' * 40}").text


def test_what_is_stored_is_masked(assistant: Assistant, browser: Browser) -> None:
    said = browser.told("我电话13912345678，身份证11010519491231002X", region="changle")
    assert "13912345678" not in json.dumps(said) and "［手机号］" in said[0]["text"]
    browser.told(TAP, label="我的电话13912345678")
    assert "13912345678" not in json.dumps(browser.history())
    assert b"13912345678" not in kept(assistant) and b"11010519491231002X" not in kept(assistant)


def test_the_cookie_is_the_servers_own_affair(assistant: Assistant) -> None:
    answer = requests.get(f"{assistant.base_url}/api/chat", timeout=10)
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/")) and "Secure" not in cookie
    behind = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    assert (
        "Secure"
        in requests.get(f"{assistant.base_url}/api/chat", headers=behind, timeout=10).headers["Set-Cookie"]
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": WIDGET_ORIGIN}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_another_sites_page_changes_nothing_with_the_cookie(
    assistant: Assistant, browser: Browser, headers: dict[str, str], status: int
) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": "你好"})
    cookies = {"yilianban": browser.session.cookies["yilianban"]}
    for method in ("POST", "DELETE"):
        answer = requests.request(
            method,
            f"{assistant.base_url}/api/chat",
            data=body,
            headers={**JSON, **headers},
            cookies=cookies,
            timeout=60,
        )
        assert answer.status_code == (204 if method == "DELETE" and status == 200 else status)


def test_our_own_origin_is_known_without_fetch_metadata(assistant: Assistant) -> None:
    older = Browser(assistant)
    older.session.headers.update({"Origin": assistant.base_url})
    del older.session.headers["Sec-Fetch-Site"]
    assert older.say("你好").status_code == 200


def test_a_form_of_another_site_cannot_send_json(browser: Browser) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": "你好"})
    for type in ("text/plain", "application/x-www-form-urlencoded"):
        answer = browser.ask("POST", "/api/chat", data=body, headers={"Content-Type": type})
        assert answer.status_code == 415 and answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"text": "hi"}', 400),
        (b'{"id": "1", "text": "hi"}', 400),
        (b'{"id": 1, "text": "hi"}', 400),
        (b'{"id": "00000000-0000-4000-8000-000000000000"}', 400),
        (b'{"id": "00000000-0000-4000-8000-000000000000", "text": "  "}', 400),
        (b'{"id": "00000000-0000-4000-8000-000000000000", "text": 5}', 400),
        (b'{"id": "00000000-0000-4000-8000-000000000000", "text": "hi", "label": 5}', 400),
        (b'{"id": "00000000-0000-4000-8000-000000000000", "text": "hi", "label": "' + b"a" * 81 + b'"}', 400),
        (b'{"id": "00000000-0000-4000-8000-000000000000", "text": "' + b"a" * 33000 + b'"}', 413),
        (b"[" * 20000, 400),
    ],
)
def test_what_is_no_message_is_refused_in_words(browser: Browser, body: bytes, status: int) -> None:
    answer = browser.ask("POST", "/api/chat", data=body, headers=JSON)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert browser.history()["messages"] == []


def test_an_admitted_site_gets_a_token_and_may_read(assistant: Assistant) -> None:
    base, origin = assistant.base_url, {"Origin": WIDGET_ORIGIN}
    preflight = requests.options(
        f"{base}/api/chat", headers={**origin, "Access-Control-Request-Method": "POST"}, timeout=10
    )
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == WIDGET_ORIGIN
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    made = requests.post(f"{base}/api/session", headers={**origin, **JSON}, timeout=10)
    assert made.status_code == 201 and "Set-Cookie" not in made.headers
    widget = Browser(assistant, made.json()["token"])
    widget.session.headers.update(origin)
    answer = widget.say("我家宝宝刚出生", region="changle")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == WIDGET_ORIGIN
    assert "Access-Control-Allow-Credentials" not in answer.headers and "Set-Cookie" not in answer.headers
    assert len(widget.history()["messages"]) == 2
    assert widget.ask("DELETE", "/api/chat", headers=JSON).status_code == 204
    assert widget.history()["messages"] == []


def test_another_site_gets_nothing(assistant: Assistant) -> None:
    evil = {"Origin": "https://evil.example"}
    for method in ("GET", "OPTIONS"):
        answer = requests.request(method, f"{assistant.base_url}/api/chat", headers=evil, timeout=10)
        assert not {name for name in answer.headers if name.startswith("Access-Control-Allow-")} & {
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Credentials",
        }
    made = requests.post(f"{assistant.base_url}/api/session", headers={**evil, **JSON}, timeout=10)
    assert made.status_code == 403 and made.json()["error"]
    assert requests.post(f"{assistant.base_url}/api/session", timeout=10).status_code == 415


def test_a_person_is_heard_at_once_and_stands_in_the_history(assistant: Assistant, browser: Browser) -> None:
    waiting = browser.say("转人工", region="changle").json()
    assert waiting["handoff"]["state"] == "waiting" and waiting["handoff"]["place"] >= 1
    number = desk(assistant, "GET", "")["handoffs"][-1]["id"]

    def soon(path: str, **body: str) -> tuple[dict[str, Any], float]:
        """What the long poll says when this happens half a second later, and after how long."""
        last, began = browser.history()["last"], time.monotonic()
        later = threading.Timer(0.5, desk, (assistant, "POST", f"/{number}/{path}"), body)
        later.start()
        answer = browser.ask("GET", f"/api/chat/events?after={last}")
        later.join()
        assert answer.status_code == 200
        return answer.json(), time.monotonic() - began

    taken, seconds = soon("take", by="工号12")
    assert taken["handoff"] == {"state": "taken", "place": None, "by": None} and seconds < 5
    spoken, seconds = soon("reply", text="您好，请讲<b>")
    assert [(m["author"], m["text"]) for m in spoken["messages"]] == [
        ("person", "您好，请讲<b>")
    ] and seconds < 5
    browser.told("我的社保转不过来")
    ended, seconds = soon("end")
    assert ended["handoff"]["state"] == "ended" and seconds < 5
    authors = [entry["author"] for entry in browser.history()["messages"]]
    assert authors == ["citizen", "assistant", "person", "citizen", "assistant"]
    assert "工号12" not in json.dumps(browser.history(), ensure_ascii=False)


def test_what_was_missed_is_told_without_waiting(assistant: Assistant, browser: Browser) -> None:
    last = browser.say("转人工", region="changle").json()["last"]
    number = desk(assistant, "GET", "")["handoffs"][-1]["id"]
    desk(assistant, "POST", f"/{number}/take", by="甲")
    began = time.monotonic()
    news = browser.ask("GET", f"/api/chat/events?after={last}").json()
    assert news["handoff"]["state"] == "taken" and time.monotonic() - began < 1
    assert news["last"] > last
    desk(assistant, "POST", f"/{number}/end")


@pytest.mark.parametrize("after", ["-1", "x", "1" * 40, "1.5"])
def test_an_after_that_is_no_number_is_refused(browser: Browser, after: str) -> None:
    assert browser.ask("GET", f"/api/chat/events?after={after}").status_code == 400


def test_what_is_deleted_is_gone_from_every_file(assistant: Assistant, browser: Browser) -> None:
    # What nobody could answer is also kept for review.
    word = f"帮我写一首关于月亮的诗{uuid.uuid4().hex[:6]}"
    contact = "13700001111"
    browser.told(word, region="changle")
    browser.told("转人工")
    browser.told(f"联系方式：{contact}")
    number = desk(assistant, "GET", "")["handoffs"][-1]["id"]
    desk(assistant, "POST", f"/{number}/take", by="甲")
    desk(assistant, "POST", f"/{number}/reply", text=f"回{word}")
    browser.told(f"再说{word}")
    assert word.encode() in kept(assistant) or json.dumps(word).strip('"').encode() in kept(assistant)
    before = browser.session.cookies["yilianban"]
    answer = browser.ask("DELETE", "/api/chat", headers=JSON)
    assert answer.status_code == 204 and answer.content == b""
    assert browser.session.cookies["yilianban"] != before
    assert browser.history()["messages"] == []
    again = requests.get(f"{assistant.base_url}/api/chat", cookies={"yilianban": before}, timeout=10).json()
    assert (again["messages"], again["handoff"]) == ([], None)
    left = kept(assistant)
    for form in (word.encode(), json.dumps(word).strip('"').encode(), contact.encode()):
        assert form not in left
    assert number not in [handoff["id"] for handoff in desk(assistant, "GET", "")["handoffs"]]


def test_who_sends_too_fast_is_asked_to_wait(assistant: Assistant) -> None:
    hasty = Browser(assistant)
    hasty.history()
    # Repeating counts too, and is cheap.
    message_id = str(uuid.uuid4())
    answers = [hasty.say("你好", message_id) for _ in range(45)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 60
    assert refused[0].headers["Retry-After"] in refused[0].json()["error"]
    other = Browser(assistant)
    assert other.say("你好").status_code == 200
    # Reading goes on.
    assert len(hasty.history()["messages"]) == 2


def test_answers_keep_to_themselves(browser: Browser) -> None:
    for answer in (browser.ask("GET", "/api/chat"), browser.say("你好"), browser.say("")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
