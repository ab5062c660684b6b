"""A reply: text that is complete by itself, and the card that channels draw (reply/1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.chain_card import chain_parts
from actions.facilities import office_cards
from actions.payloads import tap
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.scenario import ChainStep, Scenario

# An option that stands for words to be said, not for a choice.
SAYING = "say:"
MAX_LABEL = 40


@dataclass(frozen=True)
class Option:
    """Something to tap; `choice` is what comes back, e.g. `matter:zhoucun.individual.49`."""

    label: str
    choice: str
    matter_id: str | None = None
    scenario_id: str | None = None

    @property
    def payload(self) -> str:
        """The message that a channel sends back; for an example, its words."""
        if self.choice.startswith(SAYING):
            return self.choice.removeprefix(SAYING)
        return tap(self.choice)


@dataclass(frozen=True)
class Slot:
    """The aspect that was asked for; `given` is False where the list does not state it."""

    name: str
    given: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """Kind (an ending with a name), text, and what the card shows."""

    kind: str
    text: str
    region: str | None = None
    audience: str | None = None
    scenario: Scenario | None = None
    steps: tuple[ChainStep, ...] = ()
    comparison: tuple[tuple[str, tuple[Matter, ...]], ...] = ()
    slot: Slot | None = None
    options: tuple[Option, ...] = ()
    confidence: float | None = None
    # What was told about the scenario, where the reply is its chain; None where it is not, or not it alone.
    facts: Mapping[str, str] | None = None
    # What the service adds to the card: `handoff` or `feedback` (actions/service.py).
    service: Mapping[str, Any] = field(default_factory=dict)


def matter_steps(matters: Sequence[Matter]) -> tuple[ChainStep, ...]:
    """Steps without conditions."""
    return tuple(ChainStep(matter, None) for matter in matters)


def _step(catalogue: Catalogue, order: int, step: ChainStep) -> dict[str, Any]:
    matter = step.matter
    offices = office_cards(catalogue, matter)
    return {
        "order": order,
        "matter_id": matter.id,
        "matter": matter.shown("matter"),
        "submatter": matter.shown("submatter") or None,
        "title": matter.title,
        "type": matter.type or None,
        "stage": matter.stage,
        "scene": matter.scene,
        "departments": list(matter.departments),
        "lead": list(matter.lead),
        "places": list(matter.places),
        "certificates": list(matter.shown_certificates),
        "online": matter.online,
        "level": matter.level,
        "condition": step.condition.label if step.condition and not step.settled else None,
        "condition_id": step.condition.id if step.condition else None,
        "source": {"document": catalogue.document(matter), "row": matter.row},
        # The operator's word, not the list's: `places` above stays as printed.
        **({"offices": offices} if offices else {}),
    }


def to_card(reply: Reply, catalogue: Catalogue) -> dict[str, Any]:
    """The card of a reply; validates against docs/contract/reply.schema.json."""
    region = catalogue.regions.get(reply.region or "")
    scenario = reply.scenario
    scenes = {step.matter.scene for step in reply.steps}
    stages = {step.matter.stage for step in reply.steps}
    card: dict[str, Any] = {
        "schema": "reply/1",
        "kind": reply.kind,
        "region": {"id": region.id, "name": region.name} if region else None,
        "audience": reply.audience,
        "scenario": {
            "id": scenario.id,
            "title": scenario.title,
            "stage": stages.pop() if len(stages) == 1 else None,
            "scene": scenes.pop() if len(scenes) == 1 else None,
            "composed": scenario.origin == "composed",
            "sequence": not scenario.is_menu,
        }
        if scenario
        else None,
        "steps": [_step(catalogue, order, step) for order, step in enumerate(reply.steps, 1)],
        "options": [
            {
                "label": option.label[:MAX_LABEL],
                "payload": option.payload,
                "matter_id": option.matter_id,
                "scenario_id": option.scenario_id,
            }
            for option in reply.options
        ],
        "confidence": round(reply.confidence, 4) if reply.confidence is not None else None,
        "catalogue": catalogue.version,
        **(
            chain_parts(catalogue, scenario.id, region.id, reply.facts)
            if scenario and region and reply.facts is not None
            else {}
        ),
        **reply.service,
    }
    if reply.comparison:
        card["comparison"] = [
            {
                "region": {"id": name, "name": catalogue.regions[name].name},
                "steps": [
                    _step(catalogue, order, step) for order, step in enumerate(matter_steps(matters), 1)
                ],
            }
            for name, matters in reply.comparison
        ]
    if reply.slot:
        card["slot"] = {
            "name": reply.slot.name,
            "given": reply.slot.given,
            "values": list(reply.slot.values),
        }
    return card
