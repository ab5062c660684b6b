"""The chat page as a person uses it: asks, waits for the answer, looks at the last one."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

ANSWER_MS = 30_000
# Texts that came into any live region since `listen` was called.
_LISTEN = """() => {
  window.heard = [];
  const live = "[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]";
  new MutationObserver((changes) => {
    const regions = new Set(changes.map(({ target }) =>
      (target instanceof Element ? target : target.parentElement)?.closest(live)).filter(Boolean));
    for (const change of changes) for (const added of change.addedNodes)
      if (added instanceof Element) for (const region of [added, ...added.querySelectorAll(live)])
        if (region.matches(live)) regions.add(region);
    for (const region of regions) if (region.textContent.trim()) window.heard.push(region.textContent.trim());
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


class Portal:
    """One tab on the portal."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url

    def open(self, address: str = "/?region=zhoucun") -> Portal:
        """Opens the page and waits until it can be used."""
        self.page.goto(f"{self.base_url}{address}")
        expect(self.region.locator("option")).to_have_count(6)
        return self

    def another_tab(self) -> Portal:
        """The same browser's second tab; this one stays in front, since one behind is slowed down."""
        other = Portal(self.page.context.new_page(), self.base_url).open("/")
        self.page.bring_to_front()
        return other

    @property
    def region(self) -> Locator:
        """The picker of the region."""
        return self.page.locator(".picker select").first

    @property
    def audience(self) -> Locator:
        """The picker of the audience."""
        return self.page.locator(".picker select").last

    @property
    def field(self) -> Locator:
        """Where one types."""
        return self.page.locator("textarea")

    @property
    def answers(self) -> Locator:
        """All answers, oldest first."""
        return self.page.locator(".entry.answer")

    @property
    def last(self) -> Locator:
        """The last answer."""
        return self.answers.last

    def ask(self, text: str) -> Locator:
        """Types and sends; returns the answer."""
        before = self.answers.count()
        self.field.fill(text)
        self.field.press("Enter")
        return self._answer_after(before)

    def tap(self, label: str) -> Locator:
        """Taps a button that leads to another answer; returns it."""
        before = self.answers.count()
        self.page.get_by_role("button", name=label, exact=True).last.click()
        return self._answer_after(before)

    def _answer_after(self, count: int) -> Locator:
        expect(self.answers).to_have_count(count + 1, timeout=ANSWER_MS)
        expect(self.page.locator(".pending")).to_have_count(0)
        return self.last

    def hold(self, text: str) -> Route:
        """Sends a message that is kept from the server; the route says what becomes of it."""
        held: list[Route] = []

        def keep(route: Route) -> None:
            held.append(route)

        self.page.route("**/api/chat", keep, times=1)
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.page.locator(".thinking")).to_be_visible()
        return held[0]

    def switch(self, label: str) -> None:
        """Answers a condition of the last chain and waits until the chain has changed."""
        button = self.last.locator(".switch").get_by_role("button", name=label, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    def steps(self) -> list[str]:
        """Titles of the last chain's steps."""
        return self.last.locator(".step h3").all_inner_texts()

    def listen(self) -> None:
        """Notes from now on whatever a screen reader is told."""
        self.page.evaluate(_LISTEN)

    def heard(self) -> list[str]:
        """What a screen reader was told since."""
        found: list[str] = self.page.evaluate("() => window.heard")
        return found

    def history(self) -> dict[str, Any]:
        """The conversation as the server has it."""
        found: dict[str, Any] = self.page.request.get(f"{self.base_url}/api/chat").json()
        return found

    def sideways(self) -> list[str]:
        """What sticks out of the window to the side."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
              .filter((element) => !element.closest(".unseen, dialog:not([open]), details:not([open]) > :not(summary)"))
              .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 20)}`)"""
        )
        scrolls = self.page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return [*found, *(["the page scrolls sideways"] if scrolls else [])]
