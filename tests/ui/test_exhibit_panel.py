"""One exhibit: seen only when that is safe, described again, taken out, copied out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clinicir.domain.evidence import PICTURE_BYTES_LIMIT
from clinicir.services.views.evidence import custody_view
from clinicir.texts import screens_evidence as say
from clinicir.ui import exhibit_acts
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.evidence import EvidencePage
from clinicir.ui.theme import px
from clinicir.ui.widgets.text import Text
from tests.fakes import INCIDENT, START, store_of
from tests.preview.samples import MAIL, picture, png_that_claims
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


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.txt", "Connexion à 17 h".encode(), "Connexion à 17 h"),
        ("a.txt", "Connexion à 17 h".encode("cp1252"), "Connexion à 17 h"),
        ("a.txt", "rapport\u202etxt.exe".encode(), "rapport[U+202E]txt.exe"),
        ("a.txt", b"MZ\x00\x00", "00000000  4D 5A 00 00"),
        ("courrier.pdf", b"%PDF-1.7\n\x00", "00000000  25 50 44 46"),
        ("page.html", b"<script>x</script>", "<script>x</script>"),
        ("alerte.eml", MAIL, "De : Caisse d'Assurance <alerte@exemple.fr>"),
    ],
)
def test_the_beginning_of_an_exhibit_is_shown_plain(
    page: EvidencePage, desk: Desk, name: str, content: bytes, shown: str
) -> None:
    keep(desk, name, content)
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.see.click()
    assert page.exhibit.words.isVisible()
    assert page.exhibit.about.isVisible()
    assert shown in page.exhibit.words.toPlainText().replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["outil.exe", "courrier.pdf", "page.html"])
def test_what_could_harm_is_said_so(page: EvidencePage, desk: Desk, name: str) -> None:
    keep(desk, name, b"MZ")
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    assert page.exhibit.note.isVisible()
    assert page.exhibit.copy_out.isVisible()


def test_a_picture_from_elsewhere_is_shown_from_bare_points(
    page: EvidencePage, desk: Desk
) -> None:
    keep(desk, "photo.jpg", picture("JPEG", (50, 30)))
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.see.click()
    assert page.exhibit.picture.pixmap().size() == QSize(50, 30)
    colour = page.exhibit.picture.pixmap().toImage().pixelColor(10, 10)
    assert colour.red() > 250
    assert colour.blue() < 5


def test_what_cannot_be_shown_is_said_to_be_safe(page: EvidencePage, desk: Desk) -> None:
    keep(desk, "photo.png", b"\x89PNG\r\n\x1a\n" + b"A" * 900)
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.see.click()
    assert page.exhibit.about.text() == say.NO_PREVIEW
    assert page.exhibit.picture.isHidden()
    assert page.exhibit.words.isHidden()


def test_the_first_look_is_written_down_and_no_other(page: EvidencePage, desk: Desk) -> None:
    keep(desk, "a.txt", b"x")
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.see.click()
    entry = store_of(desk.session).entries[-1]
    assert (entry.kind, entry.detail) == ("evidence.note", {"number": "P-001", "view": True})
    count = len(store_of(desk.session).entries)
    page.exhibit.see.click()
    assert len(store_of(desk.session).entries) == count
    view = custody_view(desk.session, INCIDENT, "P-001")
    assert [line.act.value for line in view.lines] == ["taken", "viewed"]


def test_a_clear_copy_is_offered_a_name_of_ours() -> None:
    assert say.copy_name("P-001", "../../facture.pdf.lnk") == "P-001.bin"
    assert say.copy_name("P-002", "Écran.PNG") == "P-002.png"


def test_a_picture_that_was_pasted_is_shown(page: EvidencePage, desk: Desk) -> None:
    drawn = QImage(1400, 20, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(drawn)
    page.paste_button.click()
    assert page.intake.title_field.label.text().startswith(say.WHAT_PICTURE_SHOWS)
    assert page.intake.picture.isVisible()
    page.intake.confirm.click()
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.see.click()
    assert page.exhibit.picture.pixmap().width() == px(620)
    keep(desk, "autre.txt", b"x")
    page.open_at(Place("evidence", INCIDENT, "P-002"))
    assert page.exhibit.picture.isHidden()


def pasted(kind: str, content: bytes) -> None:
    """What another program puts on the clipboard."""
    data = QMimeData()
    data.setData(kind, content)
    QGuiApplication.clipboard().setMimeData(data)


def test_bytes_of_another_program_are_kept_as_they_are(page: EvidencePage, desk: Desk) -> None:
    content = picture("PNG", (30, 20))
    pasted("image/png", content)
    page.paste_button.click()
    assert page.intake.picture.isVisible()
    page.intake.confirm.click()
    [piece] = desk.session.case(INCIDENT).incident.evidence
    assert desk.session.store.read_object(piece.object_id, INCIDENT) == content
    assert piece.name.endswith(".png")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"A" * 900, "picture.unreadable"),
        (b"GIF89a", "picture.unreadable"),
        (png_that_claims(10_000, 5_001), "picture.unreadable"),
        (bytes(PICTURE_BYTES_LIMIT + 1), "picture.too_large"),
    ],
)
def test_a_pasted_picture_that_cannot_be_read_is_refused(
    page: EvidencePage, desk: Desk, content: bytes, code: str
) -> None:
    pasted("image/png", content)
    page.paste_button.click()
    [error] = window_of(desk).errors
    assert str(error).startswith(code)
    assert page.intake.isHidden() or not page.intake.isVisible()


def test_handing_a_copy_over_is_written_down(page: EvidencePage, desk: Desk) -> None:
    keep(desk, "a.txt", b"x")
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.give.click()
    page.exhibit.handing.confirm.click()
    assert page.exhibit.handing.purpose_field.problem
    page.exhibit.handing.to.set_value("Gendarmerie")
    page.exhibit.handing.purpose.set_value("Plainte")
    page.exhibit.handing.confirm.click()
    assert store_of(desk.session).entries[-1].kind == "evidence.hand_over"
    assert page.exhibit.handing.isHidden()
    assert "Gendarmerie" in history(page)


def history(page: EvidencePage) -> str:
    """The custody of the exhibit on screen."""
    view = custody_view(page.desk.session, INCIDENT, "P-001")
    said = (say.custody_words(line.act.value, line.said) for line in view.lines)
    shown = {text.text() for text in page.exhibit.findChildren(Text) if text.isVisible()}
    words = [text for text in said if text]
    assert set(words) <= shown
    return " ".join(words)


def test_an_exhibit_is_described_again_and_its_former_words_stay(
    page: EvidencePage, desk: Desk
) -> None:
    keep(desk, "a.txt", b"x", "Mesage")
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.describe.click()
    form = page.exhibit.describing
    form.confirm.click()
    assert form.seen_field.problem
    form.title.set_value("Message de la caisse")
    form.seen.set_value(START - timedelta(hours=2))
    form.confirm.click()
    [piece] = desk.session.case(INCIDENT).incident.evidence
    assert (piece.title, piece.seen_at) == ("Message de la caisse", START - timedelta(hours=2))
    assert page.exhibit.heading.text() == "P-001 · Message de la caisse"
    assert say.seen(START - timedelta(hours=2)) == page.exhibit.seen.text()
    assert "Mesage" in history(page)
    entry = store_of(desk.session).entries[-1]
    assert entry.kind == "evidence.note"
    assert entry.detail["before"] == {"title": "Mesage", "seen_at": ""}


def test_an_hour_in_the_future_is_refused_under_its_field(page: EvidencePage, desk: Desk) -> None:
    keep(desk, "a.txt", b"x")
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.describe.click()
    page.exhibit.describing.seen.set_value(START + timedelta(days=1))
    page.exhibit.describing.confirm.click()
    assert page.exhibit.describing.isVisible()
    assert page.exhibit.describing.seen_field.problem


def test_taking_an_exhibit_out_asks_why_and_deletes_nothing(
    page: EvidencePage, desk: Desk
) -> None:
    keep(desk, "a.txt", b"x")
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.withdraw.click()
    page.exhibit.withdrawing.confirm.click()
    assert page.exhibit.withdrawing.reason_field.problem
    page.exhibit.withdrawing.reason.set_value("Photo d’un autre incident")
    page.exhibit.withdrawing.confirm.click()
    assert page.exhibit.gone.isVisible()
    assert page.exhibit.withdraw.isHidden()
    assert "Photo d’un autre incident" in history(page)
    incident = desk.session.case(INCIDENT).incident
    assert (len(incident.evidence), len(incident.exhibits)) == (1, 0)
    assert len(store_of(desk.session).objects) == 1
    assert page.model.index(0, 1).data() == say.withdrawn_title("Message")
    page.exhibit.put_back.click()
    assert page.exhibit.gone.isHidden()
    assert len(desk.session.case(INCIDENT).incident.exhibits) == 1


@pytest.mark.parametrize("agreed", [True, False])
def test_a_clear_copy_leaves_only_once_it_was_agreed(
    page: EvidencePage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    keep(desk, "outil.exe", b"MZ contenu")
    target = tmp_path / "pour l'expert.bin"
    asked: list[str] = []

    def ask(_parent: object, title: str, text: str, *_: object) -> bool:
        asked.append(text)
        return agreed

    monkeypatch.setattr(exhibit_acts, "ask", ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.open_at(Place("evidence", INCIDENT, "P-001"))
    page.exhibit.copy_out.click()
    assert say.COPY_OUT_DANGER in asked[0]
    assert target.exists() is agreed
    entry = store_of(desk.session).entries[-1]
    assert (entry.kind == "evidence.export") is agreed
    if agreed:
        assert target.read_bytes() == b"MZ contenu"
        assert target.name in history(page)
    assert page.exhibit.copy_out.isEnabled()
