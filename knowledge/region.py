"""Regions and the documents that their lists were printed in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import fault
from knowledge.matter import AUDIENCES
from knowledge.table import read_table, values


@dataclass(frozen=True)
class Region:
    """One jurisdiction; `note` is what an answer has to add about its list, if anything."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    note: str


def load_regions(path: Path) -> dict[str, Region]:
    """Regions by id in file order; raises CatalogueError on a doubled id or an empty name."""
    found: dict[str, Region] = {}
    for line, row in read_table(path, ("region", "name", "short", "aliases", "note")):
        if not row["region"] or row["region"] in found:
            raise fault(path, line, "region", f"“{row['region']}”为空或重复")
        if not row["name"] or not row["short"]:
            raise fault(path, line, "name", "名称和简称都要填写")
        found[row["region"]] = Region(
            row["region"], row["name"], row["short"], values(row["aliases"]), row["note"]
        )
    return found


def load_documents(path: Path, regions: Collection[str]) -> dict[tuple[str, str], str]:
    """Document titles by (region, audience)."""
    found = {}
    for line, row in read_table(path, ("region", "audience", "document")):
        if row["region"] not in regions:
            raise fault(path, line, "region", f"没有叫“{row['region']}”的地区")
        if row["audience"] not in AUDIENCES:
            raise fault(path, line, "audience", f"“{row['audience']}”不是 {'、'.join(AUDIENCES)} 之一")
        if not row["document"]:
            raise fault(path, line, "document", "不能为空")
        found[row["region"], row["audience"]] = row["document"]
    return found
