"""The page for every eye: small windows, magnified, large text, dark, forced colours, English, paper."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.axe import violations
from tests.browser.conftest import OpenPortal
from tests.browser.portal import Portal

PHONE = {"viewport": {"width": 360, "height": 740}}
SMALLEST = {"viewport": {"width": 320, "height": 568}}
# A window of 1280 × 1024 at 400 %.
MAGNIFIED = {"viewport": {"width": 320, "height": 256}}
DARK = {"color_scheme": "dark"}
CONTRAST = {"contrast": "more"}
FORCED = {"forced_colors": "active"}
SAID = (
    "刚买了套二手房",
    "护照到期换新的",
    "要交多少钱",
    "医保局管哪些事",
    "周村和环翠办护照有什么不一样",
    "我要评价",
)


@pytest.mark.parametrize(
    "options",
    [PHONE, SMALLEST, MAGNIFIED, DARK, {**PHONE, **DARK}, CONTRAST, {**DARK, **CONTRAST}, FORCED],
    ids=["phone", "320px", "400%", "dark", "dark phone", "contrast", "dark contrast", "forced colours"],
)
@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
def test_nothing_sticks_out_and_axe_finds_nothing(
    open_portal: OpenPortal, options: dict[str, Any], elder: bool
) -> None:
    portal = open_portal("/?region=huancui", **options)
    if elder:
        portal.page.get_by_role("button", name="大字版").click()
    for said in SAID:
        portal.ask(said)
    portal.page.get_by_text("出处").first.click()
    assert portal.sideways() == []
    assert violations(portal.page) == []


def test_in_a_low_window_nothing_lies_over_the_text(open_portal: OpenPortal) -> None:
    portal = open_portal(**MAGNIFIED)
    portal.ask("刚买了套二手房")
    kinds = [
        portal.page.locator(part).evaluate("(e) => getComputedStyle(e).position")
        for part in (".picker", ".composer")
    ]
    assert kinds == ["static", "static"]


def test_large_text_is_large_remembered_and_shared_with_the_guide(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.page.get_by_role("button", name="大字版").click()
    sizes = portal.page.evaluate(
        """() => [...document.querySelectorAll(".chat p, .chat dd, .chat dt, .chat button, .chat label, .chat select")]
          .filter((element) => element.getClientRects().length)
          .map((element) => parseFloat(getComputedStyle(element).fontSize))"""
    )
    assert min(sizes) >= 18 and max(sizes) >= 22
    small = portal.page.evaluate(
        """() => [...document.querySelectorAll("button, select, summary, .tick, a.button")]
          .map((element) => [element.textContent, element.getBoundingClientRect().height])
          .filter(([, height]) => height && height < 48)"""
    )
    assert small == []
    portal.page.reload()
    expect(portal.page.get_by_role("button", name="大字版")).to_have_attribute("aria-pressed", "true")
    portal.page.goto(f"{portal.base_url}/guide/zhoucun")
    expect(portal.page.locator("html")).to_have_class("elder")


def test_every_target_can_be_hit(open_portal: OpenPortal) -> None:
    portal = open_portal(**PHONE)
    portal.ask("刚买了套二手房")
    small = portal.page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, summary, .tick, a")]
          .filter((element) => !element.matches(".skip"))
          .map((element) => [element.textContent, element.getBoundingClientRect().height])
          .filter(([, height]) => height && height < 44)"""
    )
    assert small == []


