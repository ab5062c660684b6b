"""Command line of the catalogue: check, show, matter, export."""

from __future__ import annotations

import argparse
import sys

from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.check import check
from knowledge.errors import CatalogueError
from knowledge.export import export_lines
from knowledge.matter import Matter
from knowledge.office_reader import places_folder, with_offices


def _describe(matter: Matter, catalogue: Catalogue) -> str:
    rows = [
        ("事项", matter.title),
        ("编号", matter.id),
        ("阶段·场景", f"{matter.stage}·{matter.scene}"),
        ("事项类型", matter.type),
        ("牵头部门", "、".join(matter.lead)),
        ("市级牵头部门", "、".join(matter.lead_city)),
        ("协同部门", "、".join(matter.cooperating)),
        ("市级协同部门", "、".join(matter.cooperating_city)),
        ("办理地点", "、".join(matter.places)),
        ("证件", "、".join(matter.shown_certificates)),
        ("关联事项", "、".join(map(str, matter.related))),
        ("层级", matter.level or ""),
        ("存疑", "；".join(matter.uncertain)),
        ("来源", f"{catalogue.document(matter)} 第{matter.row}项"),
    ]
    return "\n".join(f"{name}：{value}" for name, value in rows if value)


def _show(catalogue: Catalogue, region: str, scenario: str) -> str:
    chain = catalogue.chain(scenario, region)
    head = f"{catalogue.regions[region].name} · {chain.scenario.title}"
    lines = [head]
    for order, step in enumerate(chain.steps, 1):
        note = f"（{step.condition.label}）" if step.condition else ""
        where = "、".join(filter(None, (*step.matter.departments, step.matter.level)))
        lines.append(f"{order}. {step.matter.title}{note} — {where} [第{step.matter.row}项]")
    if not chain.steps:
        return "\n".join([head, "这个地区的清单里没有这类事项"])
    lines += [
        f"之后：{other.title}（{'清单印有关联' if printed else '本系统组合'}）"
        for other, printed in catalogue.following(scenario, region)
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """`python -m knowledge check | show REGION SCENARIO | matter ID | export --json`; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m knowledge")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="检查全部数据文件")
    show = commands.add_parser("show", help="显示一个地区某情形的事项链")
    show.add_argument("region")
    show.add_argument("scenario")
    matter = commands.add_parser("matter", help="显示一个事项的全部字段")
    matter.add_argument("id")
    export = commands.add_parser("export", help="导出全部事项")
    export.add_argument("--json", action="store_true", required=True)
    options = parser.parse_args(arguments)
    try:
        catalogue = load_catalogue()
        if options.command == "check":
            catalogue = with_offices(catalogue, places_folder())
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    if options.command == "check":
        faults = check(catalogue)
        for found in faults:
            print(found, file=sys.stderr)
        counts = f"{len(catalogue.matters)}个事项、{len(catalogue.scenarios)}个情形、{len(catalogue.offices)}个办事点"
        print(f"{counts}，{len(faults)}处问题")
        return 1 if faults else 0
    if options.command == "show":
        if options.region not in catalogue.regions or options.scenario not in catalogue.scenarios:
            print("没有这个地区或情形，地区：" + "、".join(catalogue.regions), file=sys.stderr)
            print("情形：" + "、".join(catalogue.scenarios), file=sys.stderr)
            return 1
        print(_show(catalogue, options.region, options.scenario))
    elif options.command == "matter":
        if options.id not in catalogue.matters:
            print(f"没有编号为 {options.id} 的事项", file=sys.stderr)
            return 1
        print(_describe(catalogue.matter(options.id), catalogue))
    else:
        for line in export_lines(catalogue):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
