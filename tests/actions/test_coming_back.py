"""Coming back: facts and regions of earlier things, stale taps, questions asked again, what the region lacks."""

from __future__ import annotations

import pytest

from actions.heard import Clause, Target
from actions.state import State
from tests.actions.conftest import HOME, Start
from tests.actions.talk import Talk, hear, tapped, target


def tap(choice: str) -> str:
    return f'/choose{{"payload":"{choice}"}}'


def test_facts_told_are_still_there(home: Talk) -> None:
    home.say("没有贷款")
    home.say("家里老人去世了", "death")
    home.say("回到买房那个")
    assert home.steps == HOME[:3] and home.state.facts == {"mortgage": "no"}


def test_a_fact_is_taken_back(start: Start) -> None:
    talk = start("zhoucun")
    talk.say("我买了套带贷款的二手商铺", "second-hand-home")
    talk.say("说错了，是住宅")
    assert talk.state.facts == {"property": "home", "mortgage": "yes"}
    assert talk.steps[0] == "zhoucun.individual.38"


def test_back_to_where_it_was_told(start: Start) -> None:
    talk = start("weihai-city")
    talk.say("老年证", target("elderly-card", 0.95, "concept"))
    talk.say("周村呢")
    talk.say("去哪领", target("elderly-card", 0.95, "concept"))
    reply = talk.say("回到原来那个市")
    assert reply.region == "weihai-city" and talk.state.region == "weihai-city"


def test_congratulations_are_said_once(home: Talk) -> None:
    assert "恭喜" not in home.say("没有贷款").text
    assert "恭喜" not in home.say("从哪步开始").text


def test_a_question_that_was_not_understood_is_asked_again_kindly(home: Talk) -> None:
    reply = home.say("不知道啥意思", outside=0.6)
    assert reply.kind == "clarify" and [o.choice for o in reply.options] == [
        "fact:mortgage=yes",
        "fact:mortgage=no",
    ]
    assert home.tap("没有贷款").kind == "chain" and home.steps == HOME[:3]


@pytest.mark.parametrize(
    "choice",
    ["fact:gone=yes", "fact:property=home", "scenario:gone", "matter:gone.1", "region:gone", "more:"],
)
def test_a_stale_tap_gets_a_friendly_word_and_a_way_on(start: Start, choice: str) -> None:
    for talk in (start(), start("changle")):
        reply = talk.hear(tapped(tap(choice)))
        assert reply.kind == "clarify" and reply.options


def test_a_tap_further_up_answers_its_own_question(home: Talk) -> None:
    home.say("家里老人去世了", "death")
    home.hear(tapped(tap("fact:mortgage=no")))
    assert home.steps == HOME[:3]


def test_what_the_region_lacks_stays_the_subject(start: Start) -> None:
    talk = start("changle")
    talk.say("宝宝出生了", "birth")
    absent = talk.say("居住证", target("residence-permit", 0.95, "scenario"))
    assert absent.kind == "out_of_scope"
    assert talk.say("那去哪办").kind == "out_of_scope" and "居住证" in talk.text
    assert talk.tap("看周村区").region == "zhoucun"


def test_a_notice_asked_for_without_a_region(start: Start) -> None:
    talk = start()
    asked = talk.say("给我出一份二手房的告知单", target("second-hand-home", 0.95))
    assert asked.kind == "clarify" and "notice" not in asked.service
    assert "notice" in talk.say("昌乐").service and talk.steps == HOME


def test_a_notice_asked_for_before_the_event_is_named(start: Start) -> None:
    talk = start()
    talk.say("给我一张告知单")
    talk.say("买了二手房", target("second-hand-home", 0.95))
    assert "notice" in talk.say("昌乐").service


def test_a_numbered_question_is_answered_by_number(start: Start) -> None:
    talk = start()
    talk.say("失业金", target("unemployment-benefit", 0.95, "concept"))
    assert talk.say("第三个").region == "xuecheng"


def test_regions_of_the_city_named_come_first(start: Start) -> None:
    reply = start().say("我在威海，怎么离婚", target("divorce", 0.95))
    assert {o.choice for o in reply.options[:2]} == {"region:huancui", "region:weihai-city"}


def test_of_two_wishes_the_one_that_is_not_listed_is_named(start: Start) -> None:
    talk = start("zhoucun")
    clauses = (Clause("我要离婚", (target("divorce"),), 0.0), Clause("生了孩子", (target("birth"),), 0.0))
    reply = talk.say("我要离婚，另外生了孩子", "birth", clauses=clauses)
    assert reply.scenario is not None and reply.scenario.id == "birth" and "“离婚”" in reply.text


def test_after_two_answers_the_first_is_walked(start: Start) -> None:
    talk = start("changle")
    clauses = (
        Clause("买二手房", (target("second-hand-home"),), 0.0),
        Clause("老年证", (target("elderly-card", 0.95, "concept"),), 0.0),
    )
    talk.say("买二手房，另外老年证", "second-hand-home", clauses=clauses)
    talk.say("第一个")
    assert talk.steps == [HOME[0]]


def test_oneself_goes_before_the_firm_of_the_channel(start: Start) -> None:
    talk = start("huancui", "enterprise")
    wish = Target("housing-fund-withdrawal-buy", "concept", 0.95)
    assert talk.say("那我自己买房提取公积金呢", wish).audience == "individual"


def test_the_same_answer_again_says_so(start: Start) -> None:
    talk = start("changle")
    talk.say("失业金", target("unemployment-benefit", 0.95, "concept"))
    heard = hear("那啥那啥", target("unemployment-benefit", 0.95, "concept"), alone=0.2)
    assert "还是" in talk.hear(heard).text.split("\n")[0] or "再列一遍" in talk.text


def test_a_sequence_is_shown_with_the_condition_that_its_opening_tells(start: Start) -> None:
    talk = start("xuecheng", "enterprise")
    talk.say("我们是外资企业，要注销", target("foreign-company-deregistration", 0.95, "concept"))
    assert talk.steps[0] == "xuecheng.enterprise.101.3" and len(talk.steps) == 6
    assert talk.state.facts == {"firm": "foreign"}


def test_a_number_in_a_superscript_is_no_choice(start: Start) -> None:
    talk = start()
    talk.state = State(options=(("一", "region:changle"),))
    assert talk.say("¹").options


def test_another_region_answers_the_same_of_the_same_step(start: Start) -> None:
    talk = start("zhoucun")
    talk.say("宝宝出生了", "birth")
    talk.say("第二个归谁管")
    reply = talk.say("要是在昌乐呢")
    assert (
        reply.slot is not None and reply.slot.name == "department" and talk.steps == ["changle.individual.3"]
    )
    assert talk.say("下一步").slot is not None and talk.steps == ["changle.individual.4"]
