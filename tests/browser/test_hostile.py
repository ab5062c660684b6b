"""Markup and scripts that come in by message or address are text, and nothing else runs."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.assistant import Assistant
from tests.browser.conftest import OpenPortal
from tests.browser.portal import Portal

ATTACKS = (
    "<img src=x onerror=\"document.title='taken'\">",
    "<script>document.title='taken'</script>",
    "\"><svg onload=document.title='taken'>",
    "<a href=\"javascript:document.title='taken'\">点我</a>",
    "{{constructor.constructor('document.title=1')()}}",
)


def untouched(portal: Portal) -> bool:
    """Whether the page is as it was made: no foreign element, no foreign title."""
    foreign = portal.page.locator(".log img, .log script, .log iframe, .log a[href^=javascript]")
    return portal.page.title() == "一链办" and foreign.count() == 0


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_message_stays_text(portal: Portal, attack: str) -> None:
    portal.ask(attack)
    expect(portal.page.locator(".entry.own .words")).to_have_text(attack)
    assert untouched(portal)
    portal.page.reload()
    expect(portal.answers).to_have_count(1)
    assert untouched(portal)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_address_stays_text(open_portal: OpenPortal, attack: str) -> None:
    given = quote(attack)
    portal = open_portal(f"/?ask={given}&region={given}&audience={given}#{given}")
    expect(portal.field).to_have_value(attack)
    expect(portal.region).to_have_value("")
    expect(portal.answers).to_have_count(0)  # nothing is sent for somebody who only opened a link
    assert untouched(portal)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_name_that_a_person_at_the_desk_has_stays_text(portal: Portal, attack: str) -> None:
    entry = {"n": 1, "author": "person", "name": attack, "text": attack, "card": None, "at": 1}
    news = {"messages": [entry], "handoff": {"state": "taken", "place": None, "by": attack}, "last": 1}
    portal.page.route(
        "**/api/chat", lambda route: route.fulfill(json={**news, "region": None, "audience": None})
    )
    portal.page.reload()
    expect(portal.page.locator(".entry.person")).to_contain_text(attack)
    assert untouched(portal)


def test_scripts_that_are_not_ours_do_not_run(open_portal: OpenPortal) -> None:
    portal = open_portal(quiet=False)
    refused = portal.page.evaluate(
        """() => new Promise((resolve) => {
          addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
        })"""
    )
    assert refused == "script-src-elem"
    assert untouched(portal)


def test_no_page_of_another_site_can_frame_the_chat(
    assistant: Assistant, new_context: type[BrowserContext]
) -> None:
    policy = new_context().new_page().request.get(assistant.base_url).headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
