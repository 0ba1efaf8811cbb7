"""One incident seen whole at one instant: what duties, route, gravity and papers are computed from.

Nothing computed is stored, so nothing can disagree with the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from clinicir.domain.audit import AuditEntry, TrailPosition, Verification
from clinicir.domain.deadline import Calendar, in_zone
from clinicir.domain.incident import Incident
from clinicir.domain.knowledge import Knowledge
from clinicir.domain.playbook import Scenario
from clinicir.domain.practice import Practice


@dataclass(frozen=True)
class Case:
    """Incident, practice, knowledge and the instant of looking."""

    incident: Incident
    practice: Practice
    knowledge: Knowledge
    now: datetime
    drill: bool

    @cached_property
    def calendar(self) -> Calendar:
        """Time zone and holidays of the practice."""
        return self.knowledge.calendar_of(self.practice.department)

    @cached_property
    def scenario(self) -> Scenario:
        """The list being followed."""
        return self.knowledge.scenario(self.incident.scenario, group=self.practice.is_group)

    def instant(self, *names: str) -> datetime | None:
        """First known of these instants."""
        known = self.incident.instants
        return next((known[name] for name in names if name in known), None)

    def local(self, instant: datetime) -> datetime:
        """The same instant on the wall clock of the practice."""
        return in_zone(instant, self.calendar.zone)


@dataclass(frozen=True)
class CaseFile:
    """A case with its journal: all that a paper may be built from."""

    case: Case
    entries: tuple[AuditEntry, ...]
    """Entries of this incident, oldest first."""
    position: TrailPosition
    """Last entry when the paper was prepared."""
    verification: Verification
    others: tuple[CaseFile, ...] = ()
    """The other cases of the practice, for the register of all of them."""
