"""What stands on a notice: the chain as the catalogue has it, what was chosen, what the list does not say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.privacy import mask
from knowledge.catalogue import Catalogue
from notice import address
from notice.notice import Notice
from tests.notice.conftest import BASE, Make

HEADER = ["地区", "情形", "对象", "选定的情况", "生成日期", "清单数据版本"]


def values(notice: Notice) -> dict[str, str]:
    """The header by its labels."""
    return {field.label: field.value for field in notice.header}


def words(notice: Notice) -> str:
    """Everything that stands on a notice."""
    return repr(notice)


def test_a_notice_says_what_it_is_of(make: Make, catalogue: Catalogue) -> None:
    notice = make("changle", "second-hand-home", mortgage="yes")
    assert notice.title == "一次性告知单：购置二手房（昌乐县）"
    assert list(values(notice)) == HEADER
    assert values(notice)["选定的情况"] == "有贷款"
    assert values(notice)["生成日期"] == "2026年3月5日"
    assert values(notice)["清单数据版本"] == catalogue.version
    assert notice.link == f"{BASE}/notice/changle/second-hand-home?mortgage=yes"


def test_every_scenario_of_every_region_has_all_its_steps(make: Make, catalogue: Catalogue) -> None:
    made = 0
    for region in catalogue.regions:
        for scenario in catalogue.scenarios:
            chain = catalogue.chain(scenario, region)
            if not chain.steps:
                continue
            notice = make(region, scenario)
            made += 1
            assert [step.title for step in notice.steps] == [m.title for m in chain.matters]
            assert [step.source for step in notice.steps] == [f"第{m.row}项" for m in chain.matters]
            for step, link in zip(notice.steps, chain.steps, strict=True):
                assert step.department and step.place and step.certificate and step.level
                for name in (*link.matter.departments, *link.matter.windows, *link.matter.shown_certificates):
                    assert name in "".join(step.cells)
                assert bool(step.condition) == (link.condition is not None)
            assert not re.search(r"\{\w*\}|None|=''\s", words(notice).replace("condition=''", ""))
    assert made > 200


def test_every_matter_has_a_notice_of_its_own(make: Make, catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        notice = make(matter.region, [matter.id])
        assert notice.steps[0].title == matter.title and notice.sources


def test_a_condition_chosen_leaves_steps_out_and_says_so(make: Make) -> None:
    every, without = make("changle", "second-hand-home"), make("changle", "second-hand-home", mortgage="no")
    gone = {step.title for step in every.steps} - {step.title for step in without.steps}
    assert gone == {"不动产登记——抵押权登记"}
    assert any("没有列入" in line and "抵押权登记" in line for line in without.remarks)
    assert [step.condition for step in every.steps if step.condition] == ["仅限：有贷款"]
    assert not any(step.condition for step in make("changle", "second-hand-home", mortgage="yes").steps)


def test_open_conditions_lead_to_the_notice_with_the_answer(make: Make) -> None:
    (question,) = make("changle", "second-hand-home").questions
    assert question.text.startswith("有没有贷款？")
    assert {link.text: link.url for link in question.answers}["有贷款"] == (
        f"{BASE}/notice/changle/second-hand-home?mortgage=yes"
    )
    assert not make("changle", "second-hand-home", mortgage="yes").questions


def test_what_the_list_does_not_say_is_said(make: Make) -> None:
    unsaid = "".join(make("changle", "birth").unsaid)
    for word in ("办理地点", "收费", "电话", "所需材料", "办理时限", "12345"):
        assert word in unsaid
    zhoucun = make("zhoucun", "birth")
    assert all(step.place != "清单没有写" for step in zhoucun.steps) == (
        "办理地点" not in "".join(zhoucun.unsaid)
    )


def test_what_is_ours_is_marked(make: Make, catalogue: Catalogue) -> None:
    composed = make("huancui", "restaurant")
    assert any("合在一起" in line for line in composed.remarks)
    assert all("（清单印有关联）" in n.text or "（一链办整理）" in n.text for n in composed.following)
    assert not any("合在一起" in line for line in make("changle", "birth").remarks)


@pytest.mark.parametrize(
    ("region", "words"), [("weihai-city", "没有写明"), ("zhoucun", "117"), ("huancui", "威海市一级")]
)
def test_the_note_on_a_region_stands_on_it(make: Make, region: str, words: str) -> None:
    assert any(words in line for line in make(region, "birth").remarks)


def test_a_doubtful_cell_is_marked(make: Make, catalogue: Catalogue) -> None:
    doubtful = next(m for m in catalogue.matters.values() if m.uncertain)
    assert make(doubtful.region, [doubtful.id]).steps[0].notes == ("原清单排版有疑问，请以部门答复为准。",)


def test_a_level_says_where_to_go(make: Make, catalogue: Catalogue) -> None:
    matter = next(m for m in catalogue.matters.values() if m.level == "市级事项")
    assert make(matter.region, [matter.id]).steps[0].level == "市级事项，要到市一级办理"


def test_several_matters_keep_the_order_asked(make: Make) -> None:
    ids = ["changle.individual.57.1", "changle.individual.1"]
    notice = make("changle", ids)
    assert [step.source for step in notice.steps] == ["第57.1项", "第1项"]
    assert notice.link == f"{BASE}/notice/changle?matters={','.join(ids)}"
    assert [link.url for link in notice.downloads][1] == f"{BASE}/notice/changle.pdf?matters={','.join(ids)}"


def test_nothing_personal_is_on_it(make: Make, catalogue: Catalogue) -> None:
    """A notice is made of the catalogue, an address and a date; none of its lines looks like a personal number."""
    for region in catalogue.regions:
        for scenario in catalogue.scenarios:
            if catalogue.chain(scenario, region).steps:
                notice = make(region, scenario)
                version = replace(notice, header=tuple(f for f in notice.header if f.label != HEADER[-1]))
                assert not mask(words(version)).kinds


def test_the_same_chain_has_one_address() -> None:
    one = address.scenario_path("changle", "new-home", {"presale": "yes", "mortgage": "no"})
    other = address.scenario_path("changle", "new-home", {"mortgage": "no", "presale": "yes"})
    assert one == other == "/notice/changle/new-home?mortgage=no&presale=yes"
