"""Replies made up around a label, right ones and wrong ones of every sort, to try judges on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from evaluation.records import Label
from evaluation.rows import Rows

KINDS = (
    "chain",
    "matter",
    "slot",
    "list",
    "compare",
    "clarify",
    "refuse",
    "out_of_scope",
    "smalltalk",
    "handoff",
)
TEXTS = ("请到窗口办理。", "电话 0533-6181234", "", "  ")
Messages = list[dict[str, Any]]


def step(rows: Rows, matter_id: str, condition: str | None = None) -> dict[str, Any]:
    """A card's step for a matter."""
    matter = rows.matters[matter_id]
    return {
        "matter_id": matter_id,
        "departments": list(matter.departments),
        "places": list(matter.places),
        "certificates": list(matter.certificates),
        "condition": condition,
    }


def card(kind: str, steps: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A card of reply/1, as far as judges look at it."""
    return {"schema": "reply/1", "kind": kind, "steps": steps, "options": [], **more}


def messages(*cards: dict[str, Any], text: str = "请到窗口办理。") -> Messages:
    """A reply: a text, then the cards."""
    return [{"text": text}, *({"custom": found} for found in cards)]


def replies(rows: Rows, region: str, audience: str, label: Label, dice: random.Random) -> Iterator[Messages]:
    """Replies from right to absurd: every kind with the label's rows whole, cut, shuffled, mixed with others."""
    good = list(dict.fromkeys(rows.ids(region, audience, label.rows + label.key)))
    second = [m for other in label.also for m in rows.ids(region, other.audience or audience, other.rows)]
    ruled_out = rows.ids(region, audience, label.avoid_rows)
    strangers = dice.sample(sorted(rows.matters), 4)
    shown = [good, good[:1], good[1:], good[::-1], good + second, second + good, good + ruled_out]
    shown += [strangers, strangers[:1] + good, good + strangers, strangers[:2] + good[:1], []]
    for kind in KINDS:
        for ids in shown:
            steps = [step(rows, i, dice.choice((None, None, "住房"))) for i in ids]
            slot = {"name": "place", "given": dice.random() < 0.5, "values": []}
            options = [{"matter_id": i} for i in dice.sample(good + strangers, 2)]
            yield messages(card(kind, steps, slot=slot, options=options), text=dice.choice(TEXTS))
    compared = [{"steps": [step(rows, i) for i in good]}, {"steps": [step(rows, i) for i in strangers]}]
    yield messages(card("compare", [], comparison=compared))
    yield messages(card("smalltalk", []), card("matter", [step(rows, i) for i in good]))
    yield [{"text": "没有卡片"}]
    yield []
