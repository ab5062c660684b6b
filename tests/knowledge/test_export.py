"""The export that other systems rely on: keys, types, printed order, as printed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge.catalogue import Catalogue
from knowledge.export import export_lines

KEYS = [
    "matter_id", "region", "audience", "no", "sub", "stage", "scene", "matter", "submatter", "type", "lead",
    "lead_city", "cooperating", "cooperating_city", "departments", "places", "certificates", "related", "level",
    "uncertain",
]  # fmt: skip
TEXTS = ["matter_id", "region", "audience", "stage", "scene", "matter"]
LISTS = [
    "lead",
    "lead_city",
    "cooperating",
    "cooperating_city",
    "departments",
    "places",
    "certificates",
    "uncertain",
]


@pytest.fixture(scope="module")
def leaves(catalogue: Catalogue) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export_lines(catalogue)]


def test_one_line_a_leaf_in_printed_order(leaves: list[dict[str, Any]]) -> None:
    assert len(leaves) == 1056
    keys = [(leaf["region"], leaf["audience"]) for leaf in leaves]
    assert len(list(dict.fromkeys(keys))) == 7
    for key in set(keys):
        order = [
            (leaf["no"], leaf["sub"] or 0) for leaf in leaves if (leaf["region"], leaf["audience"]) == key
        ]
        assert order == sorted(set(order))
        assert [i for i, k in enumerate(keys) if k == key] == list(
            range(keys.index(key), keys.index(key) + len(order))
        )


def test_keys_and_types(leaves: list[dict[str, Any]]) -> None:
    for leaf in leaves:
        assert list(leaf) == KEYS
        assert all(isinstance(leaf[key], str) and leaf[key] for key in TEXTS)
        assert all(
            isinstance(leaf[key], list) and all(isinstance(v, str) and v for v in leaf[key]) for key in LISTS
        )
        assert isinstance(leaf["no"], int) and isinstance(leaf["sub"], int | None)
        assert all(isinstance(number, int) for number in leaf["related"])
        assert all(leaf[key] is None or leaf[key] for key in ("submatter", "type"))
        assert leaf["level"] in (None, "市级事项", "省级事项")
        row = str(leaf["no"]) if leaf["sub"] is None else f"{leaf['no']}.{leaf['sub']}"
        assert leaf["matter_id"] == f"{leaf['region']}.{leaf['audience']}.{row}"


def test_departments_are_the_cooperating_ones_or_else_the_lead(leaves: list[dict[str, Any]]) -> None:
    assert all(leaf["departments"] == (leaf["cooperating"] or leaf["lead"]) for leaf in leaves)


def test_the_export_is_as_printed_not_corrected(leaves: list[dict[str, Any]]) -> None:
    by_id = {leaf["matter_id"]: leaf for leaf in leaves}
    assert by_id["zhoucun.individual.14"]["matter"] == "市外迁入—录用、招聘、请动入户"
    assert by_id["zhoucun.individual.91"]["matter"].endswith("申请申批")
    assert by_id["zhoucun.individual.108"]["certificates"][0] == "动车登记证书"
    assert by_id["weihai-city.individual.27"]["matter"] == "户口登记《退出现役落户）"
    assert by_id["huancui.individual.113.4"]["matter"] == "失业人员一次性丧葬补助金及抚恤金申领"
