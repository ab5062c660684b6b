"""Regions, matters, search, what is missing: found where they belong, linked to what there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from knowledge.catalogue import Catalogue
from knowledge.office import Office
from pages.chat import Form, chat_page
from pages.errors import NoSuchPage
from pages.matter import matter_page
from pages.missing import missing_page
from pages.page import Visitor
from pages.region import region_page
from pages.regions import regions_page
from pages.rendering import draw, style
from pages.scenario import scenario_page
from pages.search import Target, search_page
from pages.sitemap import robots, sitemap
from tests.pages.conftest import TODAY, Drawn

Draw = Callable[..., Drawn]


def assert_links_lead_somewhere(catalogue: Catalogue, page: Drawn) -> None:
    """Every guide and matter link of a page has a page behind it."""
    for href in page.links:
        path = href.partition("?")[0].partition("#")[0]
        parts = path.strip("/").split("/")
        if parts[0] == "matter":
            assert parts[1] in catalogue.matters, href
        elif parts[0] == "guide" and len(parts) == 3:
            assert catalogue.chain(parts[2], parts[1]).steps, href
        elif parts[0] == "guide" and len(parts) == 2:
            assert parts[1] in catalogue.regions, href


def test_the_guide_begins_with_all_regions(catalogue: Catalogue, drawn: Draw) -> None:
    page = drawn(regions_page(catalogue))
    assert {f"/guide/{region}" for region in catalogue.regions} <= set(page.links)


def test_a_region_shows_every_matter_and_scenario_once_by_stage_and_scene(
    catalogue: Catalogue, drawn: Draw
) -> None:
    for region in catalogue.regions:
        page = drawn(region_page(catalogue, region))
        here = {m.id: m for m in catalogue.matters.values() if m.region == region}
        hrefs = [a.attrib["href"] for a in page.all("a") if "href" in a.attrib]
        linked = [href.removeprefix("/matter/") for href in hrefs if href.startswith("/matter/")]
        assert sorted(linked) == sorted(here)
        scenarios = [s for s in catalogue.scenarios if catalogue.chain(s, region).steps]
        assert sorted(h.split("/")[3] for h in hrefs if h.startswith(f"/guide/{region}/")) == sorted(
            scenarios
        )
        words = page.words()
        assert all(m.scene in words and m.stage in words for m in here.values())
        assert_links_lead_somewhere(catalogue, page)
    with pytest.raises(NoSuchPage):
        region_page(catalogue, "nowhere")


def test_every_matter_has_a_page_with_what_its_list_prints(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        text = draw(matter_page(catalogue, matter.id, TODAY), catalogue, Visitor()).content.decode()
        plain = re.sub(r"<[^>]+>", "", text).replace("&#34;", '"').replace("&amp;", "&")
        for value in (
            matter.title,
            matter.scene,
            *matter.departments,
            *matter.places,
            *matter.shown_certificates,
        ):
            assert value in plain, (matter.id, value)
        assert f"{catalogue.document(matter)}，第{matter.row}项" in plain


def test_a_matter_leads_to_its_scenarios_neighbours_and_counterparts(
    catalogue: Catalogue, drawn: Draw
) -> None:
    page = drawn(matter_page(catalogue, "changle.individual.57.1", TODAY))
    assert "/guide/changle/second-hand-home" in page.links
    assert "/notice/changle.pdf?matters=changle.individual.57.1" in page.links
    assert any(href.startswith("/matter/xuecheng.") for href in page.links)
    assert_links_lead_somewhere(catalogue, page)
    with pytest.raises(NoSuchPage):
        matter_page(catalogue, "changle.individual.9999", TODAY)


def test_a_corrected_matter_shows_both_forms(catalogue: Catalogue, drawn: Draw) -> None:
    words = drawn(matter_page(catalogue, "zhoucun.individual.14", TODAY)).words()
    assert "请动入户" in words and "调动入户" in words


def test_an_office_is_the_operators_word(catalogue: Catalogue, drawn: Draw) -> None:
    matter = catalogue.matter("changle.individual.57.1")
    office = Office(
        *(
            "changle",
            "不动产登记大厅",
            (),
            matter.departments,
            "新城街1号",
            ("0536-6220000",),
            "周一至周五",
            None,
        ),
        *(date(2026, 1, 1), None, date(2026, 11, 1), ""),
    )
    known = replace(catalogue, offices=(office,))
    for made in (
        matter_page(known, matter.id, TODAY),
        scenario_page(known, "changle", "second-hand-home", {}, TODAY),
    ):
        page = drawn(made)
        assert "不是清单内容；2026年11月1日核对" in page.words()
        assert page.links["tel:0536-6220000"] == "0536-6220000"


def test_search_finds_by_meaning_and_by_printed_words(catalogue: Catalogue, drawn: Draw) -> None:
    targets = [Target("second-hand-home-mortgage", 0.8), Target("birth", 0.001)]
    page = drawn(search_page(catalogue, "抵押权登记", "changle", targets))
    assert "/guide/changle/second-hand-home?mortgage=yes" in page.links
    assert "/guide/changle/birth" not in page.links
    assert "/matter/changle.individual.57.2" in page.links
    assert_links_lead_somewhere(catalogue, page)


def test_search_leads_from_the_likeliest_matter_to_its_scenarios(catalogue: Catalogue, drawn: Draw) -> None:
    scenario = catalogue.scenarios["laid-off"]
    first = catalogue.chain(scenario.id, "changle").matters[0]
    page = drawn(search_page(catalogue, "钱", "changle", [Target(first.id, 0.9)]))
    assert page.links["/guide/changle/laid-off"] == scenario.title


def test_search_without_a_region_says_which_region_each_is_of(catalogue: Catalogue, drawn: Draw) -> None:
    page = drawn(search_page(catalogue, "失业金", "", [Target("laid-off", 0.9)]))
    for region in catalogue.regions.values():
        if catalogue.chain("laid-off", region.id).steps:
            assert region.short in page.links[f"/guide/{region.id}/laid-off"]


def test_search_leads_everywhere_that_the_chats_search_can(catalogue: Catalogue, drawn: Draw) -> None:
    names = [*catalogue.scenarios, *catalogue.variants, *catalogue.concepts, *list(catalogue.matters)[:50]]
    for region in ("zhoucun", "huancui"):
        for start in range(0, len(names), 12):
            targets = [Target(name, 0.5) for name in names[start : start + 12]]
            assert_links_lead_somewhere(catalogue, drawn(search_page(catalogue, "办事", region, targets)))


def test_nothing_found_offers_another_way(catalogue: Catalogue, drawn: Draw) -> None:
    page = drawn(search_page(catalogue, "火星移民", "changle", []))
    assert "没有找到" in page.words() and "/guide/" in page.links


def test_a_missing_page_offers_search_and_guide(catalogue: Catalogue, drawn: Draw) -> None:
    page = drawn(missing_page("/nope"))
    assert {"#q", "/guide/", "/"} <= set(page.links)
    assert [meta.attrib["content"] for meta in page.all("meta") if meta.attrib.get("name") == "robots"] == [
        "noindex"
    ]


def test_every_page_has_search_regions_and_large_letters_at_its_top(
    catalogue: Catalogue, drawn: Draw
) -> None:
    for made in (
        regions_page(catalogue),
        region_page(catalogue, "huancui"),
        scenario_page(catalogue, "huancui", "birth", {}, TODAY),
        matter_page(catalogue, "huancui.enterprise.57.2", TODAY),
        search_page(catalogue, "户口", "", []),
        missing_page("/x"),
    ):
        page = drawn(made)
        assert page.root.attrib["lang"] == "zh-CN"
        assert len(page.all("h1")) == 1 and len(page.all("main")) == 1
        header = page.all("header")[0]
        inside = {element.attrib.get("name") for element in header.iter()}
        assert {"q", "region"} <= inside
        assert "大字版" in page.words(header)
        labels = {label.attrib["for"] for label in page.all("label")}
        fields = [e for name in ("input", "select", "textarea") for e in page.all(name)]
        assert {e.attrib["id"] for e in fields if e.attrib.get("type") != "hidden"} <= labels
        assert len({e.attrib["id"] for e in page.root.iter() if "id" in e.attrib}) == len(
            [e for e in page.root.iter() if "id" in e.attrib]
        )
        large = drawn(made, Visitor(elder=True))
        assert large.root.attrib["class"] == "elder" and "普通版" in large.words(large.all("header")[0])


def test_search_engines_are_told_every_page_once(catalogue: Catalogue) -> None:
    found = re.findall(r"<loc>https://example.org([^<]+)</loc>", sitemap(catalogue, "https://example.org"))
    assert len(found) == len(set(found))
    assert {f"/matter/{name}" for name in catalogue.matters} <= set(found)
    assert {"/guide/changle/birth", "/guide/huancui/restaurant"} <= set(found)
    assert "/guide/changle/restaurant" not in found
    assert "Disallow: /chat\n" in robots("https://example.org")


def test_pages_run_nothing_and_load_nothing_from_elsewhere(catalogue: Catalogue, drawn: Draw) -> None:
    page = drawn(scenario_page(catalogue, "zhoucun", "birth", {}, TODAY))
    assert not re.search(r"\son\w+=|\sstyle=|<style", page.text)
    assert all(e.attrib.get("src", "/").startswith("/") for e in page.root.iter())
    assert all(
        e.attrib["href"].startswith("/static/") for e in page.all("link") if e.attrib["rel"] != "canonical"
    )
    assert b"url(" not in style().content and b"@import" not in style().content


def test_the_plain_chat_says_who_of_the_desk_answers(catalogue: Catalogue, drawn: Draw) -> None:
    said = {"author": "person", "text": "您好", "card": None, "name": "3号坐席"}
    unnamed = {**said, "text": "再见", "name": None}
    words = drawn(chat_page(catalogue, [said, unnamed], Form("t", "m"))).words()
    assert "工作人员 · 3号坐席 您好" in words and "工作人员 再见" in words
