"""Chromium, a tab on the real stack for each test, and a foreign site; a tab that complains fails its test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, sync_playwright

from tests.assistant import Assistant
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.foreign_site import ForeignSite
from tests.browser.portal import Portal

OpenPortal = Callable[..., Portal]
# What a browser logs for requests that a test loses on purpose.
EXPECTED = ("Failed to load resource", "net::ERR")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is in this folder."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


# For the whole session it would be left running, and its event loop with it: others could start none.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium here, and it cannot be installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a browser profile of its own; complaints of its pages fail the test unless they need not be `quiet`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(part in message.text for part in EXPECTED):
            complaints.append(message.text)

    def make(quiet: bool = True, **options: Any) -> BrowserContext:
        context = browser.new_context(
            **{"locale": "zh-CN", "viewport": {"width": 1000, "height": 800}, **options}
        )
        if quiet:
            context.on("console", complain)
            context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    if complaints and sys.exc_info()[0] is None:
        pytest.fail("\n".join(complaints))


@pytest.fixture
def open_portal(assistant: Assistant, new_context: Callable[..., BrowserContext]) -> OpenPortal:
    """Opens the portal in a profile of its own; options are Playwright's for a context."""

    def make(address: str = "/?region=zhoucun", **options: Any) -> Portal:
        return Portal(new_context(**options).new_page(), assistant.base_url).open(address)

    return make


@pytest.fixture
def portal(open_portal: OpenPortal) -> Portal:
    """The portal in Zhoucun, on a desktop."""
    return open_portal()


@pytest.fixture
def foreign_site(assistant: Assistant) -> Iterator[ForeignSite]:
    """A site of somebody else that shows the widget."""
    site = ForeignSite(assistant.base_url, assistant.foreign_port)
    yield site
    site.close()
