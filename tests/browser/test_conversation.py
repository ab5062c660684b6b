"""A conversation over reloads, tabs and lost connections; a new one, none at all, and one with a person."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from playwright.sync_api import Route, expect

from tests.assistant import DESK_TOKEN
from tests.browser.axe import violations
from tests.browser.conftest import OpenPortal
from tests.browser.portal import Portal


def test_pickers_are_remembered_and_offer_only_what_there_is(portal: Portal) -> None:
    portal.region.select_option("huancui")
    portal.audience.select_option("enterprise")
    portal.page.reload()
    expect(portal.region).to_have_value("huancui")
    expect(portal.audience).to_have_value("enterprise")
    portal.ask("想开个饭店")
    expect(portal.last.locator(".badge").first).to_have_text("威海市环翠区")
    portal.region.select_option("changle")
    expect(portal.audience).to_have_value("")
    expect(portal.audience.locator("option[value=enterprise]")).to_be_disabled()


def test_another_region_gives_the_last_question_there(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.region.select_option("huancui")
    again = portal.page.get_by_role("button", name="刚才的问题，看环翠区怎么办")
    assert violations(portal.page) == []
    again.click()
    expect(portal.answers).to_have_count(2)
    expect(portal.last.locator(".badge").first).to_have_text("威海市环翠区")
    expect(portal.last.locator("h2").first).to_have_text("宝宝出生")
    expect(again).to_have_count(0)


def test_examples_belong_to_the_region_and_rotate(open_portal: OpenPortal) -> None:
    portal = open_portal("/?region=huancui&audience=enterprise")
    shown = portal.page.locator(".welcome .choices button")
    first = shown.all_inner_texts()
    assert 1 < len(first) <= 6
    portal.page.get_by_role("button", name="换一批").click()
    assert not {*first} & {*shown.all_inner_texts()}
    title = shown.first.inner_text()
    shown.first.click()
    expect(portal.last.locator("h2").first).to_have_text(title)


def test_a_conversation_is_restored_after_a_reload(portal: Portal) -> None:
    portal.ask("刚买了套二手房")
    portal.switch("有贷款")
    portal.ask("第三步去哪办")
    before = portal.page.locator(".log").inner_text()
    portal.page.reload()
    expect(portal.answers).to_have_count(2)
    assert portal.page.locator(".log").inner_text() == before
    expect(portal.answers.first.get_by_role("button", name="有贷款", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_two_tabs_show_one_conversation(portal: Portal) -> None:
    other = portal.another_tab()
    portal.ask("我家宝宝刚出生")
    expect(other.answers).to_have_count(1)
    other.ask("第三步去哪办")
    expect(portal.answers).to_have_count(2)
    assert portal.page.locator(".log").inner_text() == other.page.locator(".log").inner_text()


def test_nobody_reads_anothers_conversation(open_portal: OpenPortal) -> None:
    open_portal().ask("我家宝宝刚出生")
    stranger = open_portal()
    assert stranger.history()["messages"] == []
    expect(stranger.answers).to_have_count(0)


def test_a_message_whose_answer_was_lost_is_answered_once(portal: Portal) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    portal.ask("刚买了套二手房")
    portal.page.route("**/api/chat", lose, times=1)
    portal.field.fill("我家宝宝刚出生")
    portal.field.press("Enter")
    failed = portal.page.locator(".failed")
    expect(failed).to_contain_text("连不上网络")
    portal.page.wait_for_timeout(1000)  # the end of a smooth scroll
    assert failed.get_by_role("button", name="再发一次").evaluate(
        """(button) => { const box = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(box.left + 5, box.top + box.height / 2)); }"""
    ), "the button lies under something"
    expect(failed).to_contain_text("我家宝宝刚出生")
    assert violations(portal.page) == []
    failed.get_by_role("button", name="再发一次").click()
    expect(portal.answers).to_have_count(2)
    assert [message["author"] for message in portal.history()["messages"]] == ["citizen", "assistant"] * 2


def test_what_did_not_arrive_survives_a_reload(portal: Portal) -> None:
    portal.page.route("**/api/chat", lambda route: route.abort(), times=1)
    portal.field.fill("我家宝宝刚出生")
    portal.field.press("Enter")
    expect(portal.page.locator(".failed")).to_be_visible()
    portal.page.reload()
    expect(portal.page.locator(".failed")).to_contain_text("上次没有发出去")
    portal.page.get_by_role("button", name="不发了").click()
    expect(portal.page.locator(".pending")).to_have_count(0)


def test_offline_and_back(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.page.context.set_offline(True)
    expect(portal.page.get_by_text("现在没有网络")).to_be_visible()
    portal.field.fill("第三步去哪办")
    portal.field.press("Enter")
    expect(portal.page.locator(".failed")).to_be_visible()
    expect(portal.answers).to_have_count(1)
    assert violations(portal.page) == []
    portal.page.context.set_offline(False)
    expect(portal.answers).to_have_count(2)
    expect(portal.page.get_by_text("现在没有网络")).to_have_count(0)


def test_waiting_is_shown_and_a_refusal_told_in_the_servers_words(portal: Portal) -> None:
    held = portal.hold("护照")
    expect(portal.page.locator(".thinking")).to_be_visible()
    expect(portal.page.get_by_role("log")).to_have_attribute("aria-busy", "true")
    held.fulfill(status=429, json={"error": "您发得太快了，请过一分钟再发。"})
    expect(portal.page.locator(".failed")).to_contain_text("您发得太快了")
    expect(portal.page.locator(".thinking")).to_have_count(0)


def test_a_history_that_did_not_come_can_be_asked_for_again(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.page.route("**/api/chat", lambda route: route.abort(), times=1)
    portal.page.reload()
    portal.page.get_by_role("button", name="再取一次").click()
    expect(portal.answers).to_have_count(1)


def test_a_new_conversation_keeps_the_old_one_at_hand(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.page.get_by_role("button", name="新对话").click()
    expect(portal.page.get_by_text("之前的对话")).to_be_visible()
    expect(portal.page.get_by_role("heading", name="您好，您遇到了什么事？")).to_be_visible()
    assert violations(portal.page) == []
    portal.ask("第三步去哪办")
    expect(portal.last).to_have_attribute("data-kind", "clarify")


def test_deleting_asks_first_and_deletes_on_the_server_and_in_every_tab(portal: Portal) -> None:
    other = portal.another_tab()
    portal.ask("我家宝宝刚出生")
    portal.last.get_by_role("checkbox").first.check()
    expect(other.answers).to_have_count(1)
    remove = portal.page.get_by_role("button", name="删除我的对话")
    remove.click()
    expect(portal.page.get_by_role("dialog")).to_contain_text("不能找回")
    assert violations(portal.page) == []
    portal.page.get_by_role("button", name="不删").click()
    expect(portal.answers).to_have_count(1)
    remove.click()
    portal.page.get_by_role("button", name="删除", exact=True).click()
    expect(portal.page.get_by_text("对话已经删除")).to_be_visible()
    expect(portal.answers).to_have_count(0)
    expect(other.answers).to_have_count(0)
    assert portal.history()["messages"] == []
    portal.page.reload()
    expect(portal.answers).to_have_count(0)
    portal.ask("我家宝宝刚出生")
    expect(portal.last.get_by_role("checkbox").first).not_to_be_checked()


def test_long_answers_are_read_from_their_beginning(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.ask("刚买了套二手房")
    question = portal.page.locator(".entry.own").last
    portal.page.wait_for_timeout(1000)  # the end of a smooth scroll
    top = question.evaluate("(element) => element.getBoundingClientRect().top")
    bar = portal.page.locator(".picker").evaluate("(element) => element.getBoundingClientRect().bottom")
    assert bar - 1 <= top < bar + 60


def desk(portal: Portal, path: str, **body: Any) -> Any:
    """What somebody at the desk does."""
    answered = requests.request(
        "POST" if body else "GET",
        f"{portal.base_url}/api/handoff{path}",
        headers={"Authorization": f"Bearer {DESK_TOKEN}"},
        json=body or None,
        timeout=30,
    )
    assert answered.status_code == 200, answered.text
    return answered.json()


@pytest.fixture
def waiting(open_portal: OpenPortal) -> tuple[Portal, str]:
    """A citizen in the queue, and the path of the hand-off."""
    portal = open_portal("/?region=huancui")
    portal.ask("我想找人工问护照的事")
    newest = max(desk(portal, "")["handoffs"], key=lambda handoff: handoff["id"])
    return portal, f"/{newest['id']}"


def test_a_person_takes_over_and_says_something_unasked(waiting: tuple[Portal, str]) -> None:
    portal, handoff = waiting
    strip = portal.page.locator(".banner")
    expect(strip).to_contain_text(re.compile(r"您是第 \d+ 位"))
    assert violations(portal.page) == []
    portal.listen()
    desk(portal, f"{handoff}/take", by="小王")
    expect(strip).to_contain_text("正在接待您", timeout=15_000)
    desk(portal, f"{handoff}/reply", text="您好，护照到期前就可以换。")
    message = portal.page.locator(".entry.person")
    expect(message).to_contain_text("护照到期前就可以换", timeout=15_000)
    assert [heard for heard in portal.heard() if "护照到期前" in heard] == ["您好，护照到期前就可以换。"]
    assert violations(portal.page) == []
    desk(portal, f"{handoff}/end", by="小王")
    expect(strip).to_contain_text("人工服务结束了", timeout=15_000)
    portal.page.reload()
    expect(message).to_be_visible()
    expect(strip).to_have_count(0)
