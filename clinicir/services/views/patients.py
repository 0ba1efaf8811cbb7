"""What a manager needs to tell the patients: must they be told, who decided, what left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.decision import Persons
from clinicir.domain.duties import obligations, outdated_decisions
from clinicir.domain.evidence import Evidence
from clinicir.domain.gravity import assessment_of, gravity_warnings, retained_gravity
from clinicir.domain.ids import IncidentId, StepId
from clinicir.domain.incident import Decision, IncidentState
from clinicir.domain.lookup import FactLookup, verdict_of
from clinicir.domain.notification import Submission
from clinicir.domain.obligation import Obligation
from clinicir.domain.route import route
from clinicir.domain.severity import Gravity
from clinicir.services.patients import (
    DO_NOT_TELL,
    RULE,
    TELL,
    TOLD,
    grounds_of,
    means_of,
    needs_reason,
)
from clinicir.services.session import Session

DECIDE_WITHIN = timedelta(hours=72)
SEND_WITHIN = timedelta(days=7)
"""Objectives of ours: the law says without undue delay (architecture ruling 16)."""

LETTER, SHEET = "lettre", "fiche"
SHEETS = ("script_accueil", "affiche_salle_attente", "feuille_conseils_patients")
"""Sheets that are about what patients read or hear."""

_ORIGIN = ("T_BREACH", "T_ATTACK", "T_VENDOR")
_APART = (("protected_persons", StepId("PAT-09")), ("exposed_patients", StepId("PAT-02")))
"""Patients who are not written to with the others, and the step that counts them."""


@dataclass(frozen=True)
class PaperLine:
    """The letter, or one of the sheets."""

    kind: str
    variant: str
    made_at: datetime | None
    """When it was last produced."""


@dataclass(frozen=True)
class ApartLine:
    """Patients treated apart, as counted by a step; never a name."""

    field: str
    label: str
    step: StepId
    count: int | None
    """None while the step has not counted them."""
    on_route: bool
    """The step is on the list that is followed."""


@dataclass(frozen=True)
class PatientsView:
    """All that the page of patients shows, at one instant."""

    closed: bool
    now: datetime
    zone: ZoneInfo
    concerned: bool
    """Data of persons are touched, or may be."""
    duty: Obligation | None
    """None when the persons do not have to be told."""
    because: tuple[str, ...]
    """Labels of the facts that carry the duty, else of the row that carries its absence."""
    table: Persons
    row: str
    """Words of the row of the table that applies."""
    proposed: Gravity
    retained: Gravity | None
    warnings: tuple[str, ...]
    decision: Decision | None
    """`at` on the wall clock of the practice."""
    ground: str
    """Label of the case of GDPR art. 34 that was chosen, possibly empty."""
    outdated: bool
    """Facts have changed since the decision."""
    count: int | None
    count_detail: str
    persons: tuple[str, ...]
    data: tuple[str, ...]
    decide_before: datetime | None
    send_before: datetime | None
    apart: tuple[ApartLine, ...]
    apart_rules: tuple[str, ...]
    letter: PaperLine
    sheets: tuple[PaperLine, ...]
    sent: tuple[Submission, ...]
    """The last one last; `at` on the wall clock of the practice."""
    sent_count: int | None
    receipts: tuple[Evidence, ...]
    means: tuple[tuple[str, str], ...]
    grounds: tuple[tuple[str, str], ...]
    argued: frozenset[str]
    """Choices that need a written reason now."""

    @property
    def is_decided(self) -> bool:
        """Somebody chose to tell or not to tell."""
        return self.decision is not None and self.decision.choice in (TELL, TOLD, DO_NOT_TELL)

    @property
    def will_tell(self) -> bool:
        """Somebody chose to tell."""
        return self.decision is not None and self.decision.choice in (TELL, TOLD)


def patients_view(session: Session, incident: IncidentId) -> PatientsView:
    """Read what is known; UserError `incident.unknown`."""
    case = session.case(incident)
    duty = next((each for each in obligations(case) if each.rule.id == RULE), None)
    verdict = verdict_of(case)
    answers = answers_of(case)
    origin = case.instant(*_ORIGIN)
    return PatientsView(
        closed=case.incident.state is IncidentState.CLOSED,
        now=case.local(case.now),
        zone=case.calendar.zone,
        concerned=FactLookup(case).fact("personal_data").value == "yes",
        duty=duty,
        because=_labels(case, (*(duty.because if duty else ()), *verdict.because)),
        table=verdict.persons,
        row=verdict.row.label,
        proposed=assessment_of(case).gravity,
        retained=retained_gravity(case),
        warnings=gravity_warnings(case),
        decision=_decision(case),
        ground=_ground(case),
        outdated="persons" in outdated_decisions(case),
        count=_number(answers.get("pers.nombre")),
        count_detail=_words(answers.get("pers.nombre_detail")),
        persons=_chosen(case, "pers.categories"),
        data=_chosen(case, "data.categories", "data.sensibles"),
        decide_before=_later(case, origin, DECIDE_WITHIN),
        send_before=_later(case, origin, SEND_WITHIN),
        apart=tuple(_apart(case, field, step) for field, step in _APART),
        apart_rules=case.knowledge.wording.lists["lettre.proof.apart"],
        letter=_paper(case, LETTER, ""),
        sheets=tuple(_paper(case, SHEET, variant) for variant in SHEETS),
        sent=_sent(case),
        sent_count=_number(answers.get("info.nombre")),
        receipts=tuple(reversed(case.incident.evidence)),
        means=tuple((each.id, each.label) for each in means_of(session)),
        grounds=tuple((each.id, each.label) for each in grounds_of(session)),
        argued=frozenset(choice for choice in (TELL, DO_NOT_TELL) if needs_reason(case, choice)),
    )


def _labels(case: Case, names: tuple[str, ...]) -> tuple[str, ...]:
    facts = case.knowledge.facts
    shown = (name for name in dict.fromkeys(names) if name in facts and name not in _COMPUTED)
    return tuple(facts[name].label for name in shown)


_COMPUTED = frozenset({"table_persons", "decision_persons"})
"""Said on their own by the page."""


def _decision(case: Case) -> Decision | None:
    made = case.incident.decisions.get("persons")
    if made is None:
        return None
    return Decision(made.subject, made.choice, made.reason, made.by, case.local(made.at), made.row)


def _ground(case: Case) -> str:
    slug = case.incident.answers.get("info.justification")
    choices = case.knowledge.cnil_form.fields["info.justification"].choices
    return next((choice.label for choice in choices if choice.id == slug), "")


def _later(case: Case, origin: datetime | None, span: timedelta) -> datetime | None:
    return case.local(in_utc(origin) + span) if origin else None


def _chosen(case: Case, *slugs: str) -> tuple[str, ...]:
    labels: dict[str, None] = {}
    for slug in slugs:
        value = case.incident.answers.get(slug)
        chosen = {str(item) for item in value} if isinstance(value, list) else set()
        choices = case.knowledge.cnil_form.fields[slug].choices
        labels |= dict.fromkeys(choice.label for choice in choices if choice.id in chosen)
    return tuple(labels)


def _apart(case: Case, field: str, step: StepId) -> ApartLine:
    record = case.incident.steps.get(step)
    answers: Mapping[str, object] = (record.answers or {}) if record else {}
    rows = answers.get(field)
    label = case.knowledge.playbooks.fields[field].label
    count = len(rows) if isinstance(rows, list) else None
    return ApartLine(field, label, step, count, any(each.step.id == step for each in route(case)))


def _paper(case: Case, kind: str, variant: str) -> PaperLine:
    made = [
        paper.at
        for paper in case.incident.issued
        if paper.kind == kind and paper.version == variant
    ]
    return PaperLine(kind, variant, case.local(max(made, key=in_utc)) if made else None)


def _sent(case: Case) -> tuple[Submission, ...]:
    mine = [each for each in case.incident.submissions if each.rule == RULE]
    return tuple(sorted(mine, key=lambda each: in_utc(each.at)))


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""
