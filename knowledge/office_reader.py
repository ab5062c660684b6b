"""Loads the facility directory: one file a region, one office a row, checked against what the region's lists print."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from knowledge.catalogue import HOME, OFFICES, Catalogue
from knowledge.errors import CatalogueError, Fault, fault
from knowledge.matter import ONLINE
from knowledge.office import Office
from knowledge.office_cells import read_day, read_phone, read_position
from knowledge.table import read_table, values

COLUMNS = (
    "name",
    "places",
    "departments",
    "address",
    "phone",
    "hours",
    "latitude",
    "longitude",
    "valid_from",
    "valid_until",
    "checked_on",
    "note",
)
MAX_NAME, MAX_TEXT = 40, 100
Value = TypeVar("Value")


def places_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of the directory: YILIANBAN_PLACES, else `knowledge/places`."""
    return Path(environment.get("YILIANBAN_PLACES") or HOME / OFFICES)


def with_offices(catalogue: Catalogue, folder: Path) -> Catalogue:
    """The catalogue together with the offices of a folder; its version stays, for no list has changed.

    Raises CatalogueError that names file, line and column of everything that is wrong.
    """
    if not folder.is_dir():
        raise CatalogueError([Fault(str(folder), None, None, "找不到这个文件夹")])
    found: list[Office] = []
    faults: list[Fault] = []
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv"):
        offices, wrong = _load(path, catalogue)
        found += offices
        faults += wrong
    if faults:
        raise CatalogueError(faults)
    return replace(catalogue, offices=tuple(found))


def _load(path: Path, catalogue: Catalogue) -> tuple[list[Office], list[Fault]]:
    """The offices of one file, and everything that is wrong in it: officials mend a file in one go."""
    if path.stem not in catalogue.regions:
        known = "、".join(f"{region}.csv" for region in catalogue.regions)
        return [], fault(path, None, None, f"没有叫“{path.stem}”的地区，文件名应为 {known} 之一").faults
    row_of = _Rows(path, catalogue)
    offices: list[tuple[int, Office]] = []
    faults: list[Fault] = []
    try:
        for line, row in read_table(path, COLUMNS):
            try:
                offices.append((line, row_of(line, row)))
            except CatalogueError as error:
                faults += error.faults
    except CatalogueError as error:
        faults += error.faults
    return [office for _, office in offices], [*faults, *_doubled(path, offices)]


class _Rows:
    """Makes offices of the rows of one region's file."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self._path = path
        matters = [matter for matter in catalogue.matters.values() if matter.region == path.stem]
        self._places = {place for matter in matters for place in matter.windows}
        self._departments = {name for matter in matters for name in matter.departments}

    def __call__(self, line: int, row: Mapping[str, str]) -> Office:
        """The office of a row; raises CatalogueError for the first cell that is wrong."""

        def cell(field: str, read: Callable[[str], Value]) -> Value:
            try:
                return read(row[field])
            except ValueError as error:
                raise fault(self._path, line, field, str(error)) from None

        office = Office(
            region=self._path.stem,
            name=cell("name", lambda text: _text(text, MAX_NAME)),
            places=cell("places", self._printed_places),
            departments=cell("departments", lambda text: _known(text, self._departments, "办理部门")),
            address=cell("address", _text),
            phones=cell("phone", lambda text: tuple(read_phone(number) for number in values(text))),
            hours=cell("hours", _text),
            position=cell("latitude", lambda text: read_position(text, row["longitude"])),
            valid_from=cell("valid_from", read_day),
            valid_until=cell("valid_until", lambda text: read_day(text) if text else None),
            checked_on=cell("checked_on", read_day),
            note=cell("note", _text),
        )
        wrong = _incomplete(office)
        if wrong:
            raise fault(self._path, line, *wrong)
        return office

    def _printed_places(self, text: str) -> tuple[str, ...]:
        if ONLINE in values(text):
            raise ValueError(f"“{ONLINE}”不是能去的地方")
        if text and not self._places:
            raise ValueError("这个地区的清单没有印办理地点，请空着，只填 departments")
        return _known(text, self._places, "办理地点")


def _text(text: str, longest: int = MAX_TEXT) -> str:
    if len(text) > longest:
        raise ValueError(f"太长，最多{longest}个字")
    return text


def _known(text: str, printed: Collection[str], what: str) -> tuple[str, ...]:
    for name in values(text):
        if name not in printed:
            near = get_close_matches(name, sorted(printed), 1, 0.5)
            hint = f"，是不是“{near[0]}”？" if near else ""
            raise ValueError(f"这个地区的清单里没有“{name}”这个{what}{hint}")
    return values(text)


def _incomplete(office: Office) -> tuple[str, str] | None:
    """Column and words for what the cells of a row lack together."""
    if not office.name:
        return "name", "不能为空"
    if not office.places and not office.departments:
        return "places", "places 和 departments 至少填一个"
    if not office.address and not office.phones and not office.hours:
        return "address", "地址、电话、办公时间至少填一个"
    if office.valid_until and office.valid_until < office.valid_from:
        return "valid_until", "早于 valid_from"
    return None


def _doubled(path: Path, offices: Sequence[tuple[int, Office]]) -> list[Fault]:
    """Rows of the same name whose days overlap: nobody could tell which of them holds."""
    return [
        Fault(
            f"{path.parent.name}/{path.name}", line, "name", f"“{office.name}”和第{earlier}行重复，日期有重叠"
        )
        for (earlier, other), (line, office) in combinations(offices, 2)
        if office.name == other.name and office.valid_from <= _end(other) and other.valid_from <= _end(office)
    ]


def _end(office: Office) -> date:
    return office.valid_until or date.max
