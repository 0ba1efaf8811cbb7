"""What happened, line by line, with the exact hour, the UTC offset and the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from clinicir.documents.model import Column, Table
from clinicir.documents.sheet import Sheet
from clinicir.domain.changes import Operation
from clinicir.domain.clock import from_wire, in_utc
from clinicir.domain.progress import StepState
from clinicir.domain.route import step_on_route
from clinicir.texts import labels

_TOLD_PHASES = frozenset({"alerter", "contenir", "preuves"})
"""Steps told in a complaint: what was done against the attack, not the paperwork."""


@dataclass(frozen=True)
class Happening:
    """One line."""

    at: datetime
    what: str
    source: str


def chronology_table(sheet: Sheet) -> Table:
    """Every happening in order of time; a block announced for later has not happened."""
    say = sheet.case.knowledge.wording.text
    columns = tuple(
        Column(say(f"chronologie.{key}"), width)
        for key, width in (("when", 1.5), ("what", 3.4), ("source", 1.8))
    )
    rows = tuple(
        (sheet.exact(each.at), each.what, each.source)
        for each in sorted(happenings(sheet), key=lambda each: in_utc(each.at))
        if in_utc(each.at) <= in_utc(sheet.case.now)
    )
    return Table(columns, rows, say("chronologie.none"))


def happenings(sheet: Sheet) -> Iterator[Happening]:
    """Dates of the breach, instants, acts, notes, exhibits and filings, in no order."""
    yield from _dates(sheet)
    yield from _instants(sheet)
    yield from _steps(sheet)
    yield from _notes(sheet)
    yield from _trackers(sheet)
    yield from _proofs(sheet)


def _say(sheet: Sheet, key: str, **values: str) -> str:
    return sheet.case.knowledge.wording.text(f"chronologie.{key}", **values)


def _dates(sheet: Sheet) -> Iterator[Happening]:
    for slug, key in (("dates.debut", "start"), ("dates.fin", "end")):
        at = _instant(sheet.answers.get(slug))
        if at is not None:
            yield Happening(at, _say(sheet, key), _say(sheet, "by_practice"))


def _instants(sheet: Sheet) -> Iterator[Happening]:
    for name, at in sheet.case.incident.instants.items():
        label = labels.said(labels.INSTANTS, name)
        yield Happening(at, label, _say(sheet, "by_practice"))


def _steps(sheet: Sheet) -> Iterator[Happening]:
    case = sheet.case
    for step_id, record in case.incident.steps.items():
        step = step_on_route(case, step_id)
        done = record.state is StepState.DONE and record.done_at is not None
        if done and record.done_at is not None and step.phase in _TOLD_PHASES:
            title = step.title
            for word, value in step.words.items():
                title = title.replace(f"{{{word}}}", value)
            pieces = f" ({', '.join(record.evidence)})" if record.evidence else ""
            done_line = _say(sheet, "step", title=title)
            yield Happening(record.done_at, f"{done_line}{pieces}", record.by)


def _notes(sheet: Sheet) -> Iterator[Happening]:
    """Notes of the journal, and what was written with a step."""
    for entry in sheet.file.entries:
        text = entry.detail.get("text") if entry.kind == "note.add" else entry.detail.get("note")
        if isinstance(text, str) and text.strip():
            at = _instant(entry.detail.get("happened_at")) or _step_hour(entry.operations)
            source = _say(sheet, "journal", by=entry.by, n=str(entry.n))
            yield Happening(at or entry.at, text, source)


def _step_hour(operations: tuple[Operation, ...]) -> datetime | None:
    for operation in operations:
        if operation.kind == "step" and operation.value is not None:
            return _instant(operation.value.get("done_at"))
    return None


def _trackers(sheet: Sheet) -> Iterator[Happening]:
    incident = sheet.case.incident
    for account in incident.accounts:
        if account.done_at is not None:
            state = labels.ACCOUNT_STATES[account.state]
            what = _say(
                sheet, "account", name=account.name, system=account.system, state=state.lower()
            )
            yield Happening(account.done_at, what, account.by or _say(sheet, "by_practice"))
    for address in incident.addresses:
        if address.done_at is not None:
            state = labels.ADDRESS_STATES[address.state]
            what = _say(
                sheet, "address", address=address.address, where=address.where,
                state=state.lower(),
            )  # fmt: skip
            yield Happening(address.done_at, what, address.by or _say(sheet, "by_practice"))


def _proofs(sheet: Sheet) -> Iterator[Happening]:
    case = sheet.case
    for piece in case.incident.exhibits:
        what = _say(sheet, "evidence", number=piece.number, title=piece.title)
        yield Happening(piece.collected_at, what, piece.collected_by)
    for filing in case.incident.filings:
        number = filing.reference or labels.UNKNOWN
        version = labels.VERSIONS[filing.version]
        what = _say(sheet, "filing", version=version, number=number)
        yield Happening(filing.at, what, filing.by)
    for submission in case.incident.submissions:
        what = _say(sheet, "submission", title=case.knowledge.rule(submission.rule).title)
        yield Happening(submission.at, what, submission.reference or submission.by)


def _instant(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        return from_wire(value)
    except ValueError:
        return None
