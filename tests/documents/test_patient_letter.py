"""The model letter says what happened to the person, from the case alone."""

from __future__ import annotations

from clinicir.documents.letter_lint import problems_of
from clinicir.documents.model import LetterHead, Notice, PageBreak
from clinicir.documents.patient_letter import build_patient_letter, letter_text, lint_words
from clinicir.documents.sheet import Sheet
from clinicir.domain.case import CaseFile
from tests.documents import played
from tests.documents.goldens import check_golden
from tests.documents.reading import plain


def letter(file: CaseFile) -> tuple[str, ...]:
    sheet = Sheet(file, "lettre")
    return problems_of(letter_text(sheet), lint_words(sheet), grave=True)


def test_golden() -> None:
    file = played.played("amelipro", "2027-01-22T10:06:00+01:00")
    check_golden("lettre", build_patient_letter(file))


def test_a_documented_case_gives_a_letter_without_fault() -> None:
    assert letter(played.played("amelipro", "2027-01-22T10:06:00+01:00")) == ()


def test_what_is_not_known_is_asked_for() -> None:
    assert letter(played.vendor()) == ("too_few_dated_measures",)
    assert "categories_missing" in letter(played.bare())


def test_the_address_is_a_blank_in_the_window_and_the_subject_is_neutral() -> None:
    document = build_patient_letter(played.amelipro())
    head = document.sections[0].blocks[0]
    assert isinstance(head, LetterHead)
    assert all(line.startswith("[") for line in head.recipient)
    assert plain(head.subject) == "information importante"
    assert document.layout == "letter"


def test_the_faults_stand_on_the_page_that_is_not_sent() -> None:
    document = build_patient_letter(played.vendor())
    blocks = document.sections[0].blocks
    after = blocks[blocks.index(PageBreak()) :]
    notices = [block.text for block in after if isinstance(block, Notice)]
    assert any("trois mesures" in text for text in notices)
    assert "lettre.too_few_dated_measures" in document.missing


def test_advice_follows_the_data() -> None:
    amelipro = letter_text(Sheet(played.amelipro(), "lettre"))
    assert any("remboursements" in line for line in amelipro.actions)
    assert not any("banque" in line for line in amelipro.actions)
    assert any("banque" in line for line in letter_text(Sheet(played.heavy(), "lettre")).actions)
