"""Where one can go: a light module, read before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from clinicir.domain.ids import IncidentId

INCIDENT_TABS = ("steps", "evidence", "journal", "documents", "patients")
"""Pages of one incident, in the order of their tabs."""


class Place(NamedTuple):
    """A screen and what it shows: `Place("steps", incident, "ALR-01")`."""

    page: str
    incident: IncidentId | None = None
    item: str = ""
