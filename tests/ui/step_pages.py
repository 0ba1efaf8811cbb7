"""The page of the steps in the hands of a test."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.progress import StepState
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.steps import StepsPage
from clinicir.ui.widgets.step_fields import StepField
from clinicir.ui.widgets.step_panel import StepPanel
from clinicir.ui.widgets.step_trackers import Tracker
from tests.fakes import INCIDENT, FakeCaseStore

PARIS = ZoneInfo("Europe/Paris")


class DraftStore(FakeCaseStore):
    """A vault in memory that keeps drafts too."""

    kept: PlainMap

    def save_draft(self, incident: str | None, content: PlainMap) -> None:
        """One draft is enough for one incident."""
        self.kept = content

    def load_draft(self, incident: str | None) -> dict[str, Plain]:
        """The last one."""
        return dict(getattr(self, "kept", {}))


def opened(qtbot: QtBot, desk: Desk, step: str = "") -> StepsPage:
    """The page at a step, shown wide enough for three columns."""
    page = StepsPage(desk)
    qtbot.addWidget(page)
    page.resize(1400, 900)
    page.show()
    page.open_at(Place("steps", INCIDENT, step))
    return page


def panel_of(page: StepsPage) -> StepPanel:
    """The step in the centre."""
    assert page.panel is not None
    return page.panel


def field_of(page: StepsPage, name: str) -> StepField:
    """One question of the step."""
    [found] = [field for field in panel_of(page).fields if field.view.id == name]
    return found


def state_of(desk: Desk, step: str) -> StepState:
    """As the vault has it."""
    return StepState(str(desk.session.store.records(INCIDENT, "step")[step]["state"]))


def current(page: StepsPage) -> str:
    """Id of the step in the centre."""
    return panel_of(page).view.current.step.id


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """A key, where the keyboard is put first."""
    widget.setFocus()
    QTest.keyClick(widget, key)


def over(page: StepsPage) -> QWidget:
    """The question over the step."""
    assert page.board.centre.covered
    widget = page.board.centre.currentWidget()
    assert widget is not None
    return widget


def tracker_of(page: StepsPage) -> Tracker:
    """The list of the step."""
    [found] = [field.tracker for field in panel_of(page).fields if field.tracker]
    return found
