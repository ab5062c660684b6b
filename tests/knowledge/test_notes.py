"""docs/data-notes.md says what the data holds: no doubtful cell, correction, file or column is left unexplained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.catalogue import HOME, Catalogue

NOTES = (HOME.parent / "docs" / "data-notes.md").read_text(encoding="utf-8")
FILES = sorted(path.relative_to(HOME) for path in HOME.rglob("*.csv"))


def heading(path: Path) -> str:
    """The heading of the section about a file; one serves all lists, one all concept files, one all offices."""
    name = re.sub(r"^places/[a-z-]+\.csv$", "places/地区.csv", path.as_posix())
    return re.sub(r"/[a-z-]+\.(individual|enterprise)\.csv$", "/地区.对象.csv", name)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_column_of_every_file_is_described(path: Path) -> None:
    section = NOTES.partition(f"### `{heading(path)}`")[2].partition("\n###")[0]
    columns = (HOME / path).read_text(encoding="utf-8-sig").split("\n")[0].strip().split(",")
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == columns


def test_every_doubtful_cell_is_explained(catalogue: Catalogue) -> None:
    section = NOTES.partition("### 有疑问的格子")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| ([\w-]+\.[\w.]+) \| ([\w、]+) \|", section, re.MULTILINE))
    doubtful = {
        m.id: "、".join(remark.partition(":")[0] for remark in m.uncertain)
        for m in catalogue.matters.values()
        if m.uncertain
    }
    assert told == doubtful


def test_every_correction_is_listed(catalogue: Catalogue) -> None:
    section = NOTES.partition("## 4. 更正")[2].partition("\n## ")[0]
    told = re.findall(r"^\| ([\w-]+\.[\w.]+) \|", section, re.MULTILINE)
    assert sorted(told) == sorted(m.id for m in catalogue.matters.values() if m.corrected)


def test_counts(catalogue: Catalogue) -> None:
    for (region, audience), official in catalogue.lists.items():
        rows = len({m.no for m in official.matters})
        assert f"| {rows} | {len(official.matters)} | `lists/{region}.{audience}.csv` |" in NOTES
    assert "137" in NOTES and "没有写明" in NOTES
