"""With an action server of its own (YILIANBAN_ACTIONS=server): the same answers, and it is started again when it dies."""

from __future__ import annotations

import json
import sqlite3
import uuid
from typing import Any

import pytest

from tests.assistant import Assistant, Launch

pytestmark = pytest.mark.slow
ACTIONS = "rasa_sdk"
TALKS: list[list[str]] = [
    ["我家宝宝刚出生", "第三步去哪办", "要带什么材料", "谢谢"],
    ["刚买了套二手房", "是住宅", "没有贷款", "都办好了，下一步"],
    ["想盘个店面开火锅店", "换成环翠", "企业的", "第二个归谁管"],
    # No wish for a person: how many wait is a matter of the whole run.
    ["今天天气怎么样", "身份证丢了", "护照呢", "从头再来"],
]


def slots(assistant: Assistant, sender: str) -> list[tuple[str, Any]]:
    """All that was set in a conversation, in its order; what the channel sent at its start left out."""
    with sqlite3.connect(assistant.conversations) as connection:
        rows = connection.execute(
            "SELECT data FROM events WHERE sender_id = ? AND type_name = 'slot' ORDER BY id", (sender,)
        ).fetchall()
    return [(found["name"], found["value"]) for found in (json.loads(data) for (data,) in rows)]


@pytest.mark.parametrize("talk", TALKS, ids=[talk[0] for talk in TALKS])
def test_both_ways_give_the_same_replies_and_the_same_state(
    served: Launch, assistant: Assistant, talk: list[str]
) -> None:
    sender = f"both-{uuid.uuid4().hex}"
    for text in talk:
        here = assistant.ask(text, region="zhoucun", sender=sender)
        there = served.assistant.ask(text, region="zhoucun", sender=sender)
        assert here.messages == there.messages, text
    kept = slots(assistant, sender)
    assert kept == slots(served.assistant, sender)
    assert [name for name, _ in kept].count("guidance") == len(talk)


def test_a_dead_action_server_is_told_and_started_again(served: Launch) -> None:
    assistant = served.assistant
    for connection in served.child(ACTIONS).net_connections(kind="tcp"):
        assert connection.laddr.ip == "127.0.0.1"
    before = assistant.ask("你好", sender="lifecycle")
    assert before.card["kind"] != "error"
    served.child(ACTIONS).kill()
    served.wait_for("503", lambda: assistant.health()[0] == 503, 5)
    assert assistant.health()[1]["missing"] == ["actions"]
    failed = assistant.ask("你好", sender="lifecycle")
    assert failed.card["kind"] == "error"
    assert failed.card["options"]
    served.wait_for("the action server again", lambda: assistant.health()[0] == 200, 60)
    assert "动作服务停了" in served.output and "动作服务重新启动" in served.output
    assert assistant.ask("你好", sender="lifecycle").card["kind"] == before.card["kind"]
