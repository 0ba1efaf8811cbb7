"""The board at every width: three columns or tabs, the line, the reading, big type."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicir.domain.playbook import FieldType
from clinicir.texts import screens_steps as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.theme import Theme
from clinicir.ui.widgets.step_fields import has_editor
from clinicir.ui.widgets.step_questions import BlockQuestion, retry_times
from clinicir.ui.widgets.step_reader import StepReader
from clinicir.ui.widgets.text import Body
from tests.fakes import INCIDENT, START, new_case
from tests.ui.fakes import new_desk, window_of
from tests.ui.step_pages import (
    PARIS,
    current,
    opened,
    over,
    panel_of,
)


def test_reading_aloud_covers_the_page_and_escape_comes_back(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    panel_of(page).asked.emit("read")
    assert page.board.reading
    reader = page.board.findChild(StepReader)
    assert isinstance(reader, StepReader)
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    assert not page.board.reading


def test_narrow_pages_have_three_tabs_and_actions_on_the_first(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    assert page.board.wide
    page.resize(700, 700)
    assert not page.board.wide
    titles = [page.board.tabs.tabText(n) for n in range(page.board.tabs.count())]
    assert titles == [say.TAB_STEP, say.TAB_LIST, say.TAB_CLOCKS]
    assert panel_of(page).primary.isVisible()
    page.board.tabs.setCurrentIndex(2)
    assert not panel_of(page).primary.isVisible()


def test_the_list_shows_the_first_steps_then_all_when_asked(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    assert page.list is not None
    assert len(page.list.rows) == 7
    page.list.turn.click()
    assert [fold.opened for fold, _ in page.list.folds] == [True, *[False] * 9]
    for fold, _ in page.list.folds[1:]:
        fold.button.click()
    assert {row.line.id for row in page.list.rows} == set(panel_of(page).view.order)
    page.list.rows[3].click()
    assert current(page) == page.list.rows[3].line.id


def test_going_along_the_line_and_back_to_where_one_was(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.commands()["next_step"]()
    assert current(page) == "AP-01"
    page.open_at(Place("steps", INCIDENT))
    assert current(page) == "AP-01"
    page.commands()["previous_step"]()
    assert current(page) == "ALR-01"


@pytest.mark.parametrize("scenario", ["amelipro", "rancongiciel", "groupe"])
def test_every_step_of_a_scenario_can_be_shown(qtbot: QtBot, scenario: str) -> None:
    desk = new_desk(new_case(scenario), None)  # type: ignore[arg-type]
    page = opened(qtbot, desk)
    for step in panel_of(page).view.order:
        page.open_step(step)
        panel = panel_of(page)
        assert "{" not in panel.title.text()
        assert panel.draft() == {}
        wanted = [field for field in panel.view.current.fields if has_editor(field)]
        assert [field.view.id for field in panel.fields] == [field.id for field in wanted]
        assert not [f for f in panel.fields if f.view.type is FieldType.FILES]
    assert window_of(desk).errors == []


def test_reminders_fall_tonight_and_next_monday_on_the_clock_of_the_practice() -> None:
    times = retry_times(START, PARIS)
    assert times["hour"] == START + timedelta(hours=1)
    assert times["evening"] == datetime(2027, 1, 12, 19, tzinfo=PARIS)
    assert times["monday"] == datetime(2027, 1, 18, 8, tzinfo=PARIS)
    late = retry_times(datetime(2027, 1, 18, 20, tzinfo=PARIS), PARIS)
    assert late["evening"].day == 19
    assert late["monday"].day == 25


UNDER_THE_BARS = (1024, 458)
"""What the frame leaves to the page at 200 % in the smallest window."""


@pytest.mark.parametrize("step", ["PRV-09", "RET-02", "NOT-03", "PAT-03"])
def test_at_twice_the_size_the_first_line_is_read_without_scrolling(
    qtbot: QtBot, qapp: QApplication, step: str
) -> None:
    Theme.apply(qapp, 2.0, "light")
    page = opened(qtbot, new_desk(new_case("rancongiciel"), None), step)  # type: ignore[arg-type]
    page.resize(*UNDER_THE_BARS)
    panel = panel_of(page)
    qtbot.waitUntil(panel.later.isVisible)
    line = panel.lines.findChildren(Body)[0]

    def is_read() -> bool:
        view = panel.scroller.viewport()
        return line.mapTo(view, QPoint(0, line.height())).y() <= view.height()

    qtbot.waitUntil(is_read, timeout=2000)
    Theme.apply(qapp, 1.0, "light")


def test_little_room_puts_rare_answers_in_a_menu_and_warnings_on_one_line(qtbot: QtBot) -> None:
    page = opened(qtbot, new_desk(new_case("rancongiciel"), None), "PRV-09")  # type: ignore[arg-type]
    panel = panel_of(page)
    page.resize(1400, 300)
    assert panel.foot.more.isVisible()
    assert not panel.buttons["block"].isVisible()
    assert [notice.isVisible() for notice in panel.notices.notices] == [False, False]
    panel.notices.lines[1].click()
    assert [notice.isVisible() for notice in panel.notices.notices] == [False, True]
    panel.foot.menu.actions()[0].trigger()
    assert isinstance(over(page), BlockQuestion)
    page.resize(1400, 900)
    assert [notice.isHidden() for notice in panel.notices.notices] == [False, False]
    assert panel.foot.more.isHidden()
