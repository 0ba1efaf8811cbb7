"""The band of the window, its watch, the page of reminders, and the question at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.services import reminders, steps
from clinicir.services.session import Session
from clinicir.texts import screens_reminders as say
from clinicir.ui import window_parts
from clinicir.ui.desk import Desk, Place
from clinicir.ui.main_window import MainWindow
from clinicir.ui.pages.reminders import RemindersPage
from clinicir.ui.registry import PAGES
from clinicir.ui.reminder_watch import ReminderWatch
from clinicir.ui.theme import Theme
from clinicir.ui.widgets.reminder_band import ReminderBand
from clinicir.ui.widgets.text import Text
from clinicir.ui.window_parts import whole_window
from tests.fakes import BY, INCIDENT, FakeClock, new_case, new_session, store_of
from tests.ui.checks import check_page, settle
from tests.ui.fakes import DirectJobs, new_desk, window_of

DUE = datetime.fromisoformat("2027-01-15T16:00:00+01:00")
PRINTER = PaperPrinter("0123456789abcdef" * 2, paths.fonts())


def a_case(left: timedelta) -> Session:
    """The CNIL is owed its notification in `left`."""
    session = new_case(
        facts={"personal_data": "yes"}, instants={"T_BREACH": "2027-01-12T16:00:00+01:00"}
    )
    clock = session.clock
    assert isinstance(clock, FakeClock)
    clock.at = DUE - left
    return session


def watched(qtbot: QtBot, session: Session) -> tuple[ReminderBand, ReminderWatch, FakeClock]:
    band = ReminderBand()
    qtbot.addWidget(band)
    watch = ReminderWatch(new_desk(session, PRINTER), band)
    watch.read()
    clock = session.clock
    assert isinstance(clock, FakeClock)
    return band, watch, clock


def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(ReminderBand, "_announce", lambda _, text: told.append(text))
    return told


def words(page: RemindersPage) -> str:
    return "\n".join(part.text() for part in page.findChildren(Text))


# --- the band ----------------------------------------------------------------------------------


def test_nothing_is_said_before_the_last_day(qtbot: QtBot) -> None:
    band, watch, clock = watched(qtbot, a_case(timedelta(hours=25)))
    assert band.text == ""
    clock.advance(hours=2)
    watch.look_at_clock()
    assert band.text.startswith("Rappel\u00a0: CNIL, il reste 23\u00a0h")


def test_a_limit_that_is_past_says_since_when(qtbot: QtBot) -> None:
    band, _, _ = watched(qtbot, a_case(timedelta(hours=-3)))
    assert "dépassé de 3\u00a0h" in band.text


def test_it_speaks_at_thresholds_only(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told = spoken(monkeypatch)
    _, watch, clock = watched(qtbot, a_case(timedelta(hours=7)))
    assert len(told) == 1
    clock.advance(minutes=30)
    watch.look_at_clock()
    assert len(told) == 1
    clock.advance(minutes=31)
    watch.look_at_clock()
    assert len(told) == 2


def test_a_step_whose_hour_has_come_leads_back_to_it(qtbot: QtBot) -> None:
    session = a_case(timedelta(hours=60))
    retry = session.clock.now() + timedelta(hours=1)
    steps.block(session, INCIDENT, "ALR-01", "personne ne répond", "éditeur", retry, BY)
    band, watch, clock = watched(qtbot, session)
    assert band.text == ""
    clock.advance(hours=1)
    watch.look_at_clock()
    assert "étape à reprendre" in band.text
    with qtbot.waitSignal(band.asked) as asked:
        band.open.click()
    assert asked.args == [Place("steps", INCIDENT, "ALR-01")]


def test_several_limits_lead_to_the_list(qtbot: QtBot) -> None:
    session = a_case(timedelta(hours=5))
    retry = session.clock.now() - timedelta(minutes=1)
    steps.block(session, INCIDENT, "ALR-01", "personne ne répond", "éditeur", retry, BY)
    band, _, _ = watched(qtbot, session)
    assert "autre" in band.text
    with qtbot.waitSignal(band.asked) as asked:
        band.open.click()
    assert asked.args == [Place("reminders")]


def test_what_was_done_is_no_longer_recalled(qtbot: QtBot) -> None:
    session = a_case(timedelta(hours=5))
    retry = session.clock.now() - timedelta(minutes=1)
    steps.block(session, INCIDENT, "ALR-01", "personne ne répond", "éditeur", retry, BY)
    band, watch, _ = watched(qtbot, session)
    before = band.text
    steps.reopen(session, INCIDENT, "ALR-01", "il a rappelé", BY)
    watch.read()
    assert band.text != before


def test_a_clock_set_back_is_told_calmly_until_seen(qtbot: QtBot) -> None:
    band, watch, clock = watched(qtbot, a_case(timedelta(hours=60)))
    assert band.clock_text == ""
    clock.first -= timedelta(hours=2)
    clock.advance(hours=-2)
    watch.look_at_clock()
    assert band.clock_text == say.clock_went_back(timedelta(hours=2))
    band.seen.click()
    watch.look_at_clock()
    assert band.clock_text == ""


def test_a_clock_that_is_behind_the_journal_is_told_at_the_opening(qtbot: QtBot) -> None:
    session = a_case(timedelta(hours=60))
    clock = session.clock
    assert isinstance(clock, FakeClock)
    clock.at = session.case(INCIDENT).incident.opened_at - timedelta(hours=3)
    band, _, _ = watched(qtbot, session)
    assert band.clock_text == say.clock_is_behind(timedelta(hours=3))


def test_a_watch_that_stopped_leaves_nothing_on_the_screen(qtbot: QtBot) -> None:
    band, watch, _ = watched(qtbot, a_case(timedelta(hours=5)))
    assert band.text
    watch.stop()
    watch.read()
    assert band.text == ""


# --- the window --------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The real window over a case due in five hours."""
    shown = whole_window("1.0", lambda: False)
    session = a_case(timedelta(hours=5))
    names = ("home", "steps", "patients", "reminders")
    pages = {name: PAGES[name] for name in names}
    shown.open_desk(
        Desk(session, DirectJobs(), shown, PRINTER, store_of(session).verify, BY), pages
    )
    shown.resize(1024, 700)
    shown.show()
    assert shown.watch is not None
    shown.watch.read()
    yield shown
    shown.close_desk()
    shown.close()
    Theme.apply(qapp, 1.0, "light")


