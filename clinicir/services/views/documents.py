"""The papers of an incident: what each still lacks, when it is due, what was already sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from clinicir.domain.audit import Verification
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.clock import in_utc
from clinicir.domain.duties import obligations
from clinicir.domain.evidence import Evidence
from clinicir.domain.ids import IncidentId
from clinicir.domain.incident import IncidentState
from clinicir.domain.notification import Version
from clinicir.domain.obligation import Obligation, ObligationState
from clinicir.services.ports import Printer, Request
from clinicir.services.session import Session
from clinicir.services.views.cnil_form import CnilView, cnil_view_of

KINDS = (
    "cnil", "cert_sante", "plainte", "lettre", "assureur", "prestataire", "point", "fiche",
    "registre", "journal",
)  # fmt: skip
"""Papers in the order in which a person needs them."""

CNIL = "cnil"
VARIANTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "plainte": ("", "bordereau"),
        "prestataire": (
            "demande_informations", "conservation_traces", "blocage_adresses", "mise_en_demeure",
        ),
        "fiche": (
            "script_accueil", "affiche_salle_attente", "feuille_conseils_patients",
            "consigne_equipe", "message_alerte_contacts", "demande_suppression",
            "continuite_soins", "compte_rendu_retex", "cinq_gestes",
        ),
    }
)  # fmt: skip
"""Papers of one kind between which a person chooses; those of the CNIL follow what was filed."""
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
class IssuedPaper:
    """A paper already produced."""

    number: str
    variant: str
    at: datetime
    """Wall clock of the practice."""
    kept: bool
    """It can be opened again from the vault."""


@dataclass(frozen=True)
class PaperRow:
    """One kind of paper."""

    kind: str
    variant: str
    """The one that was built: asked for, or the one that the case calls for."""
    missing: tuple[str, ...]
    """Ids of what its print leaves to be completed, optional answers included."""
    done: int
    total: int
    """Answers that it prints, and those that it asks for; 0 when it asks for none."""
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
    issued: tuple[IssuedPaper, ...]
    """Already produced, the newest first."""


@dataclass(frozen=True)
class DocumentsView:
    """All papers of one incident."""

    number: str
    closed: bool
    drill: bool
    rows: tuple[PaperRow, ...]

    def row(self, kind: str) -> PaperRow:
        """One paper; KeyError for a kind that does not exist."""
        found = {row.kind: row for row in self.rows}
        return found[kind]


@dataclass(frozen=True)
class PaperView:
    """One paper, in one of its variants."""

    row: PaperRow
    lacking: tuple[str, ...]
    """Printed labels of what it lacks."""
    variants: tuple[str, ...]
    """Every variant that can be asked for; empty when there is only one paper."""
    closed: bool
    drill: bool
    receipts: tuple[Evidence, ...]
    """Exhibits that may prove the sending, the newest first."""
    cnil: CnilView | None


def paper_for(rule: str) -> str:
    """Kind of the paper that serves a duty, empty when none does."""
    return next((kind for kind, rules in _TOLD_TO.items() if rule in rules), "")


def documents_view(session: Session, incident: IncidentId, printer: Printer) -> DocumentsView:
    """Every paper with what it lacks; builds them all, and prints none."""
    file = _file(session, incident)
    case = file.case
    owed = _owed(case)
    rows = tuple(_row(file, Request(kind), printer, owed) for kind in KINDS)
    return DocumentsView(
        case.incident.number, case.incident.state is IncidentState.CLOSED, case.drill, rows
    )


def paper_view(
    session: Session, incident: IncidentId, printer: Printer, request: Request
) -> PaperView:
    """One paper in one of its variants; UserError `document.unknown_variant`."""
    file = _file(session, incident)
    case = file.case
    row = _row(file, request, printer, _owed(case))
    return PaperView(
        row=row,
        lacking=labels_of(session, row.missing),
        variants=_variants(case, request.kind),
        closed=case.incident.state is IncidentState.CLOSED,
        drill=case.drill,
        receipts=tuple(reversed(case.incident.exhibits)),
        cnil=cnil_view_of(case, row.missing) if request.kind == CNIL else None,
    )


def _file(session: Session, incident: IncidentId) -> CaseFile:
    """What a paper lacks does not depend on the entries: they are not read, there may be many."""
    return CaseFile(session.case(incident), (), session.store.position, _NOT_CHECKED)


def _owed(case: Case) -> Mapping[str, Obligation]:
    return {str(duty.rule.id): duty for duty in obligations(case)}


def _variants(case: Case, kind: str) -> tuple[str, ...]:
    if kind != CNIL:
        return VARIANTS.get(kind, ())
    filed = {filing.version for filing in case.incident.filings}
    if not filed:
        return (Version.INITIAL, Version.COMPLETE)
    kept = tuple(each for each in (Version.INITIAL, Version.COMPLETE) if each in filed)
    return (Version.COMPLEMENTARY, *kept)


def _row(
    file: CaseFile, request: Request, printer: Printer, owed: Mapping[str, Obligation]
) -> PaperRow:
    case, kind = file.case, request.kind
    papers = printer.build(file, request)
    lacking = [slug for paper in papers for slug in paper.missing]
    duties = [owed[rule] for rule in _TOLD_TO.get(kind, ()) if rule in owed]
    open_ones = [duty for duty in duties if duty.state not in _DONE]
    limits = [duty.due_at for duty in open_ones if duty.due_at is not None]
    issued = _issued(case, kind)
    sent = [duty.done_at for duty in duties if duty.done_at is not None]
    state, at = PaperState.TODO, None
    if duties and not open_ones:
        state, at = PaperState.SENT, max(sent, key=in_utc, default=None)
    elif issued:
        state, at = PaperState.PRODUCED, issued[0].at
    total = sum(paper.asked for paper in papers)
    done = total - sum(len(paper.missing) for paper in papers)
    if kind == CNIL:
        form = cnil_view_of(case, ())
        done, total = form.done, form.total
    return PaperRow(
        kind=kind,
        variant=papers[0].variant if papers else "",
        missing=tuple(dict.fromkeys(lacking)),
        done=done,
        total=total,
        due_at=min(limits, key=in_utc, default=None),
        at_once=bool(open_ones) and not limits and _without_delay(open_ones),
        late=any(duty.state is ObligationState.OVERDUE for duty in open_ones),
        state=state,
        at=at,
        duties=() if kind in _NOT_SENT_BY_US else tuple(_duty(duty) for duty in open_ones),
        issued=issued,
    )


def _issued(case: Case, kind: str) -> tuple[IssuedPaper, ...]:
    mine = [paper for paper in case.incident.issued if paper.kind == kind]
    mine.sort(key=lambda paper: (in_utc(paper.at), paper.number), reverse=True)
    return tuple(
        IssuedPaper(
            paper.number, paper.version, case.local(paper.at), paper.object_id is not None
        )
        for paper in mine
    )


def _without_delay(duties: list[Obligation]) -> bool:
    return any(duty.rule.deadline.unit.value == "immediate" for duty in duties)


def _duty(duty: Obligation) -> Duty:
    return Duty(duty.rule.id, duty.rule.title, duty.rule.channel)


def labels_of(session: Session, lacking: tuple[str, ...]) -> tuple[str, ...]:
    """Printed labels of what a paper lacks, in its own order; one without a label is left out."""
    knowledge = session.knowledge
    known = {slug: field.label for slug, field in knowledge.cnil_form.fields.items()}
    known |= {slug: field.label for slug, field in knowledge.cert_sante_form.fields.items()}
    texts = knowledge.wording.texts
    found = []
    for slug in lacking:
        root, _, name = slug.partition(".")
        row = f"registre.row.{slug.replace('.', '_')}"
        label = known.get(slug) or texts.get(f"{root}.field.{name}") or texts.get(row)
        if label is not None:
            found.append(label)
    return tuple(dict.fromkeys(found))
