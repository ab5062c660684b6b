"""Conversations as officials write them down (`*.yml` beside this file), and what is expected of each reply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.assistant import Answer, Assistant

FOLDER = Path(__file__).parent
# Everything that a turn may say; an unknown word in a file is an error, not a check that is silently not made.
KNOWN = {
    *("say", "times", "tap", "metadata"),
    *("kind", "region", "audience", "scenario", "compare", "text", "not", "options"),
    *("steps", "contains", "first", "lacks", "count", "slot", "given", "values"),
}
# The public numbers that a reply may name.
PUBLIC_NUMBERS = ("12345", "110", "119", "120")
_DIALLED = re.compile(r"(?<![\d.])\d{3,4}-\d{7,8}(?!\d)|(?<![\d.])\d{7,}|(?<![\d.])1\d{2}-?\d{4}-?\d{4}")


class ScriptFault(Exception):
    """A conversation file says something that cannot be checked."""


@dataclass(frozen=True)
class Script:
    """One conversation: where it stands, what the channel knows of region and audience, and its turns.

    `known_fault` (已知不足) says why the assistant does not manage it yet; such a conversation may fail.
    """

    file: str
    title: str
    region: str | None
    audience: str | None
    turns: tuple[Mapping[str, Any], ...]
    known_fault: str = ""

    @property
    def id(self) -> str:
        """`topic: title`, as pytest shows it."""
        return f"{self.file}: {self.title}"


def read_scripts(folder: Path = FOLDER) -> list[Script]:
    """All conversations, file by file; raises ScriptFault for a word that no check knows."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            unknown = set(entry) - {"标题", "region", "audience", "turns", "已知不足"}
            for turn in entry["turns"]:
                unknown |= set(turn) - KNOWN
                if ("say" in turn) == ("tap" in turn):
                    raise ScriptFault(f"{path.name}: {entry['标题']}: a turn either says or taps: {turn}")
            if unknown:
                raise ScriptFault(f"{path.name}: {entry['标题']}: unknown: {', '.join(sorted(unknown))}")
            turns, known = tuple(entry["turns"]), entry.get("已知不足", "")
            found.append(
                Script(path.stem, entry["标题"], entry.get("region"), entry.get("audience"), turns, known)
            )
    return found


def matters(given: str | Sequence[str]) -> list[str]:
    """`changle.individual 55 56 57.1` → ids; several lists are parted by `;`."""
    found = []
    for part in re.split("[;；]", given) if isinstance(given, str) else given:
        name, *rows = str(part).split()
        if not rows:
            raise ScriptFault(f"no rows: {given}")
        found += [f"{name}.{row}" for row in rows]
    return found


def words(given: Any) -> list[str]:
    """One word or several."""
    return [str(word) for word in given] if isinstance(given, list) else [str(given)]


def play(assistant: Assistant, script: Script, sender: str) -> None:
    """Holds the conversation; fails at the first turn whose reply is not as expected."""
    last: Answer | None = None
    for number, turn in enumerate(script.turns, 1):
        message = (
            str(turn["say"]) * int(turn.get("times", 1)) if "say" in turn else payload(last, turn["tap"])
        )
        metadata = {"region": script.region, "audience": script.audience, **turn.get("metadata", {})}
        last = assistant.ask(message, sender=sender, **metadata)
        wrong = [*manners(last), *differences(turn, last)]
        spoken = message if len(message) < 200 else f"{message[:80]}… ({len(message)})"
        shown = "\n".join(f"    {line}" for line in last.text.split("\n"))
        steps = " ".join(step["matter_id"] for step in last.card.get("steps", []))
        assert not wrong, "\n".join(
            (
                f"turn {number}: {spoken!r}",
                *(f"  - {fault}" for fault in wrong),
                f"  got {last.card['kind']} [{steps}] options {labels(last)}",
                shown,
            )
        )


def payload(last: Answer | None, label: str) -> str:
    """What a tap on the option of the last reply whose label begins so sends back."""
    for option in last.card["options"] if last else []:
        if option["label"].startswith(label):
            return option["payload"]
    raise AssertionError(f"nothing to tap named {label!r}: {labels(last) if last else 'no reply yet'}")


