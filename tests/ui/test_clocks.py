"""Clock texts at every threshold, across the change of hour, and far from Paris (ux 8.9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from clinicir.services.views.home import home_view
from clinicir.ui.widgets.state import THRESHOLDS, Countdown
from tests.fakes import PRACTICE, FakeClock, new_case

NOW = datetime(2026, 11, 21, 18, 40, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
LEFT = "CNIL\u00a0: il reste "


def announced(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every event given to the screen reader."""
    events: list[object] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", events.append)
    return events


@pytest.mark.parametrize(
    ("hours", "text", "tone"),
    [
        (72, f"{LEFT}72\u00a0h", "info"),
        (48, f"{LEFT}48\u00a0h", "info"),
        (24, f"{LEFT}24\u00a0h", "warn"),
        (12, f"{LEFT}12\u00a0h", "warn"),
        (6, f"{LEFT}6\u00a0h", "warn"),
        (2, f"{LEFT}2\u00a0h", "warn"),
        (1, f"{LEFT}1\u00a0h", "warn"),
        (0, f"{LEFT}moins d\u2019une minute", "warn"),
        (-3, "CNIL\u00a0: d\u00e9lai d\u00e9pass\u00e9 de 3\u00a0h", "danger"),
    ],
)
def test_the_words_at_each_threshold(qtbot: QtBot, hours: int, text: str, tone: str) -> None:
    clock = Countdown("CNIL", NOW + timedelta(hours=hours), NOW)
    qtbot.addWidget(clock)
    assert (clock.text, clock.property("pill")) == (text, tone)


def test_each_threshold_is_announced_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = NOW + timedelta(hours=72)
    clock = Countdown("CNIL", due, NOW)
    qtbot.addWidget(clock)
    events = announced(monkeypatch)
    for minute in range(1, 75 * 60, 7):
        clock.tick(NOW + timedelta(minutes=minute))
    assert len(events) == len(THRESHOLDS)


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-10-23T20:00:00+02:00", f"{LEFT}72\u00a0h"),
        ("2026-10-24T20:00:00+02:00", f"{LEFT}48\u00a0h"),
        ("2026-10-25T02:30:00+02:00", f"{LEFT}41\u00a0h\u00a030"),
        ("2026-10-25T02:30:00+01:00", f"{LEFT}40\u00a0h\u00a030"),
        ("2026-10-26T18:00:00+01:00", f"{LEFT}1\u00a0h"),
    ],
)
def test_hours_are_counted_across_the_change_of_october(
    qtbot: QtBot, now: str, text: str
) -> None:
    session = new_case(
        facts={"personal_data": "yes"}, instants={"T_BREACH": "2026-10-23T20:00:00+02:00"},
        at=datetime.fromisoformat("2026-10-23T20:00:00+02:00"),
    )  # fmt: skip
    fake = session.clock
    assert isinstance(fake, FakeClock)
    # As the clock of the program gives it: on the wall of Paris, with its time zone.
    fake.at = datetime.fromisoformat(now).astimezone(PARIS)
    limit = home_view(session).running[0].limit
    assert limit is not None
    clock = Countdown("CNIL", limit.due_at, fake.at)
    qtbot.addWidget(clock)
    assert clock.text == text


def test_overseas_the_same_hours_are_left(qtbot: QtBot) -> None:
    session = new_case(
        practice={**PRACTICE, "department": "974"}, facts={"personal_data": "yes"},
        instants={"T_BREACH": "2027-01-12T19:00:00+04:00"},
    )  # fmt: skip
    view = home_view(session)
    limit = view.running[0].limit
    assert limit is not None
    assert limit.due_at.isoformat() == "2027-01-15T19:00:00+04:00"
    clock = Countdown("CNIL", limit.due_at, view.now)
    qtbot.addWidget(clock)
    assert clock.text == f"{LEFT}70\u00a0h\u00a050"
