"""What the tests of papers share: the paper of the CNIL open, a vault that keeps drafts."""

from __future__ import annotations

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicir.domain.ids import Plain, PlainMap
from clinicir.services.session import Session
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.widgets.answer_editor import AnswerEditor
from tests.fakes import INCIDENT, FakeCaseStore, store_of
from tests.ui.fakes import new_desk


class DraftStore(FakeCaseStore):
    """One draft is enough for one incident."""

    kept: PlainMap

    def save_draft(self, incident: str | None, content: PlainMap) -> None:
        """Replace it."""
        self.kept = content

    def load_draft(self, incident: str | None) -> dict[str, Plain]:
        """The last one."""
        return dict(getattr(self, "kept", {}))


def cnil_page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    """The paper of the CNIL, open."""
    shown = DocumentsPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1024, 640)
    shown.show()
    shown.open_at(Place("documents", INCIDENT, "cnil"))
    return shown


def with_drafts(desk: Desk) -> Desk:
    """A vault in memory that keeps drafts too."""
    store = store_of(desk.session)
    kept = DraftStore(store.clock, store.drill, entries=store.entries, _tables=store._tables)
    return new_desk(Session(kept, desk.session.knowledge, desk.session.clock), desk.printer)


def answers_of(desk: Desk) -> dict[str, Plain]:
    """Answers of the form as recorded."""
    return dict(desk.session.case(INCIDENT).incident.answers)


def go_to(page: DocumentsPage, slug: str) -> AnswerEditor:
    """As « Modifier » or « Répondre » of the whole list do."""
    asked = page.paper.answers
    asked.see_all.click()
    for fold in asked.all.folds:
        fold.open(opened=True)
    asked.all.wanted.emit(slug)
    assert asked.slug == slug
    assert asked.editor is not None
    return asked.editor


def type_in(editor: AnswerEditor, words: str) -> None:
    """Real keys, one after the other."""
    QTest.keyClicks(editor.focus_target(), words)


def saved_draft(page: DocumentsPage) -> None:
    """The pause of two seconds is over."""
    assert page._saver.isActive()
    assert page._saver.interval() <= 2000
    page._saver.timeout.emit()


def read_back(page: DocumentsPage) -> None:
    """The pause point before the CNIL: as many names as it asks."""
    assert page.gate is not None
    for field, name in zip(page.gate.names, ("Claire Morel", "Nadia Exemple"), strict=False):
        field.editor.set_value(name)
    page.gate.confirm.click()
