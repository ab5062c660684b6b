"""Replies as WeChat shows them: every number means one thing, and links can be opened."""

from __future__ import annotations

from typing import Any

import pytest

from actions import endings
from actions.compose import chain_reply, matter_reply
from actions.reply import Reply, to_card
from bot.channels.incoming import payload
from bot.channels.wechat_told import Told, read_reply, tap
from bot.channels.wechat_wish import number_in
from knowledge.catalogue import Catalogue
from wechat.wording import say

PUBLIC = "https://a.example"


def told(catalogue: Catalogue, reply: Reply, public: str | None = PUBLIC, **card: Any) -> Told:
    return read_reply([{"text": reply.text}, {"custom": {**to_card(reply, catalogue), **card}}], public)


def test_every_number_of_every_chain_means_one_thing(catalogue: Catalogue) -> None:
    for region in catalogue.regions:
        for scenario in catalogue.scenarios:
            if not catalogue.chain(scenario, region).steps:
                continue
            reply, _ = chain_reply(catalogue, scenario, region, {}, 0)
            found = told(catalogue, reply)
            steps = [tap(f"matter:{step.matter.id}") for step in reply.steps]
            others = [option for option in reply.options if option.payload not in steps]
            meant = [*steps, *(option.payload for option in others)]
            assert found.numbers == {str(n): payload for n, payload in enumerate(meant, 1)}
            for number, option in enumerate(others, len(steps) + 1):
                assert f"\n{number} {option.label[:40]}" in found.under
            assert others or found.under == say("reply_printed")


def test_options_that_the_text_numbers_are_not_numbered_twice(catalogue: Catalogue) -> None:
    found = told(catalogue, endings.ask_region(catalogue, None, 0))
    assert found.under == say("reply_printed")
    assert list(found.numbers.values()) == [tap(f"region:{region}") for region in catalogue.regions]


def test_two_answers_in_one_number_nothing_twice(catalogue: Catalogue) -> None:
    matters = catalogue.list_matters("changle", "individual")[:2]
    first, second = (matter_reply(catalogue, [m, n], True, 0) for m, n in (matters, matters[::-1]))
    both = Reply("matter", f"{first.text}\n{second.text}", "changle", steps=(*first.steps,))
    found = told(catalogue, both)
    assert found.numbers == {"1": say("step", number=1), "2": say("step", number=2)}


def test_payloads_pass_the_door(catalogue: Catalogue) -> None:
    found = told(catalogue, chain_reply(catalogue, "birth", "changle", {}, 0)[0])
    assert all(payload(value) for value in found.numbers.values() if value.startswith("/"))


def test_a_person_in_the_conversation_takes_the_numbers_away(catalogue: Catalogue) -> None:
    options = [{"label": "不等人工了", "payload": tap("handoff:leave")}]
    found = told(catalogue, Reply("handoff", "请说"), handoff={"state": "taken"}, options=options)
    assert found.numbers == {}
    assert found.under == say("leave_person", label="不等人工了")


NOTICE = {
    "html": "/notice/changle/birth",
    "pdf": "/notice/changle/birth.pdf",
    "docx": "/notice/changle/birth.docx",
}
NOTICE_TEXT = (
    "“宝宝出生”（昌乐县）的告知单：\n网页：/notice/changle/birth\nPDF文件：/notice/changle/birth.pdf"
)


def test_the_links_of_a_notice_can_be_opened(catalogue: Catalogue) -> None:
    found = told(catalogue, Reply("smalltalk", NOTICE_TEXT), notice=NOTICE)
    assert found.text.split("\n")[1:] == [
        f"网页：{PUBLIC}{NOTICE['html']}",
        f"PDF文件：{PUBLIC}{NOTICE['pdf']}",
    ]
    assert found.link is not None and found.link.url == PUBLIC + NOTICE["html"]
    assert "宝宝出生" in found.link.title


def test_without_a_public_address_no_dead_link_is_shown(catalogue: Catalogue) -> None:
    found = told(catalogue, Reply("smalltalk", NOTICE_TEXT), None, notice=NOTICE)
    assert "/notice/" not in found.text and found.link is None
    assert say("notice_without_address") in found.text


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", "3"), ("３", "3"), ("回复3", "3"), ("选 12。", "12"), ("03", "3"), (" 7 ", "7")]
    + [(text, "") for text in ("第3步", "3个", "三", "", "13912345678", "2021", "-1", "1.5")],
)
def test_what_counts_as_a_number(text: str, number: str) -> None:
    assert number_in(text) == number
