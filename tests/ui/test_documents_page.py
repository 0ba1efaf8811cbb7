"""Papers, from the missing answers to the record of what was sent."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import StorageError
from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.texts import screens_papers as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.copy_assistant import CopyAssistantPage
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.saved_file import save
from tests.fakes import BY, INCIDENT, store_of
from tests.ui.fakes import window_of


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    """The paper of the CNIL, open."""
    shown = DocumentsPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1024, 640)
    shown.show()
    shown.open_at(Place("documents", INCIDENT, "cnil"))
    return shown


def answers_of(desk: Desk) -> dict[str, Plain]:
    """Answers of the form as recorded."""
    return dict(desk.session.case(INCIDENT).incident.answers)


def go_to(page: DocumentsPage, slug: str) -> None:
    """F8 until this field is asked."""
    asked = page.paper.answers
    for _ in range(60):
        if asked.slug == slug:
            return
        asked.seek(1)
    raise AssertionError(slug)


def test_the_list_opens_a_paper_through_the_window(qtbot: QtBot, desk: Desk) -> None:
    page = DocumentsPage(desk)
    qtbot.addWidget(page)
    page.open_at(Place("documents", INCIDENT))
    assert page.title == say.DOCUMENTS
    button = page.papers.buttons["plainte"]
    assert button.accessibleName() == say.open_paper(say.PAPER_NAMES["plainte"])
    button.click()
    assert window_of(desk).places == [Place("documents", INCIDENT, "plainte")]


def test_an_answer_typed_is_kept_and_f8_goes_on(
    qtbot: QtBot, desk: Desk, page: DocumentsPage
) -> None:
    go_to(page, "viol.description")
    before = page.paper.answers.summary.accessibleName()
    editor = page.paper.answers.editor
    assert editor is not None
    QTest.keyClicks(editor.focus_target(), "Un compte vole")
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_F8)
    assert answers_of(desk)["viol.description"] == "Un compte vole"
    assert page.paper.answers.slug != "viol.description"
    assert page.paper.answers.summary.accessibleName() != before
    assert window_of(desk).errors == []


def test_not_knowing_is_an_answer(desk: Desk, page: DocumentsPage) -> None:
    go_to(page, "pers.nombre")
    page.paper.answers.unknown.click()
    assert answers_of(desk)["pers.nombre"] == "unknown"


def test_what_is_half_typed_is_kept_when_the_page_is_left(
    qtbot: QtBot, desk: Desk, page: DocumentsPage
) -> None:
    go_to(page, "mesures.apres")
    editor = page.paper.answers.editor
    assert editor is not None
    QTest.keyClicks(editor.focus_target(), "Compte ferme")
    page.keep()
    assert answers_of(desk)["mesures.apres"] == "Compte ferme"


def test_a_number_that_is_no_number_says_so_and_is_not_kept(
    qtbot: QtBot, desk: Desk, page: DocumentsPage
) -> None:
    go_to(page, "pers.nombre")
    editor = page.paper.answers.editor
    assert editor is not None
    QTest.keyClicks(editor.focus_target(), "beaucoup")
    page.keep()
    assert "pers.nombre" not in answers_of(desk)
    assert editor.frame.problem


def test_the_hour_of_awareness_starts_the_clock(desk: Desk, page: DocumentsPage) -> None:
    go_to(page, "dates.connaissance")
    editor = page.paper.answers.editor
    assert editor is not None
    editor.set_value("2027-01-12T16:00:00+01:00")
    editor.edited.emit()
    page.keep()
    instants = desk.session.case(INCIDENT).incident.instants
    assert instants["T_BREACH"].isoformat() == "2027-01-12T16:00:00+01:00"


def test_a_paper_is_produced_seen_and_saved(
    desk: Desk, page: DocumentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.paper.make.click()
    shown = page.paper.shown()
    assert shown is not None
    assert page.paper.print.isVisible()
    assert not page.paper.preview.picture.pixmap().isNull()
    assert "CNIL" in page.paper.preview.words.toPlainText()
    target = tmp_path / "cnil.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.paper.save.click()
    assert target.read_bytes() == shown.content
    assert window_of(desk).said[-1] == say.SAVED_CLEAR
    assert window_of(desk).errors == []


def test_an_answer_after_the_print_says_that_the_print_is_old(
    desk: Desk, page: DocumentsPage
) -> None:
    page.paper.make.click()
    assert page.paper.stale.isHidden()
    page.paper.tabs.setCurrentIndex(0)
    go_to(page, "pers.nombre")
    page.paper.answers.unknown.click()
    assert page.paper.stale.isVisible()
    page.paper.again.click()
    assert page.paper.stale.isHidden()


def test_every_page_reaches_the_printer(page: DocumentsPage, tmp_path: Path) -> None:
    page.paper.make.click()
    shown = page.paper.shown()
    assert shown is not None
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.paper.print_on(printer)
    document = pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())
    assert len(document) == shown.pages
    document.close()


def test_marked_as_sent_freezes_the_answers(desk: Desk, page: DocumentsPage) -> None:
    page.paper.mark.click()
    assert page.faces.currentWidget() is page.sending
    page.sending.reference.set_value("2027-0042")
    page.sending.confirm.click()
    [filing] = desk.session.case(INCIDENT).incident.filings
    assert (filing.version.value, filing.reference, filing.by) == ("initiale", "2027-0042", BY)
    assert page.faces.currentWidget() is page.paper
    assert window_of(desk).said[-1] == say.SENT_NOTED


def test_another_paper_is_recorded_for_its_duty(desk: Desk, page: DocumentsPage) -> None:
    page.open_at(Place("documents", INCIDENT, "plainte"))
    page.paper.mark.click()
    page.sending.confirm.click()
    [submission] = desk.session.case(INCIDENT).incident.submissions
    assert submission.rule == "PLAINTE-01"
    assert page.paper.mark.isHidden()


def test_a_full_disk_loses_nothing_and_is_explained(desk: Desk, page: DocumentsPage) -> None:
    store_of(desk.session).fails_with = "disk.full"
    page.paper.make.click()
    [error] = window_of(desk).errors
    assert isinstance(error, StorageError)
    assert page.paper.make.isEnabled()
    page.paper.make.click()
    assert page.paper.shown() is not None


def test_a_folder_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"disk\."):
        save(tmp_path / "no such folder" / "a.pdf", b"x")


def test_the_assistant_copies_field_after_field_and_comes_back(
    qtbot: QtBot, desk: Desk
) -> None:
    set_facts(desk.session, INCIDENT, Said(cnil={"viol.description": "Un compte volé"}), BY)
    window = CopyAssistantPage(desk)
    qtbot.addWidget(window)
    window.open_at(Place("copy_assistant", INCIDENT))
    assert window.label.text() == "Type de notification"
    seen: list[str] = []
    while window.label.text() != say.COPY_END and len(seen) < 80:
        seen.append(window.label.text())
        QGuiApplication.clipboard().clear()
        window.copy_and_next()
        if seen[-1] == "Descriptif détaillé de la violation":
            assert QGuiApplication.clipboard().text() == "Un compte volé"
            place = window.where.text()
            window.open_at(Place("copy_assistant", INCIDENT))
            assert window.where.text() == place
    form = [field.label for field in desk.session.knowledge.cnil_form.fields.values()]
    positions = [form.index(label) for label in dict.fromkeys(seen)]
    assert positions == sorted(positions)
    window.copy_and_next()
    assert window.label.text() == seen[0]


def test_the_assistant_opens_in_its_own_window_above(page: DocumentsPage) -> None:
    page.paper.assistant.click()
    assert page.assistant is not None
    assert page.assistant.isWindow()
    assert page.assistant.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    page.assistant.close()
