"""Open an incident, answer its facts, correct them, change the list, end it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from clinicir.domain import closing as ends
from clinicir.domain import incident as moves
from clinicir.domain.answers import check_answers
from clinicir.domain.changes import Changes
from clinicir.domain.clock import to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId, Plain, ScenarioId
from clinicir.domain.incident import check_past, check_reason
from clinicir.domain.length import TEXT_LIMIT
from clinicir.services.session import Session


@dataclass(frozen=True)
class Said:
    """What a person answers at once: facts, instants and answers of the CNIL form."""

    facts: Mapping[str, Plain] = field(default_factory=dict)
    instants: Mapping[str, datetime] = field(default_factory=dict)
    cnil: Mapping[str, Plain] = field(default_factory=dict)


def open_incident(
    session: Session, incident: IncidentId, scenario: str, said: Said, by: str
) -> Changes:
    """Start a case; its number follows those of the year in this vault."""
    now = session.clock.now()
    group = session.practice().is_group
    chosen = session.knowledge.scenario(scenario, group=group)
    operations = moves.set_facts(None, session.knowledge.facts, said.facts, said.instants, now)
    changes = moves.open_incident(
        _next_number(session, now.year),
        ScenarioId(scenario),
        chosen.presets,
        Changes("fact.set", operations),
        now,
    )
    return session.commit(incident, changes, by)


def set_facts(session: Session, incident: IncidentId, said: Said, by: str) -> Changes:
    """Answer what nobody has answered yet; answers of the form replace the former ones."""
    case = session.open_case(incident)
    checked = check_answers(session.knowledge.cnil_form, said.cnil)
    operations = (
        *moves.set_facts(
            case.incident, session.knowledge.facts, said.facts, said.instants, case.now
        ),
        *moves.set_answers(case.incident, checked, case.now),
    )
    before: dict[str, Plain] = {
        slug: case.incident.answers[slug] for slug in checked if slug in case.incident.answers
    }
    detail: dict[str, Plain] = {"before": before} if before else {}
    return session.commit(incident, Changes("fact.set", operations, detail), by)


def correct(
    session: Session,
    incident: IncidentId,
    said: Said,
    reason: str,
    by: str,
    line: int | None = None,
) -> Changes:
    """Change a fact or an instant already set, with the reason that stays in the journal.

    `line` is the number of the entry that was wrong, when the person pointed at it.
    """
    case = session.open_case(incident)
    if said.cnil:
        raise UserError("fact.derived", fact=next(iter(said.cnil)))
    changes = moves.correct(
        case.incident, session.knowledge.facts, said.facts, said.instants, reason, case.now
    )
    if line is not None:
        changes = replace(changes, detail={**changes.detail, "corrects": line})
    return session.commit(incident, changes, by)


def set_scenario(
    session: Session, incident: IncidentId, scenario: str, reason: str, by: str
) -> Changes:
    """Follow another list; nothing entered is lost."""
    case = session.open_case(incident)
    chosen = session.knowledge.scenario(scenario, group=case.practice.is_group)
    changes = moves.set_scenario(case.incident, chosen.id, chosen.presets, reason)
    return session.commit(incident, changes, by)


def add_note(
    session: Session, incident: IncidentId, text: str, happened_at: datetime | None, by: str
) -> Changes:
    """A line of the journal; notes are only ever added, and live in the trail alone."""
    case = session.open_case(incident)
    _check_text(text)
    detail: dict[str, Plain] = {"text": text}
    if happened_at is not None:
        check_past("happened_at", happened_at, case.now)
        detail["happened_at"] = to_wire(happened_at)
    return session.commit(incident, Changes("note.add", (), detail), by)


def correct_note(
    session: Session,
    incident: IncidentId,
    line: int,
    text: str,
    happened_at: datetime | None,
    reason: str,
    by: str,
) -> Changes:
    """One more line, which refers to the note that was wrong; that one stays as it is.

    Raises `reason.missing`, `text.too_long`, `instant.*`.
    """
    check_reason(reason)
    case = session.open_case(incident)
    _check_text(text)
    detail: dict[str, Plain] = {"text": text, "reason": reason, "corrects": line}
    if happened_at is not None:
        check_past("happened_at", happened_at, case.now)
        detail["happened_at"] = to_wire(happened_at)
    return session.commit(incident, Changes("note.add", (), detail), by)


def close(
    session: Session,
    incident: IncidentId,
    lessons: tuple[str, ...],
    leave_open: Mapping[str, str],
    by: str,
    review_on: date | None = None,
) -> Changes:
    """End the incident; each duty, step or paper (`paper:journal`) left open has its reason."""
    case = session.open_case(incident)
    for left in leave_open:
        _check_left(session, left)
    changes = ends.close(case.incident, lessons, leave_open, case.now, review_on)
    return session.commit(incident, changes, by)


def reopen(session: Session, incident: IncidentId, reason: str, by: str) -> Changes:
    """Take an ended incident up again, for a reason that stays in the journal."""
    changes = ends.reopen(session.case(incident).incident, reason)
    return session.commit(incident, changes, by)


def _check_left(session: Session, left: str) -> None:
    """UserError `obligation.unknown` for what is no duty, no step and no paper."""
    papers = {f"{ends.PAPER_LEFT}{kind}" for kind in ends.PAPERS_TO_KEEP}
    if left in session.knowledge.playbooks.library or left in papers:
        return
    session.knowledge.rule(left)


def _check_text(text: str) -> None:
    if not text.strip():
        raise UserError("reason.missing")
    if len(text) > TEXT_LIMIT:
        raise UserError("text.too_long", limit=TEXT_LIMIT)


def _next_number(session: Session, year: int) -> str:
    """`2027-001`: per vault and per year of opening (architecture ruling 1)."""
    store = session.store
    numbers = [str(store.records(i, "incident")["incident"]["number"]) for i in store.incidents()]
    # what was erased keeps its number: no other incident may take it
    numbers += [str(store.records(i, "erasure")["incident"]["number"]) for i in store.erased()]
    taken = sum(number.startswith(f"{year}-") for number in numbers)
    return f"{year}-{taken + 1:03d}"


