"""Whatever the catalogue, an address or a citizen holds: on a page it is words, never markup."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from pages.chat import Form, chat_page
from pages.matter import matter_page
from pages.missing import missing_page
from pages.region import region_page
from pages.scenario import scenario_page
from pages.search import search_page
from tests.pages.conftest import TODAY, Drawn

EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
Draw = Callable[..., Drawn]
# Parsers replace or refuse what is no character of a page; the channel takes it out before (incoming.clean).
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=60)


def assert_only_words(page: Drawn) -> None:
    """No element but ours: no picture, no script that runs, no handler."""
    assert not page.all("img")
    for script in page.all("script"):
        assert script.attrib == {"type": "application/ld+json"}
        json.loads(script.text or "")
    assert not [name for e in page.root.iter() for name in e.attrib if str(name).startswith("on")]


def test_a_spoiled_catalogue_stays_words(catalogue: Catalogue, drawn: Draw) -> None:
    changed = {
        m.id: replace(m, matter=EVIL, submatter="", scene=EVIL, places=(EVIL,), certificates=(EVIL,))
        for m in catalogue.list_matters("changle", "individual")
    }
    official = catalogue.lists["changle", "individual"]
    lists = {**catalogue.lists, ("changle", "individual"): replace(official, matters=tuple(changed.values()))}
    spoiled = replace(catalogue, lists=MappingProxyType(lists))
    for page in (
        scenario_page(spoiled, "changle", "birth", {}, TODAY),
        matter_page(spoiled, "changle.individual.1", TODAY),
        region_page(spoiled, "changle"),
        search_page(spoiled, "script", "changle", []),
    ):
        made = drawn(page)
        assert_only_words(made)
        assert "{{7*7}}" in made.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(TEXT, st.just(EVIL)))
def test_what_somebody_typed_comes_back_as_typed(catalogue: Catalogue, drawn: Draw, text: str) -> None:
    found = drawn(search_page(catalogue, text, "changle", []))
    assert_only_words(found)
    assert [e.attrib["value"] for e in found.all("input") if e.attrib.get("name") == "q"] == [text]
    assert_only_words(drawn(missing_page("/" + text, text)))
    card = {
        "kind": "chain",
        "region": {"id": text, "name": text},
        "scenario": {"id": text, "title": text},
        "options": [{"label": text, "payload": text}],
    }
    entries = [
        {"author": "citizen", "text": text, "card": None},
        {"author": "person", "text": text, "card": None, "name": text},
        {"author": "assistant", "text": text, "card": card},
    ]
    page = drawn(chat_page(catalogue, entries, Form(text, text, text=text, problem=text)))
    assert_only_words(page)
    assert [b.attrib["value"] for b in page.all("button") if b.attrib.get("name") == "payload"] == [text]
