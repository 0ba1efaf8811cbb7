"""What conditions may ask of a case: given facts, facts of the practice, facts computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clinicir.domain.case import Case
from clinicir.domain.conditions import UNKNOWN, Known, Value
from clinicir.domain.decision import Verdict, decide
from clinicir.domain.due import due_of, is_late
from clinicir.domain.ids import RuleId
from clinicir.domain.notification import Version

UNDECIDED = "undecided"

INITIAL_FILED = "CNIL-01-INITIALE"
"""Marker of `submitted()`: an initial notification, which calls for a complementary one."""

_RISK_OF_GRAVITY = {"negligeable": "none", "limite": "risk", "important": "high", "maximal": "high"}
_VULNERABLE = {"mineurs", "vulnerables"}


@dataclass(frozen=True)
class FactLookup:
    """Implements `conditions.Lookup` for one case and one kind of establishment."""

    case: Case
    practice_type: str = ""
    """Type of the establishment being considered; the practice's own when empty."""

    def fact(self, name: str) -> Known:
        """Value of a declared fact; KeyError for a name that no data file declares."""
        spec = self.case.knowledge.facts[name]
        record = self.case.incident.facts.get(name)
        if record is not None and (not record.presumed or name not in _DERIVED):
            return Known(record.value, record.presumed)
        if name in _DERIVED:
            value = _DERIVED[name](self)
            return spec.absent() if value is None else Known(value)
        value = _practice_value(self.case, name)
        if value is not None:
            return Known(value)
        return spec.absent()

    def submitted(self, rule: str) -> bool:
        """True when a submission is recorded for this rule."""
        incident = self.case.incident
        if rule == INITIAL_FILED:
            return incident.filed(Version.INITIAL) is not None
        if rule == "CNIL-01":
            return bool(incident.filings)
        return incident.submission_of((RuleId(rule),)) is not None

    def confirmed(self, name: str) -> Value:
        """The value when somebody gave it, else `unknown`: what may be scored (corrections 18)."""
        known = self.fact(name)
        return UNKNOWN if known.presumed or not known.given else known.value


def verdict_of(case: Case) -> Verdict:
    """Row of the decision table: must the CNIL be told, must the persons? (corrections.md 7)."""
    return decide(case.knowledge.decisions, FactLookup(case))


def _practice_value(case: Case, name: str) -> Value | None:
    value = getattr(case.practice, name, None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str | int) else None


def _insured(lookup: FactLookup) -> Value:
    policies = [lookup.fact("insurance_cyber").value, lookup.fact("insurance_other").value]
    if "yes" in policies:
        return "yes"
    return "no" if policies == ["no", "no"] else UNKNOWN


def _cnil_late(lookup: FactLookup) -> Value:
    if lookup.case.incident.filings:
        return "no"
    rule = lookup.case.knowledge.rule("CNIL-01")
    return "yes" if is_late(due_of(lookup.case, rule.deadline), lookup.case.now) else "no"


def _risk(lookup: FactLookup) -> Value:
    incident = lookup.case.incident
    decided = incident.decisions.get("severity")
    gravity = decided.choice if decided else incident.answers.get("impact.gravite")
    return _RISK_OF_GRAVITY.get(str(gravity), UNKNOWN)


def _nature(lookup: FactLookup) -> Value:
    nature = lookup.case.incident.answers.get("viol.nature")
    if not isinstance(nature, list) or not nature:
        return UNKNOWN
    return "availability_only" if nature == ["disponibilite"] else "other"


def _vulnerable_persons(lookup: FactLookup) -> Value | None:
    persons = lookup.case.incident.answers.get("pers.categories")
    if not isinstance(persons, list) or "indetermine" in persons:
        return None
    return "yes" if _VULNERABLE & {str(person) for person in persons} else "no"


def _decision(subject: str) -> Callable[[FactLookup], Value]:
    def chosen(lookup: FactLookup) -> Value:
        decision = lookup.case.incident.decisions.get(subject)
        return decision.choice if decision else UNDECIDED

    return chosen


def _table_cnil(lookup: FactLookup) -> Value:
    return "yes" if verdict_of(lookup.case).cnil else "no"


def _addresses_known(lookup: FactLookup) -> Value | None:
    return "yes" if lookup.case.incident.addresses else None


_DERIVED: dict[str, Callable[[FactLookup], Value | None]] = {
    "type": lambda lookup: lookup.practice_type or lookup.case.practice.type,
    "insured": _insured,
    "cnil_late": _cnil_late,
    "risk": _risk,
    "nature": _nature,
    "vulnerable_persons": _vulnerable_persons,
    "has_dpo": lambda lookup: "yes" if lookup.case.practice.dpo else UNKNOWN,
    "has_it_provider": lambda lookup: (
        "yes" if any(c.role == "it_provider" for c in lookup.case.practice.contacts) else UNKNOWN
    ),
    "addresses_known": _addresses_known,
    "table_cnil": _table_cnil,
    "table_persons": lambda lookup: verdict_of(lookup.case).persons,
    "decision_cnil": _decision("cnil"),
    "decision_persons": _decision("persons"),
    "decision_severity": _decision("severity"),
}
