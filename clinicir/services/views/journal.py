"""The journal of an incident as a screen reads it: lines, the picture of the 72 hours, instants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from clinicir.domain.audit import AuditEntry
from clinicir.domain.case import Case
from clinicir.domain.clock import from_wire, in_utc
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.due import due_of
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import act_of
from clinicir.domain.form import FormField
from clinicir.domain.ids import IncidentId, Plain, PlainMap
from clinicir.domain.incident import INSTANTS, IncidentState
from clinicir.services.session import Session


class Mark(StrEnum):
    """Family of an entry; each has its own shape."""

    FACT = "fact"
    ACT = "act"
    PAPER = "paper"
    PROOF = "proof"
    OTHER = "other"


_FAMILIES = {
    "note.add": Mark.FACT,
    "fact.set": Mark.FACT,
    "fact.correct": Mark.FACT,
    "incident.open": Mark.FACT,
    "deadline.set": Mark.FACT,
    "deadline.correct": Mark.FACT,
    "step.complete": Mark.ACT,
    "step.block": Mark.ACT,
    "step.skip": Mark.ACT,
    "step.start": Mark.ACT,
    "step.reopen": Mark.ACT,
    "track.set": Mark.ACT,
    "decision.made": Mark.ACT,
    "assessment.made": Mark.ACT,
    "notification.filed": Mark.PAPER,
    "submission.recorded": Mark.PAPER,
    "doc.issued": Mark.PAPER,
    "doc.sent": Mark.PAPER,
    "letters.batch": Mark.PAPER,
    "evidence.add": Mark.PROOF,
    "evidence.note": Mark.PROOF,
    "evidence.hand_over": Mark.PROOF,
    "evidence.export": Mark.PROOF,
    "evidence.view": Mark.PROOF,
}
_NAMED_BY_NUMBER = frozenset({"evidence.hand_over", "evidence.export", "evidence.note"})


@dataclass(frozen=True)
class Item:
    """One thing that an entry says; words of lists are still slugs, `kind` says which list."""

    name: str
    value: str
    kind: str = ""
    """`instant`, `value`, `subject`, `paper`, `version`, or empty for plain text."""


@dataclass(frozen=True)
class JournalLine:
    """One entry; both times are kept (ux 2.8)."""

    n: int
    happened_at: datetime
    """When it happened, or when it was noted if nothing else is said."""
    noted_at: datetime
    kind: str
    mark: Mark
    by: str
    items: tuple[Item, ...]
    pieces: tuple[str, ...]
    """Numbers of exhibits, papers or filings that it names."""
    sealed: bool
    corrects: int | None = None
    """Number of the line that this one corrects."""

    @property
    def text(self) -> str:
        """Words of a note, empty for any other line."""
        words = (item.value for item in self.items if not item.name)
        return next(words, "") if self.kind == "note.add" else ""

    @property
    def noted_later(self) -> bool:
        """The event and its entry are more than a minute apart."""
        return abs((in_utc(self.noted_at) - in_utc(self.happened_at)).total_seconds()) >= 60


@dataclass(frozen=True)
class KnownInstant:
    """An instant that can be corrected."""

    name: str
    at: datetime


@dataclass(frozen=True)
class KnownFact:
    """A fact that can be corrected."""

    name: str
    label: str
    value: str
    values: tuple[str, ...]
    """Words to choose from; empty for a count."""


@dataclass(frozen=True)
class JournalView:
    """What the page needs besides the lines themselves."""

    closed: bool
    now: datetime
    size: int
    """Lines that `journal_lines` can give."""
    instants: tuple[KnownInstant, ...]
    facts: tuple[KnownFact, ...]
    origin_at: datetime | None
    """Start of the 72 hours of the CNIL."""
    due_at: datetime | None


def journal_view(session: Session, incident: IncidentId) -> JournalView:
    """How long the journal of one incident is, what can be corrected, the 72 hours."""
    case = session.case(incident)
    due = due_of(case, case.knowledge.rule("CNIL-01").deadline)
    known = case.incident.instants
    return JournalView(
        closed=case.incident.state is IncidentState.CLOSED,
        now=case.local(case.now),
        size=session.store.journal_size(incident),
        instants=tuple(
            KnownInstant(name, case.local(known[name])) for name in INSTANTS if name in known
        ),
        facts=tuple(_known_facts(case)),
        origin_at=due.origin_at,
        due_at=due.due_at,
    )


def _known_facts(case: Case) -> Iterator[KnownFact]:
    for name, record in case.incident.facts.items():
        spec = case.knowledge.facts.get(name)
        if spec is not None and not record.presumed:
            values = (*spec.values, UNKNOWN) if spec.values else ()
            yield KnownFact(name, spec.label, str(record.value), values)


def journal_lines(
    session: Session, incident: IncidentId, start: int = 0, stop: int | None = None
) -> tuple[JournalLine, ...]:
    """Lines in the order in which they were written; only those asked for are read."""
    case = session.case(incident)
    entries = session.store.journal(incident, start)
    taken = entries if stop is None else islice(entries, max(0, stop - start))
    return tuple(_line(case, entry) for entry in taken)


def _line(case: Case, entry: AuditEntry) -> JournalLine:
    return JournalLine(
        n=entry.n,
        happened_at=case.local(_happened(entry)),
        noted_at=case.local(entry.at),
        kind=act_of(entry.kind, entry.detail),
        mark=_FAMILIES.get(entry.kind, Mark.OTHER),
        by=entry.by or entry.actor,
        items=tuple(_items(case, entry)),
        pieces=tuple(_pieces(entry)),
        sealed=entry.sealed,
        corrects=_number(entry.detail.get("corrects")),
    )


def _number(plain: Plain) -> int | None:
    return plain if isinstance(plain, int) else None


def _happened(entry: AuditEntry) -> datetime:
    said = entry.detail.get("happened_at")
    for operation in entry.operations:
        if operation.kind == "step" and operation.value is not None:
            said = said or operation.value.get("done_at")
    try:
        return from_wire(said) if isinstance(said, str) else entry.at
    except ValueError:
        return entry.at


def _pieces(entry: AuditEntry) -> Iterator[str]:
    kinds = ("evidence", "document", "filing", "submission")
    yield from (operation.key for operation in entry.operations if operation.kind in kinds)
    number = entry.detail.get("number")
    if entry.kind in _NAMED_BY_NUMBER and not entry.operations and isinstance(number, str):
        yield number
    receipt = entry.detail.get("receipt")
    if isinstance(receipt, str) and receipt:
        yield receipt


def _items(case: Case, entry: AuditEntry) -> Iterator[Item]:
    for key in ("text", "reason", "to", "purpose", "file", "note", "reference"):
        value = entry.detail.get(key)
        if isinstance(value, str) and value:
            yield Item("" if key == "text" else key, value)
    if (line := _number(entry.detail.get("corrects"))) is not None:
        yield Item("corrects", str(line))
    for operation in entry.operations:
        if operation.value is not None:
            yield from _operation(case, operation.kind, operation.key, operation.value)
    if entry.kind == "doc.prepare":
        yield Item("", str(entry.detail.get("kind", "")), "paper")


def _operation(case: Case, kind: str, key: str, record: PlainMap) -> Iterator[Item]:
    match kind:
        case "fact" if not record.get("presumed"):
            label = case.knowledge.facts[key].label if key in case.knowledge.facts else key
            yield Item(label, str(record.get("value")), "value")
        case "instant":
            yield Item(key, str(record.get("at")), "instant")
        case "answer":
            field = case.knowledge.cnil_form.fields.get(key)
            yield Item(field.label if field else key, _answer(field, record.get("value")), "value")
        case "step":
            yield Item("", _step_title(case, key))  # the kind of the line says its state
        case "evidence":
            yield Item("", str(record.get("title")))
            if record.get("withdrawn"):
                yield Item("withdrawn", str(record["withdrawn"]))
        case "decision":
            yield Item(key, str(record.get("choice")), "subject")
        case "document":
            yield Item("", str(record.get("kind")), "paper")
        case "filing":
            yield Item("", str(record.get("version")), "version")
        case "submission":
            yield Item("", _rule_title(case, str(record.get("rule"))))
        case "account" | "address":
            yield Item(str(record.get("name") or record.get("address")), str(record.get("state")),
                       kind)  # fmt: skip


def _answer(field: FormField | None, value: Plain) -> str:
    words: Mapping[str, str] = {each.id: each.label for each in field.choices} if field else {}
    items = value if isinstance(value, list) else [value]
    return ", ".join(_word(item, words) for item in items)


def _word(item: Plain, words: Mapping[str, str]) -> str:
    if isinstance(item, dict):
        return str(item.get("name") or item.get("who") or "")
    if isinstance(item, bool):
        return "yes" if item else "no"
    return words.get(str(item), str(item))


def _step_title(case: Case, step: str) -> str:
    try:
        return case.knowledge.step(step).title
    except UserError:
        return step


def _rule_title(case: Case, rule: str) -> str:
    try:
        return case.knowledge.rule(rule).title
    except UserError:
        return rule
