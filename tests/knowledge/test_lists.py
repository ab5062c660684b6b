"""What the official lists print: complete, unique, and right in the cells where the layout misleads a reader."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from knowledge.catalogue import Catalogue
from knowledge.matter import LEVELS

COUNTS = {
    ("zhoucun", "individual"): (117, 117),
    ("changle", "individual"): (161, 112),
    ("xuecheng", "enterprise"): (142, 106),
    ("xuecheng", "individual"): (165, 115),
    ("weihai-city", "individual"): (164, 115),
    ("huancui", "enterprise"): (143, 107),
    ("huancui", "individual"): (164, 115),
}
FUND = ("市住房公积金管理中心薛城管理部",)
TRICKY: list[tuple[str, str, Any]] = [
    # changle: a blank 协同 cell continues the one above, over page breaks and new scenes
    ("changle.individual.14", "cooperating", ("县教育和体育局",)),
    ("changle.individual.23", "cooperating", ("县人社局",)),
    ("changle.individual.37", "cooperating", ("县医保局", "县税务局")),
    ("changle.individual.44.3", "lead", ("县人社局",)),
    ("changle.individual.44.6", "cooperating", ("市住房公积金管理中心昌乐分中心",)),
    ("changle.individual.54.3", "cooperating", ("县自然资源和规划局",)),
    ("changle.individual.76", "cooperating", ("县公安局",)),
    ("changle.individual.87.4", "cooperating", ("县医保局",)),
    ("changle.individual.105", "cooperating", ("县公安局", "县卫健局")),
    ("changle.individual.26", "cooperating", ("县退役军人事务局",)),
    # xuecheng: city and district columns; a blank district cell leaves the matter with the lead
    ("xuecheng.enterprise.1.1", "lead", ("区审批服务局", "区市场监管局")),
    ("xuecheng.enterprise.1.1", "lead_city", ("市审批服务局", "市市场监管局")),
    ("xuecheng.enterprise.13", "departments", ("区审批服务局",)),
    ("xuecheng.enterprise.42", "cooperating", ("区医保局", "区税务局")),
    ("xuecheng.enterprise.43", "departments", ("区人社局",)),
    ("xuecheng.enterprise.44.4", "cooperating", FUND),
    ("xuecheng.enterprise.45", "cooperating", FUND),
    ("xuecheng.enterprise.74", "cooperating", ()),
    ("xuecheng.enterprise.74", "cooperating_city", ("市审批服务局",)),
    ("xuecheng.enterprise.74", "departments", ("薛城规划中心",)),
    ("xuecheng.enterprise.82", "cooperating_city", ("市人防办",)),
    ("xuecheng.enterprise.87", "departments", ("区住建局",)),
    ("xuecheng.enterprise.101.5", "lead_city", ("市审批服务局", "市市场监管局")),
    ("xuecheng.individual.7", "lead", ("区教体局",)),
    ("xuecheng.individual.42.2", "type", ""),
    ("xuecheng.individual.48", "departments", ("区人社局",)),
    ("xuecheng.individual.64", "lead", ("区自然资源局", "区农业农村局", "薛城规划中心")),
    ("xuecheng.individual.65", "cooperating_city", ("市审批服务局",)),
    ("xuecheng.individual.113.4", "matter", "养老保险待遇核定支付"),
    # weihai-city: a level in the 协同 column is no department; a number printed twice is a page break
    ("weihai-city.individual.33", "level", "市级事项"),
    ("weihai-city.individual.33", "departments", ("市行政审批局",)),
    ("weihai-city.individual.35.2", "level", "市级事项"),
    ("weihai-city.individual.47.3", "submatter", "住房公积金异地转移"),
    ("weihai-city.individual.91.3", "cooperating", ("市人社局",)),
    ("weihai-city.individual.94.2", "level", "省级事项"),
    ("weihai-city.individual.57.1", "departments", ("市自然资源局",)),
    ("weihai-city.individual.101", "departments", ("市行政审批局",)),
    # huancui: a department in the middle of a block belongs to the whole block; some blocks print none
    ("huancui.enterprise.26", "departments", ("区行政审批服务局",)),
    ("huancui.enterprise.46", "lead", ("区人力资源社会保障局",)),
    ("huancui.enterprise.53.1", "departments", ()),
    ("huancui.enterprise.53.1", "level", "市级事项"),
    ("huancui.enterprise.63", "lead", ("区行政审批服务局", "规划分局")),
    (
        "huancui.enterprise.90",
        "cooperating",
        ("区教体局", "区民政局", "区卫健局", "通信协会", "威海供电公司"),
    ),
    ("huancui.individual.32.2", "lead", ("区教体局",)),
    ("huancui.individual.33", "lead", ("区司法局",)),
    ("huancui.individual.33", "level", "市级事项"),
    ("huancui.individual.35.2", "lead", ("区行政审批服务局",)),
    ("huancui.individual.37", "departments", ("区市场监管局",)),
    ("huancui.individual.63.1", "lead", ("区住房城乡建设局",)),
    ("huancui.individual.73", "departments", ("区税务局",)),
    ("huancui.individual.113.3", "matter", "失业人员一次性丧葬补助金及抚恤金申领"),
    # zhoucun: several places, places that are sentences, several certificates, links of the chain
    ("zhoucun.individual.6", "places", ("入读公办幼儿园现场报名",)),
    ("zhoucun.individual.11", "places", ("全程网办", "区政务服务中心")),
    ("zhoucun.individual.36", "scene", "购置一手房-抵押"),
    (
        "zhoucun.individual.63",
        "places",
        ("现场结算业务在联网医疗机构办理，零星报销业务在区政务服务中心办理",),
    ),
    ("zhoucun.individual.67", "places", ("全程网办", "镇（街道）便民服务中心", "村（社区）便民服务中心")),
    ("zhoucun.individual.112", "places", ("淄博市公安局车管所", "周村交警大队车管所")),
    ("zhoucun.individual.108", "certificates", ("动车登记证书", "机动车行驶证")),
    ("zhoucun.individual.1", "related", ()),
    ("zhoucun.individual.33", "related", (33, 35, 36, 37)),
    ("zhoucun.individual.57", "related", (57, 59, 60, 61, 62, 63)),
    ("zhoucun.individual.77", "related", (77, 79, 80, 81, 82)),
]


def test_every_leaf_of_every_list_is_there(catalogue: Catalogue) -> None:
    found = {
        key: (len(official.matters), len({m.no for m in official.matters}))
        for key, official in catalogue.lists.items()
    }
    assert found == COUNTS
    assert len(catalogue.matters) == 1056


def test_ids_are_unique_and_in_printed_order(catalogue: Catalogue) -> None:
    for official in catalogue.lists.values():
        positions = [matter.position for matter in official.matters]
        assert positions == sorted(set(positions))
    assert sum(len(official.matters) for official in catalogue.lists.values()) == len(catalogue.matters)


def test_numbers_and_sub_items_count_on_from_one(catalogue: Catalogue) -> None:
    for official in catalogue.lists.values():
        numbers = sorted({matter.no for matter in official.matters})
        assert numbers == list(range(1, len(numbers) + 1))
        for number in numbers:
            subs = [m.sub for m in official.matters if m.no == number]
            assert subs in ([None], list(range(1, len(subs) + 1)))


def test_a_row_belongs_to_one_scene_and_only_misprinted_rows_have_two_names(catalogue: Catalogue) -> None:
    for official in catalogue.lists.values():
        by_number: dict[int, list[Any]] = {}
        for matter in official.matters:
            by_number.setdefault(matter.no, []).append(matter)
        for matters in by_number.values():
            assert len({(m.stage, m.scene) for m in matters}) == 1
            assert len({m.shown("matter") for m in matters}) == 1


@pytest.mark.parametrize(("matter_id", "field", "expected"), TRICKY)
def test_cell_that_the_layout_hides(
    catalogue: Catalogue, matter_id: str, field: str, expected: object
) -> None:
    assert getattr(catalogue.matter(matter_id), field) == expected


def test_every_related_number_resolves(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        numbers = {m.no for m in catalogue.list_matters(matter.region, matter.audience)}
        assert set(matter.related) <= numbers


def test_every_matter_names_a_department_or_a_level_and_every_department_is_known(
    catalogue: Catalogue,
) -> None:
    known = {(d.region, d.printed) for d in catalogue.departments}
    for matter in catalogue.matters.values():
        assert matter.departments or matter.level
        assert matter.level in (None, *LEVELS)
        for name in matter.lead + matter.cooperating:
            assert (matter.region, name) in known
            assert catalogue.department(matter.region, name).canonical


def test_no_wording_is_empty_or_holds_space_or_half_width_brackets(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        texts = [
            matter.stage,
            matter.scene,
            matter.matter,
            *matter.departments,
            *matter.places,
            *matter.certificates,
        ]
        texts += [matter.submatter] if matter.sub else []
        assert all(texts), matter.id
        for text in [*texts, matter.submatter, matter.type]:
            assert not set(text) & set(" \t\n\u3000()"), (matter.id, text)


def test_only_sub_items_have_sub_names(catalogue: Catalogue) -> None:
    assert all(bool(matter.submatter) == (matter.sub is not None) for matter in catalogue.matters.values())


def test_city_columns_are_printed_in_xuecheng_only_and_places_in_zhoucun_only(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        assert bool(matter.lead_city) == (matter.region == "xuecheng"), matter.id
        assert not matter.cooperating_city or matter.region == "xuecheng"
        assert bool(matter.places) == (matter.region == "zhoucun"), matter.id
        assert matter.region == "zhoucun" or not matter.certificates


def test_types_are_the_six_that_the_lists_use(catalogue: Catalogue) -> None:
    found = Counter(m.type for m in catalogue.matters.values() if m.region != "zhoucun")
    assert set(found) == {"行政许可", "行政确认", "行政给付", "公共服务", "其他", "其他行政权力", ""}
    assert found[""] == 3  # xuecheng 42.1-42.3 print none


def test_doubtful_cells_say_which_field_and_why(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        for remark in matter.uncertain:
            field, _, reason = remark.partition(": ")
            assert hasattr(matter, field) and len(reason) > 5, (matter.id, remark)


def test_corrections_stand_beside_what_is_printed(catalogue: Catalogue) -> None:
    matter = catalogue.matter("zhoucun.individual.108")
    assert matter.certificates == ("动车登记证书", "机动车行驶证")
    assert matter.shown_certificates == ("机动车登记证书", "机动车行驶证")
    matter = catalogue.matter("weihai-city.individual.113.3")
    assert matter.matter == "失业人员一次性丧葬补助金及抚恤金申领"
    assert matter.shown("matter") == "养老保险待遇核定支付"
    assert "调动" in catalogue.matter("zhoucun.individual.14").title
    assert "《" not in catalogue.matter("weihai-city.individual.27").title


@pytest.mark.parametrize(
    ("matter_id", "title"),
    [
        ("huancui.enterprise.1.1", "公司设立登记"),
        ("huancui.enterprise.1.3", "外商投资企业设立登记"),
        ("xuecheng.enterprise.22.2", "城市公交线路经营许可"),
        ("changle.individual.57.2", "不动产登记——抵押权登记"),
        ("changle.individual.66.1", "个人住房公积金缴存贷款等信息查询"),
        ("changle.individual.3", "户口登记（出生登记）"),
    ],
)
def test_title_stands_alone(catalogue: Catalogue, matter_id: str, title: str) -> None:
    assert catalogue.matter(matter_id).title == title


def test_titles_of_a_list_tell_matters_apart(catalogue: Catalogue) -> None:
    """zhoucun prints one name for three transfers and for nothing else; a title alone is enough elsewhere."""
    for key, official in catalogue.lists.items():
        doubled = {t: n for t, n in Counter((m.scene, m.title) for m in official.matters).items() if n > 1}
        assert not doubled, (key, doubled)
