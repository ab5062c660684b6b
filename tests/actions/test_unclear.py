"""Two things at once, doubtful and strange messages."""

from __future__ import annotations

from actions.heard import Clause
from actions.policy import POLICY
from tests.actions.conftest import HOME, Start
from tests.actions.talk import target


def test_two_requests_are_both_answered_in_order(start: Start) -> None:
    talk = start("changle")
    clauses = (
        Clause("宝宝出生了", (target("birth"),), 0.0),
        Clause("还想买二手房", (target("second-hand-home"),), 0.0),
    )
    reply = talk.say("宝宝出生了，还想买二手房", "birth", clauses=clauses)
    assert talk.steps[:6] == [f"changle.individual.{n}" for n in range(1, 7)]
    assert talk.steps[6:] == HOME
    assert reply.text.index("出生医学证明") < reply.text.index("网签备案")


def test_a_doubtful_message_is_asked_back(start: Start) -> None:
    talk = start("changle")
    doubtful = (POLICY.clarify + min(POLICY.clarify_below, POLICY.answer)) / 2
    likely = [target(name, doubtful - 0.001 * i) for i, name in enumerate(("second-hand-home", "new-home"))]
    reply = talk.say("房子的事", *likely)
    assert reply.kind == "clarify"
    assert [o.scenario_id for o in reply.options[:2]] == ["second-hand-home", "new-home"]
    assert talk.tap("购置新房").kind == "chain"


def test_what_nobody_lists_is_out_of_scope(start: Start) -> None:
    talk = start("changle")
    assert talk.say("明天下雨吗", outside=0.97).kind == "out_of_scope"
    assert talk.say("我想学钢琴", target("birth", 0.01)).kind == "out_of_scope"


def test_a_strange_message_is_no_complaint(start: Start) -> None:
    talk = start("changle")
    assert talk.say("这几个能一天跑完吗", outside=0.8, outside_kind="complaint").kind == "out_of_scope"
    assert talk.say("什么服务啊", intent="complaint", confidence=0.8, outside=0.8).kind == "smalltalk"
