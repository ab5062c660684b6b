"""English pages: every wording there is, everything Chinese marked as such, the same steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from knowledge.catalogue import Catalogue
from pages.chat import Form, chat_page
from pages.matter import matter_page
from pages.missing import missing_page
from pages.page import Page, Visitor
from pages.region import region_page
from pages.regions import regions_page
from pages.scenario import scenario_page
from pages.search import Target, search_page
from pages.wording import WORDINGS, say, speaking
from tests.pages.conftest import TODAY, XHTML, Drawn

Draw = Callable[..., Drawn]
CHINESE = re.compile("[\u4e00-\u9fff]")
# Elements whose words are a name and English at once: a page's own title.
TITLES = {"title", "h1"}


def flat(found: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, str(value)


def test_both_languages_have_every_wording_with_the_same_places_to_fill() -> None:
    chinese, english = (dict(flat(WORDINGS[language].all)) for language in ("zh", "en"))
    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        names = set(re.findall(r"{(\w+)", text))
        assert set(re.findall(r"{(\w+)", english[key])) <= names | {"level", "row"}, key


def test_a_language_is_spoken_only_within(catalogue: Catalogue) -> None:
    with speaking("en"):
        assert say("guide.title") == "Guide"
    assert say("guide.title") == "办事指南"
    with speaking("klingon"):
        assert say("guide.title") == "办事指南"


def pages(catalogue: Catalogue) -> list[Page]:
    entries = [
        {"author": "assistant", "text": "您好", "card": {"options": [{"label": "社保", "payload": "社保"}]}}
    ]
    return [
        regions_page(catalogue),
        region_page(catalogue, "huancui"),
        scenario_page(catalogue, "changle", "second-hand-home", {"mortgage": "yes"}, TODAY),
        matter_page(catalogue, "huancui.enterprise.57.2", TODAY),
        search_page(catalogue, "cat", "changle", [Target("laid-off", 0.9)]),
        missing_page("/x"),
        chat_page(catalogue, entries, Form("t", "m"), {"state": "waiting", "place": 2}),
    ]


def unmarked(element: Element, language: str = "") -> Iterator[str]:
    """Chinese words that a reader of English letters would be read aloud as if they were English."""
    language = element.attrib.get("lang", language)
    name = element.tag.removeprefix(XHTML)
    if name in ("script", *TITLES):
        return
    if element.text and CHINESE.search(element.text) and language == "en":
        yield element.text
    for child in element:
        yield from unmarked(child, language)
        if child.tail and CHINESE.search(child.tail) and language == "en":
            yield child.tail


@pytest.mark.parametrize("number", range(7))
def test_what_is_chinese_on_an_english_page_says_so(catalogue: Catalogue, drawn: Draw, number: int) -> None:
    with speaking("en"):
        page = drawn(pages(catalogue)[number], Visitor(language="en"))
    assert page.root.attrib["lang"] == "en"
    body = page.root.find(f"{XHTML}body")
    assert body is not None
    mixed = [text for text in unmarked(body, "en") if not re.search("[A-Za-z]{3}", text)]
    assert not mixed


def test_an_english_page_has_the_same_steps_with_pinyin(catalogue: Catalogue, drawn: Draw) -> None:
    chinese = drawn(scenario_page(catalogue, "changle", "birth", {}, TODAY))
    with speaking("en"):
        english = drawn(scenario_page(catalogue, "changle", "birth", {}, TODAY), Visitor(language="en"))
    assert english.matters == chinese.matters
    assert "hù kǒu dēng jì" in english.words() and "hù kǒu" not in chinese.words()
    assert "never gives fees" in english.words()
