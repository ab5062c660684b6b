"""Pointing at steps: by short names, by office and place, those at a higher level; alternatives; what comes after all."""

from __future__ import annotations

import pytest

from actions.heard import Target
from tests.actions.conftest import HOME, Start
from tests.actions.talk import Talk, hear, target

CLOSING = ("huancui", "enterprise", "公司要注销", "company-closing")


@pytest.fixture
def closing(start: Start) -> Talk:
    """A firm in 环翠 closes; which kind of firm is still open."""
    region, audience, words, scenario = CLOSING
    talk = start(region, audience)
    talk.say(words, Target(scenario, "scenario", 0.95))
    return talk


@pytest.mark.parametrize(
    ("words", "row"), [("社保那个归谁", "104"), ("税务归谁管", "103"), ("银行呢", "107")]
)
def test_a_step_by_a_short_name(closing: Talk, words: str, row: str) -> None:
    closing.say(words)
    assert closing.steps == [f"huancui.enterprise.{row}"]
    # And the chain is still walked from there.
    assert closing.state.thread is not None and closing.state.thread.scenario == "company-closing"


def test_an_aspect_of_a_step_moves_the_chain_on(home: Talk) -> None:
    home.say("过户登记多久办好", Target("second-hand-ownership-transfer", "concept", 0.95))
    assert home.steps == [HOME[2]]
    assert home.say("下一步呢").slot is not None and home.steps == [HOME[3]]


def test_next_leaves_out_what_another_kind_of_firm_would_need(closing: Talk) -> None:
    closing.say("第一步")
    closing.say("下一步")
    assert closing.steps == ["huancui.enterprise.103"]


def test_next_says_for_whom_a_step_is(home: Talk) -> None:
    home.say("第三步")
    assert "有贷款" in home.say("下一步").text


def test_which_of_these(start: Start) -> None:
    talk = start("zhoucun")
    talk.say("宝宝出生了", "birth")
    found = talk.say("哪些要去派出所")
    assert found.slot is not None and found.slot.given
    assert talk.steps == ["zhoucun.individual.2", "zhoucun.individual.3"]
    none = talk.say("哪些归民政局")
    assert none.slot is not None and not none.slot.given and not talk.steps
    # What a department does at all is still looked up.
    assert talk.say("区民政局管哪些事").kind == "list"


def test_the_last_step_and_what_comes_after_all(home: Talk) -> None:
    home.say("最后一步是啥")
    assert home.steps == [HOME[-1]]
    home.say("返回")
    after = home.say("这些都办完了还要办啥")
    assert after.slot is not None and after.slot.given and after.options


def test_a_named_step_is_ticked(start: Start) -> None:
    talk = start("huancui")
    talk.say("宝宝出生了", "birth")
    talk.say("户口办好了")
    assert talk.state.done == ("huancui.individual.3",)


def test_a_further_step_of_a_single_matter_shows_the_whole_way(start: Start) -> None:
    talk = start("changle")
    talk.say("二手房过户", Target("second-hand-ownership-transfer", "concept", 0.95))
    reply = talk.say("第二步归谁")
    assert reply.kind == "chain" and talk.steps == HOME


def test_after_the_last_of_its_scene_nothing_of_another_follows(start: Start) -> None:
    talk = start("changle")
    talk.say("失业金怎么领", target("unemployment-benefit", 0.95, "concept"))
    talk.say("然后呢")
    assert talk.steps == ["changle.individual.51"]


@pytest.mark.parametrize(
    ("words", "aspect"),
    [
        ("上那办", "place"),
        ("然后", "next"),
        ("税多少", "fee"),
        ("要交钱吗", "fee"),
        ("市级吗", "level"),
        ("到底多少天", "duration"),
    ],
)
def test_what_is_asked_in_shorthand(home: Talk, words: str, aspect: str) -> None:
    home.say("第二步")
    reply = home.say(words)
    assert reply.slot is not None and reply.slot.name == aspect


def test_several_of_which_nothing_is_given_are_told_in_one_sentence(home: Talk) -> None:
    reply = home.say("多少钱")
    assert home.steps == HOME and reply.text.count("清单") <= 2


def test_money_that_is_paid_out_is_no_charge(start: Start) -> None:
    talk = start("changle")
    talk.say("失业金怎么领", target("unemployment-benefit", 0.95, "concept"))
    assert "金额" in talk.say("能领多少钱").text
    talk.say("结婚登记", target("marriage-registration", 0.95, "concept"))
    assert "收费" in talk.say("多少钱").text


def test_the_next_page_after_one_entry(start: Start) -> None:
    talk = start("xuecheng")
    talk.say("医保局管什么")
    talk.say("第三个")
    assert "\n13. " in talk.say("更多").text


def test_emergencies_at_home(start: Start) -> None:
    assert start("changle").hear(hear("家里有人晕倒了")).kind == "handoff"
