"""A clerk at a real Chromium: look-up by keyboard alone, and a conversation beside it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright import sync_api

from desk.desk import Desk
from desk.settings import Settings
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.desk.server import PUBLIC, TOKEN, desk_server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with desk_server(folder, YILIANBAN_DESK_TOKEN=TOKEN, YILIANBAN_PUBLIC_URL=PUBLIC) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium here, and it cannot be installed")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def page(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    """A signed-in clerk's tab; anything that it complains about fails the test."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/desk")
    page.keyboard.press("Tab")
    page.fill("#token", TOKEN)
    page.fill("#name", f"甲{uuid.uuid4().hex[:6]}")
    page.fill("#display", "3号坐席")
    page.keyboard.press("Enter")
    page.wait_for_selector("#query:focus")
    # Where a test reads what a copy key would have put on the clipboard.
    page.evaluate(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"
    )
    yield page
    found = list(complaints)
    page.click(".who button")
    context.close()
    assert not found


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    found = Desk.open(
        Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(folder / "conversations.db")})
    )
    yield found
    found.close()


def until(page: sync_api.Page, holds: str) -> None:
    """Waits from here: the page's own policy lets nothing be evaluated inside it again and again."""
    late = time.monotonic() + 20
    while not page.evaluate(holds):
        assert time.monotonic() < late, holds
        time.sleep(0.05)


def copied(page: sync_api.Page) -> str:
    until(page, "Boolean(window.copied)")
    return str(page.evaluate("const text = window.copied; window.copied = null; text"))


def test_a_chain_is_found_read_and_sent_with_the_keyboard_alone(page: sync_api.Page) -> None:
    began = time.monotonic()
    page.keyboard.type("esf gh", delay=60)
    page.wait_for_selector("#results li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chain [data-scenario=second-hand-home]")
    page.keyboard.press("a")
    assert copied(page).startswith("周村区，购置二手房，按顺序办")
    page.keyboard.press("m")
    assert len(copied(page)) <= 70
    assert time.monotonic() - began < 10
    page.keyboard.press("l")
    assert 70 < len(copied(page)) <= 210
    page.keyboard.press("c")
    assert f"{PUBLIC}/guide/zhoucun/second-hand-home" in copied(page)
    page.keyboard.press("r")
    page.wait_for_selector("#chain [data-region=changle] .steps")
    page.keyboard.press("b")
    page.wait_for_selector("#other [data-region=zhoucun] .steps")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("gaj", delay=40)
    page.wait_for_selector("#results li:nth-child(2)")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    until(page, "!document.querySelector('#chain [data-scenario=second-hand-home]')")
    page.reload()
    page.wait_for_selector("#query:focus")
    assert "购置二手房" in page.locator("#results li").nth(1).inner_text(), "what was opened before the last"


def test_what_is_typed_or_stored_is_never_markup(page: sync_api.Page, desk: Desk) -> None:
    desk.wish(f"session-{uuid.uuid4().hex}", "portal", "zhoucun", "birth", "<img src=x onerror=alert(1)>")
    page.wait_for_selector("#inbox .chat")
    page.fill("#query", "<img src=x onerror=alert(1)>")
    page.wait_for_timeout(300)
    assert page.locator("#inbox img, #results img").count() == 0
    assert "<img" in page.locator("#inbox").inner_text()


def test_a_chat_is_taken_answered_from_the_catalogue_and_handed_back(page: sync_api.Page, desk: Desk) -> None:
    for waiting in desk.handoffs.in_state(("waiting",)):
        desk.happen(waiting.sender, "leave")
    citizen = f"session-{uuid.uuid4().hex}"
    desk.wish(citizen, "portal", "changle", "birth", "孩子刚出生，想找人问")
    page.wait_for_selector("#inbox .chat:has-text('孩子刚出生')")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.wait_for_selector("#reply:focus")
    page.keyboard.press("Escape")
    page.keyboard.type("宝宝出生")
    page.wait_for_selector("#results li")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chain [data-scenario=birth]")
    page.keyboard.press("s")
    page.wait_for_selector("#reply:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".said.person")
    desk.happen(citizen, "say", "谢谢")
    page.wait_for_selector(".said.citizen")
    said = [
        (message.author, message.text[:6]) for message in desk.handoffs.messages(desk.handoff(citizen).id)
    ]
    assert said[0][0] == "person" and "宝宝出生" in desk.handoffs.messages(desk.handoff(citizen).id)[0].text
    page.reload()
    page.wait_for_selector("#inbox .chat")
    page.click("#inbox .chat")
    page.wait_for_selector(".said.citizen")
    page.click("text=结束，交还助手")
    until(page, "!document.querySelector('#reply')")
    assert desk.handoff(citizen).state == "ended"


@pytest.mark.parametrize("width", [1024, 1280])
def test_everything_fits_the_screen(page: sync_api.Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.keyboard.type("jiehun")
    page.wait_for_selector("#results li")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chain .steps")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for part in ("#query", "#inbox", ".keys", "#chain .step"):
        assert page.locator(part).first.is_visible()
