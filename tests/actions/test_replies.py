"""Every kind of reply that the catalogue can give: valid card, complete text, no invented number, no dead end."""

from __future__ import annotations

import json
import re

import pytest

from actions import endings
from actions.aspects import NEVER_GIVEN, ORDER, aspect_reply, neighbour_reply, values_of
from actions.candidates import Candidate
from actions.compose import joined, matter_reply
from actions.listing import PAGE, compare_reply, list_reply
from actions.lookup import Found
from actions.reply import Option, Reply, to_card
from actions.wording import say
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.matter import Matter
from tests.actions.talk import faults, missing

CATALOGUE = load_catalogue()
LISTS = [pytest.param(region, audience, id=f"{region}-{audience}") for region, audience in CATALOGUE.lists]
EMPTY_WORDS = re.compile(
    r"^\d+\. [^\n]*：$|：；|、、|；；|。。|“”|由办理|找。|是：。|（）|第项", re.MULTILINE
)
# What may stand in a text as a number besides what the list prints.
MONEY = re.compile(r"\d+\s*(?:元|块钱|个工作日|天内|小时)")


def check(reply: Reply, catalogue: Catalogue, whole: bool = True) -> None:
    wrong = faults(reply, catalogue, whole)
    assert not wrong, f"{wrong}\n{reply.text}"
    assert not EMPTY_WORDS.search(reply.text), reply.text
    assert not MONEY.search(reply.text), reply.text


@pytest.mark.parametrize(("region", "audience"), LISTS)
def test_every_matter_in_full(catalogue: Catalogue, region: str, audience: str) -> None:
    matters = catalogue.list_matters(region, audience)
    for at, matter in enumerate(matters):
        for exact in (True, False):
            check(matter_reply(catalogue, [matter], exact, at), catalogue)
        followers = matters[at + 1 : at + 3]
        check(matter_reply(catalogue, [matter], True, at, followers), catalogue)
        several = matters[at : at + 3]
        if len(several) == 3:
            check(matter_reply(catalogue, several, True, at), catalogue)


@pytest.mark.parametrize("aspect", [name for name in ORDER if name not in ("next", "previous")])
@pytest.mark.parametrize(("region", "audience"), LISTS)
def test_every_aspect_of_every_matter(catalogue: Catalogue, region: str, audience: str, aspect: str) -> None:
    """Given as printed, or refused with the department to ask and without a word of general knowledge."""
    for turn, matter in enumerate(catalogue.list_matters(region, audience)):
        reply = aspect_reply(catalogue, [matter], aspect, turn)
        check(reply, catalogue)
        values = values_of(matter, aspect)
        assert reply.slot is not None and reply.slot.name == aspect
        assert (reply.slot.given, reply.slot.values) == (bool(values), values)
        assert all(value in reply.text for value in values)
        if aspect in NEVER_GIVEN:
            assert reply.kind == "refuse" and not reply.slot.given
            assert "12345" in reply.text
            printed = json.dumps(to_card(reply, catalogue), ensure_ascii=False)
            assert set(re.findall(r"\d+", reply.text)) <= {"12345", *re.findall(r"\d+", printed)}
        else:
            assert reply.kind == "slot"
        if not values:
            assert any(name in reply.text for name in (*matter.departments, str(matter.level), "12345"))


@pytest.mark.parametrize("aspect", ["place", "department", "materials", "online", "level"])
@pytest.mark.parametrize(("region", "audience"), LISTS)
def test_an_aspect_of_several_matters(catalogue: Catalogue, region: str, audience: str, aspect: str) -> None:
    matters = catalogue.list_matters(region, audience)
    for at in range(0, len(matters) - 5, 3):
        asked, followers = matters[at : at + 2], matters[at + 2 : at + 4]
        for reply in (
            aspect_reply(catalogue, asked, aspect, at, followers),
            aspect_reply(catalogue, asked, aspect, at),
        ):
            check(reply, catalogue, whole=False)
            # Of what was asked about, name, row and the aspect; of what follows, everything.
            for matter in asked:
                assert set(missing(matter, reply.text)) <= set(matter.departments) | {matter.level}, (
                    reply.text
                )
                assert all(value in reply.text for value in values_of(matter, aspect))
        reply = aspect_reply(catalogue, asked, aspect, at, followers)
        assert not [what for matter in followers for what in missing(matter, reply.text)], reply.text


@pytest.mark.parametrize(("region", "audience"), LISTS)
def test_every_neighbour(catalogue: Catalogue, region: str, audience: str) -> None:
    """Walking a list to its end and back meets every matter and says where it ends."""
    matters = catalogue.list_matters(region, audience)
    at, met = 0, [0]
    for _ in matters:
        reply, to = neighbour_reply(catalogue, matters, at, "next")
        check(reply, catalogue)
        assert reply.slot is not None and reply.slot.given == (at + 1 < len(matters))
        if to != at:
            met.append(to)
        at = to
    assert met == list(range(len(matters)))
    assert "最后" in reply.text
    for _ in matters:
        reply, at = neighbour_reply(catalogue, matters, at, "previous")
        check(reply, catalogue)
    assert at == 0 and "第一项" in reply.text


