"""Walking a chain: by number, next and previous, ticking off, what is left."""

from __future__ import annotations

import pytest

from actions.heard import Target
from tests.actions.conftest import HOME, Start
from tests.actions.talk import Talk, target


@pytest.mark.parametrize(
    ("words", "at"), [("第三个", 2), ("第一步", 0), ("头一个", 0), ("第4项", 3), ("第二个呢", 1)]
)
def test_a_step_by_its_number(home: Talk, words: str, at: int) -> None:
    reply = home.say(words)
    assert reply.kind == "matter" and home.steps == [HOME[at]]


def test_an_aspect_of_a_step_by_its_number(home: Talk) -> None:
    reply = home.say("第三个要带什么材料")
    assert reply.kind == "refuse" and home.steps == [HOME[2]]
    assert reply.slot is not None and reply.slot.name == "materials" and not reply.slot.given
    assert "县自然资源和规划局" in reply.text


def test_a_number_that_the_chain_does_not_have(home: Talk) -> None:
    reply = home.say("第九个")
    assert reply.kind in ("clarify", "out_of_scope")


def test_next_and_previous_walk_the_chain(home: Talk) -> None:
    for at in (1, 2, 3):
        reply = home.say("下一步呢")
        assert reply.slot is not None and reply.slot.name == "next" and reply.slot.given
        assert home.steps == [HOME[at]]
    assert "最后一项" in home.say("下一步呢").text
    for at in (2, 1, 0):
        home.say("上一步是什么")
        assert home.steps == [HOME[at]]
    assert "第一项" in home.say("上一步是什么").text


def test_ticking_off_leads_to_the_next_open_step(home: Talk) -> None:
    reply = home.say("办好了")
    assert "记为办好了" in reply.text and home.steps == [HOME[1]]
    home.say("第三个办好了")
    assert home.steps == [HOME[3]]
    home.say("这个办好了")
    # Back to the one that was skipped.
    assert home.steps == [HOME[1]]
    reply = home.say("办好了")
    assert reply.kind == "smalltalk" and "接下来" not in reply.text and "“个人公积金”" in reply.text
    assert set(home.state.done) == set(HOME)


def test_which_first_and_which_may_be_left(home: Talk) -> None:
    home.say("第三个")
    assert home.say("先办哪个").steps[0].matter.id == HOME[0]
    reply = home.say("有没有哪个可以不办")
    assert home.steps == HOME and "清单没有说" in reply.text


def test_a_step_that_was_chosen_stays_meant(start: Start) -> None:
    """Even the first one: what was pointed at is what 那 stands for."""
    talk = start("zhoucun")
    talk.say("宝宝出生了", "birth")
    talk.say("第一个")
    reply = talk.say("那去哪办")
    assert reply.slot is not None and reply.slot.values == ("各助产机构",)
    assert talk.steps == ["zhoucun.individual.1"]


def test_a_number_that_nothing_has_is_asked_back(home: Talk) -> None:
    reply = home.say("第九个")
    assert reply.kind == "clarify" and "第9项" in reply.text
    assert len(reply.options) == 4


def test_a_number_in_a_wish_is_no_step(home: Talk) -> None:
    reply = home.say("第三个孩子怎么上户口", Target("birth-household-registration", "concept", 0.95))
    assert reply.steps[0].matter.id == "changle.individual.3"


def test_a_document_asked_about_is_no_new_wish(home: Talk) -> None:
    home.say("第一步")
    reply = home.say("要带身份证吗", target("id-card", 0.99))
    assert reply.kind == "refuse" and home.steps == [HOME[0]]


@pytest.mark.parametrize("words", ["完了之后呢", "然后呢", "办完这个呢"])
def test_ways_to_ask_what_comes_next(home: Talk, words: str) -> None:
    reply = home.say(words, target("death-all", 0.3))
    assert reply.slot is not None and reply.slot.name == "next" and home.steps == [HOME[1]]


def test_a_step_of_the_chain_named_in_an_answer(start: Start) -> None:
    talk = start("huancui", "enterprise")
    talk.say("开饭店", "restaurant")
    reply = talk.say("也卖烟酒", Target("tobacco-retail-permit", "concept", 0.76))
    assert reply.kind == "chain" and talk.state.facts == {"tobacco": "yes"}
    asked = talk.say("烟草证怎么办", Target("tobacco-retail-permit", "concept", 0.97))
    assert asked.kind == "matter"


def test_the_certificate_of_the_step_before(start: Start) -> None:
    talk = start("zhoucun")
    talk.say("宝宝出生了", "birth")
    talk.say("第一个办好了")
    reply = talk.say("前面那个发什么证")
    assert reply.slot is not None and reply.slot.values == ("出生医学证明",)


def test_is_that_all(home: Talk) -> None:
    reply = home.say("就这些吗", outside=0.76, outside_kind="complaint")
    assert home.steps == HOME and "就列了这4项" in reply.text


def test_what_is_left(home: Talk) -> None:
    home.say("第一个办好了")
    home.say("第三个办好了")
    home.say("还剩什么", target("after-death-money", 0.4))
    assert home.steps == [HOME[1], HOME[3]]
