"""Every kind of card on the real stack: what a person sees, and that axe finds nothing in any of these states."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from knowledge.catalogue import load_catalogue
from tests.browser.axe import violations
from tests.browser.conftest import OpenPortal
from tests.browser.portal import Portal

CATALOGUE = load_catalogue()
# What is said in Huancui → the kind that the last reply has.
KINDS = {
    "chain": ["刚买了套二手房"],
    "matter": ["护照到期换新的"],
    "slot": ["护照到期换新的", "归哪个部门管"],
    "refuse": ["护照到期换新的", "要交多少钱"],
    "list": ["医保局管哪些事"],
    "compare": ["周村和环翠办护照有什么不一样"],
    "out_of_scope": ["火星旅游签证怎么办"],
    "smalltalk": ["你好"],
    "handoff": ["转人工"],
    "feedback": ["我要评价", "五星"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_and_accessible(open_portal: OpenPortal, kind: str) -> None:
    portal = open_portal("/?region=huancui")
    for said in KINDS[kind]:
        portal.ask(said)
    expect(portal.last).to_have_attribute("data-kind", kind)
    assert violations(portal.page) == []


def test_nothing_said_yet_is_accessible(portal: Portal) -> None:
    expect(portal.page.get_by_role("heading", name="您好，您遇到了什么事？")).to_be_visible()
    assert violations(portal.page) == []


def test_the_chain_is_the_catalogues(portal: Portal) -> None:
    portal.ask("刚买了套二手房")
    chain = CATALOGUE.chain("second-hand-home", "zhoucun")
    assert portal.steps() == [matter.title for matter in chain.matters]
    assert portal.last.locator(".number").all_inner_texts() == ["1", "2", "3", "4"]
    for row, step in zip(portal.last.locator(".step").all(), chain.steps, strict=True):
        text = row.inner_text()
        assert all(name in text for name in (*step.matter.departments, *step.matter.places))
        row.get_by_text("出处").click()
        expect(row).to_contain_text(f"{CATALOGUE.document(step.matter)}第{step.matter.row}项")
    assert violations(portal.page) == []


def test_conditions_change_the_chain_in_its_place(portal: Portal) -> None:
    portal.ask("刚买了套二手房")
    portal.page.evaluate("() => window.scrollTo(0, 200)")
    at = portal.page.evaluate("() => window.scrollY")
    portal.switch("没有贷款（全款）")
    portal.switch("住房")
    facts = {"mortgage": "no", "property": "home"}
    chain = CATALOGUE.chain("second-hand-home", "zhoucun", facts)
    assert portal.steps() == [matter.title for matter in chain.matters]
    expect(portal.answers).to_have_count(1)
    assert portal.page.evaluate("() => window.scrollY") == at
    link = portal.last.get_by_role("link", name="打开这条链的网页")
    assert (link.get_attribute("href") or "").endswith(
        "/guide/zhoucun/second-hand-home?mortgage=no&property=home"
    )
    undecided = portal.last.locator(".unsure").first
    undecided.click()
    expect(undecided).to_have_attribute("aria-pressed", "true")
    assert len(portal.steps()) == len(
        CATALOGUE.chain("second-hand-home", "zhoucun", {"mortgage": "no"}).steps
    )


def test_the_links_of_a_chain_lead_somewhere(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    links = portal.last.locator(".actions a")
    expect(links).to_have_count(4)
    for link in links.all():
        answered = portal.page.request.get(link.get_attribute("href") or "")
        assert answered.status == 200, answered.url


def test_the_address_of_a_chain_can_be_shared(open_portal: OpenPortal) -> None:
    portal = open_portal(permissions=["clipboard-read", "clipboard-write"])
    portal.ask("我家宝宝刚出生")
    portal.page.evaluate("() => { Object.defineProperty(navigator, 'share', { value: undefined }); }")
    portal.last.get_by_role("button", name="分享链接").click()
    expect(portal.last).to_contain_text("链接已复制")
    shared = portal.page.evaluate("() => navigator.clipboard.readText()")
    assert shared == f"{portal.base_url}/guide/zhoucun/birth"


def test_ticks_stay_on_the_device(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.last.get_by_role("checkbox").nth(1).check()
    expect(portal.last).to_contain_text("已办好 1 / 5 项")
    portal.page.reload()
    expect(portal.last.get_by_role("checkbox").nth(1)).to_be_checked()
    assert violations(portal.page) == []
    assert len(portal.history()["messages"]) == 2


def test_a_question_back_is_answered_by_a_tap(open_portal: OpenPortal) -> None:
    portal = open_portal("/")
    portal.ask("我家宝宝刚出生")
    expect(portal.last).to_have_attribute("data-kind", "clarify")
    assert violations(portal.page) == []
    portal.tap("昌乐县")
    expect(portal.last).to_have_attribute("data-kind", "chain")
    expect(portal.region).to_have_value("changle")


def test_a_long_list_is_leafed_through_and_leads_to_its_matters(open_portal: OpenPortal) -> None:
    portal = open_portal("/?region=huancui")
    portal.ask("医保局管哪些事")
    rows = portal.last.locator(".list li")
    expect(rows).to_have_count(12)
    portal.last.get_by_role("button", name="再看").click()
    assert rows.count() > 12
    title = rows.last.get_by_role("button").inner_text()
    portal.tap(title)
    expect(portal.last.locator("h2").first).to_have_text(title)


def test_a_rating_is_given_by_stars(open_portal: OpenPortal) -> None:
    portal = open_portal()
    portal.ask("我要评价")
    assert violations(portal.page) == []
    portal.last.get_by_role("button", name="基本满意 3 星").click()
    expect(portal.last).to_have_attribute("data-kind", "feedback")
    expect(portal.page.locator(".entry.own").last).to_have_text("基本满意")


def test_a_failure_of_the_assistant_is_told_as_one(portal: Portal) -> None:
    card = {"schema": "reply/1", "kind": "error", "region": None, "audience": None, "options": [{"label": "再试一次", "payload": "护照"}]}  # fmt: skip
    said = "刚才没处理成功，您说的话没有丢，请再发一次；着急可以打12345。"
    messages = [
        {"n": 1, "author": "citizen", "name": None, "text": "护照", "card": None, "at": 1},
        {"n": 2, "author": "assistant", "name": None, "text": said, "card": card, "at": 2},
    ]
    news = {"messages": messages, "handoff": None, "last": 2}
    portal.page.route("**/api/chat", lambda route: route.fulfill(json=news))
    portal.ask("护照")
    expect(portal.last).to_contain_text("没有处理成功")
    assert violations(portal.page) == []
    portal.page.unroute("**/api/chat")
    portal.tap("再试一次")
