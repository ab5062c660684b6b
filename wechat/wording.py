"""Looks up what the channel itself says to citizens and operators (`wording.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).parent / "wording.yml"


@lru_cache(maxsize=1)
def _all() -> Mapping[str, Any]:
    with PATH.open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


def say(key: str, **values: object) -> str:
    """The wording under a dotted key, filled in; raises KeyError where there is none or a value is missing."""
    found: Any = _all()
    for part in key.split("."):
        found = found[part]
    return str(found).format(**values) if values else str(found)
