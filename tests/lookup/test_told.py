"""A chain told aloud, as a text message, for WeChat: for every scenario of every region within its limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from knowledge.catalogue import Catalogue
from knowledge.scenario import Chain
from lookup.script import LONGEST_SECONDS, script
from lookup.short_link import ShortLinks, code
from lookup.short_message import ONE, THREE, short_message
from lookup.spoken import aloud, counted, number, seconds
from lookup.wechat_text import wechat_text

LINK = "https://ylb.example.gov.cn/s/abcdefg"


def chains(catalogue: Catalogue) -> Iterator[Chain]:
    for region in catalogue.regions:
        for scenario in catalogue.scenarios:
            if (chain := catalogue.chain(scenario, region)).steps:
                yield chain


@pytest.mark.parametrize(
    ("value", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (26, "二十六")]
)
def test_numbers_are_said(value: int, said: str) -> None:
    assert number(value) == said


def test_what_only_the_eye_reads_is_not_read() -> None:
    assert counted(2) == "两"
    assert aloud("户口登记（出生登记）") == "户口登记"
    assert aloud("拨打12345，共20项") == "拨打幺二三四五，共二十项"
    assert seconds("一二三，四五六。七八九") == 2.0


def test_no_part_of_a_script_is_longer_than_half_a_minute(catalogue: Catalogue) -> None:
    for chain in chains(catalogue):
        for part in script(catalogue, chain):
            assert seconds(part) <= LONGEST_SECONDS, (chain.region, chain.scenario.id, part)
            assert not re.search(r"\d|[（）()“”]", part), part


def test_a_chain_of_six_is_told_in_one_part(catalogue: Catalogue) -> None:
    """Only names of the lists that are longer than the time allows need a second part."""
    short = [chain for chain in chains(catalogue) if len(chain.steps) <= 6]
    longer = [chain for chain in short if len(script(catalogue, chain)) > 1]
    assert len(short) > 200 and len(longer) <= len(short) * 0.07
    for chain in longer:
        assert sum(len(aloud(m.title)) for m in chain.matters) > 80 and len(script(catalogue, chain)) == 2


def test_a_script_says_every_step_and_whom_to_see(catalogue: Catalogue) -> None:
    for chain in chains(catalogue):
        told = "".join(script(catalogue, chain))
        at = 0
        for step in chain.steps:
            name = aloud(step.matter.title.rpartition("——")[2].partition("（")[0])
            at = told.find(name[:6], at)
            assert at >= 0, (chain.region, chain.scenario.id, step.matter.title, told)
        if not any(step.matter.departments for step in chain.steps):
            continue
        first = next(step for step in chain.steps if step.matter.departments)
        assert "找" in told, (first, told)


def test_who_a_step_is_for_is_said(catalogue: Catalogue) -> None:
    told = "".join(script(catalogue, catalogue.chain("second-hand-home", "zhoucun")))
    assert "有贷款的" in told
    settled = catalogue.chain("second-hand-home", "zhoucun", {"mortgage": "yes"})
    assert "有贷款的" not in "".join(script(catalogue, settled))


@pytest.mark.parametrize("longest", [ONE, THREE])
@pytest.mark.parametrize("link", ["", LINK])
def test_text_messages_keep_their_length_and_their_link(
    catalogue: Catalogue, longest: int, link: str
) -> None:
    for chain in chains(catalogue):
        text = short_message(catalogue, chain, longest, link)
        assert 10 < len(text) <= longest and link in text
        assert catalogue.regions[chain.region].short in text and chain.scenario.title in text


def test_a_longer_message_says_more(catalogue: Catalogue) -> None:
    chain = catalogue.chain("birth", "changle")
    one, three = (short_message(catalogue, chain, longest, LINK) for longest in (ONE, THREE))
    assert "共6项" in one and "等" in one
    assert all(step.matter.departments[0] in three for step in chain.steps) and "6." in three


def test_the_wechat_text_has_all_that_the_list_gives(catalogue: Catalogue) -> None:
    for chain in chains(catalogue):
        text = wechat_text(catalogue, chain, LINK)
        assert text.endswith(LINK) and "12345" in text
        for at, matter in enumerate(chain.matters, 1):
            assert f"\n{at}. {matter.title}" in text and matter.row in text
            for value in (*matter.departments, *matter.places, *matter.shown_certificates):
                assert value in text


def test_short_links_lead_back_and_never_meet(catalogue: Catalogue) -> None:
    links, seen = ShortLinks(catalogue), {}
    for region in catalogue.regions:
        for scenario in catalogue.scenarios:
            signs = code(region, scenario, {})
            assert links.place(signs) == (region, scenario, ())
            assert seen.setdefault(signs, (region, scenario)) == (region, scenario)
    facts = {"property": "home", "mortgage": "yes"}
    path = links.path("changle", "second-hand-home", facts)
    assert links.place(path.rpartition("/")[2].upper()) == (
        "changle",
        "second-hand-home",
        tuple(sorted(facts.items())),
    )
    assert links.place("zzzzzzz") is None
