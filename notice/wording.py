"""Looks up what people read in a wording file; the notice's is `wording.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml


class Wording:
    """The wordings of one YAML file, read when the first is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def all(self) -> Mapping[str, Any]:
        """Everything in the file."""
        with self.path.open(encoding="utf-8") as stream:
            return yaml.safe_load(stream)

    def __call__(self, key: str, **values: object) -> str:
        """The wording under a dotted key, filled in; raises KeyError where there is none or a value is missing."""
        found: Any = self.all
        for part in key.split("."):
            found = found[part]
        return str(found).format(**values) if values else str(found)


say = Wording(Path(__file__).parent / "wording.yml")
