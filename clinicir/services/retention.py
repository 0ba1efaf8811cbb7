"""How long things are kept, what is due to be erased, and erasing it (security design 2.8).

Nothing is erased by itself: what is due is listed with its reason, a person asks, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import Evidence
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.incident import IncidentState, check_reason
from clinicir.services.session import Session

INCIDENT, EVIDENCE = "incident", "evidence"
SCOPES = (EVIDENCE, INCIDENT)
"""What can be erased: the exhibits of an ended incident, or all it has."""
MAX_MONTHS = 600
_COMPLAINT = "PLAINTE"
_RECORD = "retention"
_ERASURE = "erasure"
_COPIES = frozenset({"backup.made", "evidence.export"})
_KINDS: Mapping[str, str] = MappingProxyType({INCIDENT: "purge", EVIDENCE: "purge.evidence"})


@dataclass(frozen=True)
class Rule:
    """How long one thing is kept after the end of its incident."""

    scope: str
    months: int
    default_months: int


@dataclass(frozen=True)
class Due:
    """Something whose time is over."""

    incident: IncidentId
    number: str
    scope: str
    since: date
    """First day on which it could be erased."""
    held: bool
    """A complaint is recorded: the exhibits may still be asked for."""


@dataclass(frozen=True)
class Copy:
    """A copy that left the vault, which erasing does not reach."""

    at: datetime
    kind: str
    """`backup.made` or `evidence.export`."""
    label: str


@dataclass(frozen=True)
class Erased:
    """An incident that was erased, as its tombstone tells."""

    incident: IncidentId
    number: str
    at: datetime
    by: str
    reason: str


DEFAULT_MONTHS: Mapping[str, int] = MappingProxyType({INCIDENT: 60, EVIDENCE: 12})
"""Five years after the end, the civil limitation (code civil, art. 2224); twelve months."""


def rules(session: Session) -> tuple[Rule, ...]:
    """What the practice chose, else the defaults."""
    chosen = session.store.records(None, _RECORD).get(_RECORD, {})
    found = []
    for scope in SCOPES:
        months, default = chosen.get(scope), DEFAULT_MONTHS[scope]
        found.append(Rule(scope, months if isinstance(months, int) else default, default))
    return tuple(found)


def set_rules(session: Session, months: Mapping[str, int], reason: str, by: str) -> Changes:
    """Keep longer or shorter, for a written reason; UserError `reason.missing`, `fact.bad_value`.

    `months` by scope, 1 to 600.
    """
    check_reason(reason)
    wanted: dict[str, Plain] = {rule.scope: rule.months for rule in rules(session)}
    for scope, count in months.items():
        if scope not in SCOPES or not 1 <= count <= MAX_MONTHS:
            raise UserError("fact.bad_value", fact=scope, value=count)
        wanted[scope] = count
    operation = Operation(_RECORD, _RECORD, wanted)
    changes = Changes("retention.set", (operation,), {**wanted, "reason": reason})
    return session.commit(None, changes, by)


def due(session: Session) -> tuple[Due, ...]:
    """What may be erased today, the oldest first; an incident under way never is."""
    today = session.clock.now().date()
    found = []
    for incident in session.store.incidents():
        case = session.case(incident)
        closing = case.incident.closing
        if case.incident.state is not IncidentState.CLOSED or closing is None:
            continue
        ended = from_wire(str(closing["at"]))
        held = any(sent.rule.startswith(_COMPLAINT) for sent in case.incident.submissions)
        for rule in rules(session):
            since = _later(case.local(ended).date(), rule.months)
            something = rule.scope == INCIDENT or bool(_exhibits(session, incident))
            if since <= today and something:
                found.append(Due(incident, case.incident.number, rule.scope, since, held))
    return tuple(sorted(found, key=lambda item: (item.since, item.number, item.scope)))


def copies(session: Session, incident: IncidentId) -> tuple[Copy, ...]:
    """Copies that left since the incident was opened: the person destroys them by hand."""
    opened = session.case(incident).incident.opened_at
    found = []
    for entry in session.store.journal():
        concerned = entry.incident == incident or entry.incident is None
        if entry.kind in _COPIES and concerned and not entry.sealed and entry.at >= opened:
            told = entry.detail.get("label") or entry.detail.get("file") or entry.detail.get("to")
            found.append(Copy(entry.at, entry.kind, str(told or "")))
    return tuple(found)


def erase(
    session: Session, incident: IncidentId, scope: str, reason: str, by: str
) -> TrailPosition:
    """Erase the exhibits of an ended incident, or all it has; what is told stays readable.

    UserError `incident.unknown`, `incident.not_closed`, `reason.missing`.
    """
    check_reason(reason)
    case = session.case(incident)
    number = case.incident.number
    if case.incident.state is not IncidentState.CLOSED:
        raise UserError("incident.not_closed", incident=number)
    exhibits = _exhibits(session, incident)
    counts: dict[str, Plain] = {
        "evidence": len(exhibits),
        "documents": len(session.store.records(incident, "document")),
        "entries": session.store.journal_size(incident),
    }
    record: dict[str, Plain] = {
        "number": number, "at": to_wire(session.clock.now()), "by": by, "reason": reason,
        "exhibits": [*_gone(session, incident), *(piece.number for piece in exhibits)],
    }  # fmt: skip
    detail: dict[str, Plain] = {"number": number, "reason": reason, "counts": counts}
    operation = Operation(_ERASURE, scope, record)
    draft = EntryDraft(_KINDS[scope], incident, by, (operation,), detail)
    return session.store.erase(draft, tuple(piece.object_id for piece in exhibits))


def erased(session: Session) -> tuple[Erased, ...]:
    """Incidents that were erased, in the order of their opening."""
    found = []
    for incident in session.store.erased():
        told = session.store.records(incident, _ERASURE).get(INCIDENT, {})
        found.append(
            Erased(
                incident, str(told.get("number", "")), from_wire(str(told["at"])),
                str(told.get("by", "")), str(told.get("reason", "")),
            )
        )
    return tuple(found)


def _exhibits(session: Session, incident: IncidentId) -> tuple[Evidence, ...]:
    """Those whose bytes are still in the vault, the ones taken out of the file included."""
    gone = _gone(session, incident)
    pieces = session.case(incident).incident.evidence
    return tuple(piece for piece in pieces if piece.number not in gone)


def _gone(session: Session, incident: IncidentId) -> tuple[str, ...]:
    told = session.store.records(incident, _ERASURE).get(EVIDENCE, {}).get("exhibits")
    return tuple(map(str, told)) if isinstance(told, list) else ()


def _later(day: date, months: int) -> date:
    """The same day some months on, the last one of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    first_after = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    last = (first_after - timedelta(days=1)).day
    return date(count // 12, count % 12 + 1, min(day.day, last))
