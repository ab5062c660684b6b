"""A hand-off through the real stack: the one who asks and the one at the desk."""

from __future__ import annotations

import sqlite3
import uuid
from typing import Any

import pytest
import requests

from tests.assistant import DESK_TOKEN, Assistant

pytestmark = pytest.mark.server


def desk(assistant: Assistant, method: str, path: str, **body: str) -> Any:
    headers = {"Authorization": f"Bearer {DESK_TOKEN}"}
    answer = requests.request(
        method, f"{assistant.base_url}/api/handoff{path}", json=body or None, headers=headers, timeout=10
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_from_wish_to_end(assistant: Assistant) -> None:
    sender = f"handoff-{uuid.uuid4().hex}"
    asked = assistant.ask("转人工", region="zhoucun", sender=sender)
    assert asked.card["kind"] == "handoff"
    assert asked.card["handoff"]["state"] == "waiting"
    contact = assistant.ask("联系方式：13800138000", sender=sender)
    assert "记下" in contact.text and "没有保存" not in contact.text
    waiting = [h for h in desk(assistant, "GET", "")["handoffs"] if h["contact"] == "13800138000"]
    assert len(waiting) == 1
    path = f"/{waiting[0]['id']}"
    desk(assistant, "POST", f"{path}/take", by="甲")
    silent = assistant.ask("我家宝宝出生了要办什么", sender=sender)
    assert (silent.card["kind"], silent.card["handoff"]["state"], silent.card["steps"]) == (
        "handoff",
        "taken",
        [],
    )
    assert desk(assistant, "GET", path)["messages"][0]["text"] == "我家宝宝出生了要办什么"
    desk(assistant, "POST", f"{path}/reply", text="您好，请说")
    told = requests.get(f"{assistant.base_url}/api/conversation/{sender}/messages", timeout=10).json()
    assert [message["text"] for message in told["messages"]] == ["您好，请说"]
    desk(assistant, "POST", f"{path}/end")
    assert assistant.ask("我家宝宝出生了要办什么", sender=sender).card["kind"] == "chain"
    for database in (assistant.conversations, assistant.conversations.with_name("desk.db")):
        kept = b"".join(p.read_bytes() for p in database.parent.glob(f"{database.name}*"))
        assert b"13800138000" not in kept or database.name == "desk.db"
    for log in assistant.logs.glob("*.log"):
        assert "13800138000" not in log.read_text(encoding="utf-8", errors="replace"), log


def test_a_rating_and_a_message_for_review_are_kept(assistant: Assistant) -> None:
    sender = f"rating-{uuid.uuid4().hex}"
    assistant.ask("我家宝宝出生了要办什么", region="changle", sender=sender)
    rated = assistant.ask("五星，说得清楚", sender=sender)
    assert rated.card["kind"] == "feedback"
    odd = f"帮我写一首关于月亮的诗{uuid.uuid4().hex[:4]}"
    assert assistant.ask(odd, region="changle", sender=sender).card["kind"] == "out_of_scope"
    with sqlite3.connect(assistant.conversations.with_name("desk.db")) as connection:
        ratings = connection.execute("SELECT level, words, scenario, region FROM rating").fetchall()
        assert (5, "五星，说得清楚", "birth", "changle") in ratings
        assert connection.execute("SELECT ending FROM review WHERE text = ?", (odd,)).fetchall() == [
            ("out_of_scope",)
        ]


def test_a_clerk_at_the_page_sees_what_was_understood_and_is_seen_by_name(assistant: Assistant) -> None:
    ours = {"Sec-Fetch-Site": "same-origin"}
    citizen, clerk = requests.Session(), requests.Session()

    def say(text: str) -> Any:
        body = {"id": str(uuid.uuid4()), "text": text, "region": "zhoucun"}
        return citizen.post(f"{assistant.base_url}/api/chat", json=body, headers=ours, timeout=60).json()

    say("我家宝宝刚出生")
    assert say("转人工")["handoff"]["state"] == "waiting"
    form = {"token": DESK_TOKEN, "name": f"甲{uuid.uuid4().hex[:6]}", "display": "3号坐席"}
    clerk.post(f"{assistant.base_url}/desk/sign-in", data=form, headers=ours, timeout=20)
    chats = f"{assistant.base_url}/desk/chats"
    number = clerk.get(chats, timeout=20).json()["waiting"][-1]["id"]
    chat = clerk.post(f"{chats}/{number}/take", json={}, headers=ours, timeout=20).json()
    first = chat["understood"][0]
    assert first["text"] == "我家宝宝刚出生"
    assert [one["id"] for one in first["candidates"] if one["kept"]] == ["birth"]
    assert len(first["candidates"]) > 1 and chat["chain"] == "/desk/chain/zhoucun/birth"
    assert {"citizen", "assistant"} == {entry["author"] for entry in chat["entries"]}
    clerk.post(f"{chats}/{number}/reply", json={"text": "您好"}, headers=ours, timeout=20)
    told = citizen.get(f"{assistant.base_url}/api/chat", headers=ours, timeout=20).json()
    assert told["handoff"]["by"] == "3号坐席"
    assert (told["messages"][-1]["text"], told["messages"][-1]["name"]) == ("您好", "3号坐席")
    assert say("谢谢")["handoff"]["state"] == "taken"
    assert clerk.get(f"{chats}/{number}", timeout=20).json()["author"] == "citizen"
    clerk.post(f"{chats}/{number}/end", json={}, headers=ours, timeout=20)
    assert say("我家宝宝刚出生")["messages"][-1]["card"]["kind"] == "chain"
