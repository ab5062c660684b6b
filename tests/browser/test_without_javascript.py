"""A browser without JavaScript: the page leads on, and the whole errand can be done by links and forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.assistant import Assistant
from tests.browser.axe import violations


@pytest.fixture
def page(assistant: Assistant, new_context: Callable[..., BrowserContext]) -> Page:
    """The portal in such a browser."""
    opened = new_context(java_script_enabled=False).new_page()
    opened.goto(assistant.base_url)
    return opened


def test_the_page_leads_to_the_form_and_the_guide(page: Page) -> None:
    expect(page.get_by_role("link", name="办事指南：按地区和事情查")).to_be_visible()
    page.get_by_role("link", name="用网页表单提问").click()
    form = page.locator("form", has=page.locator("[name=text]"))
    form.locator("[name=region]").select_option("zhoucun")
    form.locator("[name=text]").fill("我家宝宝刚出生")
    form.get_by_role("button", name="发送").click()
    expect(page.locator("body")).to_contain_text("办理出生医学证明")


@pytest.mark.parametrize("path", ["/guide/", "/guide/zhoucun", "/guide/zhoucun/second-hand-home?mortgage=yes", "/matter/zhoucun.individual.3", "/search?q=%E6%8A%A4%E7%85%A7", "/chat", "/guide/nowhere"])  # fmt: skip
@pytest.mark.parametrize(
    "options",
    [{}, {"viewport": {"width": 320, "height": 256}}, {"color_scheme": "dark"}],
    ids=["desktop", "400%", "dark"],
)
def test_axe_finds_nothing_on_the_pages_that_the_server_draws(
    assistant: Assistant, new_context: Callable[..., BrowserContext], path: str, options: dict[str, object]
) -> None:
    page = new_context(**options).new_page()
    page.goto(f"{assistant.base_url}{path}")
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
