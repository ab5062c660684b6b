"""The dialogue's table: what may come of each event in each situation (`table.csv`), read and drawn.

`python -m actions.table > docs/dialogue.md` draws it; tests walk every cell of it through the dialogue.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from actions.situations import SITUATIONS

TABLE = Path(__file__).parent / "table.csv"
_ALWAYS = (
    6  # An event that leads to the same situation from so many others is drawn once, not as so many arrows.
)


@dataclass(frozen=True)
class Cell:
    """One event in one situation: the kinds of reply that it may get, and the situations that may follow."""

    situation: str
    event: str
    means: str
    kinds: frozenset[str]
    then: frozenset[str]


def read_table(path: Path = TABLE) -> tuple[Cell, ...]:
    """All cells in file order."""
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Cell(
                row["situation"],
                row["event"],
                row["means"],
                frozenset(row["kinds"].split("；")),
                frozenset(row["then"].split("；")),
            )
            for row in csv.DictReader(stream)
        )


def draw(cells: Iterable[Cell]) -> str:
    """The table as Markdown: a diagram of the ways between situations, and every cell."""
    cells = tuple(cells)
    ways: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in cells:
        for then in sorted(cell.then - {cell.situation}):
            ways[cell.situation, then].append(cell.means)
    reached: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (before, then), events in ways.items():
        for event in events:
            reached[event, then].add(before)
    everywhere = {key for key, befores in reached.items() if len(befores) >= _ALWAYS}
    lines = [
        "# 对话状态表",
        "",
        "由 `python -m actions.table` 从 `actions/table.csv` 生成，不要手改。测试把每个状态下的每种来话都走一遍"
        "（`tests/actions/test_table.py`）。",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {name}: {title}" for name, title in SITUATIONS.items()),
        "    [*] --> new",
        "    [*] --> idle",
    ]
    for (before, then), events in ways.items():
        shown = [event for event in dict.fromkeys(events) if (event, then) not in everywhere]
        if shown:
            more = f" 等{len(shown)}种" if len(shown) > 3 else ""
            lines.append(f"    {before} --> {then}: {'、'.join(shown[:3])}{more}")
    lines += ["```", "", "几乎在任何状态下都一样的去向（图里不画）：", ""]
    for event, then in sorted(everywhere):
        lines.append(f"- {event} → {SITUATIONS[then]}")
    for name, title in SITUATIONS.items():
        lines += ["", f"## {title}（`{name}`）", "", "| 来话 | 答复 | 之后 |", "|---|---|---|"]
        for cell in cells:
            if cell.situation == name:
                kinds = "、".join(sorted(cell.kinds))
                then = "、".join(SITUATIONS[t] if t != name else "不变" for t in sorted(cell.then))
                lines.append(f"| {cell.means} | {kinds} | {then} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(draw(read_table()), end="")
