"""One measurement: everything that the report is made of, saved and loaded again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.outcome import Outcome, load_outcomes, misses, save_outcomes
from evaluation.overlap import Likeness
from evaluation.whitebox import OutsideScore, Ranking, Timing

_CONFIGURATION = "configuration.json"
_OUTCOMES = "outcomes.jsonl"
_WHITEBOX = "whitebox.json"
_MISSES = "misses.json"


@dataclass(frozen=True)
class WhiteBox:
    """Rankings by system, what search thinks of outsiders, time a message, likeness to training lines."""

    rankings: Mapping[str, Sequence[Ranking]]
    outside: Sequence[OutsideScore]
    timing: Timing
    likenesses: Sequence[Likeness]


@dataclass(frozen=True)
class Measurement:
    """What was measured, and with what; either half may be missing."""

    configuration: Mapping[str, Any]
    outcomes: Sequence[Outcome]
    whitebox: WhiteBox | None

    def save(self, folder: Path) -> None:
        """Writes everything below the folder, the misses also by themselves."""
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / _CONFIGURATION, self.configuration)
        save_outcomes(folder / _OUTCOMES, self.outcomes)
        _write(folder / _MISSES, [asdict(outcome) for outcome in misses(self.outcomes)])
        _write(folder / _WHITEBOX, asdict(self.whitebox) if self.whitebox else None)

    @classmethod
    def load(cls, folder: Path) -> Measurement:
        """Reads what `save` wrote."""
        return cls(
            configuration=json.loads((folder / _CONFIGURATION).read_text(encoding="utf-8")),
            outcomes=load_outcomes(folder / _OUTCOMES),
            whitebox=_whitebox(json.loads((folder / _WHITEBOX).read_text(encoding="utf-8"))),
        )


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _whitebox(raw: Mapping[str, Any] | None) -> WhiteBox | None:
    if raw is None:
        return None
    return WhiteBox(
        rankings={name: [Ranking(**r) for r in found] for name, found in raw["rankings"].items()},
        outside=[OutsideScore(**score) for score in raw["outside"]],
        timing=Timing(**raw["timing"]),
        likenesses=[Likeness(**likeness) for likeness in raw["likenesses"]],
    )
