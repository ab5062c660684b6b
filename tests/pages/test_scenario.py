"""The chain as a page: for every scenario of every region the steps that the chat gives, in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from actions.compose import chain_reply
from actions.reply import to_card
from knowledge.catalogue import Catalogue
from notice.errors import Unreadable
from pages.errors import NoSuchPage
from pages.scenario import scenario_page
from pages.wording import say
from tests.pages.conftest import BASE, TODAY, Drawn

Draw = Callable[..., Drawn]


def card_of(catalogue: Catalogue, region: str, scenario: str, facts: dict[str, str]) -> dict:  # type: ignore[type-arg]
    """The card that the chat draws for the same chain."""
    return to_card(chain_reply(catalogue, scenario, region, facts, 0)[0], catalogue)


def places(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(r, s) for r in catalogue.regions for s in catalogue.scenarios if catalogue.chain(s, r).steps]


def test_every_scenario_of_every_region_has_the_chats_steps(catalogue: Catalogue, drawn: Draw) -> None:
    found = places(catalogue)
    assert len(found) > 300
    for region, scenario in found:
        page = drawn(scenario_page(catalogue, region, scenario, {}, TODAY))
        card = card_of(catalogue, region, scenario, {})
        assert page.matters == [step["matter_id"] for step in card["steps"]], (region, scenario)
        steps = [item for item in page.all("li") if "data-matter" in item.attrib]
        for item, step in zip(steps, card["steps"], strict=True):
            words = page.words(item)
            assert step["title"] in words
            assert "、".join(step["departments"]) in words
            assert "、".join(step["places"]) in words
            assert "、".join(step["certificates"]) in words
            assert f"{step['source']['document']}，第{step['source']['row']}项" in words
            assert (step["level"] or "") in words
            assert (say("online") in words) is bool(step["online"])
            assert (step["condition"] or "") in words


def test_every_answer_to_a_condition_leads_to_the_chats_chain(catalogue: Catalogue, drawn: Draw) -> None:
    followed = 0
    for region, scenario in places(catalogue):
        for name, condition in catalogue.conditions_of(scenario).items():
            for option in condition.options:
                facts = {name: option.value}
                page = drawn(scenario_page(catalogue, region, scenario, facts, TODAY))
                card = card_of(catalogue, region, scenario, facts)
                assert page.matters == [step["matter_id"] for step in card["steps"]], (
                    region,
                    scenario,
                    facts,
                )
                followed += 1
    assert followed > 100


def test_a_condition_is_chosen_by_a_link_and_taken_back(catalogue: Catalogue, drawn: Draw) -> None:
    path = "/guide/changle/second-hand-home"
    open_page = drawn(scenario_page(catalogue, "changle", "second-hand-home", {}, TODAY))
    assert f"{path}?mortgage=yes" in open_page.links and f"{path}?mortgage=no" in open_page.links
    chosen = drawn(scenario_page(catalogue, "changle", "second-hand-home", {"mortgage": "no"}, TODAY))
    assert len(chosen.matters) < len(open_page.matters)
    current = [a for a in chosen.all("a") if a.attrib.get("aria-current")]
    assert [a.attrib["href"] for a in current] == [f"{path}?mortgage=no"]
    assert chosen.links[path] == say("scenario.back")
    assert "没有列入" in chosen.words()


def test_a_page_has_notices_followers_and_an_address_of_its_own(catalogue: Catalogue, drawn: Draw) -> None:
    page = drawn(scenario_page(catalogue, "zhoucun", "marriage", {"partner": "foreign"}, TODAY))
    address = f"{BASE}/guide/zhoucun/marriage?partner=foreign"
    assert page.links[address] == address
    canonical = [link.attrib["href"] for link in page.all("link") if link.attrib["rel"] == "canonical"]
    assert canonical == [f"{BASE}/guide/zhoucun/marriage"]
    for ending in (".pdf", ".docx", ".html"):
        assert f"/notice/zhoucun/marriage{ending}?partner=foreign" in page.links
    followers = [other.id for other, _ in catalogue.following("marriage", "zhoucun")]
    assert followers and all(f"/guide/zhoucun/{name}" in page.links for name in followers)


def test_what_the_list_does_not_say_is_said(catalogue: Catalogue, drawn: Draw) -> None:
    words = drawn(scenario_page(catalogue, "changle", "birth", {}, TODAY)).words()
    assert "收费、电话、所需材料" in words and "12345" in words


def test_linked_data_names_the_steps(catalogue: Catalogue, drawn: Draw) -> None:
    page = drawn(scenario_page(catalogue, "changle", "birth", {}, TODAY))
    data = [json.loads(script.text or "") for script in page.all("script")]
    how_to, trail = data
    assert (how_to["@type"], trail["@type"]) == ("HowTo", "BreadcrumbList")
    assert [step["url"] for step in how_to["step"]] == [f"{BASE}/matter/{name}" for name in page.matters]
    assert all(script.attrib == {"type": "application/ld+json"} for script in page.all("script"))
    menu = drawn(scenario_page(catalogue, "changle", "school-enrolment", {}, TODAY))
    assert json.loads(menu.all("script")[0].text or "")["@type"] == "ItemList"


@pytest.mark.parametrize(
    ("region", "scenario"),
    [("nowhere", "birth"), ("changle", "nothing"), ("changle", "restaurant"), ("changle", "<script>")],
)
def test_what_is_not_there_has_no_page(catalogue: Catalogue, region: str, scenario: str) -> None:
    with pytest.raises(NoSuchPage):
        scenario_page(catalogue, region, scenario, {}, TODAY)


@pytest.mark.parametrize("facts", [{"mortgage": "maybe"}, {"weather": "fine"}])
def test_a_condition_that_cannot_be_chosen_is_refused(catalogue: Catalogue, facts: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        scenario_page(catalogue, "changle", "second-hand-home", facts, TODAY)
