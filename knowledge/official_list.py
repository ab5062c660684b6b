"""Loads the official lists (`knowledge/lists/`): what is printed, nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import fault
from knowledge.matter import AUDIENCES, LEVELS, Matter
from knowledge.table import SEPARATOR, read_table, values, whole_number

COLUMNS = (
    "no",
    "sub",
    "stage",
    "scene",
    "matter",
    "submatter",
    "type",
    "lead",
    "lead_city",
    "cooperating",
    "cooperating_city",
    "places",
    "certificates",
    "related",
    "level",
    "uncertain",
)
CORRECTION_COLUMNS = ("matter_id", "field", "printed", "corrected", "reason")
CORRECTABLE = COLUMNS[2:-2]


@dataclass(frozen=True)
class OfficialList:
    """One region's list for one audience: its document and its matters in printed order."""

    region: str
    audience: str
    document: str
    matters: tuple[Matter, ...]


def load_matters(path: Path) -> tuple[Matter, ...]:
    """The matters of one file named `region.audience.csv`, in printed order.

    Raises CatalogueError that names file, line and column.
    """
    region, _, audience = path.stem.partition(".")
    if audience not in AUDIENCES:
        raise fault(path, None, None, f"文件名应为 地区.对象.csv，对象为 {'、'.join(AUDIENCES)} 之一")
    matters: list[Matter] = []
    lines: list[int] = []
    for line, row in read_table(path, COLUMNS):
        for required in ("no", "stage", "scene", "matter"):
            if not row[required]:
                raise fault(path, line, required, "不能为空")
        if row["level"] and row["level"] not in LEVELS:
            raise fault(path, line, "level", f"“{row['level']}”不是 {'、'.join(LEVELS)} 之一")
        matter = Matter(
            region=region,
            audience=audience,
            no=whole_number(path, line, "no", row["no"]),
            sub=whole_number(path, line, "sub", row["sub"]) if row["sub"] else None,
            stage=row["stage"],
            scene=row["scene"],
            matter=row["matter"],
            submatter=row["submatter"],
            type=row["type"],
            lead=values(row["lead"]),
            lead_city=values(row["lead_city"]),
            cooperating=values(row["cooperating"]),
            cooperating_city=values(row["cooperating_city"]),
            places=values(row["places"]),
            certificates=values(row["certificates"]),
            related=tuple(whole_number(path, line, "related", n) for n in values(row["related"])),
            level=row["level"] or None,
            uncertain=values(row["uncertain"]),
        )
        if not matter.departments and not matter.level:
            raise fault(path, line, "lead", f"第{matter.row}项没有部门，也没有标明市级或省级事项")
        if matters and matter.position <= matters[-1].position:
            raise fault(path, line, "no", f"第{matter.row}项没有排在第{matters[-1].row}项之后，或编号重复")
        matters.append(matter)
        lines.append(line)
    if not matters:
        raise fault(path, None, None, "清单是空的")
    numbers = {matter.no for matter in matters}
    for line, matter in zip(lines, matters, strict=True):
        for number in matter.related:
            if number not in numbers:
                raise fault(path, line, "related", f"第{matter.row}项关联的第{number}项不在清单里")
    return tuple(matters)


@dataclass(frozen=True)
class Correction:
    """A certain correction of one field of one matter; `line` is where the file says so."""

    line: int
    printed: str
    corrected: str


Corrections = Mapping[str, Mapping[str, Correction]]


def load_corrections(path: Path) -> Corrections:
    """Certain corrections: matter id → field → correction; raises CatalogueError on a gap or a doubled entry."""
    found: dict[str, dict[str, Correction]] = defaultdict(dict)
    for line, row in read_table(path, CORRECTION_COLUMNS):
        for required in CORRECTION_COLUMNS:
            if not row[required]:
                raise fault(path, line, required, "不能为空，更正前后的写法和理由都要填写")
        if row["field"] not in CORRECTABLE:
            raise fault(path, line, "field", f"“{row['field']}”不是 {'、'.join(CORRECTABLE)} 之一")
        if row["field"] in found[row["matter_id"]]:
            raise fault(path, line, "field", f"{row['matter_id']} 的{row['field']}列已经更正过一次")
        found[row["matter_id"]][row["field"]] = Correction(line, row["printed"], row["corrected"])
    return found


def check_known(path: Path, corrections: Corrections, matter_ids: Collection[str]) -> None:
    """Raises CatalogueError where a correction names a matter that no list has."""
    for matter_id, fields in corrections.items():
        for correction in fields.values():
            if matter_id not in matter_ids:
                raise fault(path, correction.line, "matter_id", f"各清单里都没有 {matter_id}")


def correct(path: Path, matters: tuple[Matter, ...], corrections: Corrections) -> tuple[Matter, ...]:
    """The matters with their corrections put beside the printed wording.

    Raises CatalogueError where a correction no longer fits what is printed.
    """
    result = []
    for matter in matters:
        fixes = {
            name: _corrected(path, matter, name, correction)
            for name, correction in corrections.get(matter.id, {}).items()
        }
        result.append(replace(matter, corrected=MappingProxyType(fixes)) if fixes else matter)
    return tuple(result)


def _corrected(path: Path, matter: Matter, name: str, correction: Correction) -> str:
    current = getattr(matter, name)
    if isinstance(current, tuple):
        if correction.printed not in current:
            raise fault(
                path, correction.line, "printed", f"{matter.id} 的清单原文里没有“{correction.printed}”"
            )
        return SEPARATOR.join(
            correction.corrected if value == correction.printed else value for value in current
        )
    if current != correction.printed:
        message = f"{matter.id} 的清单原文是“{current}”，不是“{correction.printed}”"
        raise fault(path, correction.line, "printed", message)
    return correction.corrected