def headings(catalogue: Catalogue, region: str, audience: str) -> dict[str, list[Matter]]:
    matters = catalogue.list_matters(region, audience)
    found: dict[str, list[Matter]] = {}
    for matter in matters:
        for name in (
            *matter.departments,
            *matter.places,
            *matter.shown_certificates,
            matter.stage,
            matter.level,
        ):
            if name:
                found.setdefault(name, []).append(matter)
    return found


@pytest.mark.parametrize(("region", "audience"), LISTS)
def test_every_list_page_by_page(catalogue: Catalogue, region: str, audience: str) -> None:
    """Pages tell every matter once, say how many are left, and offer more while there is more."""
    for name, matters in headings(catalogue, region, audience).items():
        told = 0
        for start in range(0, len(matters), PAGE):
            reply = list_reply(catalogue, Found(name, tuple(matters)), region, audience, 0, start)
            check(reply, catalogue, whole=False)
            page = matters[start : start + PAGE]
            for matter in page:
                assert not missing(matter, reply.text), f"{missing(matter, reply.text)}\n{reply.text}"
            told += len(page)
            left = len(matters) - told
            assert (f"还有{left}项" in reply.text) == bool(left)
            assert any(option.choice == "more:" for option in reply.options) == bool(left)
        assert told == len(matters)
        assert f"{len(matters)}项" in reply.text


def test_an_empty_list_says_so(catalogue: Catalogue) -> None:
    reply = list_reply(catalogue, Found("由某局办理", ()), "changle", None, 0)
    check(reply, catalogue)
    assert reply.kind == "out_of_scope"


@pytest.mark.parametrize("concept", list(CATALOGUE.concepts)[::3])
def test_concepts_compared(catalogue: Catalogue, concept: str) -> None:
    entries = [(region, catalogue.matters_for(concept, region)) for region in catalogue.regions]
    if not any(matters for _, matters in entries):
        return
    reply = compare_reply(catalogue, entries, "事项", 0)
    check(reply, catalogue)
    card = to_card(reply, catalogue)
    assert [entry["region"]["id"] for entry in card["comparison"]] == list(catalogue.regions)
    for region in catalogue.regions.values():
        assert f"{region.short}：" in reply.text


@pytest.mark.parametrize("scenario", list(CATALOGUE.scenarios))
def test_scenarios_that_a_region_lacks(catalogue: Catalogue, scenario: str) -> None:
    """Says that the list has it not, offers the regions that have it, decides nothing."""
    for region in catalogue.regions:
        if catalogue.chain(scenario, region).steps:
            continue
        reply = endings.not_here(catalogue, scenario, region, 1)
        check(reply, catalogue)
        assert reply.kind == "out_of_scope" and "12345" in reply.text
        others = {r for r in catalogue.regions if catalogue.chain(scenario, r).steps}
        assert {o.choice.removeprefix("region:") for o in reply.options if "region:" in o.choice} == others


def test_questions_back_and_small_endings(catalogue: Catalogue) -> None:
    some = [Candidate(0.1, scenario="birth", matters=catalogue.chain("birth", "changle").matters)]
    some += [
        Candidate(0.1, concept="", matters=(m,)) for m in catalogue.list_matters("changle", "individual")[:6]
    ]
    replies = [
        endings.ask_region(catalogue, None, 0),
        endings.ask_region(catalogue, "enterprise", 1),
        endings.clarify(catalogue, some, "changle", 0),
        endings.no_enterprise_list(catalogue, "zhoucun"),
    ]
    for turn in range(3):
        for key in ("greet", "thanks", "goodbye", "capabilities", "bot_challenge"):
            replies.append(endings.simple("smalltalk", f"smalltalk.{key}", turn, "changle"))
        for key in ("outside.not_matter", "outside.other_data", "clarify.empty", "back.restart"):
            replies.append(endings.simple("out_of_scope", key, turn))
    for reply in replies:
        check(reply, catalogue)
    asked = {option.choice for option in replies[1].options}
    assert asked == {"region:xuecheng", "region:huancui"}


def test_two_answers_in_one_keep_all_steps(catalogue: Catalogue) -> None:
    first = matter_reply(catalogue, catalogue.list_matters("changle", "individual")[:3], True, 0)
    second = matter_reply(catalogue, catalogue.list_matters("changle", "individual")[2:6], True, 0)
    both = joined([first, second])
    check(both, catalogue)
    assert [s.matter for s in both.steps] == list(catalogue.list_matters("changle", "individual")[:6])
    assert len(both.options) <= 8


def test_no_card_outgrows_its_channel(catalogue: Catalogue) -> None:
    """Labels of at most 40 characters and payloads that the channels let through, for every matter and scenario."""
    for matter in catalogue.matters.values():
        card = to_card(matter_reply(catalogue, [matter], True, 0), catalogue)
        for option in card["options"]:
            assert len(option["label"]) <= 40 and len(option["payload"]) < 200
            json.loads(option["payload"].removeprefix("/choose"))


def test_examples_are_words_and_choices_are_payloads() -> None:
    assert [option.payload for option in endings.example_options()] == list(endings.EXAMPLES)
    assert Option("更多", "more:").payload == '/choose{"payload":"more:"}'


def test_every_ending_names_its_kind_in_the_contract(catalogue: Catalogue) -> None:
    """An unlisted kind would be refused by every channel."""
    assert faults(Reply(kind="other", text=say("error")), catalogue)
