"""From a few answers in plain words to an open incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from clinicir.domain import incident as moves
from clinicir.domain.answers import check_answers
from clinicir.domain.captured import check_captured
from clinicir.domain.case import Case
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.duties import obligations
from clinicir.domain.ids import IncidentId, Plain, PlainMap, ScenarioId
from clinicir.domain.obligation import Obligation
from clinicir.domain.playbook import FieldSpec
from clinicir.domain.practice import Practice
from clinicir.services import practice as practices
from clinicir.services import steps
from clinicir.services.incidents import Said, add_note, open_incident, set_facts
from clinicir.services.session import Session

NO_PERSONAL_DATA = "none"
"""Ticked alone: nothing about persons was touched."""

INFORMATION = (
    "identity", "contact", "nir", "health", "prescriptions", "notes", "bank", "passwords",
    "staff", NO_PERSONAL_DATA,
)  # fmt: skip
"""Kinds of information, in the order of the screen."""

FATES = ("seen", "copied", "published", "changed", "lost")
"""What may have become of them."""

RANGES = ("1", "2-10", "11-100", "101-1000", "1001-10000", "10001+")
"""Orders of magnitude of the number of persons."""

_CATEGORIES = {
    "identity": "etat_civil",
    "contact": "coordonnees",
    "nir": "nir",
    "bank": "financieres",
    "passwords": "identification_acces",
}
_HEALTH = frozenset({"health", "prescriptions"})
_OF_PATIENTS = _HEALTH | {"nir", "notes"}
_EXPOSED = frozenset({"seen", "copied", "published"})
_NATURES = {
    "seen": "confidentialite",
    "copied": "confidentialite",
    "published": "confidentialite",
    "changed": "integrite",
    "lost": "disponibilite",
}
_DISCOVERY, _CHANNEL = "ALR-01", "alert_channel"
"""Step and field that say how it was learnt."""
_TRIED = IncidentId("0" * 16)


@dataclass(frozen=True)
class Headcount:
    """How many persons: an order of magnitude, a number when it is known."""

    size: str
    """One of `RANGES`, or `unknown`."""
    number: int | None = None


@dataclass(frozen=True)
class Discovery:
    """When it was learnt, or `unknown`, and by what way when that was said."""

    at: datetime | str
    channel: str | None = None
    """One of `channels`."""


@dataclass(frozen=True)
class Structure:
    """What is asked of a practice without a sheet; `type` may be `unknown`."""

    type: str
    department: str


@dataclass(frozen=True)
class Answers:
    """Answers of the triage; None is not asked or not answered yet, `unknown` is an answer."""

    scenario: str | None = None
    learned: datetime | str | None = None
    continues: str | None = None
    computer: str | None = None
    """Whether the computer in use is safe: it changes what is advised, no duty."""
    information: frozenset[str] | None = None
    """Among `INFORMATION`, or only `unknown`."""
    persons: Headcount | None = None
    fates: frozenset[str] | None = None
    """Among `FATES`, or only `unknown`."""
    structure: Structure | None = None
    channel: str | None = None
    """How it was learnt; asked with `learned`, may stay unsaid."""


def said(answers: Answers, presets: Mapping[str, Plain], words: Mapping[str, str]) -> Said:
    """Facts, instants and CNIL answers that follow; nothing is claimed that was not said.

    `words`: sentence of each range of persons, written in the form as a precision.
    """
    instants = {"T_BREACH": answers.learned} if isinstance(answers.learned, datetime) else {}
    return Said(_facts(answers, presets), instants, _cnil(answers, words))


def _facts(answers: Answers, presets: Mapping[str, Plain]) -> dict[str, Plain]:
    facts: dict[str, Plain] = {}
    # "I do not know" never erases what the scenario presumes.
    goes_on = answers.continues
    if goes_on and (goes_on != UNKNOWN or "intruder_active" not in presets):
        facts["intruder_active"] = goes_on
    known = (answers.information or frozenset()) - {UNKNOWN}
    if known == {NO_PERSONAL_DATA}:
        facts["personal_data"] = "no"
        return facts
    if known:
        facts["personal_data"] = "yes"
    fates = (answers.fates or frozenset()) - {UNKNOWN}
    if not fates or fates & _EXPOSED:
        facts.update({fact: "yes" for fact, held in (
            ("health_conf", known & _HEALTH), ("nir_exposed", "nir" in known),
        ) if held})  # fmt: skip
    if "notes" in known:
        facts["free_notes"] = "yes"
    if "changed" in fates and known & _HEALTH:
        facts["health_integ"] = "yes"
    if "published" in fates:
        # Said is not verified: a step of the list asks for the check.
        facts["data_published"] = UNKNOWN
    return facts


def _cnil(answers: Answers, words: Mapping[str, str]) -> dict[str, Plain]:
    cnil: dict[str, Plain] = {}
    if answers.continues:
        cnil["dates.en_cours"] = answers.continues
    information = answers.information or frozenset()
    if information == {UNKNOWN}:
        cnil["data.categories"] = ["inconnu"]
    elif information and NO_PERSONAL_DATA not in information:
        cnil.update(_kinds(information))
    if answers.persons:
        if answers.persons.number is not None:
            cnil["pers.nombre"] = answers.persons.number
        elif answers.persons.size == UNKNOWN:
            cnil["pers.nombre"] = UNKNOWN
        if answers.persons.size in words:
            cnil["pers.nombre_detail"] = words[answers.persons.size]
    natures: list[Plain] = [*sorted({_NATURES[f] for f in answers.fates or () if f in _NATURES})]
    if natures:
        cnil["viol.nature"] = natures
    elif answers.fates:
        cnil["viol.nature"] = UNKNOWN
    return cnil


def _kinds(information: frozenset[str]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    categories: list[Plain] = [_CATEGORIES[kind] for kind in INFORMATION
                               if kind in information and kind in _CATEGORIES]  # fmt: skip
    if categories:
        found["data.categories"] = categories
    if information & _HEALTH:
        found["data.sensibles"] = ["sante"]
    persons: list[Plain] = [
        *(["patients"] if information & _OF_PATIENTS else []),
        *(["employes"] if "staff" in information else []),
    ]
    if persons:
        found["pers.categories"] = persons
    return found


def practice_of(session: Session, answers: Answers, name: str, person: str) -> Practice:
    """The sheet of the vault, else a minimal one: what was asked, and `name` to be completed.

    A type that nobody knows is taken as a group practice, the most common; the sheet says so by
    being incomplete and is corrected there. UserError `story.*` without any structure given.
    """
    sheet = stored_practice(session)
    if sheet is not None:
        return sheet
    plain: dict[str, Plain] = {"name": name, "contact": {"last_name": person}}
    if answers.structure is not None:
        kind = answers.structure.type
        plain["type"] = "CAB_GROUPE" if kind == UNKNOWN else kind
        plain["department"] = answers.structure.department
    return Practice.from_plain(plain)


def stored_practice(session: Session) -> Practice | None:
    """The practice sheet, None in a vault without one."""
    record = session.store.records(None, "practice").get("practice")
    return None if record is None else Practice.from_plain(dict(record))


def duties_of(
    session: Session, practice: Practice, scenario: str, given: Said
) -> tuple[Obligation, ...]:
    """Duties that would follow; nothing is written."""
    chosen = session.knowledge.scenario(scenario, group=practice.is_group)
    now = session.clock.now()
    facts = moves.set_facts(None, session.knowledge.facts, given.facts, given.instants, now)
    answers = check_answers(session.knowledge.cnil_form, given.cnil)
    opened = moves.open_incident(
        "-",
        ScenarioId(scenario),
        chosen.presets,
        Changes("fact.set", (*facts, *_answers(answers))),
        now,
    )
    tables: dict[str, dict[str, PlainMap]] = {}
    for operation in opened.operations:
        tables.setdefault(operation.kind, {})[operation.key] = operation.value or {}
    tried = moves.Incident.from_records(_TRIED, lambda kind: tables.get(kind, {}))
    return obligations(Case(tried, practice, session.knowledge, now, session.store.drill))


def _answers(checked: Mapping[str, Plain]) -> list[Operation]:
    return [Operation("answer", slug, {"value": value}) for slug, value in checked.items()]


def channels(session: Session) -> tuple[tuple[str, str], ...]:
    """Ways in which one learns of a breach: what is kept and its label."""
    return tuple((choice.id, choice.label) for choice in _channel(session).choices)


def _channel(session: Session) -> FieldSpec:
    uses = session.knowledge.step(_DISCOVERY).fields
    return next(use.spec for use in uses if use.spec.id == _CHANNEL)


def begin(
    session: Session,
    incident: IncidentId,
    practice: Practice,
    scenario: str,
    given: Said,
    by: str,
    note: str = "",
    channel: str | None = None,
) -> None:
    """Open the incident with all that was said; keeps the minimal sheet if the vault has none.

    How it was learnt is an answer of the step of the discovery, which does not ask it again.

    Everything is checked before the first entry, so that a refused answer leaves no half case.
    """
    check_answers(session.knowledge.cnil_form, given.cnil)
    told = {_CHANNEL: check_captured(_channel(session), channel)} if channel else {}
    if stored_practice(session) is None:
        practices.save(session, practice, by)
    open_incident(session, incident, scenario, given, by)
    if given.cnil:
        set_facts(session, incident, Said(cnil=given.cnil), by)
    if told:
        steps.complete(session, incident, _DISCOVERY, steps.Done(answers=told), by)
    if note:
        add_note(session, incident, note, None, by)
