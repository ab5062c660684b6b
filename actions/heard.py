"""What was heard: one message as understood by NLU and search, free of rasa_sdk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """A concept, scenario, variant or single matter with the probability that it is meant."""

    id: str
    kind: str
    probability: float


@dataclass(frozen=True)
class Clause:
    """One part of a message that may be a request of its own."""

    text: str
    targets: tuple[Target, ...]
    outside: float


@dataclass(frozen=True)
class InContext:
    """What search found for the message as it stands after what was talked about before."""

    targets: tuple[Target, ...]
    outside: float


@dataclass(frozen=True)
class Heard:
    """One message: its text, dialogue intent, mentions and the ranking of targets.

    `behind` are targets talked about before that the message turns away from ("要是丢了呢").
    """

    text: str
    intent: str = ""
    intent_confidence: float = 0.0
    payload: str = ""
    targets: tuple[Target, ...] = ()
    outside: float = 0.0
    outside_kind: str = ""
    clauses: tuple[Clause, ...] = ()
    in_context: InContext | None = None
    further: tuple[Target, ...] = ()
    alone: float | None = None
    alone_outside: float | None = None
    behind: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    audience: str | None = None
    departments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    ordinal: int | None = None
    aspects: tuple[str, ...] = ()
    rest: str = ""
    region_hint: str | None = None
    audience_hint: str | None = None
    masked: tuple[str, ...] = ()
    failed: bool = False


def _targets(rows: Sequence[Sequence[Any]]) -> tuple[Target, ...]:
    return tuple(Target(str(row[0]), str(row[1]), float(row[2])) for row in rows)


def _intent(message: Mapping[str, Any]) -> tuple[str, float]:
    """The likeliest intent and its confidence against the runner-up, between 0.5 and 1.

    DIET spreads its confidence over ninety intents, so that even "你好" gets 0.3; how far the first is ahead of the
    second says how sure it is. The fallback's own entry counts as nothing said.
    """
    ranked = [
        (float(found.get("confidence") or 0.0), str(found.get("name") or ""))
        for found in message.get("intent_ranking") or []
        if found.get("name") != "nlu_fallback"
    ]
    if len(ranked) < 2:
        intent = message.get("intent") or {}
        return str(intent.get("name") or ""), float(intent.get("confidence") or 0.0)
    (first, name), (second, _) = sorted(ranked, reverse=True)[:2]
    return name, first / (first + second) if first > 0 else 0.0


def from_message(message: Mapping[str, Any], metadata: Mapping[str, Any]) -> Heard:
    """Heard from a tracker's latest message (`guidance` is what the search component left there) and its metadata.

    Unknown or missing parts count as nothing heard; a payload's intent carries its entity `payload`.
    """
    intent, confidence = _intent(message)
    guidance = message.get("guidance") or {}
    context = guidance.get("in_context")
    mentions = guidance.get("mentions") or {}
    payload = next(
        (str(e.get("value")) for e in message.get("entities") or [] if e.get("entity") == "payload"), ""
    )
    return Heard(
        text=str(message.get("text") or ""),
        intent=intent,
        intent_confidence=confidence,
        payload=payload,
        targets=_targets(guidance.get("targets", ())),
        outside=float(guidance.get("outside", 0.0)),
        outside_kind=str(guidance.get("outside_kind", "")),
        clauses=tuple(
            Clause(c["text"], _targets(c["targets"]), float(c["outside"]))
            for c in guidance.get("clauses", ())
        ),
        in_context=InContext(_targets(context["targets"]), float(context["outside"])) if context else None,
        further=_targets(guidance.get("further", ())),
        regions=tuple(mentions.get("regions", ())),
        audience=mentions.get("audience"),
        departments=tuple(mentions.get("departments", ())),
        places=tuple(mentions.get("places", ())),
        certificates=tuple(mentions.get("certificates", ())),
        rows=tuple(mentions.get("rows", ())),
        ordinal=mentions.get("ordinal"),
        aspects=tuple(mentions.get("aspects", ())),
        rest=str(mentions.get("rest", "")),
        region_hint=_text(metadata.get("region")),
        audience_hint=_text(metadata.get("audience")),
        masked=tuple(metadata.get("masked") or ()),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
