"""A wish for the notice: links to what is talked about, with the facts told; a question where nothing is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.reply import Reply
from actions.signals import has
from knowledge.catalogue import Catalogue
from notice.asked import read
from tests.actions.talk import Talk, hear, target

Start = Callable[..., Talk]


def opens(catalogue: Catalogue, reply: Reply) -> list[str]:
    """Paths of the reply's notice; each is read as the server reads it, and stands in the text."""
    paths = list(reply.service["notice"].values())
    for path in paths:
        assert path in reply.text
        place, _, query = path.removeprefix("/notice/").partition("?")
        region, _, scenario = place.partition("/")
        read(catalogue, region, scenario or None, query)
    return paths


@pytest.mark.parametrize(
    "wish", ["给我一份告知单", "打印出来", "能导出吗", "发我个文档", "发我个PDF", "存下来", "打印"]
)
def test_the_chain_with_what_was_told(start: Start, catalogue: Catalogue, wish: str) -> None:
    talk = start("changle")
    talk.say("刚买了二手房", "second-hand-home")
    talk.say("有贷款")
    assert opens(catalogue, talk.say(wish)) == [
        "/notice/changle/second-hand-home?mortgage=yes",
        "/notice/changle/second-hand-home.pdf?mortgage=yes",
        "/notice/changle/second-hand-home.docx?mortgage=yes",
    ]


def test_the_thread_goes_on_behind_it(start: Start) -> None:
    talk = start("changle")
    first = talk.say("我家宝宝刚出生", "birth")
    talk.say("告知单")
    assert talk.tap("宝宝出生").steps == first.steps


def test_facts_of_other_events_stay_out(start: Start, catalogue: Catalogue) -> None:
    talk = start("changle")
    talk.say("刚买了二手房", "second-hand-home")
    talk.say("有贷款")
    talk.say("我家宝宝刚出生", "birth")
    assert opens(catalogue, talk.say("告知单"))[0] == "/notice/changle/birth"


def test_single_matters(start: Start, catalogue: Catalogue) -> None:
    talk = start("changle")
    talk.say("户口登记", "changle.individual.3")
    assert opens(catalogue, talk.say("给我个pdf"))[1] == "/notice/changle.pdf?matters=changle.individual.3"


def test_an_event_named_with_the_wish_is_answered_with_its_notice(start: Start, catalogue: Catalogue) -> None:
    talk = start("changle")
    talk.say("我家宝宝刚出生", "birth")
    reply = talk.say("离婚的告知单给一张", "divorce")
    assert reply.kind == "chain" and opens(catalogue, reply)[0] == "/notice/changle/divorce"


@pytest.mark.parametrize("region", [None, "changle"])
def test_nothing_talked_about_asks_for_what(start: Start, region: str | None) -> None:
    reply = start(region).say("给我一份告知单")
    assert reply.kind == "clarify" and "/notice" not in reply.text and reply.options


def test_a_list_too_long_for_a_document_asks_for_one_thing(start: Start) -> None:
    talk = start("huancui")
    talk.say("区人力资源社会保障局管哪些事")
    assert talk.reply is not None and len(talk.reply.steps) > 40
    reply = talk.say("打印出来")
    assert reply.kind == "clarify" and "/notice" not in reply.text


def test_the_notice_of_a_list_holds_all_its_pages(start: Start, catalogue: Catalogue) -> None:
    talk = start("huancui")
    talk.say("公安分局管哪些事")
    wanted = ",".join(talk.steps)
    talk.say("更多")
    assert opens(catalogue, talk.say("打印出来"))[0] == f"/notice/huancui?matters={wanted}"


@pytest.mark.parametrize("talked", [False, True])
def test_a_paper_to_be_printed_is_another_wish(start: Start, talked: bool) -> None:
    talk = start("changle")
    if talked:
        talk.say("我家宝宝刚出生", "birth")
    reply = talk.say("社保证明能打印一份吗", "social-insurance-proof")
    assert "/notice" not in reply.text


def test_words_of_the_wish_name_no_event(start: Start, catalogue: Catalogue) -> None:
    """Search hears a print shop in "打印出来"; there is nothing in it but the wish."""
    talk = start("changle")
    talk.say("我家宝宝刚出生", "birth")
    reply = talk.say("能不能 把这个 打印出来", target("print-shop", 0.8))
    assert opens(catalogue, reply)[0] == "/notice/changle/birth"


def test_an_event_that_the_region_does_not_have_gets_no_other_notice(start: Start) -> None:
    talk = start("changle")
    talk.say("我家宝宝刚出生", "birth")
    reply = talk.say("企业注销的清单导出pdf", target("company-closing", 0.596))
    assert "/notice" not in reply.text


@pytest.mark.parametrize(
    "text", ["想开个打印店", "打印社保缴费证明", "打印身份证", "公积金存款", "下载社保卡"]
)
def test_no_wish_for_a_notice(text: str) -> None:
    heard = hear(text)
    assert not has("notice", heard.text) and not has("print", heard.text)
