"""The read-back of a pause point: three to five facts of the case, and who can confirm them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from clinicir.domain.case import Case
from clinicir.domain.duties import obligations
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.progress import StepState
from clinicir.domain.route import route
from clinicir.services.first_start import people_of
from clinicir.services.gates import readers_of
from clinicir.services.session import Session
from clinicir.services.views.board_calls import clocks_of

Value = datetime | int | str | None


@dataclass(frozen=True)
class GateFact:
    """One line to read aloud; None when nobody has answered."""

    key: str
    """`known_at`, `what`, `who`, `limit`, `accounts`, `evidence`, `complaint`, `cnil_sent`,
    `reply_to`, `open_steps`."""
    value: Value


@dataclass(frozen=True)
class GateView:
    """All that the screen of a pause point shows."""

    gate: str
    facts: tuple[GateFact, ...]
    people: tuple[str, ...]
    """Names of the practice; with two of them, two must confirm."""
    readers: tuple[str, ...]
    """Who has already confirmed; empty until then."""
    now: datetime
    zone: ZoneInfo

    @property
    def needed(self) -> int:
        """How many names are asked."""
        return min(2, max(1, len(self.people)))


def gate_view(session: Session, incident: IncidentId, gate: str) -> GateView:
    """The pause point `G1` to `G5` as the case stands; UserError `incident.unknown`."""
    case = session.case(incident)
    return GateView(
        gate=gate,
        facts=tuple(GateFact(key, _READ[key](case)) for key in FACTS[gate]),
        people=people_of(case.practice),
        readers=readers_of(session, incident, gate),
        now=case.local(case.now),
        zone=case.calendar.zone,
    )


FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "G1": ("known_at", "what", "accounts", "limit"),
        "G2": ("what", "evidence", "complaint", "accounts"),
        "G3": ("known_at", "what", "who", "reply_to", "limit"),
        "G4": ("what", "who", "cnil_sent", "reply_to"),
        "G5": ("cnil_sent", "complaint", "who", "evidence", "open_steps"),
    }
)
"""What is read back at each pause point (scenarios.md 1, rule 5)."""


def _known_at(case: Case) -> Value:
    at = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
    return case.local(at) if at else None


def _who(case: Case) -> Value:
    count: Plain = case.incident.answers.get("pers.nombre")
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def _limit(case: Case) -> Value:
    return next((clock.due_at for clock in clocks_of(case) if clock.key == "cnil"), None)


def _accounts(case: Case) -> Value:
    accounts, addresses = case.incident.accounts, case.incident.addresses
    if not accounts and not addresses:
        return None
    return sum(a.pending for a in accounts) + sum(a.pending for a in addresses)


def _complaint(case: Case) -> Value:
    done = [duty for duty in obligations(case) if duty.rule.authority == "police"]
    at = next((duty.done_at for duty in done if duty.done_at), None)
    return case.local(at) if at else None


def _cnil_sent(case: Case) -> Value:
    filings = case.incident.filings
    return case.local(filings[0].at) if filings else None


def _reply_to(case: Case) -> Value:
    person = case.practice.dpo or case.practice.contact
    return person.email or person.phone


def _open_steps(case: Case) -> Value:
    settled = (StepState.DONE, StepState.NOT_CONCERNED)
    return sum(item.state not in settled for item in route(case))


_READ: Mapping[str, Callable[[Case], Value]] = MappingProxyType(
    {
        "known_at": _known_at,
        "what": lambda case: case.scenario.title,
        "who": _who,
        "limit": _limit,
        "accounts": _accounts,
        "evidence": lambda case: len(case.incident.exhibits),
        "complaint": _complaint,
        "cnil_sent": _cnil_sent,
        "reply_to": _reply_to,
        "open_steps": _open_steps,
    }
)
