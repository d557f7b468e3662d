"""How sure it is that a region was looked for at the right place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Scores 0..1 of the page's registration and of the region's own placement;
    ``grown`` is how much larger the place is than the region was drawn (1: as large).
    """

    registration: float = 1.0
    placement: float = 1.0
    grown: float = 1.0

    @property
    def sureness(self) -> float:
        return min(self.registration, self.placement)

    @property
    def details(self) -> dict[str, float]:
        return {
            "registration": self.registration,
            "placement": self.placement,
            "grown": self.grown,
        }


ANYWHERE = Place()  # where a person said
