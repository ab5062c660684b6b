"""One leaf of an official list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ONLINE = "全程网办"
AUDIENCES = ("individual", "enterprise")
LEVELS = ("市级事项", "省级事项")
# A sub-item whose name holds the last characters of its row's name ("…设立登记", "…经营许可") needs no row name before it.
SHARED_ENDING = 4


@dataclass(frozen=True)
class Matter:
    """A numbered row of a list, or a sub-item of one, as printed; `corrected` holds certain corrections by field."""

    region: str
    audience: str
    no: int
    sub: int | None
    stage: str
    scene: str
    matter: str
    submatter: str
    type: str
    lead: tuple[str, ...]
    lead_city: tuple[str, ...]
    cooperating: tuple[str, ...]
    cooperating_city: tuple[str, ...]
    places: tuple[str, ...]
    certificates: tuple[str, ...]
    related: tuple[int, ...]
    level: str | None
    uncertain: tuple[str, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def id(self) -> str:
        """`region.audience.no[.sub]`."""
        return f"{self.region}.{self.audience}.{self.row}"

    @property
    def row(self) -> str:
        """`no[.sub]` as printed."""
        return str(self.no) if self.sub is None else f"{self.no}.{self.sub}"

    @property
    def position(self) -> tuple[int, int]:
        """Sort key of the printed order."""
        return self.no, self.sub or 0

    @property
    def departments(self) -> tuple[str, ...]:
        """Where to go: the cooperating department where the list names one, else the lead (DESIGN.md, section 3)."""
        return self.cooperating or self.lead

    @property
    def online(self) -> bool | None:
        """True where the list says 全程网办, None where it says nothing."""
        return True if ONLINE in self.places else None

    @property
    def windows(self) -> tuple[str, ...]:
        """The places that one can walk to."""
        return tuple(place for place in self.places if place != ONLINE)

    def shown(self, name: str) -> str:
        """A text field in the form to show to a citizen: corrected where a correction is certain."""
        return self.corrected.get(name, getattr(self, name))

    @property
    def title(self) -> str:
        """The name to show: the sub-item's, with the row's name before it where it would not stand alone."""
        matter, submatter = self.shown("matter"), self.shown("submatter")
        if not submatter or submatter == matter:
            return matter
        head = re.sub("（[^）]*）", "", matter)
        alone = head in submatter or head[-SHARED_ENDING:] in submatter
        return submatter if alone else f"{head}——{submatter}"

    @property
    def shown_certificates(self) -> tuple[str, ...]:
        """Certificates in the form to show."""
        fixed = self.corrected.get("certificates")
        return tuple(fixed.split("；")) if fixed else self.certificates
