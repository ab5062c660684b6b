"""Back and forth: earlier things, corrections."""

from __future__ import annotations

from tests.actions.conftest import HOME, Start
from tests.actions.talk import Talk


def test_back_to_an_earlier_thing(home: Talk) -> None:
    home.say("家里老人去世了", "death")
    home.say("宝宝出生了", "birth")
    assert home.say("回到刚才那个").scenario is not None
    assert home.reply is not None and home.reply.scenario is not None and home.reply.scenario.id == "death"
    home.say("回到二手房那个")
    assert home.reply.scenario is not None and home.reply.scenario.id == "second-hand-home"
    assert home.steps == HOME


def test_nothing_to_go_back_to(start: Start) -> None:
    talk = start("changle")
    assert talk.say("回到刚才那个").kind == "clarify"


def test_from_the_start_forgets_all_but_the_region(home: Talk) -> None:
    home.tap("有贷款")
    reply = home.say("从头再来")
    assert reply.kind == "smalltalk"
    assert home.state.region == "changle" and not home.state.threads and not home.state.facts
    assert home.say("那去哪办").kind == "clarify"


def test_a_correction_replaces(home: Talk) -> None:
    reply = home.say("不是，我说的是离婚", "divorce")
    assert reply.scenario is not None and reply.scenario.id == "divorce"


def test_a_number_beyond_this_matter_means_the_chain_before(home: Talk) -> None:
    home.say("第二个")
    home.say("怎么领失业金", "unemployment-benefit")
    assert home.steps == ["changle.individual.51"]
    assert home.say("第三个").kind == "matter"
    assert home.steps == [HOME[2]]


def test_from_one_entry_back_to_the_list(start: Start) -> None:
    talk = start("changle")
    listed = talk.say("县残联管哪些事")
    whole = talk.steps
    talk.say("第二个")
    assert talk.say("返回").kind == listed.kind == "list"
    assert talk.steps == whole
