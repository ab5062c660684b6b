"""A broken file stops the start with a message that names file, line and column in Chinese."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalogue import HOME, Catalogue, load_catalogue
from knowledge.check import check
from knowledge.errors import CatalogueError
from knowledge.table import SEPARATOR, read_table, values
from tests.knowledge.conftest import Edit

LIST = "lists/zhoucun.individual.csv"
FITS = "concepts/zhoucun.individual.csv"
STEPS = "scenarios/steps.csv"


def told(home: Path) -> str:
    """What an official reads when the copy is loaded."""
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(home)
    return str(caught.value)


def test_the_copy_itself_is_sound(home: Path, catalogue: Catalogue) -> None:
    loaded = load_catalogue(home)
    assert loaded.version == catalogue.version
    assert loaded.matters == catalogue.matters
    assert check(loaded) == []


BROKEN = [
    # file, text, becomes, parts of the message
    (LIST, "no,sub,stage", "no,stage", ["lists/zhoucun.individual.csv 第1行", "“sub”列", "缺少sub列"]),
    (LIST, "\n57,,婚姻", "\n五十七,,婚姻", ["第58行", "“no”列", "“五十七”不是正整数"]),
    (LIST, "\n57,,婚姻", "\n57.0,,婚姻", ["第58行", "“no”列", "不是正整数"]),
    (LIST, "\n57,,婚姻", "\n57,0,婚姻", ["第58行", "“sub”列", "不是正整数"]),
    (LIST, "\n57,,婚姻", "\n56,,婚姻", ["第58行", "“no”列", "编号重复"]),
    (LIST, "\n57,,婚姻", "\n57,,", ["第58行", "“stage”列", "不能为空"]),
    (LIST, "33；35；36；37", "33；35；36；370", ["第34行", "“related”列", "第370项不在清单里"]),
    (LIST, "33；35；36；37", "33；35-37", ["第34行", "“related”列", "“35-37”不是正整数"]),
    (LIST, "\n56,,住房", "\n56,,住房,多一格", ["第57行", "应有16格，实际有17格"]),
    (LIST, "内地居民结婚登记", '"内地居民"结婚登记', ["第58行", "引号"]),
    (LIST, "内地居民结婚登记", '"内地居民\n结婚登记"', ["第58行", "“matter”列", "不能换行"]),
    (
        "lists/huancui.individual.csv",
        "律师执业、变更、注销许可,,行政许可,区司法局,,,,,,,市级事项",
        "律师执业、变更、注销许可,,行政许可,区司法局,,,,,,,地市级",
        ["第36行", "“level”列", "市级事项、省级事项"],
    ),
    (
        "lists/huancui.individual.csv",
        "其他,,,区税务局,,",
        "其他,,,,,",
        ["“lead”列", "第73项没有部门"],
    ),
    (
        "lists/corrections.csv",
        "weihai-city.individual.23,matter,高校未就业毕业生登记",
        "weihai-city.individual.23,matter,高校未就业学生登记",
        ["lists/corrections.csv 第5行", "“printed”列", "清单原文是“高校未就业毕业生登记”"],
    ),
    (
        "lists/corrections.csv",
        "zhoucun.individual.108,certificates,动车登记证书",
        "zhoucun.individual.108,certificates,汽车登记证书",
        ["第4行", "“printed”列", "没有“汽车登记证书”"],
    ),
    (
        "lists/corrections.csv",
        "weihai-city.individual.23,matter",
        "weihai-city.individual.230,matter",
        ["第5行", "“matter_id”列", "各清单里都没有 weihai-city.individual.230"],
    ),
    (
        "lists/corrections.csv",
        "weihai-city.individual.23,matter",
        "weihai-city.individual.23,name",
        ["第5行", "“field”列", "“name”不是"],
    ),
    (
        FITS,
        "\n1,birth-certificate,exact",
        "\n1,birth-paper,exact",
        ["第2行", "“concept”列", "没有叫“birth-paper”的概念"],
    ),
    (
        FITS,
        "\n1,birth-certificate,exact",
        "\n118,birth-certificate,exact",
        ["第2行", "“row”列", "没有第118项"],
    ),
    (FITS, "\n1,birth-certificate,exact", "\n1,birth-certificate,same", ["第2行", "“fit”列", "exact、near"]),
    (
        FITS,
        "\n1,birth-certificate,exact",
        "\n1,birth-certificate,exact\n1,birth-certificate,near",
        ["第3行", "“concept”列", "重复"],
    ),
    (
        "concepts/concepts.csv",
        "vaccination-card,individual",
        "birth-certificate,individual",
        ["concepts/concepts.csv 第3行", "“concept”列", "“birth-certificate”为空或重复"],
    ),
    (
        "concepts/concepts.csv",
        "vaccination-card,individual",
        "vaccination-card,person",
        ["第3行", "“audience”列"],
    ),
    (
        STEPS,
        "\nbirth,1,birth-certificate,,,",
        "\nbirth,1,birth-paper,,,",
        ["第2行", "“concept”列", "birth-paper"],
    ),
    (STEPS, "\nbirth,1,birth-certificate,,,", "\nbirth,1,birth-certificate,出生,,", ["第2行", "只能填一个"]),
    (
        STEPS,
        "\nbirth,1,birth-certificate,,,",
        "\nbirth,一,birth-certificate,,,",
        ["第2行", "“part”列", "不是正整数"],
    ),
    (
        STEPS,
        "\nbirth,1,birth-certificate,,,",
        "\nbirth,1,birth-certificate,,zhoucen,",
        ["“regions”列", "zhoucen"],
    ),
    (
        STEPS,
        "\nbirth,1,birth-certificate,,,",
        "\nbirth,1,birth-certificate,,,child=fourth",
        ["“condition”列"],
    ),
    (STEPS, "\nbirth,1,birth-certificate,,,", "\nbirths,1,birth-certificate,,,", ["没有叫“births”的情形"]),
    (
        STEPS,
        "\nbirth,1,birth-certificate,,,",
        "\nbirth,1,birth-certificate,,,\nbirth,1,birth-certificate,,,",
        ["第3行", "这一步重复"],
    ),
    (
        "scenarios/scenarios.csv",
        "birth,宝宝出生,individual,sequence",
        "birth,宝宝出生,individual,list",
        ["scenarios/scenarios.csv 第2行", "“shape”列", "sequence、menu"],
    ),
    (
        "scenarios/scenarios.csv",
        "birth,宝宝出生,individual",
        "birth,,individual",
        ["第2行", "“title”列", "不能为空"],
    ),
    (
        "scenarios/scenarios.csv",
        "maternity-payment；school-enrolment",
        "no-such",
        ["第2行", "“next”列", "no-such"],
    ),
    (
        "scenarios/conditions.csv",
        "property,买的是住房还是非住房？",
        "property,",
        ["scenarios/conditions.csv 第2行", "“question”列"],
    ),
    (
        "scenarios/condition_options.csv",
        "property,commercial,",
        "property,home,",
        ["第3行", "“value”列", "“property=home”重复"],
    ),
    (
        "scenarios/condition_options.csv",
        "property,commercial,",
        "propertie,commercial,",
        ["“condition”列", "property"],
    ),
    (
        "scenarios/variants.csv",
        "partner=foreign",
        "partner=alien",
        ["第2行", "“condition”列", "partner=alien"],
    ),
    (
        "concepts/twins.csv",
        "\nvehicle-registration,company-vehicle-registration",
        "\nvehicle-registration,vehicle-registration",
        ["concepts/twins.csv 第2行", "“enterprise”列", "vehicle-registration"],
    ),
    (
        "departments.csv",
        "changle,县残联,县残疾人联合会",
        "changle,县残疾联,县残疾人联合会",
        ["knowledge/departments.csv", "“printed”列", "清单里没有“县残疾联”"],
    ),
    ("documents.csv", "zhoucun,individual", "zhoucan,individual", ["第2行", "“region”列", "zhoucan"]),
    ("documents.csv", "zhoucun,individual", "zhoucun,person", ["第2行", "“audience”列"]),
    ("regions.csv", "changle,潍坊市昌乐县", "zhoucun,潍坊市昌乐县", ["第3行", "“region”列", "为空或重复"]),
]


@pytest.mark.parametrize(("name", "old", "new", "parts"), BROKEN, ids=range(len(BROKEN)))
def test_broken_file(home: Path, edit: Edit, name: str, old: str, new: str, parts: list[str]) -> None:
    edit(name, old, new)
    message = told(home)
    assert all(part in message for part in parts), message


def test_missing_file(home: Path) -> None:
    (home / "departments.csv").unlink()
    assert told(home) == "knowledge/departments.csv：找不到这个文件"


def test_empty_list(home: Path) -> None:
    path = home / LIST
    path.write_text(path.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    assert "清单是空的" in told(home)


def test_empty_file(home: Path) -> None:
    (home / LIST).write_text("", encoding="utf-8")
    assert "第1行" in told(home) and "表头" in told(home)


def test_doubled_department(home: Path) -> None:
    path = home / "departments.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.split("\n")[1] + "\n", encoding="utf-8")
    assert "重复" in told(home)


def test_missing_department(home: Path) -> None:
    path = home / "departments.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("zhoucun,区残联")
    ]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert "缺少部门：zhoucun 的“区残联”" in told(home)


def test_encoding_of_a_chinese_spreadsheet_program_is_named_with_its_line(home: Path) -> None:
    path = home / LIST
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    message = told(home)
    assert message.startswith("lists/zhoucun.individual.csv 第2行：不是UTF-8编码") and "CSV UTF-8" in message


def test_byte_order_mark_windows_line_ends_and_blank_lines_are_accepted(
    home: Path, catalogue: Catalogue
) -> None:
    for path in home.rglob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        path.write_bytes(("\ufeff" + text.replace("\n", "\r\n") + "\r\n,,\r\n").encode("utf-8"))
    loaded = load_catalogue(home)
    assert loaded.matters == catalogue.matters
    assert loaded.scenarios == catalogue.scenarios


def test_list_of_an_unknown_region(home: Path) -> None:
    (home / LIST).rename(home / "lists/zichuan.individual.csv")
    assert "zichuan" in told(home)


def test_new_region_is_new_files_only(home: Path) -> None:
    for folder in ("lists", "concepts"):
        (home / folder / "zichuan.individual.csv").write_bytes(
            (home / folder / "changle.individual.csv").read_bytes()
        )
    with (home / "regions.csv").open("a", encoding="utf-8") as stream:
        stream.write("zichuan,淄博市淄川区,淄川区,淄川,\n")
    with (home / "documents.csv").open("a", encoding="utf-8") as stream:
        stream.write("zichuan,individual,淄川区清单\n")
    departments = (home / "departments.csv").read_text(encoding="utf-8").split("\n")
    with (home / "departments.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(
            line.replace("changle,", "zichuan,", 1) + "\n"
            for line in departments
            if line.startswith("changle,")
        )
    loaded = load_catalogue(home)
    assert loaded.chain("birth", "zichuan").matters[0].id == "zichuan.individual.1"
    assert len(loaded.matters) == 1056 + 161


def test_version_follows_every_file(home: Path, catalogue: Catalogue) -> None:
    versions = {catalogue.version}
    for name in ("place_aliases.csv", "concepts/concepts.csv", LIST, "scenarios/conditions.csv"):
        with (home / name).open("a", encoding="utf-8") as stream:
            stream.write("\n")
        versions.add(load_catalogue(home).version)
    assert len(versions) == 5


def test_version_leaves_the_facility_directory_out(home: Path, catalogue: Catalogue) -> None:
    """Otherwise a new telephone number would ask for a new index and a new model."""
    (home / "places/zhoucun.csv").write_text("anything", encoding="utf-8")
    assert load_catalogue(home).version == catalogue.version


def test_the_catalogue_cannot_be_changed(catalogue: Catalogue) -> None:
    with pytest.raises(FrozenInstanceError):
        catalogue.version = "x"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        catalogue.matter("zhoucun.individual.1").matter = "x"  # type: ignore[misc]
    for mapping in (
        catalogue.matters,
        catalogue.lists,
        catalogue.scenarios,
        catalogue.concepts,
        catalogue.fits,
    ):
        with pytest.raises(TypeError):
            mapping["x"] = None  # type: ignore[index]


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)


@given(st.lists(st.tuples(CELL, CELL), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_a_spreadsheet_writes_is_read_back(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("a", "b"), *rows])
    path = tmp_path / "t.csv"
    path.write_bytes(out.getvalue().encode("utf-8"))
    expected = [(a.strip(), b.strip()) for a, b in rows if a.strip() or b.strip()]
    assert [(row["a"], row["b"]) for _, row in read_table(path, ("a", "b"))] == expected


@given(st.lists(st.text("事项一二三 ", min_size=1, max_size=4)))
def test_values_of_a_cell(parts: list[str]) -> None:
    assert values(SEPARATOR.join(parts)) == tuple(p.strip() for p in parts if p.strip())


@given(
    st.sampled_from(sorted(p.relative_to(HOME).as_posix() for p in HOME.rglob("*.csv"))),
    st.integers(0, 2**32),
    st.sampled_from(
        ["", "x", "0", "-1", "１", "3；3", "；", '"', "\ufeff", "市级事项", "zhoucun", "a=b", "=", "999999"]
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_no_edit_of_a_cell_can_do_worse_than_a_told_fault(
    home: Path, name: str, seed: int, cell: str
) -> None:
    path = home / name
    before = path.read_bytes()
    try:
        rows = list(csv.reader(io.StringIO(before.decode("utf-8"))))
        row = random.Random(seed).choice(rows)
        row[random.Random(seed + 1).randrange(len(row))] = cell
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8")
        try:
            check(load_catalogue(home))
        except CatalogueError as error:
            assert error.faults and all(
                fault.file.endswith(".csv") and fault.message for fault in error.faults
            )
    finally:
        path.write_bytes(before)
