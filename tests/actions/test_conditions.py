"""Facts told in free words settle conditions."""

from __future__ import annotations

from actions.heard import Target
from tests.actions.conftest import HOME, Start
from tests.actions.talk import Talk


def test_facts_in_the_first_sentence(start: Start) -> None:
    talk = start("zhoucun")
    reply = talk.say("我买了套带贷款的二手商铺", "second-hand-home")
    assert reply.kind == "chain" and not talk.state.asking
    assert talk.steps == ["zhoucun.individual.39", "zhoucun.individual.40", "zhoucun.individual.41"]
    assert "个人转让住房" in reply.text, "what is left out is named"


def test_a_bare_yes_or_no_answers(home: Talk) -> None:
    home.say("没有")
    assert home.state.facts == {"mortgage": "no"}
    assert HOME[3] not in home.steps


def test_a_new_wish_goes_before_an_answer(home: Talk) -> None:
    reply = home.say("想办公积金贷款", Target("housing-fund-loan", "concept", 0.97))
    assert "changle" in reply.steps[0].matter.id and home.steps != HOME[:3]
