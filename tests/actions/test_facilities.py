"""Answers from the operator's facility directory: told with its date, marked as not the list's, and never in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import facilities
from actions.aspects import ORDER, aspect_reply, values_of
from actions.compose import chain_reply, matter_reply
from actions.dialogue import Conversation
from actions.facilities import SHOWN
from actions.reply import Reply, to_card
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.office_reader import with_offices
from tests.actions.talk import Talk, faults

EXAMPLE = Path(__file__).resolve().parents[1] / "data" / "places"
SOURCE = "以上办事点由本地政务部门提供，核对于2024年11月1日，不是官方清单的内容。"
BABY = "huancui.individual.3"
HALL = "示例公安办证厅”：地址：示例东路5号；电话：0631-5550201；办公时间：周一至周六9:00—17:00"


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the invented offices of the example."""
    return with_offices(catalogue, EXAMPLE)


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples hold from November 2024 on."""
    monkeypatch.setattr(facilities, "china_today", lambda: date(2024, 11, 20))


def asked(catalogue: Catalogue, matter_id: str, aspect: str) -> Reply:
    reply = aspect_reply(catalogue, [catalogue.matter(matter_id)], aspect, 0)
    assert not faults(reply, catalogue), reply.text
    return reply


@pytest.mark.parametrize(
    ("aspect", "value"),
    [
        ("place", "示例公安办证厅"),
        ("address", "示例东路5号"),
        ("phone", "0631-5550201"),
        ("hours", "周一至周六9:00—17:00"),
    ],
)
def test_what_no_list_gives_comes_from_the_office_and_says_so(
    filled: Catalogue, aspect: str, value: str
) -> None:
    reply = asked(filled, BABY, aspect)
    assert reply.kind == "slot" and reply.slot and reply.slot.given and reply.slot.values == (value,)
    lines = reply.text.split("\n")
    assert lines[0].startswith("清单没有写“户口登记（出生登记）”的") and "本地政务部门提供" in lines[0]
    assert HALL in lines[1] and lines[2] == SOURCE
    assert lines[-1].startswith("来源：环翠区个人") and reply.text.count("办事点“") == 1
    assert "去之前可以问" not in reply.text and "瞎说" not in reply.text


def test_a_printed_place_stays_the_lists_word_and_gets_its_office(filled: Catalogue) -> None:
    matter = next(m for m in filled.list_matters("zhoucun", "individual") if m.places == ("区政务服务中心",))
    reply = asked(filled, matter.id, "place")
    assert reply.slot and reply.slot.given and reply.slot.values == ("区政务服务中心",)
    lines = reply.text.split("\n")
    assert lines[0] == f"“{matter.title}”的办理地点：区政务服务中心。"
    assert lines[1].startswith("办事点“示例政务服务中心”：地址：示例路1号；电话：0533-5550101")
    assert "核对于" in lines[2] or "核对于" in lines[3]
    assert "示例老政务大厅" not in reply.text, "an office that has moved away"


def test_days_of_several_checks(filled: Catalogue) -> None:
    matter = next(
        m
        for m in filled.list_matters("zhoucun", "individual")
        if "区政务服务中心" in m.places and "区人力资源和社会保障局" in m.departments
    )
    assert "核对于2024年10月20日至2024年11月1日" in asked(filled, matter.id, "phone").text


def test_the_department_can_be_rung_where_the_place_has_no_office(filled: Catalogue) -> None:
    reply = asked(filled, "zhoucun.individual.2", "phone")
    assert reply.slot and reply.slot.values == ("0533-5550105",) and SOURCE in reply.text
    assert "办理地点：镇（街道）派出所" in reply.text
    assert asked(filled, "zhoucun.individual.2", "address").kind == "refuse"


def test_what_the_office_does_not_tell_is_refused_with_what_it_does_tell(filled: Catalogue) -> None:
    """示例医保大厅 has an address and nothing else."""
    matter = next(
        m
        for m in filled.list_matters("huancui", "individual")
        if m.departments == ("区医保局",) and not m.level
    )
    reply = asked(filled, matter.id, "phone")
    assert reply.kind == "refuse" and reply.slot and not reply.slot.given and not reply.slot.values
    assert "12345" in reply.text and "办事点“示例医保大厅”：地址：示例西路6号" in reply.text
    assert SOURCE in reply.text


def test_a_matter_in_full_shows_its_office(filled: Catalogue) -> None:
    reply = matter_reply(filled, [filled.matter(BABY)], True, 0)
    assert not faults(reply, filled)
    assert HALL in reply.text and SOURCE in reply.text
    assert "清单没有写办理地点，下面的办事点是本地政务部门提供的" in reply.text


def test_several_matters_say_which_office_is_whose(filled: Catalogue) -> None:
    matters = [filled.matter("zhoucun.individual.11"), filled.matter("zhoucun.individual.2")]
    text = aspect_reply(filled, matters, "phone", 0).text
    assert "办事点“示例公安分局”（办“出生登记—小孩出生登记”）" in text
    same = [filled.matter(BABY), filled.matter("huancui.individual.6")]
    text = aspect_reply(filled, same, "address", 0).text
    assert text.count("示例东路5号") == 1 and "（办“" not in text


def test_the_card_keeps_printed_places_and_names_offices_beside_them(filled: Catalogue) -> None:
    reply, _ = chain_reply(filled, "birth", "huancui", {}, 0)
    assert not faults(reply, filled)
    steps = {step["matter_id"]: step for step in to_card(reply, filled)["steps"]}
    assert steps[BABY]["places"] == []
    (office,) = steps[BABY]["offices"]
    assert (office["name"], office["phones"]) == ("示例公安办证厅", ["0631-5550201"])
    assert (office["latitude"], office["longitude"]) == (37.5013, 122.1236)
    assert (office["checked_on"], office["valid_until"]) == ("2024-11-01", None)
    assert "offices" not in steps["huancui.individual.1"]


def test_many_offices_are_named_and_the_first_told(filled: Catalogue) -> None:
    hall = next(office for office in filled.offices if office.name == "示例公安办证厅")
    many = tuple(replace(hall, name=f"示例{n}号厅") for n in range(SHOWN + 2))
    text = asked(replace(filled, offices=many), BABY, "address").text
    assert text.count("地址：") == SHOWN and "还有2个办事点：示例5号厅、示例6号厅" in text


def untouched(matter: Matter, filled: Catalogue) -> bool:
    return not any(facilities.offices_known(filled, matter, aspect) for aspect in facilities.ASPECTS)


@pytest.mark.parametrize("region", ["zhoucun", "huancui", "changle"])
def test_where_nothing_is_known_all_is_as_it_was(
    catalogue: Catalogue, filled: Catalogue, region: str
) -> None:
    left = 0
    for matter in filled.list_matters(region, "individual"):
        if not untouched(matter, filled):
            continue
        left += 1
        for aspect in ("place", "phone", "address", "hours", "fee"):
            before = aspect_reply(catalogue, [matter], aspect, 0)
            assert aspect_reply(filled, [matter], aspect, 0) == before
            assert to_card(before, filled) == to_card(before, catalogue)
    assert left


@pytest.mark.parametrize("aspect", [name for name in ORDER if name not in ("next", "previous")])
def test_every_reply_with_offices_is_sound(filled: Catalogue, aspect: str) -> None:
    for region in ("zhoucun", "huancui"):
        for turn, matter in enumerate(filled.list_matters(region, "individual")):
            reply = aspect_reply(filled, [matter], aspect, turn)
            assert not faults(reply, filled), f"{faults(reply, filled)}\n{reply.text}"
            assert reply.slot and reply.slot.given == bool(reply.slot.values)
            assert set(values_of(matter, aspect)) <= set(reply.slot.values)
            assert ("办事点“" in reply.text) == ("核对于" in reply.text)


def test_a_conversation_that_asks_for_the_telephone(filled: Catalogue) -> None:
    talk = Talk(Conversation(filled), "huancui")
    talk.say("孩子上户口", BABY)
    reply = talk.say("电话多少")
    assert reply.slot and reply.slot.values == ("0631-5550201",)
    assert "0631-5550201" in talk.say("地址在哪条路").text


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30).map(str.strip)


@given(name=CELL.filter(bool), address=CELL, hours=CELL, note=CELL)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_whatever_is_written_in_a_cell_is_told_as_it_is(
    filled: Catalogue, name: str, address: str, hours: str, note: str
) -> None:
    hall = next(office for office in filled.offices if office.name == "示例公安办证厅")
    odd = replace(hall, name=name, address=address, hours=hours, note=note)
    reply = aspect_reply(replace(filled, offices=(odd,)), [filled.matter(BABY)], "phone", 0)
    assert all(cell in reply.text for cell in (name, address, hours, note))


def test_a_whole_chain_and_the_telephone_at_once(filled: Catalogue) -> None:
    talk = Talk(Conversation(filled), "zhoucun")
    reply = talk.say("宝宝出生了，电话打哪个", "birth")
    assert reply.kind == "chain" and reply.slot is not None
    assert reply.slot.given and reply.slot.values
    assert reply.slot.values[0] in reply.text
    assert "不是官方清单的内容" in reply.text
