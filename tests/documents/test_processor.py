"""Letters to the provider follow the state of the case."""

from __future__ import annotations

import pytest

from clinicir.documents.model import Document, LetterHead, Lines, Table
from clinicir.documents.processor import build_processor, default_variant
from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.services.notifications import record_submission
from clinicir.services.session import Session
from tests import fakes
from tests.documents import played
from tests.documents.goldens import check_golden

VENDOR_TOLD = {"T_VENDOR": "2027-01-12T17:00:00+01:00"}


def blocks(document: Document) -> tuple[object, ...]:
    return document.sections[0].blocks


def asked(*, answered: str | None) -> Session:
    """A vendor asked in writing; what it did since, as far as somebody said it."""
    session = fakes.new_case(
        "editeur_pirate", facts={"processor_origin": "yes"}, instants=VENDOR_TOLD
    )
    record_submission(session, fakes.INCIDENT, "P-01", "courriel", "", "", fakes.BY)
    if answered:
        set_facts(session, fakes.INCIDENT, Said({"processor_answered": answered}), fakes.BY)
    return session


@pytest.mark.parametrize(
    ("hours", "answered", "expected"),
    [
        (47, "no", "demande_informations"),
        (48, "no", "mise_en_demeure"),
        (72, "yes", "demande_informations"),
    ],
)
def test_the_formal_notice_comes_48_hours_after_silence(
    hours: int, answered: str, expected: str
) -> None:
    session = asked(answered=answered)
    fakes.clock_of(session).advance(hours=hours)
    assert default_variant(session.case(fakes.INCIDENT)) == expected


def test_without_a_provider_the_addresses_are_to_be_blocked() -> None:
    assert default_variant(played.amelipro().case) == "blocage_adresses"
    assert default_variant(played.vendor().case) == "demande_informations"


def test_twelve_questions() -> None:
    document = build_processor(played.vendor())
    questions = next(b for b in blocks(document) if isinstance(b, Lines) and b.numbered)
    assert len(questions.items) == 12
    check_golden("prestataire-questions", document)


def test_formal_notice_golden() -> None:
    session = asked(answered="no")
    fakes.clock_of(session).advance(hours=50)
    check_golden("prestataire-mise-en-demeure", build_processor(fakes.case_file(session)))


def test_one_letter_for_each_place_that_can_block() -> None:
    document = build_processor(played.heavy(), "blocage_adresses")
    heads = [block for block in blocks(document) if isinstance(block, LetterHead)]
    tables = [block for block in blocks(document) if isinstance(block, Table)]
    assert len(heads) == len(tables) == 3
    assert sum(len(table.rows) for table in tables) == 40


def test_only_what_is_still_to_block_is_asked_for() -> None:
    document = build_processor(played.amelipro(), "blocage_adresses")
    rows = [row for block in blocks(document) if isinstance(block, Table) for row in block.rows]
    assert [row[0] for row in rows] == ["203.0.113.47"]
    head = next(block for block in blocks(document) if isinstance(block, LetterHead))
    assert head.recipient[0] == "CPAM"
    check_golden("prestataire-blocage", document)


def test_the_traces_are_kept_for_the_dates_of_the_breach() -> None:
    check_golden("prestataire-traces", build_processor(played.amelipro(), "conservation_traces"))


def test_no_one_is_held_to_account_by_default() -> None:
    session = fakes.new_case("editeur_pirate", facts={"processor_origin": "yes"})
    assert any(each.role == "it_provider" for each in session.practice().contacts)
    for variant in ("demande_informations", "mise_en_demeure"):
        document = build_processor(fakes.case_file(session), variant)
        head = next(block for block in blocks(document) if isinstance(block, LetterHead))
        assert "Info-Lorraine" not in head.recipient[0]
        assert "prestataire.recipient" in document.missing
    cnil: dict[str, Plain] = {"tiers": [{"role": "sous_traitant", "name": "Médilog Exemple"}]}
    set_facts(session, fakes.INCIDENT, Said(cnil=cnil), fakes.BY)
    document = build_processor(fakes.case_file(session), "mise_en_demeure")
    head = next(block for block in blocks(document) if isinstance(block, LetterHead))
    assert head.recipient[0] == "Médilog Exemple"
