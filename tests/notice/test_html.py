"""The page: valid, ordered, readable without looking, and alone: no scripts and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest

from notice import html
from notice.notice import Notice
from tests.notice.conftest import Make

SAMPLES = [
    ("changle", "second-hand-home"),
    ("zhoucun", "birth"),
    ("huancui", "restaurant"),
    ("weihai-city", "marriage"),
]


def tree(page: html.Page) -> Element:
    """The page as a browser reads it; fails where a browser would have to guess."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page.content.decode())


def text(element: Element) -> str:
    """All words in an element."""
    return "".join("".join(element.itertext()).split())


@pytest.mark.parametrize(("region", "scenario"), SAMPLES)
def test_structure(make: Make, region: str, scenario: str) -> None:
    notice = make(region, scenario)
    page = tree(html.render(notice))
    assert page.get("lang") == "zh-CN"
    assert page.findtext("head/title") == notice.title
    levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch(r"h\d", str(e.tag))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), "a level is skipped"
    body = page.find("body")
    assert body is not None and [child.tag for child in body] == ["header", "main", "footer"]
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len({*ids})
    for element in page.iter():
        if labelled := element.get("aria-labelledby"):
            assert labelled in ids
    for link in page.iter("a"):
        assert text(link) and link.get("href")


@pytest.mark.parametrize(("region", "scenario"), SAMPLES)
def test_every_step_stands_on_it_in_order(make: Make, region: str, scenario: str) -> None:
    notice = make(region, scenario)
    page = tree(html.render(notice))
    (steps,) = [e for e in page.iter("ol") if e.get("class") == "steps"]
    assert [step.findtext("h3") for step in steps] == [step.title for step in notice.steps]
    for element, step in zip(steps, notice.steps, strict=True):
        assert tuple(dd.text for dd in element.iter("dd")) == step.cells
        assert [dt.text for dt in element.iter("dt")] == list(notice.columns[2:])
        assert step.condition in text(element)
    words = text(page)
    for line in (*notice.unsaid, *notice.remarks, *notice.sources):
        assert "".join(line.split()) in words
    assert notice.link in {link.get("href") for link in page.iter("a")}


def test_the_qr_code_is_named(make: Make) -> None:
    page = tree(html.render(make("changle", "birth")))
    (picture,) = [e for e in page.iter("div") if e.get("role") == "img"]
    assert (
        picture.get("aria-label")
        and next((e for e in picture.iter() if str(e.tag).endswith("path")), None) is not None
    )


def test_it_runs_nothing_and_loads_nothing(make: Make) -> None:
    page = html.render(make("huancui", "restaurant"))
    words = page.content.decode()
    assert not re.search(r"<script|<link|<img|<iframe|@import|javascript:|\son\w+=|\sstyle=", words)
    assert not re.search(r"url\((?!data:font/woff;base64,)", words)
    assert "unsafe" not in page.policy and "default-src 'none'" in page.policy
    style = re.search(r"<style>(.*?)</style>", words, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.policy


def test_it_can_be_printed(make: Make) -> None:
    words = html.render(make("changle", "birth")).content.decode()
    assert "@media print" in words and "@page" in words and "break-inside: avoid" in words


def test_what_somebody_typed_is_no_markup() -> None:
    page = html.refusal('没有叫“<script>alert("1")</script>”的情形。')
    assert b"<script>" not in page.content
    assert tree(page).get("lang") == "zh-CN"


def test_words_of_the_catalogue_are_no_markup(make: Make) -> None:
    from dataclasses import replace

    notice: Notice = make("changle", "birth")
    step = replace(notice.steps[0], title="<b>&amp;</b>")
    page = tree(html.render(replace(notice, steps=(step,), title="</title><script>")))
    assert [h.text for h in page.iter("h3")] == ["<b>&amp;</b>"]
    assert not list(page.iter("script"))
