"""Lines of accounts and addresses that come from a file: seen first, added at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import UserError
from clinicir.domain.practice import Practice
from clinicir.intake.line_files import read_lines
from clinicir.services import practice as practices
from clinicir.services import trackers
from clinicir.texts import screens_step_fields as say
from clinicir.ui.desk import Desk
from clinicir.ui.pages.steps import StepsPage
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.step_import import ImportQuestion
from tests.fakes import BY, INCIDENT, PRACTICE, new_case, store_of
from tests.ui.checks import check_page
from tests.ui.fakes import new_desk, window_of
from tests.ui.step_pages import opened, over, tracker_of

LIST = (
    "Adresse IP;Où la bloquer;Remarque\n203.0.113.7;amelipro;vue la nuit\n10.0.0.1;box;\n"
    "203.0.113.9;;\n198.51.100.9;box;\n1 85 05 78 006 084 36;box;\n"
)


@pytest.fixture
def desk() -> Desk:
    """A case of a practice that has an address of its own."""
    made = new_desk(new_case("amelipro"), None)  # type: ignore[arg-type]
    made.lines = read_lines
    own = Practice.from_plain({**PRACTICE, "public_addresses": ["198.51.100.0/24"]})
    practices.save(made.session, own, BY)
    return made


def chosen(page: StepsPage, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """The person presses the button and takes this file."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    tracker_of(page).entry.file.click()


def brought(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, folder: Path, text: str = LIST
) -> tuple[StepsPage, ImportQuestion]:
    """The step, and the question over it."""
    file = folder / "adresses.csv"
    file.write_text(text, encoding="cp1252")
    page = opened(qtbot, desk, "CON-08")
    chosen(page, monkeypatch, file)
    question = over(page)
    assert isinstance(question, ImportQuestion)
    return page, question


def kept(desk: Desk) -> list[str]:
    """Addresses of the case."""
    lines = desk.session.store.records(INCIDENT, "address").values()
    return sorted(str(line["address"]) for line in lines)


def cells(question: ImportQuestion, row: int) -> list[str]:
    """One row of the table of refusals."""
    table = question.refused.table
    return [item.text() for n in range(3) if (item := table.item(row, n))]


def test_nothing_is_added_before_it_was_seen_then_all_in_one_entry(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page, question = brought(qtbot, desk, monkeypatch, tmp_path)
    assert kept(desk) == []
    assert question.count.text() == "1 ligne à ajouter"
    assert cells(question, 0) == ["3", "10.0.0.1 ; box", say.FAULTS["not_public"]]
    assert cells(question, 1)[2] == say.FAULTS["no_place"]
    assert cells(question, 2)[2] == say.FAULTS["own"]
    assert cells(question, 3) == ["6", say.IMPORT_HIDDEN, say.FAULTS["nir"]]
    question.place.editor.set_value("amelipro")
    question.place.editor.edited.emit()
    assert not question.save.isEnabled()
    qtbot.waitUntil(question.save.isEnabled)
    assert question.save.text() == "Ajouter 2 lignes"
    before = len(store_of(desk.session).entries)
    question.save.click()
    assert kept(desk) == ["203.0.113.7", "203.0.113.9"]
    assert [entry.kind for entry in store_of(desk.session).entries[before:]] == ["track.set"]
    assert tracker_of(page).table.rowCount() == 2
    assert window_of(desk).said[-1] == "2 lignes ajoutées."


def test_giving_up_leaves_what_was_typed_and_adds_nothing(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page, question = brought(qtbot, desk, monkeypatch, tmp_path)
    typed = tracker_of(page).entry.fields["address"].editor
    typed.set_value("203.0.113.200")
    question.back.click()
    assert kept(desk) == []
    assert typed.value() == "203.0.113.200"
    assert page.board.centre.covered is False


def test_the_same_file_twice_adds_nothing_more(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = {"address": "203.0.113.7", "where": "amelipro"}
    trackers.track(desk.session, INCIDENT, [], [line], BY)
    _, question = brought(qtbot, desk, monkeypatch, tmp_path, "203.0.113.7;Amelipro\n")
    assert question.save.isHidden()
    assert question.count.text() == say.IMPORT_NO_LINE
    assert cells(question, 0)[2] == say.FAULTS["already"]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x00", b"Patient;NIR\nMartin;1\n", b"login;site\na;x\n", None]
)
def test_a_file_that_is_no_list_is_told_beside_the_button(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    content: bytes | None,
) -> None:  # fmt: skip
    file = tmp_path / "liste.csv"
    if content is not None:
        file.write_bytes(content)
    page = opened(qtbot, desk, "CON-08")
    chosen(page, monkeypatch, file)
    assert not tracker_of(page).file_problem.isHidden()
    assert tracker_of(page).file_problem.accessibleName()
    assert page.board.centre.covered is False
    assert window_of(desk).errors == []


def test_a_refusal_of_the_vault_keeps_the_lines_on_the_screen(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, question = brought(qtbot, desk, monkeypatch, tmp_path)

    def refuse(*_: object) -> None:
        raise UserError("incident.closed", incident="I-1")

    monkeypatch.setattr(trackers, "track", refuse)
    question.save.click()
    assert question.problem.isVisible()
    assert question.save.isEnabled()
    assert question.count.text() == "1 ligne à ajouter"


def test_a_long_list_is_shown_some_lines_at_a_time(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "".join(f"203.0.113.{n};box\n" for n in range(250))
    _, question = brought(qtbot, desk, monkeypatch, tmp_path, text)
    assert question.lines.table.rowCount() == 100
    question.lines.more.click()
    question.lines.more.click()
    assert question.lines.place.text() == say.page_of(201, 250, 250)
    question.lines.more.click()
    assert question.lines.place.text() == say.page_of(1, 100, 250)


def test_without_a_reader_no_button_is_offered(qtbot: QtBot, desk: Desk) -> None:
    desk.lines = None
    assert tracker_of(opened(qtbot, desk, "CON-08")).entry.file.isHidden()


def test_the_preview_can_be_read_and_reached_at_every_size(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, question = brought(qtbot, desk, monkeypatch, tmp_path)
    both = QWidget()
    both.setLayout(column(question, question.foot))
    qtbot.addWidget(both)
    both.show()
    check_page(both)
