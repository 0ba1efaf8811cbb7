"""An entry of the trail in French: what was set, what it replaced, why.

Nothing is skipped: an unknown kind, record or value is shown as it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from clinicir.documents.answers import AnswerText
from clinicir.documents.captured import answer_row, breakable, told_instant
from clinicir.domain.audit import AuditEntry
from clinicir.domain.case import Case
from clinicir.domain.changes import Operation
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import act_of
from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.playbook import FieldType
from clinicir.texts import labels
from clinicir.texts.encoders import exact_instant
from clinicir.texts.labels import labelled, said

_OWN_LINES = frozenset({"leave_open", "lessons", "view"})
_SAID_BY_OPERATIONS = frozenset(
    {"step", "state", "number", "title", "scenario", "version", "subject", "choice", "pasted"}
)
"""Details that the operations of the same entry already tell."""


@dataclass(frozen=True)
class EntryText:
    """Tells the entries of one case."""

    case: Case

    def kind(self, entry: AuditEntry) -> str:
        """French name of the act; an unknown kind is shown raw."""
        return labels.ENTRY_KINDS.get(act := act_of(entry.kind, entry.detail), act)

    def when(self, entry: AuditEntry) -> str:
        """Exact instant in the offset that the entry was written with."""
        return breakable(exact_instant(entry.at))

    def detail(self, entry: AuditEntry) -> str:
        """Every value set, the former ones, the reason; one line each."""
        if entry.sealed:
            return labels.SEALED
        return "\n".join([*self._operations(entry), *self._details(entry)])

    def before(self, entry: AuditEntry) -> Iterator[tuple[str, str, str]]:
        """(what, former value, new value) of each value that this entry replaced."""
        former = entry.detail.get("before")
        if not isinstance(former, dict):
            return
        for name, old in former.items():
            new = next((op for op in entry.operations if op.key == name), None)
            yield self.name_of(name), self.value_of(name, old), self._new(new)

    def name_of(self, name: str) -> str:
        """A fact, an instant or an answer by its French name."""
        knowledge = self.case.knowledge
        if name in labels.INSTANTS:
            return labels.INSTANTS[name]
        if name in knowledge.facts:
            return knowledge.facts[name].label
        field = knowledge.cnil_form.fields.get(name)
        return field.label if field else said(labels.DETAILS, name)

    def value_of(self, name: str, value: Plain) -> str:
        """A value of a fact, an instant or an answer in French."""
        field = self.case.knowledge.cnil_form.fields.get(name)
        if field is not None:
            return AnswerText(self.case.calendar.zone).of(field, value) or ""
        if name in labels.INSTANTS or name == "seen_at":
            return told_instant(value)
        return said(labels.FACT_VALUES, value)

    def _new(self, operation: Operation | None) -> str:
        if operation is None or operation.value is None:
            return ""
        record = operation.value
        return self.value_of(operation.key, record.get("value", record.get("at")))

    def _operations(self, entry: AuditEntry) -> Iterator[str]:
        for operation in entry.operations:
            if operation.value is None:
                yield labels.removed(self.name_of(operation.key))
            else:
                tell = _TELLERS.get(operation.kind, _raw)
                yield tell(self, operation.key, operation.value)

    def _details(self, entry: AuditEntry) -> Iterator[str]:
        skipped = _SAID_BY_OPERATIONS if entry.operations else frozenset()
        for key, value in entry.detail.items():
            if key in _OWN_LINES or key in skipped or value in (None, "", [], {}):
                continue
            if key == "before" and isinstance(value, dict):
                continue
            if entry.operations and _told(entry.operations, key, value):
                continue
            yield labelled(said(labels.DETAILS, key), _detail(key, value))
        for what, old, _ in self.before(entry):
            yield labelled(f"{labels.DETAILS['was']} ({what})", old or labels.NOTHING)


def _told(operations: tuple[Operation, ...], key: str, value: Plain) -> bool:
    """The detail repeats what a record of the entry already says."""
    return any(op.value is not None and op.value.get(key) == value for op in operations)


def _detail(key: str, value: Plain) -> str:
    if key == "kind":
        return said(labels.PAPERS, value)
    return told_instant(value) if key == "happened_at" else _plain(value)


def _plain(value: Plain) -> str:
    if isinstance(value, list):
        return " ; ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return " ; ".join(labelled(key, _plain(item)) for key, item in value.items())
    return str(value)




def _incident(text: EntryText, _key: str, record: PlainMap) -> str:
    state = said(labels.INCIDENT_STATES, record.get("state"))
    scenario = str(record.get("scenario"))
    with suppress(UserError):
        scenario = text.case.knowledge.scenario(scenario).title
    return labelled(str(record.get("number")), f"{state}, {scenario}")


def _fact(text: EntryText, key: str, record: PlainMap) -> str:
    value = text.value_of(key, record.get("value"))
    if record.get("presumed"):
        value = labels.presumed(value)
    return labelled(text.name_of(key), value)


def _known_instant(text: EntryText, key: str, record: PlainMap) -> str:
    return labelled(text.name_of(key), told_instant(record.get("at")))


def _step(text: EntryText, key: str, record: PlainMap) -> str:
    try:
        title = text.case.knowledge.step(key).title
    except UserError:
        title = ""
    parts = [f"{key} {title}".strip(), said(labels.STEP_STATES, record.get("state"))]
    if record.get("done_at"):
        parts.append(labels.done_on(told_instant(record["done_at"])))
    if record.get("blocked_on"):
        parts.append(labels.blocked_on(str(record["blocked_on"])))
    if record.get("retry_at"):
        parts.append(labels.retry_on(told_instant(record["retry_at"])))
    line = ", ".join(parts)
    if record.get("reason"):
        line += "\n" + labelled(labels.DETAILS["reason"], record["reason"])
    answers = record.get("answers")
    if isinstance(answers, dict):
        line += "".join(f"\n{_own_answer(text, name, value)}" for name, value in answers.items())
    return line


def _own_answer(text: EntryText, name: str, value: Plain) -> str:
    spec = text.case.knowledge.playbooks.fields.get(name)
    if spec is not None and spec.type is FieldType.DATETIME:
        return labelled(spec.label, told_instant(value))
    words = {choice.id: choice.label for choice in spec.choices} if spec else {}
    items = value if isinstance(value, list) else [value]
    shown = " ; ".join(
        answer_row(item) if isinstance(item, dict) else words.get(str(item), _plain(item))
        for item in items
    )
    return labelled(spec.label if spec else name, shown)


def _evidence(_: EntryText, key: str, record: PlainMap) -> str:
    parts = [labelled(key, record.get("title"))]
    if record.get("source"):
        parts.append(str(record["source"]))
    if record.get("seen_at"):
        parts.append(labelled(labels.DETAILS["seen_at"], told_instant(record["seen_at"])))
    if record.get("withdrawn"):
        parts.append(labelled(labels.DETAILS["withdrawn"], record["withdrawn"]))
    return f"{', '.join(parts)}\n{labelled(labels.DETAILS['sha256'], record.get('sha256'))}"


def _account(_: EntryText, _key: str, record: PlainMap) -> str:
    state = said(labels.ACCOUNT_STATES, record.get("state"))
    name = ", ".join(str(record[key]) for key in ("name", "system", "owner") if record.get(key))
    return labelled(name, ", ".join([state, *_tracked(record)]))


def _address(_: EntryText, _key: str, record: PlainMap) -> str:
    state = said(labels.ADDRESS_STATES, record.get("state"))
    name = f"{record.get('address')}, {record.get('where')}"
    return labelled(name, ", ".join([state, *_tracked(record)]))


def _tracked(record: PlainMap) -> Iterator[str]:
    """When, by whom, with which second factor and which exhibit a line was settled."""
    if record.get("done_at"):
        yield told_instant(record["done_at"])
    yield from (str(record[key]) for key in ("by", "proof") if record.get(key))
    if record.get("mfa"):
        yield labelled(labels.SECOND_FACTOR, said(labels.FACT_VALUES, record["mfa"]))


def _decision(text: EntryText, key: str, record: PlainMap) -> str:
    choice = str(record.get("choice"))
    field = text.case.knowledge.cnil_form.fields["info.etat"]
    words: Mapping[str, str] = {
        **labels.CNIL_CHOICES,
        **labels.GRAVITY,
        **{each.id: each.label for each in field.choices},
    }
    line = labelled(said(labels.SUBJECTS, key), words.get(choice, choice))
    if record.get("reason"):
        line += "\n" + labelled(labels.DETAILS["reason"], record["reason"])
    return line


def _filing(_: EntryText, key: str, record: PlainMap) -> str:
    version = said(labels.VERSIONS, record.get("version"))
    return ", ".join([labelled(key, version), *_proofs(record)])


def _proofs(record: PlainMap) -> Iterator[str]:
    if record.get("reference"):
        yield labels.reference(str(record["reference"]))
    if record.get("receipt"):
        yield str(record["receipt"])


def _submission(text: EntryText, key: str, record: PlainMap) -> str:
    rule = str(record.get("rule"))
    with suppress(UserError):
        rule = f"{rule} {text.case.knowledge.rule(rule).title}"
    parts = [rule, str(record.get("channel")), *_proofs(record)]
    return labelled(key, ", ".join(parts))


def _document(_: EntryText, key: str, record: PlainMap) -> str:
    name = said(labels.PAPERS, record.get("kind"))
    return f"{labelled(key, name)}\n{labelled(labels.DETAILS['sha256'], record.get('sha256'))}"


def _reminder(_: EntryText, _key: str, record: PlainMap) -> str:
    given = record.get("limits")
    limits = given.items() if isinstance(given, dict) else ()
    return "\n".join(labelled(name.partition(":")[2], told_instant(at)) for name, at in limits)


def _closing(_: EntryText, _key: str, record: PlainMap) -> str:
    lines = [labelled(labels.DETAILS["lessons"], _plain(record.get("lessons")))]
    if record.get("leave_open"):
        lines.append(labelled(labels.DETAILS["leave_open"], _plain(record["leave_open"])))
    return "\n".join(lines)


def _raw(_: EntryText, key: str, record: PlainMap) -> str:
    return labelled(key, _plain(dict(record)))


_TELLERS: dict[str, Callable[[EntryText, str, PlainMap], str]] = {
    "incident": _incident,
    "fact": _fact,
    "answer": _fact,
    "instant": _known_instant,
    "step": _step,
    "evidence": _evidence,
    "account": _account,
    "address": _address,
    "decision": _decision,
    "filing": _filing,
    "submission": _submission,
    "document": _document,
    "reminder": _reminder,
    "closing": _closing,
}
