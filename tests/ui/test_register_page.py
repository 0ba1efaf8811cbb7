"""The register of the practice: listed, made, saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clinicir.domain.ids import IncidentId
from clinicir.services.incidents import Said, close, open_incident
from clinicir.texts import screens_register as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.register import RegisterPage
from clinicir.ui.widgets.buttons import LinkButton
from clinicir.ui.widgets.text import Text
from tests.fakes import BY, INCIDENT
from tests.ui.checks import check_page
from tests.ui.fakes import window_of

OTHER = IncidentId("00000000000000b2")


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two incidents, one of them ended."""
    open_incident(desk.session, OTHER, "perte_vol", Said(), BY)
    close(desk.session, OTHER, (), {}, BY)
    return desk


def opened(qtbot: QtBot, desk: Desk) -> RegisterPage:
    page = RegisterPage(desk)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.open_at(Place("register"))
    page.show()
    return page


def test_every_incident_is_listed_and_opens(qtbot: QtBot, two: Desk) -> None:
    page = opened(qtbot, two)
    links = page.findChildren(LinkButton)
    assert len(links) == 2
    for link in links:
        link.click()
    assert window_of(two).places == [Place("closing", OTHER), Place("steps", INCIDENT)]


def test_the_paper_is_made_then_saved_as_pdf_and_table(
    qtbot: QtBot, two: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, two)
    page.make.click()
    assert page.faces.currentWidget() is page.preview
    assert "2027-002" in page.preview.words.toPlainText()
    for button, name, start in ((page.save, "r.pdf", b"%PDF"), (page.table, "r.csv", b"\xef\xbb")):
        target = tmp_path / name
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_, target=target: (str(target), "")
        )
        button.click()
        assert target.read_bytes().startswith(start)
    page.list.click()
    page.open_at(Place("register"))
    shown = [text.text() for text in page.findChildren(Text) if not text.isHidden()]
    assert any(text.startswith(say.made_at(two.session.clock.now())[:9]) for text in shown)


def test_an_empty_register_says_so(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk)
    assert page.make.isHidden()
    assert not page.commands()
    assert any(text.text() == say.EMPTY for text in page.findChildren(Text))


@pytest.mark.parametrize("made", [False, True])
def test_the_machine_checks(qtbot: QtBot, two: Desk, made: bool) -> None:
    page = opened(qtbot, two)
    if made:
        page.make.click()
    check_page(page)
