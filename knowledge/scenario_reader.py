"""Loads scenarios, their steps, variants and conditions (`knowledge/scenarios/`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import fault
from knowledge.matter import AUDIENCES
from knowledge.scenario import Condition, ConditionOption, Scenario, ScenarioStep
from knowledge.table import read_table, values, whole_number

SHAPES = ("sequence", "menu")
ORIGINS = ("listed", "composed")
TONES = ("neutral", "congratulation", "condolence", "sympathy", "encouragement")


@dataclass(frozen=True)
class Variant:
    """A scenario together with a fact that is already known, e.g. a second-hand home bought with a mortgage."""

    id: str
    scenario: str
    option: str


def load_conditions(folder: Path) -> dict[str, Condition]:
    """Conditions by id; raises CatalogueError where one has no question or fewer than two options."""
    path = folder / "condition_options.csv"
    options: dict[str, list[ConditionOption]] = defaultdict(list)
    first_line: dict[str, int] = {}
    for line, row in read_table(path, ("condition", "value", "label", "words")):
        first_line.setdefault(row["condition"], line)
        if not row["label"] or len(row["label"]) > 40:
            raise fault(path, line, "label", "要有1到40个字")
        option = ConditionOption(row["condition"], row["value"], row["label"], values(row["words"]))
        if any(option.value == other.value for other in options[option.condition]):
            raise fault(path, line, "value", f"“{option.id}”重复")
        options[option.condition].append(option)
    path = folder / "conditions.csv"
    found: dict[str, Condition] = {}
    for line, row in read_table(path, ("condition", "question", "why")):
        if not row["question"] or not row["why"]:
            raise fault(path, line, "question", "问句和为什么问都要填写")
        if len(options.get(row["condition"], ())) < 2:
            raise fault(path, line, "condition", f"“{row['condition']}”至少要有两个选项")
        found[row["condition"]] = Condition(
            row["condition"], row["question"], row["why"], tuple(options[row["condition"]])
        )
    for name, line in first_line.items():
        if name not in found:
            raise fault(folder / "condition_options.csv", line, "condition", f"conditions.csv 里没有“{name}”")
    return found


def _load_steps(
    folder: Path,
    concepts: Collection[str],
    conditions: Mapping[str, Condition],
    regions: Collection[str] | None,
) -> dict[str, list[ScenarioStep]]:
    path = folder / "steps.csv"
    steps: dict[str, list[ScenarioStep]] = defaultdict(list)
    columns = ("scenario", "part", "concept", "scene", "regions", "condition")
    for line, row in read_table(path, columns):
        if bool(row["concept"]) == bool(row["scene"]):
            raise fault(path, line, "concept", "概念和场景要填一个，也只能填一个")
        if row["concept"] and row["concept"] not in concepts:
            raise fault(path, line, "concept", f"没有叫“{row['concept']}”的概念")
        if row["condition"]:
            name, _, value = row["condition"].partition("=")
            if name not in conditions or all(o.value != value for o in conditions[name].options):
                raise fault(path, line, "condition", f"没有“{row['condition']}”这个条件")
        for region in values(row["regions"]):
            if regions is not None and region not in regions:
                raise fault(path, line, "regions", f"没有叫“{region}”的地区")
        step = ScenarioStep(
            whole_number(path, line, "part", row["part"]),
            row["concept"],
            row["scene"],
            values(row["regions"]),
            row["condition"],
        )
        if step in steps[row["scenario"]]:
            raise fault(path, line, "concept", f"“{row['scenario']}”里这一步重复")
        steps[row["scenario"]].append(step)
    return steps


def load_scenarios(
    folder: Path,
    concepts: Collection[str],
    conditions: Mapping[str, Condition],
    regions: Collection[str] | None = None,
) -> dict[str, Scenario]:
    """Scenarios by id; raises CatalogueError where wording, shape, steps or a following scenario is wrong."""
    steps = _load_steps(folder, concepts, conditions, regions)
    path = folder / "scenarios.csv"
    found: dict[str, Scenario] = {}
    lines: dict[str, int] = {}
    columns = ("scenario", "title", "audience", "shape", "origin", "tone", "next")
    for line, row in read_table(path, columns):
        for name, allowed in (
            ("audience", AUDIENCES),
            ("shape", SHAPES),
            ("origin", ORIGINS),
            ("tone", TONES),
        ):
            if row[name] not in allowed:
                raise fault(path, line, name, f"“{row[name]}”不是 {'、'.join(allowed)} 之一")
        if not row["title"]:
            raise fault(path, line, "title", "不能为空")
        if row["scenario"] in found:
            raise fault(path, line, "scenario", f"“{row['scenario']}”重复")
        if not steps.get(row["scenario"]):
            raise fault(path, line, "scenario", f"“{row['scenario']}”没有步骤")
        lines[row["scenario"]] = line
        found[row["scenario"]] = Scenario(
            id=row["scenario"],
            title=row["title"],
            audience=row["audience"],
            shape=row["shape"],
            origin=row["origin"],
            tone=row["tone"],
            next=values(row["next"]),
            steps=tuple(steps.pop(row["scenario"])),
        )
    if steps:
        raise fault(folder / "steps.csv", None, "scenario", f"没有叫“{next(iter(steps))}”的情形")
    for scenario in found.values():
        for other in scenario.next:
            if other not in found:
                raise fault(path, lines[scenario.id], "next", f"“{scenario.id}”之后的“{other}”不存在")
    return found


def load_variants(
    folder: Path, scenarios: Mapping[str, Scenario], conditions: Mapping[str, Condition]
) -> dict[str, Variant]:
    """Variants by id; raises CatalogueError where one points nowhere."""
    path = folder / "variants.csv"
    found = {}
    for line, row in read_table(path, ("variant", "scenario", "condition")):
        if row["scenario"] not in scenarios:
            raise fault(path, line, "scenario", f"没有叫“{row['scenario']}”的情形")
        name, _, value = row["condition"].partition("=")
        if name not in conditions or all(o.value != value for o in conditions[name].options):
            raise fault(path, line, "condition", f"没有“{row['condition']}”这个条件")
        found[row["variant"]] = Variant(row["variant"], row["scenario"], row["condition"])
    return found
