"""Writes the NLU examples of scenarios, matters and out of scope from the training lines (`data/lines` → `var/nlu`).

DIET needs few, well-chosen examples (DESIGN.md, section 5): the breadth is the encoder's.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.launcher.settings import ROOT
from index.lines import OUT_OF_SCOPE, Line, read_lines
from index.settings import load_settings
from knowledge.catalogue import Catalogue, load_catalogue

TARGET = ROOT / "var" / "nlu" / "lines.yml"
PER_SCENARIO, PER_CONCEPT, OUTSIDE = 16, 2, 220
# Kinds of out-of-scope lines that no dialogue intent answers.
_OUTSIDE_KINDS = ("near_miss", "other", "gibberish")


def intent_of(line: Line, catalogue: Catalogue) -> str | None:
    """The intent that a training line is an example of; None where a dialogue intent answers it."""
    if line.target == OUT_OF_SCOPE:
        return OUT_OF_SCOPE if line.kind in _OUTSIDE_KINDS else None
    variant = catalogue.variants.get(line.target)
    scenario = catalogue.scenarios.get(variant.scenario if variant else line.target)
    if scenario is None:
        return "ask_matter"
    prefix = "life_event" if scenario.audience == "individual" else "business_event"
    return f"{prefix}__{scenario.id}"


def choose(lines: Iterable[Line], catalogue: Catalogue, taken: set[str]) -> dict[str, list[str]]:
    """Examples by intent: a fixed number a target, spread over its writers, none that `taken` holds."""
    by_target: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        intent = intent_of(line, catalogue)
        if intent and line.stands_alone and line.text not in taken:
            by_target[intent, line.target].append(line)
    chosen: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set(taken)
    for (intent, _), found in sorted(by_target.items()):
        size = {OUT_OF_SCOPE: OUTSIDE, "ask_matter": PER_CONCEPT}.get(intent, PER_SCENARIO)
        # The hash spreads the choice over writers and stays the same as long as the line does.
        for line in sorted(found, key=lambda x: hashlib.sha256(x.text.encode()).digest())[:size]:
            if line.text not in seen:
                seen.add(line.text)
                chosen[intent].append(line.text)
    return dict(chosen)


def _written_by_hand() -> set[str]:
    texts = set()
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for block in content.get("nlu", ()):
            texts |= {row.removeprefix("- ").strip() for row in str(block.get("examples", "")).splitlines()}
    return texts


def write_examples(target: Path = TARGET) -> None:
    """Writes the file; leaves it alone where nothing changed, so that its time stamp stays."""
    lines = read_lines(load_settings().lines)
    chosen = choose(lines, load_catalogue(), _written_by_hand())
    blocks = [
        {"intent": intent, "examples": "".join(f"- {_plain(text)}\n" for text in texts)}
        for intent, texts in sorted(chosen.items())
    ]
    content = yaml.safe_dump(
        {"version": "3.1", "nlu": blocks}, allow_unicode=True, sort_keys=False, width=10_000
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != content:
        target.write_text(content, encoding="utf-8")


def _plain(text: str) -> str:
    """A line without the marks that Rasa reads as entity annotations."""
    return text.translate(str.maketrans("[]{}", "（）（）"))
