"""The facility directory: what an operator fills in, what is refused and in which words, and whom an office serves."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalogue import HOME, OFFICES, Catalogue
from knowledge.check import check
from knowledge.errors import CatalogueError
from knowledge.office_cells import read_day, read_phone, read_position
from knowledge.office_reader import COLUMNS, places_folder, with_offices
from tests.knowledge.conftest import EXAMPLE

NOVEMBER = date(2024, 11, 20)
CENTRE = {
    "name": "示例中心",
    "places": "区政务服务中心",
    "address": "示例路1号",
    "valid_from": "2024-11-01",
    "checked_on": "2024-11-01",
}


def write(folder: Path, *rows: dict[str, str], region: str = "zhoucun") -> Path:
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="")
    table.writeheader()
    table.writerows(rows)
    (folder / f"{region}.csv").write_text(out.getvalue(), encoding="utf-8")
    return folder


def names(offices: tuple) -> list[str]:
    return [office.name for office in offices]


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the invented offices of the example."""
    return with_offices(catalogue, EXAMPLE)


def test_a_file_for_every_region_is_there_and_has_the_right_header(catalogue: Catalogue) -> None:
    """Operators may have filled them; only the header is fixed. The mark makes spreadsheet programs keep UTF-8."""
    files = sorted((HOME / OFFICES).glob("*.csv"))
    assert {path.stem for path in files} == set(catalogue.regions)
    for path in files:
        assert path.read_text(encoding="utf-8-sig").split("\n")[0].strip() == ",".join(COLUMNS)


def test_nothing_is_known_unless_it_is_filled(catalogue: Catalogue, tmp_path: Path) -> None:
    assert catalogue.offices == () and with_offices(catalogue, tmp_path).offices == ()
    empty = with_offices(catalogue, write(tmp_path))
    assert not any(empty.offices_for(m, NOVEMBER) for m in empty.matters.values())


def test_the_example_is_sound_and_marked_as_one(filled: Catalogue, catalogue: Catalogue) -> None:
    assert len(filled.offices) == 6 and check(filled, NOVEMBER) == []
    assert filled.version == catalogue.version and filled.matters == catalogue.matters
    assert all(office.name.startswith("示例") and "示例" in office.note for office in filled.offices)
    centre = next(office for office in filled.offices if office.name == "示例政务服务中心")
    assert centre.phones == ("0533-5550101",) and centre.position == (36.8031, 117.8698)
    assert centre.checked_on == date(2024, 11, 1) and centre.valid_until is None


def test_the_folder_is_a_setting() -> None:
    assert places_folder({}) == HOME / "places" == places_folder({"YILIANBAN_PLACES": ""})
    assert places_folder({"YILIANBAN_PLACES": "/srv/places"}) == Path("/srv/places")


def test_place_and_department_narrow_an_office_down(filled: Catalogue) -> None:
    """At the centre the window of one department serves its matters only; the centre itself serves all."""
    both, window = "示例政务服务中心", "示例政务服务中心社保窗口"
    for matter in filled.list_matters("zhoucun", "individual"):
        found = names(filled.offices_for(matter, NOVEMBER))
        assert (both in found) == ("区政务服务中心" in matter.places), matter.id
        assert (window in found) == (both in found and "区人力资源和社会保障局" in matter.departments)


def test_a_department_seat_is_no_substitute_for_a_printed_place_but_can_be_rung(filled: Catalogue) -> None:
    registration = filled.matter("zhoucun.individual.2")
    assert registration.windows and filled.offices_for(registration, NOVEMBER) == ()
    assert names(filled.offices_to_ring(registration, NOVEMBER)) == ["示例公安分局"]
    baby = filled.matter("huancui.individual.3")
    assert names(filled.offices_for(baby, NOVEMBER)) == ["示例公安办证厅"]


def test_a_matter_of_a_higher_level_is_not_done_in_the_region(filled: Catalogue) -> None:
    assert not any(filled.offices_for(m, NOVEMBER) for m in filled.matters.values() if m.level)


