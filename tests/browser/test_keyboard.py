"""Keyboard and screen reader: order of focus, nothing out of reach, one announcement a message."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPortal
from tests.browser.portal import Portal

_FOCUSED = """() => { const e = document.activeElement;
  return e === document.body ? "body" : (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || e.id).trim(); }"""

# Whether nothing lies over the middle of what has the focus.
_SEEN = """() => { const e = document.activeElement, box = e.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return [(e.getAttribute("aria-label") || e.textContent || e.id).trim(), e.contains(top)]; }"""


def focused(page: Page) -> str:
    """The name of what has the focus."""
    name: str = page.evaluate(_FOCUSED)
    return name


def tabs(page: Page, count: int) -> list[str]:
    """The names of what Tab leads to."""
    found = []
    for _ in range(count):
        page.keyboard.press("Tab")
        found.append(focused(page))
    return found


def test_the_order_of_focus_is_the_order_of_reading(portal: Portal) -> None:
    examples = portal.page.locator(".welcome .choices button").all_inner_texts()
    assert tabs(portal.page, 9 + len(examples)) == [
        "跳到输入框",
        "大字版",
        "English",
        "办事指南",
        "地区",
        "对象",
        *examples,
        "换一批",
        "您要办的事",
        "发送",
    ]


def test_a_whole_errand_by_keyboard_alone(portal: Portal) -> None:
    page = portal.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "您要办的事"
    page.keyboard.type("刚买了套二手房")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("有贷款")
    page.keyboard.press("Enter")
    expect(portal.answers).to_have_count(1)
    assert focused(page) == "您要办的事"
    page.keyboard.press("Shift+Tab")
    found = focused(page)
    while found != "住房":
        page.keyboard.press("Shift+Tab")
        found = focused(page)
    page.keyboard.press("Space")
    home = portal.last.get_by_role("button", name="住房", exact=True)
    expect(home).to_have_attribute("aria-pressed", "true")
    assert focused(page) == "住房"
    while "办好了" not in focused(page):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(portal.last).to_contain_text("已办好 1 /")
    page.keyboard.press("Tab")
    assert "出处" in focused(page)
    page.keyboard.press("Enter")
    expect(portal.last.locator("details[open]")).to_have_count(1)


def test_focus_is_never_lost(open_portal: OpenPortal) -> None:
    portal = open_portal("/")
    portal.page.locator(".welcome .choices button").first.focus()
    portal.page.keyboard.press("Enter")
    expect(portal.answers).to_have_count(1)
    assert focused(portal.page) == "一链办"
    portal.last.get_by_role("button", name="周村区").focus()
    portal.page.keyboard.press("Enter")
    expect(portal.answers).to_have_count(2)
    assert focused(portal.page) == "一链办"


def test_the_dialog_keeps_and_gives_back_the_focus(portal: Portal) -> None:
    portal.ask("你好")
    remove = portal.page.get_by_role("button", name="删除我的对话")
    remove.focus()
    portal.page.keyboard.press("Enter")
    assert focused(portal.page) == "不删"
    assert {*tabs(portal.page, 4)} <= {"删除", "不删", "body"}
    portal.page.keyboard.press("Escape")
    assert focused(portal.page) == "删除我的对话"
    portal.page.keyboard.press("Enter")
    portal.page.keyboard.press("Tab")
    portal.page.keyboard.press("Enter")
    expect(portal.answers).to_have_count(0)
    assert focused(portal.page) == "您要办的事"


def test_each_message_is_announced_once(portal: Portal) -> None:
    portal.listen()
    portal.ask("刚买了套二手房")
    (told,) = portal.heard()
    assert "购置二手房" in told and "列出了 4 项" in told
    portal.switch("没有贷款（全款）")
    assert portal.heard()[1:] == ["已按“有没有贷款？没有贷款（全款）”更新，现在共 3 项。"]
    portal.ask("第一步去哪办")
    assert len(portal.heard()) == 3 and "区政务服务中心" in portal.heard()[2]


def test_the_same_words_twice_are_announced_twice(portal: Portal) -> None:
    said = []

    def answer(route: Route) -> None:
        n = 2 * len(said)
        said.append(n)
        entries = [
            {"n": n + at, "author": author, "name": None, "text": "好", "card": None, "at": n}
            for at, author in enumerate(("citizen", "assistant"), 1)
        ]
        route.fulfill(json={"messages": entries, "handoff": None, "last": n + 2})

    portal.page.route("**/api/chat", answer)
    portal.listen()
    portal.ask("好")
    portal.ask("好")
    assert portal.heard() == ["好", "好"]


def test_a_restored_conversation_is_not_read_out_again(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.page.reload()
    expect(portal.answers).to_have_count(1)
    assert portal.page.locator("[aria-live=polite]").inner_text() == ""


def test_what_failed_is_announced(portal: Portal) -> None:
    portal.page.route("**/api/chat", lambda route: route.abort(), times=1)
    portal.listen()
    portal.field.fill("护照")
    portal.field.press("Enter")
    expect(portal.page.locator(".failed")).to_be_visible()
    (told,) = portal.heard()
    assert "没有发出去" in told


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
def test_what_has_the_focus_can_be_seen(open_portal: OpenPortal, elder: bool) -> None:
    portal = open_portal(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    if elder:
        portal.page.get_by_role("button", name="大字版").click()
    portal.ask("刚买了套二手房")
    portal.page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur(); }")
    hidden = []
    for _ in range(60):
        portal.page.keyboard.press("Tab")
        name, seen = portal.page.evaluate(_SEEN)
        if not seen:
            hidden.append(name)
        if name == "删除我的对话":
            break
    else:
        pytest.fail("Tab never came to the end of the page")
    assert hidden == []
