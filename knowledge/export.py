"""The catalogue as printed, one JSON object a leaf (DESIGN.md, section 7)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter


def as_printed(matter: Matter) -> dict[str, object]:
    """One leaf with the keys of the contract; plural fields are lists, `sub` and `level` may be null."""
    return {
        "matter_id": matter.id,
        "region": matter.region,
        "audience": matter.audience,
        "no": matter.no,
        "sub": matter.sub,
        "stage": matter.stage,
        "scene": matter.scene,
        "matter": matter.matter,
        "submatter": matter.submatter or None,
        "type": matter.type or None,
        "lead": list(matter.lead),
        "lead_city": list(matter.lead_city),
        "cooperating": list(matter.cooperating),
        "cooperating_city": list(matter.cooperating_city),
        "departments": list(matter.departments),
        "places": list(matter.places),
        "certificates": list(matter.certificates),
        "related": list(matter.related),
        "level": matter.level,
        "uncertain": list(matter.uncertain),
    }


def export_lines(catalogue: Catalogue) -> Iterator[str]:
    """JSON lines of all leaves in printed order."""
    for matter in catalogue.matters.values():
        yield json.dumps(as_printed(matter), ensure_ascii=False)
