"""The papers of an incident: what each still lacks, when it is due, what was already sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinicir.domain.answers import Answers, missing
from clinicir.domain.audit import Verification
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.clock import in_utc
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.duties import obligations
from clinicir.domain.evidence import Evidence
from clinicir.domain.form import FormField
from clinicir.domain.ids import IncidentId
from clinicir.domain.incident import IncidentState
from clinicir.domain.lookup import FactLookup
from clinicir.domain.notification import Version, next_version
from clinicir.domain.obligation import Obligation, ObligationState
from clinicir.services.ports import Printer, Request
from clinicir.services.session import Session

KINDS = (
    "cnil", "cert_sante", "plainte", "lettre", "assureur", "prestataire", "point", "fiche",
    "registre", "journal",
)  # fmt: skip
"""Papers in the order in which a person needs them."""

CNIL = "cnil"
_TOLD_TO: Mapping[str, tuple[str, ...]] = {
    CNIL: ("CNIL-01", "CNIL-04"),
    "cert_sante": ("SANTE-01", "SANTE-02", "SANTE-04", "SANTE-05"),
    "plainte": ("PLAINTE-01", "PLAINTE-02", "PLAINTE-03", "PLAINTE-04", "PLAINTE-05"),
    "lettre": ("CNIL-02",),
    "assureur": ("ASSUR-01", "ASSUR-02"),
    "prestataire": ("P-01", "P-04"),
    "registre": ("CNIL-03",),
}
"""Duties that a paper serves; the others are for the practice itself."""

_DONE = (ObligationState.DONE, ObligationState.DONE_LATE)
_NOT_SENT_BY_US = ("registre", "lettre")
"""Kept, or posted one by one: not something to mark as sent to an authority."""
_NOT_CHECKED = Verification(False, "chain", 0, 0, "")
"""What a paper lacks does not depend on the check of the trail, which may last."""


class PaperState(StrEnum):
    """Where a paper stands, from nothing done to sent."""

    TODO = "todo"
    PRODUCED = "produced"
    SENT = "sent"


@dataclass(frozen=True)
class Duty:
    """An act toward an authority that a paper serves, and that can be marked as done."""

    rule: str
    title: str
    channel: str


@dataclass(frozen=True)
class PaperRow:
    """One kind of paper."""

    kind: str
    missing: tuple[str, ...]
    """Ids of what its print leaves to be completed, optional answers included."""
    due_at: datetime | None
    """Wall clock of the practice; None without a limit in hours."""
    at_once: bool
    """Owed without delay, without an hour."""
    late: bool
    state: PaperState
    at: datetime | None
    """When it was last produced, or sent."""
    duties: tuple[Duty, ...]
    """Acts still to be marked as done; empty when there is none."""


@dataclass(frozen=True)
class DocumentsView:
    """All papers of one incident."""

    number: str
    closed: bool
    rows: tuple[PaperRow, ...]

    def row(self, kind: str) -> PaperRow:
        """One paper; KeyError for a kind that does not exist."""
        found = {row.kind: row for row in self.rows}
        return found[kind]


@dataclass(frozen=True)
class Question:
    """A field of the CNIL form without an answer."""

    field: FormField
    rubric: str
    now: bool
    """Needed by the version to be filed next; the others may wait."""


@dataclass(frozen=True)
class CnilView:
    """The form as it would be filed now."""

    version: Version
    questions: tuple[Question, ...]
    """Without an answer, in the order of the form."""
    answers: Answers
    receipts: tuple[Evidence, ...]
    """Exhibits that may prove the filing, the newest first."""

    @property
    def needed(self) -> int:
        """How many are needed now."""
        return sum(question.now for question in self.questions)


def documents_view(session: Session, incident: IncidentId, printer: Printer) -> DocumentsView:
    """Every paper with what it lacks; builds them all, and prints none."""
    case = session.case(incident)
    file = CaseFile(
        case, tuple(session.store.journal(incident)), session.store.position, _NOT_CHECKED
    )
    owed = {str(duty.rule.id): duty for duty in obligations(case)}
    rows = tuple(_row(file, kind, printer, owed) for kind in KINDS)
    return DocumentsView(
        case.incident.number, case.incident.state is IncidentState.CLOSED, rows
    )


def _row(
    file: CaseFile, kind: str, printer: Printer, owed: Mapping[str, Obligation]
) -> PaperRow:
    case = file.case
    lacking = [slug for paper in printer.build(file, Request(kind)) for slug in paper.missing]
    duties = [owed[rule] for rule in _TOLD_TO.get(kind, ()) if rule in owed]
    open_ones = [duty for duty in duties if duty.state not in _DONE]
    limits = [duty.due_at for duty in open_ones if duty.due_at is not None]
    issued = [paper.at for paper in case.incident.issued if paper.kind == kind]
    sent = [duty.done_at for duty in duties if duty.done_at is not None]
    state, at = PaperState.TODO, None
    if duties and not open_ones:
        state, at = PaperState.SENT, max(sent, key=in_utc, default=None)
    elif issued:
        state, at = PaperState.PRODUCED, case.local(max(issued, key=in_utc))
    return PaperRow(
        kind=kind,
        missing=tuple(dict.fromkeys(lacking)),
        due_at=min(limits, key=in_utc, default=None),
        at_once=bool(open_ones) and not limits and _without_delay(open_ones),
        late=any(duty.state is ObligationState.OVERDUE for duty in open_ones),
        state=state,
        at=at,
        duties=() if kind in _NOT_SENT_BY_US else tuple(_duty(duty) for duty in open_ones),
    )


def _without_delay(duties: list[Obligation]) -> bool:
    return any(duty.rule.deadline.unit.value == "immediate" for duty in duties)


def _duty(duty: Obligation) -> Duty:
    return Duty(duty.rule.id, duty.rule.title, duty.rule.channel)


def form_context(case: Case, answers: Answers) -> dict[str, str]:
    """What the conditions of the CNIL form ask beside its answers."""
    lookup = FactLookup(case)
    explained = bool(answers.get("dates.motifs_retard"))
    return {
        "late": "yes" if explained else str(lookup.fact("cnil_late").value),
        "processor_origin": str(lookup.fact("processor_origin").value),
    }


def cnil_view(session: Session, incident: IncidentId, lacking: tuple[str, ...]) -> CnilView:
    """The answers still awaited; `lacking` are those that the paper leaves open."""
    case = session.case(incident)
    form = case.knowledge.cnil_form
    answers = answers_of(case)
    version = next_version(case.incident.filings)
    needed = set(missing(form, answers, version, form_context(case, answers)))
    wanted = {*lacking, *needed}
    questions = tuple(
        Question(field, rubric.title, field.id in needed)
        for rubric in form.rubrics
        for field in rubric.fields
        if field.id in wanted
    )
    return CnilView(version, questions, answers, tuple(reversed(case.incident.evidence)))


def labels_of(session: Session, lacking: tuple[str, ...]) -> tuple[str, ...]:
    """Printed labels of what a paper lacks, in its own order; one without a label is left out."""
    knowledge = session.knowledge
    known = {slug: field.label for slug, field in knowledge.cnil_form.fields.items()}
    known |= {slug: field.label for slug, field in knowledge.cert_sante_form.fields.items()}
    texts = knowledge.wording.texts
    found = []
    for slug in lacking:
        root, _, name = slug.partition(".")
        label = known.get(slug) or texts.get(f"{root}.field.{name}")
        if label is not None:
            found.append(label)
    return tuple(dict.fromkeys(found))
