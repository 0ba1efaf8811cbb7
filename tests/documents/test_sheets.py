"""Wording sheets: every part printed, nothing claimed that is not established."""

from __future__ import annotations

import pytest

from clinicir.documents.model import Document, values
from clinicir.documents.sheets import VARIANTS, build_sheet
from clinicir.services.incidents import Said, set_facts
from clinicir.services.notifications import record_submission
from tests import fakes
from tests.documents import played
from tests.documents.goldens import check_golden
from tests.documents.reading import plain


def said(document: Document) -> str:
    return plain("\n".join(values(document)))


@pytest.mark.parametrize("variant", VARIANTS)
def test_golden(variant: str) -> None:
    check_golden(f"fiche-{variant.replace('_', '-')}", build_sheet(played.amelipro(), variant))


def test_the_desk_is_the_default() -> None:
    assert build_sheet(played.amelipro()).variant == "script_accueil"


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_sentence_of_a_sheet_is_printed(variant: str) -> None:
    """A key outside the listed parts would be text that a lawyer reads and nobody prints."""
    wording = fakes.knowledge().wording
    root = f"fiche.{variant}."
    text = said(build_sheet(played.amelipro(), variant))
    lines = [
        line
        for key, found in wording.lists.items()
        if key.startswith(root) and not key.endswith(".parts")
        for line in found
    ]
    lines += [found for key, found in wording.texts.items() if key.startswith(root)]
    fixed = [plain(line) for line in lines if "{" not in line]
    assert fixed
    assert [line for line in fixed if line not in text] == []


def test_authorities_are_said_to_know_only_when_they_do() -> None:
    told, untold = played.amelipro(), fakes.case_file(fakes.new_case())
    for variant in ("script_accueil", "affiche_salle_attente"):
        assert "Les autorités sont prévenues." in said(build_sheet(told, variant))
        assert "Les autorités sont prévenues." not in said(build_sheet(untold, variant))


def test_slower_care_is_said() -> None:
    session = fakes.new_case(facts={"operation_impaired": "yes"})
    text = said(build_sheet(fakes.case_file(session), "affiche_salle_attente"))
    assert "L’accueil peut être plus long." in text
    assert "Les soins continuent." not in text


def test_own_contacts_are_printed() -> None:
    text = said(build_sheet(played.amelipro(), "cinq_gestes"))
    assert "Info-Lorraine Exemple, 03 53 01 12 35" in text
    assert "17cyber.gouv.fr" in text


def test_no_letter_is_promised_against_a_decision() -> None:
    for state, sentence in (
        ("oui", "Les personnes concernées ont été prévenues."),
        ("ne_seront_pas", "Nous avons vérifié ce qui est concerné."),
        ("seront", "Si vos données sont touchées, nous vous préviendrons."),
    ):
        session = fakes.new_case()
        set_facts(session, fakes.INCIDENT, Said(cnil={"info.etat": state}), fakes.BY)
        text = said(build_sheet(fakes.case_file(session)))
        assert text.count(sentence) == 2
        assert ("nous vous préviendrons" in text) is (state == "seront")


def test_an_insurer_is_no_authority() -> None:
    session = fakes.new_case()
    record_submission(session, fakes.INCIDENT, "ASSUR-01", "téléphone", "", "", fakes.BY)
    assert "Les autorités sont prévenues." not in said(build_sheet(fakes.case_file(session)))
