"""Training lines: what people say, the target that it means, and who speaks (`data/lines/*.tsv`).

A line may mean two targets (`first+second`), and it may stand after what was talked about before (`earlier|line`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.catalogue import Catalogue, load_catalogue

OUT_OF_SCOPE = "out_of_scope"
OUT_OF_SCOPE_KINDS = (
    "near_miss",
    "other",
    "smalltalk",
    "complaint",
    "injection",
    "gibberish",
    "human_agent",
)
SPEAKERS = ("citizen", "business", "clerk")
AND, AFTER = "+", "|"
_EARLIER_LENGTH = 40


def after(earlier: str, text: str) -> str:
    """A text as it stands after what was said earlier; the same form in training and in a conversation."""
    return f"{earlier.replace(AFTER, ' ')[-_EARLIER_LENGTH:]}{AFTER}{text}"


@dataclass(frozen=True)
class Line:
    """One utterance. `target` is a concept, scenario or variant id, or out_of_scope (`kind` says of which sort)."""

    target: str
    speaker: str
    text: str
    source: str
    kind: str = ""

    @property
    def stands_alone(self) -> bool:
        """Whether the line can be understood without what was said before it."""
        return AFTER not in self.text


class LineError(Exception):
    """A training file is wrong; the message names file and line."""


def read_lines(folder: Path, leave_out: str = "") -> list[Line]:
    """All lines of the folder's .tsv files, doubles dropped; a line with two targets comes once for each.

    Raises LineError that names file and line.
    """
    found: dict[tuple[str, str], Line] = {}
    for path in sorted(folder.glob("*.tsv")):
        if leave_out and leave_out in path.name:
            continue
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not raw.strip():
                continue
            cells = raw.split("\t")
            if len(cells) != 3 or not cells[2].strip():
                raise LineError(f"{path.name} 第{number}行：应为 目标、说话人、原话 三格")
            name, speaker, text = (cell.strip() for cell in cells)
            if speaker not in SPEAKERS:
                raise LineError(f"{path.name} 第{number}行：说话人“{speaker}”不是 {'、'.join(SPEAKERS)} 之一")
            outside = name in OUT_OF_SCOPE_KINDS
            kind = name if outside else ""
            for target in (OUT_OF_SCOPE,) if outside else name.split(AND):
                found.setdefault((target, text), Line(target, speaker, text, path.stem, kind))
    return list(found.values())


def unknown_targets(lines: list[Line], catalogue: Catalogue) -> set[str]:
    """Targets of lines that the catalogue does not have."""
    known = {OUT_OF_SCOPE, *catalogue.concepts, *catalogue.scenarios, *catalogue.variants}
    return {line.target for line in lines} - known


def titles(catalogue: Catalogue | None = None) -> dict[str, str]:
    """The catalogue's own wording for every target."""
    catalogue = catalogue or load_catalogue()
    found = {c.id: c.title for c in catalogue.concepts.values()}
    found |= {s.id: s.title for s in catalogue.scenarios.values()}
    for variant in catalogue.variants.values():
        name, _, value = variant.option.partition("=")
        label = catalogue.conditions[name].option(value).label
        found[variant.id] = f"{catalogue.scenarios[variant.scenario].title}（{label}）"
    return found
