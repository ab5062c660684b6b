"""Look-ups in pages, by number, level, place and certificate; regions side by side."""

from __future__ import annotations

from actions.heard import Target
from knowledge.catalogue import Catalogue
from tests.actions.conftest import Start
from tests.actions.talk import Talk


def test_more_pages_until_the_end(start: Start, catalogue: Catalogue) -> None:
    talk = start("changle")
    reply = talk.say("县人社局管哪些事")
    wanted = [m for m in catalogue.list_matters("changle", "individual") if "县人社局" in m.departments]
    assert reply.kind == "list" and talk.steps == [m.id for m in wanted]
    told = talk.text
    for _ in range(len(wanted) // 12):
        told += talk.say("更多").text
    assert all(f"第{m.row}项" in told for m in wanted)
    assert talk.say("更多").kind == "list" and "列完" in talk.text


def test_by_number_by_level_by_place_by_certificate(start: Start) -> None:
    talk = start("zhoucun")
    talk.say("周村57号事项")
    assert talk.steps == ["zhoucun.individual.57"]
    talk.say("车管所能办哪些事")
    assert len(talk.steps) == 10
    talk.say("哪些事项能拿到结婚证")
    assert "zhoucun.individual.57" in talk.steps
    talk = start("huancui", "enterprise")
    talk.say("省级事项有哪些")
    assert talk.steps == ["huancui.enterprise.11"]


def test_regions_side_by_side(start: Start) -> None:
    talk = start("changle")
    reply = talk.say("结婚登记在昌乐和环翠哪个部门管", Target("marriage-registration", "concept", 0.95))
    assert reply.kind == "compare"
    assert [region for region, _ in reply.comparison] == ["changle", "huancui"]
    assert "县民政局" in reply.text and "区民政局" in reply.text


def test_one_region_beside_what_was_shown(home: Talk) -> None:
    reply = home.say("跟环翠有什么区别")
    assert [region for region, _ in reply.comparison] == ["changle", "huancui"]
    assert home.state.region == "changle"