@pytest.mark.parametrize("region", ["changle", "xuecheng", "weihai-city"])
def test_other_regions_are_left_alone(filled: Catalogue, region: str) -> None:
    own = [m for m in filled.matters.values() if m.region == region]
    assert not any(filled.offices_for(m, NOVEMBER) or filled.offices_to_ring(m, NOVEMBER) for m in own)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["示例老政务大厅"]),
        (date(2024, 10, 31), ["示例老政务大厅"]),
        (date(2024, 11, 1), ["示例政务服务中心"]),
        (date(2099, 1, 1), ["示例政务服务中心"]),
    ],
)
def test_an_office_counts_from_its_first_to_its_last_day(
    filled: Catalogue, day: date, expected: list[str]
) -> None:
    matter = next(
        m
        for m in filled.list_matters("zhoucun", "individual")
        if m.places == ("区政务服务中心",) and m.departments == ("区税务局",)
    )
    assert names(filled.offices_for(matter, day)) == expected


BROKEN = [
    ({"name": ""}, "“name”列：不能为空"),
    ({"name": "名" * 41}, "“name”列：太长，最多40个字"),
    ({"places": "", "departments": ""}, "“places”列：places 和 departments 至少填一个"),
    (
        {"places": "政务服务中心"},
        "“places”列：这个地区的清单里没有“政务服务中心”这个办理地点，是不是“区政务服务中心”？",
    ),
    ({"places": "全程网办"}, "“places”列：“全程网办”不是能去的地方"),
    ({"departments": "区人社局"}, "“departments”列：这个地区的清单里没有“区人社局”这个办理部门"),
    ({"departments": "县公安局"}, "“departments”列"),
    ({"address": ""}, "“address”列：地址、电话、办公时间至少填一个"),
    ({"phone": "6123456"}, "“phone”列：“6123456”不像电话号码：固定电话要带区号"),
    ({"phone": "5336123456"}, "电子表格去掉了开头的0"),
    ({"phone": "0533-6123456、6123457"}, "“phone”列"),
    ({"latitude": "36.8"}, "“latitude”列：纬度和经度要一起填"),
    ({"latitude": "117.87", "longitude": "36.80"}, "“latitude”列：经纬度填反了"),
    ({"latitude": "39.90", "longitude": "116.40"}, "“latitude”列：北纬39.90、东经116.40不在山东省内"),
    ({"latitude": "nan", "longitude": "inf"}, "“latitude”列"),
    ({"valid_from": ""}, "“valid_from”列：“”不是日期"),
    ({"valid_from": "2024-02-30"}, "“valid_from”列：没有“2024-02-30”这一天"),
    ({"valid_from": "206-02-03"}, "“valid_from”列：“206-02-03”不是日期，请写成 2026-11-01 这样"),
    ({"valid_until": "2024-10-31"}, "“valid_until”列：早于 valid_from"),
    ({"checked_on": "1926-11-01"}, "“checked_on”列：“1926-11-01”的年份不对"),
]