def test_reading_aloud_and_listening_are_offered_where_the_browser_can(open_portal: OpenPortal) -> None:
    portal = open_portal()
    portal.page.add_init_script(
        """speechSynthesis.speak = (said) => (window.spoken ??= []).push(said.text);
        window.SpeechRecognition = class { start() { setTimeout(() => {
          this.onresult({ results: [[{ transcript: "我家宝宝刚出生" }]] }); this.onend(); }, 50); } stop() {} };"""
    )
    portal.page.reload()
    portal.ask("你好")
    expect(portal.page.get_by_role("button", name="朗读")).to_have_count(0)
    portal.page.get_by_role("button", name="大字版").click()
    portal.page.get_by_role("button", name="说话").click()
    expect(portal.field).to_have_value("我家宝宝刚出生")
    portal.field.press("Enter")
    expect(portal.answers).to_have_count(2)
    portal.last.get_by_role("button", name="朗读").click()
    expect(portal.last.get_by_role("button", name="停止朗读")).to_be_visible()
    assert any("宝宝出生" in line for line in portal.page.evaluate("() => window.spoken"))
    assert violations(portal.page) == []


def test_what_the_browser_cannot_do_is_not_offered(open_portal: OpenPortal) -> None:
    portal = open_portal()
    portal.page.add_init_script(
        """delete window.SpeechRecognition; delete window.webkitSpeechRecognition;
        Object.defineProperty(window, "speechSynthesis", { value: undefined });"""
    )
    portal.page.reload()
    portal.page.get_by_role("button", name="大字版").click()
    portal.ask("你好")
    expect(portal.page.get_by_role("button", name="说话")).to_have_count(0)
    expect(portal.page.get_by_role("button", name="朗读")).to_have_count(0)


def test_english(open_portal: OpenPortal) -> None:
    portal = open_portal()
    portal.page.get_by_role("button", name="English").click()
    expect(portal.page.locator("html")).to_have_attribute("lang", "en")
    portal.ask("刚买了套二手房")
    expect(portal.last).to_contain_text("4 items")
    expect(portal.last).to_contain_text("Department")
    expect(portal.last.locator(".step h3").first).to_have_attribute("lang", "zh-CN")
    button = portal.last.get_by_role("button", name="有贷款", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(portal.answers).to_have_count(1)
    assert violations(portal.page) == []
    portal.page.reload()
    expect(portal.page.get_by_role("button", name="Send")).to_be_visible()
    portal.page.get_by_role("button", name="中文").click()
    expect(portal.page.get_by_role("button", name="发送")).to_be_visible()


def test_nothing_moves_for_those_who_want_that(open_portal: OpenPortal) -> None:
    portal = open_portal(reduced_motion="reduce")
    held = portal.hold("护照")
    dots = portal.page.locator(".dots i").first
    assert dots.evaluate("(element) => getComputedStyle(element).animationName") == "none"
    held.continue_()
    expect(portal.answers).to_have_count(1)


def plain(text: str) -> str:
    """Without white space, and with the radicals that PDFs put for characters as characters again."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_the_conversation_on_paper(portal: Portal) -> None:
    portal.ask("刚买了套二手房")
    portal.switch("有贷款")
    titles = portal.steps()
    pages = PdfReader(io.BytesIO(portal.page.pdf(format="A4"))).pages
    text = plain("".join(page.extract_text() for page in pages))
    for title in titles:
        assert plain(title) in text
    assert "自然人全生命周期服务事项清单第41项" in text  # the source, though it was not opened
    assert "有贷款" in text
    for left_out in ("发送", "删除我的对话", "没有贷款（全款）", "分享链接"):
        assert plain(left_out) not in text


def test_printing_a_chain_leaves_the_rest_out(portal: Portal) -> None:
    portal.ask("我家宝宝刚出生")
    portal.ask("刚买了套二手房")
    portal.page.emulate_media(media="print")
    portal.page.evaluate(
        """() => { window.print = () => { window.onPaper =
          [...document.querySelectorAll(".entry")].filter((entry) => entry.offsetParent).map((entry) => entry.textContent); }; }"""
    )
    portal.last.get_by_role("button", name="打印", include_hidden=True).dispatch_event("click")
    (paper,) = portal.page.evaluate("() => window.onPaper")
    assert "购置二手房" in paper
    shown = portal.page.evaluate(
        "() => [...document.querySelectorAll('.entry')].filter((e) => e.offsetParent).length"
    )
    assert shown == 4