def test_the_band_leaves_the_height_to_the_pages_of_an_incident(
    qapp: QApplication, window: MainWindow
) -> None:
    window.go(Place("patients", INCIDENT))
    assert window.reminders.text
    Theme.apply(qapp, 2.0, "light")
    settle()
    window.reminders.tell_clock(say.clock_went_back(timedelta(hours=2)))
    assert (window.reminders.text, window.reminders.clock_text) == ("", "")
    assert window.bottom.said.text() == say.clock_went_back(timedelta(hours=2))
    assert window.height() == 700
    window.go(Place("home"))
    assert window.reminders.text
    assert window.reminders.clock_text


def test_leaving_offers_a_reminder_for_the_next_day(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_: object, title: str, *_words: str) -> bool:
        asked.append(title)
        return True

    monkeypatch.setattr(window_parts, "ask", ask)
    assert not window.close()
    assert asked == [say.LEAVE_TITLE]
    assert window.place == Place("reminders")


def test_nothing_is_asked_once_the_calendar_knows(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.go(Place("reminders"))
    page = window.page
    assert isinstance(page, RemindersPage)
    page.save_to(tmp_path / "rappels.ics")
    assert window.watch is not None
    window.watch.read()
    monkeypatch.setattr(window_parts, "ask", lambda *_: pytest.fail("asked"))
    assert window.close()


# --- the page ----------------------------------------------------------------------------------


def opened(qtbot: QtBot, desk: Desk) -> RemindersPage:
    page = RemindersPage(desk)
    qtbot.addWidget(page)
    page.resize(1024, 600)
    page.show()
    page.open_at(Place("reminders"))
    return page


def test_the_file_is_saved_where_one_chooses_and_noted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = new_desk(a_case(timedelta(hours=30)), PRINTER)
    page = opened(qtbot, desk)
    assert say.NOT_IN_CALENDAR in words(page)
    there = tmp_path / "rappels.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(there), ""))
    page.save.click()
    calendar = Calendar.from_ical(there.read_bytes())
    assert len(calendar.walk("VEVENT")) == len(reminders.limits(desk.session))
    assert say.IN_CALENDAR in words(page)
    assert window_of(desk).said == [say.SAVED]


def test_a_file_that_cannot_be_written_is_not_noted(qtbot: QtBot, tmp_path: Path) -> None:
    desk = new_desk(a_case(timedelta(hours=30)), PRINTER)
    page = opened(qtbot, desk)
    page.save_to(tmp_path)
    assert len(window_of(desk).errors) == 1
    assert store_of(desk.session).entries[-1].kind != "reminder.made"


def test_without_any_limit_the_page_says_so(qtbot: QtBot) -> None:
    page = opened(qtbot, new_desk(new_session(), PRINTER))
    assert say.EMPTY in words(page)
    assert page.bar.isHidden()


def test_past_limits_are_shown_but_no_longer_given(qtbot: QtBot) -> None:
    page = opened(qtbot, new_desk(a_case(timedelta(days=-20)), PRINTER))
    assert say.NOTHING_LEFT in words(page)
    assert say.PAST in words(page)
    assert page.bar.isHidden()


@pytest.mark.parametrize("hours", [30, -3])
def test_the_page_passes_the_checks(qtbot: QtBot, hours: int) -> None:
    check_page(opened(qtbot, new_desk(a_case(timedelta(hours=hours)), PRINTER)))
