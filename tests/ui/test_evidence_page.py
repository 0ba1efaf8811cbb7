"""Exhibits: added, pasted, dropped, described, opened only when that is safe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import UserError
from clinicir.services.evidence import Described, take_in_picture
from clinicir.texts import screens_evidence as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.evidence import EvidencePage
from tests.fakes import BY, INCIDENT, store_of
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
    QGuiApplication.clipboard().setText("du texte")
    page.paste.click()
    assert window_of(desk).said == [say.NO_PICTURE]
    assert page.intake.isHidden()


def test_one_file_gone_does_not_lose_the_others(
    desk: Desk, page: EvidencePage, tmp_path: Path
) -> None:
    here, gone = tmp_path / "a.txt", tmp_path / "b.txt"
    here.write_bytes(b"a")
    gone.write_bytes(b"b")
    page.offer_files([gone, here])
    gone.unlink()
    page.intake.confirm.click()
    assert [row.name for row in page.model.rows] == ["a.txt"]
    [error] = window_of(desk).errors
    assert isinstance(error, UserError)
    assert error.code == "evidence.file_missing"


def test_stopping_a_long_copy_leaves_nothing_behind(
    desk: Desk, page: EvidencePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "disque.img"
    file.write_bytes(b"x")
    store = store_of(desk.session)
    plain = store.take_in

    def slow(*given: object) -> object:
        page.progress.stop.click()
        return plain(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "take_in", slow)
    page.offer_files([file])
    page.progress.show_progress("disque.img", 1, 3)
    assert page.progress.bar.value() == 333
    page.intake.confirm.click()
    [error] = window_of(desk).errors
    assert isinstance(error, UserError)
    assert error.code == "evidence.cancelled"
    assert numbers(page) == []
    assert page.progress.isHidden()
    assert page.add.isEnabled()


def _png() -> bytes:
    return b"\x89PNG\r\n\x1a\nnot a picture at all"


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.txt", lambda: "Connexion à 17 h".encode(), True),
        ("a.txt", lambda: "Connexion à 17 h".encode("cp1252"), True),
        ("a.txt", lambda: b"MZ\x00\x00", False),
        ("broken.png", _png, False),
    ],
)
def test_content_decides_what_is_shown(
    page: EvidencePage, desk: Desk, name: str, content: Callable[[], bytes], shown: bool
) -> None:
    take_in_picture(desk.session, INCIDENT, content(), name, Described(name, ""), BY)
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.see.click()
    assert page.exhibit.shown.isVisible() is shown
    assert page.exhibit.note.isVisible() is not shown
    if shown:
        assert page.exhibit.words.toPlainText() == "Connexion à 17 h"


def test_a_program_has_no_button_that_opens_it(page: EvidencePage, desk: Desk) -> None:
    take_in_picture(desk.session, INCIDENT, b"MZ", "outil.exe", Described("o", ""), BY)
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    assert page.exhibit.see.isHidden()
    assert page.exhibit.note.accessibleName().endswith(say.DANGEROUS)


def test_handing_a_copy_over_is_written_down(page: EvidencePage, desk: Desk) -> None:
    take_in_picture(desk.session, INCIDENT, b"x", "a.txt", Described("a", "Message"), BY)
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.give.click()
    page.exhibit.hand.click()
    [error] = window_of(desk).errors
    assert isinstance(error, UserError)
    page.exhibit.to.set_value("Gendarmerie")
    page.exhibit.purpose.set_value("Plainte")
    page.exhibit.hand.click()
    assert store_of(desk.session).entries[-1].kind == "evidence.hand_over"
    assert page.exhibit.handing.isHidden()


def test_a_click_on_a_line_opens_it_through_the_window(page: EvidencePage, desk: Desk) -> None:
    take_in_picture(desk.session, INCIDENT, b"x", "a.txt", Described("a", "Message"), BY)
    page.open_at(Place("evidence", INCIDENT))
    page.table.clicked.emit(page.model.index(0, 1))
    assert window_of(desk).places == [Place("evidence", INCIDENT, "P-001")]
