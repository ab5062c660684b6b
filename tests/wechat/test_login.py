"""The mini-program's login through the real stack: a code becomes a token, the token opens one conversation."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

import pytest
import requests

from bot.channels import session as sessions_module
from bot.channels.session import Sessions
from tests.assistant import Assistant
from tests.desk.test_api import check
from tests.wechat.twin import Twin

server = pytest.mark.server


def login(assistant: Assistant, code: object, **how: Any) -> requests.Response:
    path, sent = "/api/miniprogram/session", {"json": {"code": code}, **how}
    answer = requests.post(assistant.base_url + path, timeout=20, **sent)
    check("POST", path, answer.status_code, answer.json())
    return answer


def token_of(assistant: Assistant, twin: Twin, openid: str) -> str:
    """Logs a person in; their token."""
    code = secrets.token_hex(16)
    twin.codes[code] = openid
    answer = login(assistant, code)
    assert answer.status_code == 201 and answer.json()["expires_in"] == sessions_module.LOGIN_SECONDS
    assert set(answer.json()) == {"token", "expires_in"}
    return answer.json()["token"]


def chat(assistant: Assistant, token: str, text: str | None = None) -> requests.Response:
    address, headers = f"{assistant.base_url}/api/chat", {"Authorization": f"Bearer {token}"}
    if text is None:
        return requests.get(address, headers=headers, timeout=20)
    body = {"id": str(uuid.uuid4()), "text": text, "region": "changle"}
    return requests.post(address, json=body, headers=headers, timeout=20)


@server
def test_a_person_has_one_conversation_over_all_logins(assistant: Assistant, wechat_twin: Twin) -> None:
    person, other = (f"oMini{secrets.token_hex(8)}" for _ in range(2))
    first = token_of(assistant, wechat_twin, person)
    asked = chat(assistant, first, "我家宝宝刚出生").json()["messages"]
    assert any("出生医学证明" in entry["text"] for entry in asked)
    again = token_of(assistant, wechat_twin, person)
    history = [entry["text"] for entry in chat(assistant, again).json()["messages"]]
    assert "我家宝宝刚出生" in history
    assert chat(assistant, token_of(assistant, wechat_twin, other)).json()["messages"] == []
    folder = assistant.conversations.parent
    kept = b"".join(p.read_bytes() for p in folder.iterdir() if p.is_file())
    assert person.encode() not in kept and person not in assistant.logged()


@server
def test_a_code_works_once(assistant: Assistant, wechat_twin: Twin) -> None:
    wechat_twin.codes["c0de"] = "oOnce"
    assert login(assistant, "c0de").status_code == 201
    assert login(assistant, "c0de").status_code == 401


@server
@pytest.mark.parametrize(
    ("says", "status"), [(40029, 401), (40163, 401), (45011, 429), (40226, 403), (-1, 503), (40125, 503)]
)
def test_what_wechat_says_of_a_code_is_told_plainly(
    assistant: Assistant, wechat_twin: Twin, says: int, status: int
) -> None:
    code = f"refused{abs(says)}"
    wechat_twin.codes[code] = says
    answer = login(assistant, code)
    assert answer.status_code == status
    assert "error" in answer.json() and "session_key" not in answer.text and str(says) not in answer.text
    assert ("Retry-After" in answer.headers) == (status == 429)


@server
@pytest.mark.parametrize("code", ["", None, 1, "a b", "字", "x" * 129, {"a": 1}])
def test_what_is_no_code_is_not_sent_on(assistant: Assistant, wechat_twin: Twin, code: object) -> None:
    before = wechat_twin.calls["/sns/jscode2session"]
    assert login(assistant, code).status_code == 400
    assert wechat_twin.calls["/sns/jscode2session"] == before


@server
def test_a_body_of_another_type_or_size_is_refused(assistant: Assistant) -> None:
    assert login(assistant, "", json=None, data="code=1").status_code == 415
    headers = {"Content-Type": "application/json"}
    assert login(assistant, "", json=None, data=b"{", headers=headers).status_code == 400
    big = b'{"code": "' + b"x" * 40_000 + b'"}'
    assert login(assistant, "", json=None, data=big, headers=headers).status_code == 413


SESSIONS = Sessions(b"a secret of the tests")


def test_a_login_is_the_same_for_the_same_person_only() -> None:
    person = SESSIONS.known("wechat", "wx1", "o1")
    assert person == SESSIONS.known("wechat", "wx1", "o1")
    others = {SESSIONS.known("wechat", "wx1", "o2").id, SESSIONS.known("wechat", "wx2", "o1").id}
    assert person.id not in others and len(others) == 2
    assert SESSIONS.read(SESSIONS.token(person), "login") == person
    assert Sessions(b"another secret, another server").known("wechat", "wx1", "o1").id != person.id


def test_a_login_ends_sooner_and_is_no_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    token = SESSIONS.token(SESSIONS.known("wechat", "wx1", "o1"))
    assert SESSIONS.read(token, "cookie") is None and SESSIONS.read(token, "bearer") is None
    monkeypatch.setattr(sessions_module, "LOGIN_SECONDS", -1)
    assert SESSIONS.read(token, "login") is None
    other = SESSIONS.new("bearer")
    assert SESSIONS.read(SESSIONS.token(other), "bearer") == other