@pytest.mark.parametrize(("cells", "message"), BROKEN, ids=range(len(BROKEN)))
def test_what_is_wrong_is_told_with_file_line_and_column(
    catalogue: Catalogue, tmp_path: Path, cells: dict[str, str], message: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        with_offices(catalogue, write(tmp_path, CENTRE, CENTRE | {"name": "另一个"} | cells))
    assert str(caught.value).startswith(f"{tmp_path.name}/zhoucun.csv 第3行 ") and message in str(
        caught.value
    )


def test_all_faults_of_all_files_are_told_at_once(catalogue: Catalogue, tmp_path: Path) -> None:
    write(tmp_path, CENTRE | {"phone": "1"}, CENTRE | {"valid_from": "明天"})
    write(tmp_path, CENTRE, region="changle")
    write(tmp_path, CENTRE, region="zichuan")
    with pytest.raises(CatalogueError) as caught:
        with_offices(catalogue, tmp_path)
    told = [(Path(fault.file).name, fault.line) for fault in caught.value.faults]
    assert told == [("changle.csv", 2), ("zhoucun.csv", 2), ("zhoucun.csv", 3), ("zichuan.csv", None)]
    assert "没有印办理地点，请空着，只填 departments" in str(caught.value)
    assert "没有叫“zichuan”的地区，文件名应为 zhoucun.csv、" in str(caught.value)


def test_a_header_that_was_edited_and_a_folder_that_is_missing(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "zhoucun.csv").write_text("name,address\n示例,示例路\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="第1行 “places”列：缺少places、departments"):
        with_offices(catalogue, tmp_path)
    with pytest.raises(CatalogueError, match="找不到这个文件夹"):
        with_offices(catalogue, tmp_path / "none")


def test_an_office_that_moves_has_two_rows_that_do_not_overlap(catalogue: Catalogue, tmp_path: Path) -> None:
    old = CENTRE | {"valid_from": "2020-01-01", "valid_until": "2024-10-31"}
    assert len(with_offices(catalogue, write(tmp_path, old, CENTRE)).offices) == 2
    with pytest.raises(CatalogueError, match="第3行 “name”列：“示例中心”和第2行重复，日期有重叠"):
        with_offices(catalogue, write(tmp_path, old | {"valid_until": "2024/11/1"}, CENTRE))
    with pytest.raises(CatalogueError, match="重复"):
        with_offices(catalogue, write(tmp_path, CENTRE, CENTRE))


def test_nobody_can_have_checked_tomorrow(catalogue: Catalogue, tmp_path: Path) -> None:
    ahead = with_offices(catalogue, write(tmp_path, CENTRE))
    assert check(ahead, date(2024, 11, 1)) == []
    assert [str(f) for f in check(ahead, date(2024, 10, 31))] == [
        "places/zhoucun.csv “checked_on”列：“示例中心”的核对日期在今天以后"
    ]


@pytest.mark.parametrize(
    "cell", ["2024-11-01", "2024/11/1", "2024.11.1", "2024年11月1日", "２０２４－１１－０１"]
)
def test_days_as_spreadsheets_write_them(cell: str) -> None:
    assert read_day(cell) == date(2024, 11, 1)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0533-6123456", "0533-6123456"),
        ("(0533)6123456", "0533-6123456"),
        ("（0533）6123456", "0533-6123456"),
        ("0631－5212345", "0631-5212345"),
        ("0531-81234567-8012", "0531-81234567-8012"),
        ("05336123456", "05336123456"),
        ("12345", "12345"),
        ("400-123-4567", "400-123-4567"),
        ("95598", "95598"),
    ],
)
def test_numbers_that_can_be_dialled(cell: str, number: str) -> None:
    assert read_phone(cell) == number


@given(st.one_of(st.text(max_size=16), st.text("0123456789-－ ()（）", max_size=16)))
def test_a_cell_is_read_or_refused_in_words(text: str) -> None:
    for read in (read_day, read_phone, lambda cell: read_position(cell, cell)):
        try:
            value = read(text)
        except ValueError as error:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in str(error))
        else:
            assert value is None or isinstance(value, date | tuple) or read_phone(value) == value


@given(
    st.integers(0, 2**32),
    st.one_of(st.text(max_size=8), st.sampled_from(["；", "区残联", "0533-6123456", '"'])),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_no_edit_of_a_cell_can_do_worse_than_a_told_fault(
    catalogue: Catalogue, tmp_path: Path, seed: int, cell: str
) -> None:
    rows = list(csv.reader(io.StringIO((EXAMPLE / "zhoucun.csv").read_text(encoding="utf-8"))))
    row = random.Random(seed).choice(rows)
    row[random.Random(seed + 1).randrange(len(row))] = cell
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    (tmp_path / "zhoucun.csv").write_bytes(out.getvalue().encode("utf-8", "replace"))
    try:
        loaded = with_offices(catalogue, tmp_path)
    except CatalogueError as error:
        assert error.faults and all(fault.file.endswith("zhoucun.csv") for fault in error.faults)
    else:
        assert 3 <= len(loaded.offices) <= 4