def labels(answer: Answer) -> list[str]:
    """Labels of what can be tapped."""
    return [option["label"] for option in answer.card.get("options", [])]


def manners(answer: Answer) -> Iterator[str]:
    """What holds for every reply, whatever was asked."""
    text = answer.text
    if any(not line.strip() for found in answer.messages for line in (found.get("text") or "x").split("\n")):
        yield "a blank line splits the text"
    for number in _DIALLED.findall(text):
        yield f"a number that looks dialled: {number}"
    if answer.card["kind"] not in ("handoff", "error") and not answer.card.get("options"):
        yield "a dead end: nothing can be tapped"
    buttons = [b["payload"] for found in answer.messages for b in found.get("buttons", [])]
    if buttons and buttons != [option["payload"] for option in answer.card.get("options", [])]:
        yield "buttons and options differ"
    if answer.card["kind"] in ("chain", "matter", "refuse", "slot"):
        for step in answer.card["steps"]:
            if step.get("title", step["matter"]) not in text:
                yield f"the text leaves out {step['matter_id']}"


def differences(turn: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    """Where the reply is not what the turn expects."""
    card, text = answer.card, answer.text
    got = [step["matter_id"] for step in card.get("steps", [])]
    if "kind" in turn and card["kind"] not in words(turn["kind"]):
        yield f"kind {card['kind']}, expected {turn['kind']}"
    if "region" in turn and (card.get("region") or {}).get("id") != turn["region"]:
        yield f"region {card.get('region')}, expected {turn['region']}"
    if "audience" in turn and card.get("audience") != turn["audience"]:
        yield f"audience {card.get('audience')}, expected {turn['audience']}"
    if "scenario" in turn and (card.get("scenario") or {}).get("id") != turn["scenario"]:
        yield f"scenario {card.get('scenario')}, expected {turn['scenario']}"
    yield from _step_differences(turn, got)
    if "compare" in turn:
        regions = [entry["region"]["id"] for entry in card.get("comparison", [])]
        if regions != words(turn["compare"]):
            yield f"compares {regions}, expected {turn['compare']}"
    for word in words(turn.get("text", [])):
        if word not in text:
            yield f"not in the text: {word}"
    for word in words(turn.get("not", [])):
        # The questions that stand folded on a chain's card are asked by nobody.
        if word in text or word in str({name: part for name, part in card.items() if name != "conditions"}):
            yield f"should not be said: {word}"
    for label in words(turn.get("options", [])):
        if not any(shown.startswith(label) for shown in labels(answer)):
            yield f"no option {label}"
    yield from _slot_differences(turn, card.get("slot") or {})


def _step_differences(turn: Mapping[str, Any], got: list[str]) -> Iterator[str]:
    if "steps" in turn and got != (wanted := matters(turn["steps"]) if turn["steps"] else []):
        yield f"steps {got}, expected {wanted}"
    if "contains" in turn:
        wanted = matters(turn["contains"])
        if [step for step in got if step in wanted] != wanted:
            yield f"steps {got} do not hold {wanted} in this order"
    if "first" in turn and got[:1] != matters(turn["first"]):
        yield f"first of {got} is not {turn['first']}"
    for step in matters(turn["lacks"]) if "lacks" in turn else []:
        if step in got:
            yield f"should not be shown: {step}"
    if "count" in turn and len(got) != turn["count"]:
        yield f"{len(got)} steps, expected {turn['count']}"


def _slot_differences(turn: Mapping[str, Any], slot: Mapping[str, Any]) -> Iterator[str]:
    if "slot" in turn and slot.get("name") != turn["slot"]:
        yield f"slot {slot}, expected {turn['slot']}"
    if "given" in turn and slot.get("given") is not turn["given"]:
        yield f"slot {slot}, expected given {turn['given']}"
    if "values" in turn and slot.get("values") != words(turn["values"]):
        yield f"values {slot.get('values')}, expected {turn['values']}"
