"""Exhibits: added, pasted, dropped, described, opened only when that is safe."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import StorageError, UserError
from clinicir.services.views.evidence import evidence_view
from clinicir.texts import screens_evidence as say
from clinicir.texts.errors import explain
from clinicir.ui.desk import Desk, Place
from clinicir.ui.intake import Incoming, Intake, Said
from clinicir.ui.jobs import Jobs
from clinicir.ui.pages.evidence import EvidencePage
from tests.fakes import BY, INCIDENT, store_of
from tests.ui.checks import check_page
from tests.ui.exhibits import keep
from tests.ui.fakes import window_of


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> EvidencePage:
    """The page of an incident without any exhibit."""
    shown = EvidencePage(desk)
    qtbot.addWidget(shown)
    shown.resize(1024, 640)
    shown.show()
    shown.open_at(Place("evidence", INCIDENT))
    return shown


def numbers(page: EvidencePage) -> list[str]:
    """Exhibits in the list."""
    return [row.number for row in page.model.rows]


def test_an_empty_list_says_how_to_begin(page: EvidencePage) -> None:
    assert page.empty.isVisible()
    assert page.table.isHidden()


def test_a_file_is_described_then_kept(
    qtbot: QtBot, desk: Desk, page: EvidencePage, tmp_path: Path
) -> None:
    file = tmp_path / "alerte.txt"
    file.write_bytes(b"bonjour")
    page.offer_files([file])
    assert page.table.isHidden()
    QTest.keyClicks(page.intake.title, "Le message de la caisse")
    QTest.keyClick(page.intake.title, Qt.Key.Key_Return)
    [piece] = desk.session.case(INCIDENT).incident.evidence
    assert (piece.number, piece.title, piece.name, piece.collected_by) == (
        "P-001", "Le message de la caisse", "alerte.txt", BY,
    )  # fmt: skip
    assert numbers(page) == ["P-001"]
    assert window_of(desk).said[-1] == say.kept("P-001")
    assert file.read_bytes() == b"bonjour"


def test_twelve_files_dropped_at_once_are_all_kept(page: EvidencePage, tmp_path: Path) -> None:
    files = [tmp_path / f"piece{n}.txt" for n in range(11)] + [tmp_path / "outil.exe"]
    for file in files:
        file.write_bytes(b"MZ")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.dropEvent(event)
    page.intake.confirm.click()
    assert len(numbers(page)) == 12
    assert {row.title for row in page.model.rows} == {file.name for file in files}


def test_a_folder_is_refused_with_a_sentence(
    desk: Desk, page: EvidencePage, tmp_path: Path
) -> None:
    page.offer_files([tmp_path])
    assert window_of(desk).said == [say.NOT_A_FILE]
    assert page.intake.isHidden()


def test_a_screenshot_is_pasted_by_key(qtbot: QtBot, desk: Desk, page: EvidencePage) -> None:
    picture = QImage(8, 6, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.intake.confirm.click()
    [piece] = desk.session.case(INCIDENT).incident.evidence
    assert piece.name == "capture-2027-01-12-171000.png"
    content = desk.session.store.read_object(piece.object_id, INCIDENT)
    assert QImage.fromData(content).size() == picture.size()


def test_a_clipboard_without_picture_is_no_fault(desk: Desk, page: EvidencePage) -> None:
    QGuiApplication.clipboard().setText("  ")
    page.paste_button.click()
    assert window_of(desk).said == [say.NOTHING_TO_PASTE]
    assert page.intake.isHidden()


def test_a_text_is_pasted_as_a_file(desk: Desk, page: EvidencePage) -> None:
    QGuiApplication.clipboard().setText("Objet : votre compte a \u00e9t\u00e9 piraté")
    page.paste_button.click()
    assert say.WHAT_IT_SHOWS in page.intake.title.accessibleName()
    page.intake.confirm.click()
    [piece] = desk.session.case(INCIDENT).incident.evidence
    assert piece.name == "texte-2027-01-12-171000.txt"
    content = desk.session.store.read_object(piece.object_id, INCIDENT)
    assert content.decode() == "Objet : votre compte a été piraté"


def told(page: EvidencePage) -> str:
    """What the page says of what did not come in."""
    assert page.told.isVisible()
    return page.told.accessibleName()


def test_one_file_gone_does_not_lose_the_others(
    desk: Desk, page: EvidencePage, tmp_path: Path
) -> None:
    here, gone = tmp_path / "a.txt", tmp_path / "b.txt"
    here.write_bytes(b"")
    page.offer_files([gone, here])
    page.intake.confirm.click()
    assert [row.name for row in page.model.rows] == ["a.txt"]
    gone_said = explain(UserError("evidence.file_missing", file="b.txt"))
    assert gone_said in told(page)
    assert say.is_empty("a.txt") in told(page)
    assert window_of(desk).errors == []
    page.told_read.click()
    assert page.told.isHidden()


def test_a_full_disk_stops_the_batch_and_says_what_is_complete(
    desk: Desk, page: EvidencePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(3)]
    for file in files:
        file.write_bytes(b"x")
    store = store_of(desk.session)
    plain = store.take_in

    def full(source: Path, *given: object) -> object:
        store.fails_with = "disk.full" if source == files[1] else ""
        return plain(source, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "take_in", full)
    page.offer_files(files)
    page.intake.confirm.click()
    assert numbers(page) == ["P-001"]
    [error] = window_of(desk).errors
    assert isinstance(error, StorageError)
    assert error.code == "disk.full"
    assert say.not_kept(2) in told(page)
    assert not page.batch.running


def test_a_folder_beside_files_is_left_aside(page: EvidencePage, tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    (tmp_path / "a.txt").write_bytes(b"x")
    page.offer_files([tmp_path / "dossier", tmp_path / "a.txt"])
    assert page.intake.aside.text() == say.left_aside(["dossier"])
    page.intake.cancel.click()
    assert page.add.isVisible()
    assert numbers(page) == []


def test_stopping_a_long_copy_keeps_what_is_complete(
    desk: Desk, page: EvidencePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "a.txt", tmp_path / "disque.img", tmp_path / "c.txt"]
    for file in files:
        file.write_bytes(b"x" * 2048)
    store = store_of(desk.session)
    plain = store.take_in
    seen: list[tuple[str, str, int]] = []

    def slow(source: Path, *given: object) -> object:
        if source == files[1]:
            seen.append((page.progress.words.text(), page.progress.bytes.text(),
                         page.progress.bar.value()))  # fmt: skip
            page.progress.stop.click()
        return plain(source, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "take_in", slow)
    page.offer_files(files)
    page.intake.confirm.click()
    assert seen == [(say.copying("a.txt", 1, 3), say.progress(2048, 2048), 333)]
    assert numbers(page) == ["P-001"]
    assert say.stopped_at(2) in told(page)
    assert window_of(desk).errors == []
    assert page.progress.isHidden()
    assert len(store.objects) == 1


def test_the_writer_lets_others_pass_between_two_files(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.jobs = Jobs()
    files = [tmp_path / f"{n}.txt" for n in range(3)]
    for file in files:
        file.write_bytes(b"x")
    batch, order = Intake(desk), list[str]()
    batch.ended.connect(lambda taken: order.extend(taken.kept))
    with qtbot.waitSignal(batch.ended):
        batch.start(INCIDENT, Incoming(tuple(files)), Said())
        desk.jobs.run(lambda: order.append("other"))
    desk.jobs.shutdown()
    assert order == ["other", "P-001", "P-002", "P-003"]
    assert len(desk.session.case(INCIDENT).incident.evidence) == 3


def test_coming_from_a_step_exhibits_belong_to_it(
    page: EvidencePage, desk: Desk, tmp_path: Path
) -> None:
    page.open_at(Place("evidence", INCIDENT, "ALR-01"))
    title = desk.session.knowledge.step("ALR-01").title
    assert page.step_title.text() == say.for_step(title)
    (tmp_path / "a.txt").write_bytes(b"x")
    page.offer_files([tmp_path / "a.txt"])
    page.intake.confirm.click()
    [piece] = desk.session.case(INCIDENT).incident.evidence
    assert piece.step == "ALR-01"
    page.to_step.click()
    assert window_of(desk).places[-1] == Place("steps", INCIDENT, "ALR-01")
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.back.click()
    assert window_of(desk).places[-1] == Place("evidence", INCIDENT, "ALR-01")
    page.open_at(Place("evidence", INCIDENT))
    assert page.step.isHidden()
    page.offer_files([tmp_path / "a.txt"])
    assert page.intake.step.isHidden()


def test_what_is_half_typed_about_an_exhibit_comes_back(qtbot: QtBot, desk: Desk) -> None:
    keep(desk, "a.txt", b"x")
    first = EvidencePage(_keeping_drafts(desk))
    qtbot.addWidget(first)
    first.open_at(Place("evidence", INCIDENT, "P-001"))
    first.exhibit.describe.click()
    first.exhibit.describing.title.set_value("Le message de la ca")
    first.exhibit.describing.edited.emit()
    first.keep()
    again = EvidencePage(desk)
    qtbot.addWidget(again)
    again.show()
    again.open_at(Place("evidence", INCIDENT, "P-001"))
    assert again.exhibit.describing.isVisible()
    assert again.exhibit.describing.title.value() == "Le message de la ca"
    again.exhibit.describing.cancel.click()
    again.open_at(Place("evidence", INCIDENT))
    third = EvidencePage(desk)
    qtbot.addWidget(third)
    third.open_at(Place("evidence", INCIDENT, "P-001"))
    assert third.exhibit.describing.isHidden()


def _keeping_drafts(desk: Desk) -> Desk:
    store, kept = store_of(desk.session), dict[str, object]()
    vars(store)["load_draft"] = lambda _incident: dict(kept)
    vars(store)["save_draft"] = lambda _incident, content: kept.update(content)
    return desk


def test_a_fact_is_noted_from_here(page: EvidencePage, desk: Desk) -> None:
    page.fact.click()
    assert window_of(desk).places == [Place("journal", INCIDENT, "note")]


def test_a_click_on_a_line_opens_it_through_the_window(page: EvidencePage, desk: Desk) -> None:
    keep(desk, "a.txt", b"x")
    page.open_at(Place("evidence", INCIDENT))
    page.table.clicked.emit(page.model.index(0, 1))
    assert window_of(desk).places == [Place("evidence", INCIDENT, "P-001")]


def test_five_hundred_exhibits_open_within_a_tenth_of_a_second(
    page: EvidencePage, desk: Desk
) -> None:
    for n in range(500):
        keep(desk, f"piece-{n}.txt", b"x")
    view = evidence_view(desk.session, INCIDENT)
    start = time.thread_time()
    page._show(view)
    page.repaint()
    assert time.thread_time() - start < 0.1
    assert page.model.rowCount() == 500


def test_the_page_holds_at_every_size(page: EvidencePage, desk: Desk) -> None:
    check_page(page)
    keep(desk, "a.txt", b"x", "Le message reçu de l’éditeur dans la boîte du secrétariat")
    page.open_at(Place("evidence", INCIDENT, "ALR-01"))
    check_page(page)
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.describe.click()
    check_page(page)
