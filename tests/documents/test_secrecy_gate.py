"""No social-security number leaves in a paper; a letter to one patient is another matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clinicir.documents.model import (
    Block,
    Column,
    Document,
    FieldRow,
    Fingerprint,
    Option,
    OptionList,
    Paragraph,
    Section,
    Table,
)
from clinicir.documents.secrecy_gate import check_no_patient_data
from clinicir.domain.errors import UserError

NIR = "1 85 05 78 006 084 91"  # invented, with a right key
AT = datetime(2027, 1, 12, 17, 5, tzinfo=UTC)


def paper(block: Block, kind: str = "cnil") -> Document:
    return Document(
        kind, "Titre", (Section("Partie", (block,)),), "Cabinet", "2027-001", False, AT, "stem"
    )


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(f"Son numéro est {NIR}."),
        FieldRow("Description", "a", changed_from=NIR.replace(" ", "")),
        OptionList("Liste", (Option("b", chosen=True),), note=NIR),
        Table((Column("Compte"),), ((NIR,),)),
    ],
)
def test_refused_wherever_it_stands(block: Block) -> None:
    with pytest.raises(UserError) as refusal:
        check_no_patient_data(paper(block))
    assert refusal.value.code == "document.patient_data"
    assert refusal.value.values == {"document": "cnil", "section": "Partie"}


def test_refused_in_the_title_too() -> None:
    with pytest.raises(UserError):
        check_no_patient_data(replace(paper(Paragraph("x")), subtitle=NIR))


def test_letters_and_clean_papers_pass() -> None:
    check_no_patient_data(paper(Paragraph(NIR), kind="lettre"))
    check_no_patient_data(paper(Fingerprint("Empreinte", "1850578006084" * 4 + "91" * 6)))
    check_no_patient_data(paper(Paragraph("SIREN 123 456 782, le 12/01/2027 à 17 h 05")))
