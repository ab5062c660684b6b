"""What the card of a chain holds beyond its steps: the conditions as switches, what may follow, and the notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.payloads import tap
from knowledge.catalogue import Catalogue
from knowledge.scenario import Condition
from notice.address import FORMATS, scenario_path


def chain_parts(catalogue: Catalogue, scenario: str, region: str, facts: Mapping[str, str]) -> dict[str, Any]:
    """`conditions`, `following` and `notice` of the chain as these facts shape it."""
    conditions = switches(catalogue, scenario, region, facts)
    known = {condition.id for condition in catalogue.conditions_of(scenario).values()}
    told = {name: value for name, value in facts.items() if name in known}
    return {
        "conditions": [_switch(condition, scenario, facts.get(condition.id)) for condition in conditions],
        "following": [
            {"id": other.id, "title": other.title, "payload": tap(f"scenario:{other.id}")}
            for other, _ in catalogue.following(scenario, region)
        ],
        "notice": {
            format: scenario_path(region, scenario, told, "" if format == "html" else format)
            for format in FORMATS
        },
    }


def switches(catalogue: Catalogue, scenario: str, region: str, facts: Mapping[str, str]) -> list[Condition]:
    """The conditions whose answer changes this chain here, told or not, in the scenario's order."""
    found = []
    for condition in catalogue.conditions_of(scenario).values():
        others = {name: value for name, value in facts.items() if name != condition.id}
        if condition in catalogue.chain(scenario, region, others).open_conditions:
            found.append(condition)
    return found


def _switch(condition: Condition, scenario: str, chosen: str | None) -> dict[str, Any]:
    """One question with its answers; each names the scenario, so that it works on an older card too.

    `undo` takes the answer back.
    """
    return {
        "id": condition.id,
        "question": condition.question,
        "why": condition.why,
        "chosen": chosen,
        "options": [
            {
                "value": option.value,
                "label": option.label,
                "payload": tap(f"fact:{option.id}@{scenario}"),
            }
            for option in condition.options
        ],
        "undo": tap(f"fact:{condition.id}=@{scenario}"),
    }
