"""Where and for whom: the region asked for, named, changed; metadata; both audiences."""

from __future__ import annotations

from actions.heard import Target
from knowledge.catalogue import Catalogue
from tests.actions.conftest import HOME, Start
from tests.actions.talk import Talk, target


def test_the_question_waits_for_the_region(start: Start) -> None:
    talk = start()
    asked = talk.say("二手房过户要带什么材料", target("second-hand-home"))
    assert asked.kind == "clarify" and len(asked.options) == 5
    answered = talk.say("昌乐")
    assert answered.kind == "chain" and talk.steps == HOME
    assert answered.slot is not None and (answered.slot.name, answered.slot.given) == ("materials", False)


def test_a_region_by_itself_is_remembered(start: Start) -> None:
    talk = start()
    assert talk.say("我在环翠").kind == "smalltalk"
    assert talk.state.region == "huancui"
    assert talk.say("宝宝出生了", "birth").region == "huancui"


def test_another_region_answers_the_same_again(home: Talk) -> None:
    for name, region in (("那周村呢", "zhoucun"), ("要是在环翠呢", "huancui"), ("薛城", "xuecheng")):
        reply = home.say(name)
        assert (
            reply.region == region and reply.scenario is not None and reply.scenario.id == "second-hand-home"
        )
    assert all(step.startswith("xuecheng.") for step in home.steps)


def test_repeated_metadata_does_not_undo_what_was_said(start: Start) -> None:
    """The portal sends its region with every message."""
    talk = start()
    talk.say("二手房", "second-hand-home", region_hint="changle")
    assert talk.state.region == "changle"
    talk.say("那周村呢", region_hint="changle")
    reply = talk.say("宝宝出生了", "birth", region_hint="changle")
    assert reply.region == "zhoucun"
    assert talk.say("结婚", "marriage", region_hint="huancui").region == "huancui"


def test_text_counts_before_metadata(start: Start) -> None:
    talk = start()
    assert talk.say("周村二手房", "second-hand-home", region_hint="changle").region == "zhoucun"


def test_unknown_metadata_is_ignored(start: Start) -> None:
    talk = start()
    reply = talk.say("二手房", "second-hand-home", region_hint="atlantis", audience_hint="martian")
    assert reply.kind == "clarify" and talk.state.region is None and talk.state.audience is None


def test_a_region_without_a_list_for_businesses_says_so(start: Start) -> None:
    for region in ("zhoucun", "changle", "weihai-city"):
        talk = start(region, "enterprise")
        reply = talk.say("我要开饭店", "restaurant")
        assert reply.kind == "out_of_scope"
        assert {o.choice for o in reply.options} >= {"region:xuecheng", "region:huancui"}
        assert talk.tap("看薛城区").scenario is not None


def test_both_audiences_where_nobody_said_which(start: Start, catalogue: Catalogue) -> None:
    enterprise, individual = next(
        (one, other)
        for one, other in catalogue.twins.items()
        if catalogue.concepts[one].audience == "enterprise"
        and catalogue.matters_for(one, "xuecheng")
        and catalogue.matters_for(other, "xuecheng")
    )
    talk = start("xuecheng")
    reply = talk.say("登记", Target(individual, "concept", 0.5), Target(enterprise, "concept", 0.4))
    assert reply.kind == "clarify"
    assert {step.matter.audience for step in reply.steps} == {"individual", "enterprise"}
    assert "【个人】" in reply.text and "【企业】" in reply.text
    chosen = talk.tap("我是企业")
    assert {step.matter.audience for step in chosen.steps} == {"enterprise"}


def test_a_place_that_no_list_covers_asks_again(start: Start) -> None:
    talk = start()
    talk.say("我失业了", "laid-off")
    again = talk.say("我在枣庄", outside=0.95, outside_kind="smalltalk")
    assert again.kind == "clarify" and len(again.options) == 5
    assert talk.say("薛城").scenario is not None
