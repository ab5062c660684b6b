"""The desk's chain is the portal's: for every scenario of every region the same matters, with more beside them."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

import html5lib
import pytest

from knowledge.catalogue import Catalogue
from pages.desk_chain import cells, desk_chain, desk_listing, desk_matter
from pages.desk_rendering import draw
from pages.desk_wording import say
from pages.errors import NoSuchPage
from pages.scenario import scenario_page
from tests.pages.conftest import TODAY, XHTML, Drawn
from tests.pages.test_scenario import card_of, places


def fragment(template: str, **values: object) -> Element:
    """A part of a page, parsed by the rules that browsers follow."""
    found: Element = html5lib.HTMLParser(strict=True).parseFragment(draw(template, **values).decode())
    return found


def matters(root: Element) -> list[str]:
    return [item.attrib["data-matter"] for item in root.iter(f"{XHTML}li") if "data-matter" in item.attrib]


def test_desk_portal_and_chat_give_the_same_chain_everywhere(
    catalogue: Catalogue, drawn: Callable[..., Drawn]
) -> None:
    found = places(catalogue)
    assert len(found) > 300
    for region, scenario in found:
        desk = matters(fragment("chain", **desk_chain(catalogue, region, scenario, {}, TODAY)))
        portal = drawn(scenario_page(catalogue, region, scenario, {}, TODAY)).matters
        chat = [step["matter_id"] for step in card_of(catalogue, region, scenario, {})["steps"]]
        assert desk == portal == chat, (region, scenario)


def test_with_conditions_too(catalogue: Catalogue, drawn: Callable[..., Drawn]) -> None:
    for region, scenario in places(catalogue):
        for name, condition in catalogue.conditions_of(scenario).items():
            facts = {name: condition.options[0].value}
            desk = desk_chain(catalogue, region, scenario, facts, TODAY)
            portal = drawn(scenario_page(catalogue, region, scenario, facts, TODAY)).matters
            assert [row.step.matter.id for row in desk["rows"]] == portal


def test_every_field_of_every_row_is_shown_and_doubts_are_marked(catalogue: Catalogue) -> None:
    doubtful = 0
    for matter in catalogue.matters.values():
        found = {cell.label: cell for cell in cells(matter)}
        assert found[say("fields.row")].printed == matter.row
        assert found[say("fields.matter")].printed == matter.matter
        for given in matter.uncertain:
            name, _, why = given.partition(": ")
            assert found[say(f"fields.{name}")].doubt == why
            doubtful += 1
        for name, shown in matter.corrected.items():
            assert found[say(f"fields.{name}")].shown == shown
    assert doubtful > 0


def test_the_part_leads_on_within_the_desk(catalogue: Catalogue) -> None:
    root = fragment("chain", **desk_chain(catalogue, "zhoucun", "marriage", {}, TODAY))
    opened = [a.attrib["href"] for a in root.iter(f"{XHTML}a") if "data-open" in a.attrib]
    assert {f"/desk/chain/{region}/marriage" for region in ("changle", "huancui")} < set(opened)
    assert all(path.startswith("/desk/") for path in opened)
    notices = [a.attrib["data-notice"] for a in root.iter(f"{XHTML}a") if "data-notice" in a.attrib]
    assert notices == ["pdf", "docx"]


def test_messages_have_a_link_only_where_there_is_a_public_address(catalogue: Catalogue) -> None:
    without = desk_chain(catalogue, "changle", "birth", {}, TODAY)
    assert not without["linked"] and "http" not in without["one"] + without["three"] + without["wechat"]
    link, base = "https://yi.example/s/abcdefg", "https://yi.example"
    having = desk_chain(catalogue, "changle", "birth", {}, TODAY, link, base)
    assert link in having["one"] and link in having["three"]
    assert f"{base}/guide/changle/birth" in having["wechat"]


def test_a_matter_and_a_list_are_drawn_whole(catalogue: Catalogue) -> None:
    words = "".join(fragment("matter", **desk_matter(catalogue, "zhoucun.individual.57", TODAY)).itertext())
    assert "内地居民结婚登记" in words and "结婚证" in words and "第57项" in words
    for name in ("nothing", "zhoucun.individual.999"):
        with pytest.raises(NoSuchPage):
            desk_matter(catalogue, name, TODAY)
    listed = desk_listing(catalogue, "changle", "department", "县公安局")
    wanted = [m for m in catalogue.list_matters("changle", "individual") if "县公安局" in m.departments]
    assert len(listed["links"]) == len(wanted) and f"{len(wanted)}项" in listed["heading"]
    with pytest.raises(NoSuchPage):
        desk_listing(catalogue, "changle", "department", "<script>")
