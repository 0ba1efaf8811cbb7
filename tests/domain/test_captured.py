"""Every type of field takes its own shape and `unknown`, and refuses the rest."""

from __future__ import annotations

import pytest

from clinicir.domain.captured import check_captured
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.playbook import Choice, FieldSpec, FieldType

GOOD: dict[FieldType, Plain] = {
    FieldType.TEXT: "Portail",
    FieldType.LONG_TEXT: "Deux\nlignes",
    FieldType.DATETIME: "2027-01-12T17:05:00+01:00",
    FieldType.DATE: "2027-01-12",
    FieldType.DURATION: "deux heures",
    FieldType.NUMBER: 12,
    FieldType.RANGE: {"min": 10, "max": 20},
    FieldType.YES_NO: "yes",
    FieldType.CHOICE: "phone",
    FieldType.MULTI: ["phone"],
    FieldType.PERSON: {"name": "Claire Morel"},
    FieldType.CALL: {"organisation": "Assurance"},
    FieldType.MAIL: {"recipient": "Assurance"},
    FieldType.DECISION: {"choice": "oui", "reason": "par prudence"},
    FieldType.ACCOUNTS: [{"service": "Messagerie"}],
    FieldType.ADDRESSES: [{"address": "203.0.113.47"}],
    FieldType.DEVICES: [{"kind": "Poste"}],
    FieldType.ACCESSES: [{"kind": "Transfert"}],
    FieldType.PATIENT_REFERENCES: [{"reference": "REF-1"}],
    FieldType.FILES: ["P-001"],
}


def spec(kind: FieldType) -> FieldSpec:
    choices = (Choice("phone", "Appel"),) if kind in (FieldType.CHOICE, FieldType.MULTI) else ()
    return FieldSpec("field", kind, "Champ", None, choices)


@pytest.mark.parametrize("kind", list(FieldType))
def test_its_own_shape_and_unknown_are_taken(kind: FieldType) -> None:
    assert check_captured(spec(kind), GOOD[kind]) == GOOD[kind]
    assert check_captured(spec(kind), "unknown") == "unknown"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldType.TEXT, 3),
        (FieldType.DATETIME, "hier soir"),
        (FieldType.DATETIME, "2027-01-12T17:05:00"),
        (FieldType.DATE, "le douze"),
        (FieldType.NUMBER, -1),
        (FieldType.NUMBER, True),
        (FieldType.NUMBER, "douze"),
        (FieldType.YES_NO, "peut-être"),
        (FieldType.CHOICE, "pigeon"),
        (FieldType.MULTI, ["pigeon"]),
        (FieldType.MULTI, "phone"),
        (FieldType.PERSON, "Claire Morel"),
        (FieldType.RANGE, "beaucoup"),
        (FieldType.DEVICES, {"kind": "Poste"}),
        (FieldType.FILES, [3]),
    ],
)
def test_another_shape_is_refused(kind: FieldType, value: Plain) -> None:
    with pytest.raises(UserError) as refused:
        check_captured(spec(kind), value)
    assert refused.value.code == "answer.bad_value"
