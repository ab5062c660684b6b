"""Facts that a message tells about the conditions of a chain ("带贷款的", "是商铺", "不走按揭")."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.catalogue import Catalogue
from knowledge.scenario import Condition


def facts_told(text: str, conditions: Iterable[Condition]) -> dict[str, str]:
    """Values of conditions that the text states outright; the longest words win, contradictions tell nothing."""
    told = {}
    for condition in conditions:
        found = [
            (len(word), option.value)
            for option in condition.options
            for word in (*option.words, option.label)
            if word in text
        ]
        if not found:
            continue
        longest = max(size for size, _ in found)
        values = {value for size, value in found if size == longest}
        if len(values) == 1:
            told[condition.id] = values.pop()
    return told


def chain_conditions(catalogue: Catalogue, scenario: str) -> list[Condition]:
    """Conditions that occur in a scenario's steps, in order."""
    names = dict.fromkeys(
        step.condition.partition("=")[0] for step in catalogue.scenarios[scenario].steps if step.condition
    )
    return [catalogue.conditions[name] for name in names]
