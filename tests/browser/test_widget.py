"""The widget in somebody else's page, whose styles spoil what they reach and whose policy lets in next to nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.foreign_site import ForeignSite
from tests.browser.portal import ANSWER_MS

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def page(foreign_site: ForeignSite, new_context: NewContext) -> Page:
    """The foreign page, opened."""
    opened = new_context().new_page()
    opened.goto(foreign_site.address)
    return opened


def ask(page: Page, text: str) -> None:
    """Types into the widget and waits for the answer."""
    before = page.locator(".entry.answer").count()
    page.locator("yilian-ban textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".entry.answer")).to_have_count(before + 1, timeout=ANSWER_MS)


def test_one_tag_is_enough(page: Page) -> None:
    page.get_by_role("button", name="办事问一问").click()
    expect(page.locator(".picker select").first).to_have_value("huancui")
    expect(page.locator(".picker select").last).to_have_value("enterprise")
    ask(page, "想开个饭店")
    expect(page.locator(".step").first).to_be_visible()
    page.get_by_role("button", name="还没登记", exact=True).click()
    expect(page.get_by_role("button", name="还没登记", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".entry.answer")).to_have_count(1)
    notice = page.get_by_role("link", name="一次性告知单 PDF")
    assert page.request.get(notice.get_attribute("href") or "").status == 200


def test_an_answer_leaves_head_picker_and_field_where_they_are(page: Page) -> None:
    page.get_by_role("button", name="办事问一问").click()
    ask(page, "想开个饭店")
    ask(page, "第二步归谁管")
    page.wait_for_timeout(1000)  # the end of a smooth scroll
    panel = page.locator(".panel").bounding_box()
    assert panel
    for part in (".head", ".picker", ".composer", ".menu"):
        box = page.locator(part).bounding_box()
        assert box and box["y"] >= panel["y"] and box["y"] + box["height"] <= panel["y"] + panel["height"], (
            part
        )


def test_nothing_is_asked_of_the_server_before_it_is_opened(
    foreign_site: ForeignSite, new_context: NewContext
) -> None:
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(foreign_site.address)
    expect(page.get_by_role("button", name="办事问一问")).to_be_visible()
    assert not [url for url in asked if "/api/" in url or "/web/" in url]
    assert page.context.cookies() == []


def test_the_sites_styles_do_not_reach_in(page: Page) -> None:
    page.get_by_role("button", name="办事问一问").click()
    ask(page, "想开个饭店")
    looks = page.locator(".entry.answer .lead").evaluate(
        """(element) => { const style = getComputedStyle(element);
          return [style.color, style.letterSpacing, style.textTransform, style.fontStyle, parseFloat(style.fontSize)]; }"""
    )
    assert looks == ["rgb(22, 32, 44)", "normal", "none", "normal", 17]
    wide = page.locator(".panel").evaluate("(element) => element.getBoundingClientRect().width")
    assert wide > 400
    assert page.locator("h1").evaluate("(element) => getComputedStyle(element).color") == "rgb(255, 0, 255)"


def test_axe_finds_nothing_in_it(page: Page) -> None:
    page.get_by_role("button", name="办事问一问").click()
    ask(page, "想开个饭店")
    ask(page, "要交多少钱")
    assert [found for found in violations(page) if "yilian-ban" in found] == []


def test_keyboard_opens_uses_and_closes_it(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.locator("yilian-ban textarea")
    expect(field).to_be_focused()
    page.keyboard.type("你好")
    page.keyboard.press("Enter")
    expect(page.locator(".entry.answer")).to_have_count(1, timeout=ANSWER_MS)
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    expect(page.get_by_role("button", name="办事问一问")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".entry.answer")).to_have_count(1)


def test_the_conversation_is_restored_and_can_be_deleted(page: Page) -> None:
    page.get_by_role("button", name="办事问一问").click()
    ask(page, "想开个饭店")
    page.reload()
    page.get_by_role("button", name="办事问一问").click()
    expect(page.locator(".entry.answer")).to_have_count(1)
    page.get_by_role("button", name="删除我的对话").click()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(page.locator(".entry.answer")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="办事问一问").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".entry.answer")).to_have_count(0)


@pytest.mark.parametrize("size", [(320, 568), (320, 256), (1280, 800)])
def test_it_fits_every_window(
    foreign_site: ForeignSite, new_context: NewContext, size: tuple[int, int]
) -> None:
    page = new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(foreign_site.address)
    page.get_by_role("button", name="办事问一问").click()
    ask(page, "想开个饭店")
    wide = page.locator(".panel").evaluate(
        "(panel) => [...panel.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1 && !e.closest('.unseen, dialog, details')).map((e) => e.className)"
    )
    assert wide == []
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".panel")).to_have_count(0)
