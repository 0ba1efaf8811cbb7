"""Papers, from the list to the record of what was sent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import StorageError, UserError
from clinicir.services.documents import Produced, reopen
from clinicir.services.gates import readers_of
from clinicir.services.incidents import Said, close, set_facts
from clinicir.services.views.closing import closing_view
from clinicir.services.views.documents import VARIANTS, labels_of
from clinicir.texts import screens_papers as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.saved_file import save
from tests.fakes import BY, INCIDENT, START, clock_of, new_case, store_of
from tests.ui.checks import check_names, check_nothing_clipped, check_page
from tests.ui.fakes import new_desk, window_of
from tests.ui.papers import cnil_page, go_to, read_back


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    """The paper of the CNIL, open."""
    return cnil_page(qtbot, desk)


def test_the_list_opens_a_paper_through_the_window(qtbot: QtBot, desk: Desk) -> None:
    page = DocumentsPage(desk)
    qtbot.addWidget(page)
    page.open_at(Place("documents", INCIDENT))
    assert page.title == say.DOCUMENTS
    button = page.papers.buttons["plainte"]
    assert button.accessibleName() == say.open_paper(say.PAPER_NAMES["plainte"])
    button.click()
    assert window_of(desk).places == [Place("documents", INCIDENT, "plainte")]


def test_the_list_is_built_again_only_when_something_was_written(
    desk: Desk, page: DocumentsPage
) -> None:
    page.open_at(Place("documents", INCIDENT))
    first = page.papers.buttons["cnil"]
    page.open_at(Place("documents", INCIDENT))
    assert page.papers.buttons["cnil"] is first
    set_facts(desk.session, INCIDENT, Said(cnil={"viol.description": "Un compte"}), BY)
    page.open_at(Place("documents", INCIDENT))
    assert page.papers.buttons["cnil"] is not first


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
    page.paper.answers.card.unknown.click()
    assert page.paper.stale.isVisible()
    page.paper.again.click()
    assert page.paper.stale.isHidden()


def test_every_page_reaches_the_printer(page: DocumentsPage, tmp_path: Path) -> None:
    page.open_at(Place("documents", INCIDENT, "assureur"))
    page.paper.make.click()
    shown = page.paper.shown()
    assert isinstance(shown, Produced)
    assert shown.pages > 1
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
    read_back(page)
    assert page.faces.currentWidget() is page.sending
    page.sending.sent_at.set_value(START - timedelta(hours=1))
    page.sending.reference.set_value("2027-0042")
    page.sending.confirm.click()
    [filing] = desk.session.case(INCIDENT).incident.filings
    assert (filing.version.value, filing.reference, filing.by) == ("initiale", "2027-0042", BY)
    assert filing.at == START - timedelta(hours=1)
    assert page.faces.currentWidget() is page.paper
    assert window_of(desk).said[-1] == say.SENT_NOTED
    assert page.paper.request.variant == "complementaire"
    assert page.paper.isAncestorOf(page.window().focusWidget())


def test_the_facts_are_read_back_once_before_the_cnil(desk: Desk, page: DocumentsPage) -> None:
    page.paper.mark.click()
    assert page.gate is not None
    page.gate.back.click()
    assert page.faces.currentWidget() is page.paper
    assert readers_of(desk.session, INCIDENT, "G3") == ()
    page.paper.mark.click()
    read_back(page)
    assert readers_of(desk.session, INCIDENT, "G3")
    assert page.faces.currentWidget() is page.sending
    page.sending.cancel.click()
    page.paper.mark.click()
    assert page.faces.currentWidget() is page.sending


def test_an_hour_to_come_or_unreadable_is_not_noted(desk: Desk, page: DocumentsPage) -> None:
    page.paper.mark.click()
    read_back(page)
    page.sending.sent_at.set_value(START + timedelta(hours=1))
    page.sending.confirm.click()
    assert page.sending.when_field.problem == say.SENT_AT_FUTURE
    page.sending.sent_at.set_value(None)
    page.sending.confirm.click()
    assert page.sending.when_field.problem == say.SENT_AT_MISSING
    assert not desk.session.case(INCIDENT).incident.filings


def test_the_receipt_enters_the_vault_with_the_sending(
    desk: Desk, page: DocumentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = tmp_path / "accuse.pdf"
    receipt.write_bytes(b"%PDF-1.4 accuse")
    page.open_at(Place("documents", INCIDENT, "plainte"))
    page.paper.mark.click()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(receipt), ""))
    page.sending.add.click()
    assert receipt.name in page.sending.receipt.currentText()
    page.sending.confirm.click()
    incident = desk.session.case(INCIDENT).incident
    assert [piece.name for piece in incident.evidence] == ["accuse.pdf"]
    assert [act.receipt for act in incident.submissions] == [incident.evidence[0].number]


def test_one_sending_may_settle_several_duties(desk: Desk, page: DocumentsPage) -> None:
    page.open_at(Place("documents", INCIDENT, "plainte"))
    page.paper.mark.click()
    page.sending.acts.set_value([])
    page.sending.confirm.click()
    assert page.sending.acts_field.problem == say.NO_ACT
    assert page._view is not None
    owed = [duty.rule for duty in page._view.row.duties]
    page.sending.acts.set_value(owed)
    page.sending.confirm.click()
    done = {act.rule for act in desk.session.case(INCIDENT).incident.submissions}
    assert done == set(owed)
    assert page.paper.mark.isHidden()


def test_a_drill_says_in_red_not_to_send(qtbot: QtBot, desk: Desk, page: DocumentsPage) -> None:
    assert page.paper.drill.isVisible()
    page.paper.mark.click()
    read_back(page)
    assert page.sending.drill.isVisible()
    real = new_desk(new_case(drill=False), desk.printer)
    shown = cnil_page(qtbot, real)
    assert shown.paper.drill.isHidden()


def test_a_paper_of_before_is_listed_and_opened_again(desk: Desk, page: DocumentsPage) -> None:
    page.paper.make.click()
    first = page.paper.shown()
    assert first is not None
    clock_of(desk.session).advance(hours=1)
    page.paper.again.click()
    assert list(page.paper.issued.buttons) == ["D-002", "D-001"]
    page.paper.issued.buttons["D-001"].click()
    again = page.paper.shown()
    assert again is not None
    assert (again.number, again.content) == ("D-001", first.content)
    assert page.paper.print.isVisible()
    assert say.when(START) in page.paper.copy_shown.text()


def test_a_record_without_its_object_cannot_be_opened_again(
    desk: Desk, page: DocumentsPage
) -> None:
    page.paper.make.click()
    table = store_of(desk.session)._tables[INCIDENT, "document"]["D-001"]
    del table["object"], table["name"]
    page.open_at(Place("documents", INCIDENT, "cnil"))
    assert page.paper.issued.buttons == {}
    with pytest.raises(UserError, match=r"document\.gone"):
        reopen(desk.session, INCIDENT, "D-001")


@pytest.mark.parametrize("kind", list(VARIANTS))
def test_every_variant_is_chosen_by_its_french_name_and_produced(
    desk: Desk, page: DocumentsPage, kind: str
) -> None:
    page.open_at(Place("documents", INCIDENT, kind))
    offered = [page.paper.variant.itemText(n) for n in range(page.paper.variant.count())]
    assert offered == [say.variant_name(kind, variant) for variant in VARIANTS[kind]]
    assert all(offered)
    last = len(offered) - 1
    page.paper.variant.setCurrentIndex(last)
    page.paper.variant.activated.emit(last)
    page.paper.make.click()
    assert window_of(desk).errors == []
    [issued] = desk.session.case(INCIDENT).incident.issued
    assert issued.version == VARIANTS[kind][last]
    assert page.paper.variant.currentIndex() == last


def test_what_a_paper_lacks_is_always_named(desk: Desk, page: DocumentsPage) -> None:
    for kind in ("assureur", "prestataire", "registre", "lettre", "plainte"):
        page.open_at(Place("documents", INCIDENT, kind))
        assert page._view is not None
        slugs = page._view.row.missing
        assert [s for s in slugs if not labels_of(desk.session, (s,))
                and s not in say.LACKING_NAMES] == []  # fmt: skip


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


def test_the_answers_stand_every_check(page: DocumentsPage) -> None:
    check_page(page)


@pytest.mark.parametrize("face", ["list", "all", "preview", "issued", "sent"])
def test_each_face_stands_the_checks(page: DocumentsPage, face: str) -> None:
    if face == "list":
        page.open_at(Place("documents", INCIDENT))
    elif face == "all":
        page.paper.answers.see_all.click()
        page.paper.answers.all.folds[5].open(opened=True)
    elif face in ("preview", "issued"):
        page.paper.make.click()
        page.paper.tabs.setCurrentIndex(1 if face == "preview" else 3)
    elif face == "sent":
        page.paper.mark.click()
        read_back(page)
    check_names(page)
    for scale in (1.0, 2.0):
        check_nothing_clipped(page, scale)


def test_the_paper_of_an_ended_incident_is_read_and_no_longer_answered(
    desk: Desk, page: DocumentsPage
) -> None:
    left = {item.key: "Sans suite." for item in closing_view(desk.session, INCIDENT).items}
    close(desk.session, INCIDENT, (), left, BY)
    page.open_at(Place("documents", INCIDENT, "cnil"))
    assert page.paper.ended.isVisible()
    assert page.paper.answers.isHidden()
    assert page.paper.assistant.isHidden()
    assert page.paper.lacking.isVisible()
    assert page.paper.lacking.steps.isHidden()
    assert page.paper.make.isVisible()


def test_a_day_told_without_an_hour_has_none_on_the_screen() -> None:
    midnight = START.replace(hour=0, minute=0, second=0, microsecond=0)
    assert say.happened(midnight) == "mardi 12\u00a0janvier\u00a02027"
    assert "17" in say.happened(START)


def test_once_produced_the_keyboard_is_on_what_comes_next(page: DocumentsPage) -> None:
    page.paper.make.setFocus()
    QTest.keyClick(page.paper.make, Qt.Key.Key_Space)
    assert page.paper.shown() is not None
    assert page.window().focusWidget() is page.paper.print
