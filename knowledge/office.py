"""A real office as the operator's facility directory has it (`knowledge/places/`); no official list prints these facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.matter import Matter


@dataclass(frozen=True)
class Office:
    """Where people go and whom they ring, from one day on; `checked_on` is the day on which somebody made sure of it.

    `places` and `departments` are printed names of the region's lists. Where both are given, the office serves the
    matters that these departments handle at these places.
    """

    region: str
    name: str
    places: tuple[str, ...]
    departments: tuple[str, ...]
    address: str
    phones: tuple[str, ...]
    hours: str
    position: tuple[float, float] | None
    valid_from: date
    valid_until: date | None
    checked_on: date
    note: str

    def valid_on(self, day: date) -> bool:
        """Whether the facts hold on this day; the first and the last day count."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def serves(self, matter: Matter) -> bool:
        """Whether the matter is done here: at a place that its list prints, else at its department's own seat.

        Where the list names a place, another building of the department would send people astray; a matter of a higher
        level is not done in the region at all.
        """
        if matter.region != self.region or matter.level:
            return False
        if self.departments and not set(self.departments) & set(matter.departments):
            return False
        return bool(set(self.places) & set(matter.windows)) if self.places else not matter.windows

    def belongs_to(self, matter: Matter) -> bool:
        """Whether this is the own seat of a department of the matter: who to ring, if not where to go."""
        return (
            matter.region == self.region
            and not self.places
            and bool(set(self.departments) & set(matter.departments))
        )
