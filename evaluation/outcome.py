"""One scored reply as a flat value that a line of JSON can hold: all figures are made from these."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.judge import NEAR, Verdict
from evaluation.records import NAMED_AUDIENCES, Case, Label
from evaluation.replies import Reply
from evaluation.rows import Rows

IN_SCOPE = ("chain", "matter", "slot")
OUT_OF_SCOPE_SET = "oos"


@dataclass(frozen=True)
class Outcome:
    """A message, what was wanted of the reply, what the reply was, and the verdict."""

    id: str
    set: str
    region: str
    audience: str
    text: str
    expect: str
    kind: str | None
    noise: str | None
    slot: str | None
    scene: str | None
    wanted: tuple[str, ...]
    labelled: bool
    right: bool
    reason: str
    seconds: float
    reply_kind: str | None
    steps: tuple[str, ...]
    scenario: str | None
    confidence: float | None

    @property
    def near(self) -> bool:
        """Right, or found among the first three, or among the options that were offered."""
        return self.right or self.reason in NEAR

    @property
    def in_scope(self) -> bool:
        """Whether the message means something that the lists have, and is asked on its own."""
        return self.labelled and self.expect in IN_SCOPE

    @property
    def speaker(self) -> str:
        """Who asks: citizen, business or clerk."""
        if self.set.startswith("hotline"):
            return "clerk"
        return "business" if self.audience == NAMED_AUDIENCES[1] else "citizen"

    @property
    def group(self) -> str:
        """Set and expected behaviour (for outsiders: their sort), by which results are counted."""
        detail = self.kind if self.set == OUT_OF_SCOPE_SET else self.expect
        return f"{self.set}/{detail or '-'}"


def outcome_of(case: Case, reply: Reply, verdict: Verdict, seconds: float, rows: Rows) -> Outcome:
    """The outcome of a question, or of a turn of a dialogue, in one region."""
    question, wanted = case.question, case.question.wanted
    label = case.labels[0] if case.labels else Label()
    return Outcome(
        id=question.id,
        set=question.set,
        region=case.region,
        audience=question.audience or case.audience,
        text=question.text,
        expect=wanted.expect or "-",
        kind=wanted.kind,
        noise=wanted.noise,
        slot=wanted.slot,
        scene=label.scene,
        wanted=tuple(rows.ids(case.region, case.audience, label.key)),
        labelled=bool(question.labels),
        right=verdict.right,
        reason=verdict.reason,
        seconds=seconds,
        reply_kind=reply.kind,
        steps=reply.steps,
        scenario=reply.scenario,
        confidence=reply.confidence,
    )


def save_outcomes(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Writes one JSON object a line."""
    lines = (json.dumps(asdict(outcome), ensure_ascii=False) + "\n" for outcome in outcomes)
    path.write_text("".join(lines), encoding="utf-8")


def load_outcomes(path: Path) -> list[Outcome]:
    """Reads what `save_outcomes` wrote."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        raw["wanted"], raw["steps"] = tuple(raw["wanted"]), tuple(raw["steps"])
        found.append(Outcome(**raw))
    return found


def misses(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those that were not right."""
    return [outcome for outcome in outcomes if not outcome.right]
