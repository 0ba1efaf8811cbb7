"""Editors of days and instants: typed as people write them, or now."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QMenu, QSizePolicy, QWidget, QWidgetAction

from clinicir.texts.encoders import clock_time, short_day
from clinicir.texts.screens_widgets import (
    BAD_DAY,
    BAD_HOUR,
    CALENDAR,
    DAY,
    DAY_FORM,
    DAY_MISSING,
    HOUR,
    HOUR_FORM,
    HOUR_MISSING,
    NOW,
)
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Button, Compact, Quiet
from clinicir.ui.widgets.editors import Line
from clinicir.ui.widgets.flow import Flow
from clinicir.ui.widgets.tooltip import explain_on_hover

_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d{2}))?")
_HOUR = re.compile(r"(\d{1,2})(?:\s*[hH:.]\s*(\d{2})?)?(?:\s*min)?|(\d{2})(\d{2})")


def read_day(text: str, today: date) -> date | None:
    """`21/11/2026`, `21.11.26`, or `21/11` for the last one that is not after today."""
    found = _DAY.fullmatch(_plain(text))
    if found is None:
        return None
    day, month, year = (int(part) if part else 0 for part in found.groups())
    try:
        if year:
            return date(year + 2000 if year < 100 else year, month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year <= today else date(today.year - 1, month, day)
    except ValueError:
        return None


def read_hour(text: str) -> time | None:
    """`19 h 40`, `19h40`, `19:40`, `1940`, `19 h`, `19`."""
    found = _HOUR.fullmatch(_plain(text))
    if found is None:
        return None
    hour, minute = found[1] or found[3], found[2] or found[4] or "0"
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def _plain(text: str) -> str:
    return " ".join(text.split())


class _Short(Line):
    """As wide as what is typed in it, at any size of the text."""

    def __init__(self, sample: str) -> None:
        super().__init__(20)
        self._sample = sample
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        room = self.fontMetrics().horizontalAdvance(self._sample) + px(44)
        return QSize(room, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Day(QWidget):
    """A day, typed or taken from a calendar."""

    edited = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.line: Line = _Short("00/00/0000")
        self.line.setPlaceholderText(DAY_FORM)
        self.line.setAccessibleName(DAY)
        self._pick = Quiet("", "calendar")
        self._pick.setAccessibleName(CALENDAR)
        explain_on_hover(self._pick, CALENDAR)
        self._pick.clicked.connect(self._open_calendar)
        row = Flow(self.line, self._pick, gap=px(4))
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
        self.setFocusProxy(self.line)
        self.line.edited.connect(self.edited.emit)
        self.line.editingFinished.connect(self._tidy)

    @property
    def problem(self) -> str | None:
        """What to say when the words are not a day."""
        return BAD_DAY if self.line.value() and self.value() is None else None

    def value(self) -> date | None:
        """The day, None when there is none or when it cannot be read."""
        return read_day(self.line.text(), _today())

    def set_value(self, value: date | None) -> None:
        """Show another day, without telling."""
        self.line.setText(short_day(value) if value else "")

    def _tidy(self) -> None:
        if (found := self.value()) is not None:
            self.set_value(found)

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QWidgetAction(menu)
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale(QLocale.Language.French, QLocale.Country.France))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.value() or _today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(lambda day: self._picked(day, menu))
        calendar.clicked.connect(lambda day: self._picked(day, menu))
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self._pick.mapToGlobal(QPoint(0, self._pick.height())))

    def _picked(self, day: QDate, menu: QMenu) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        menu.close()
        self.edited.emit()


class Instant(QWidget):
    """A day and an hour in the time zone of the practice."""

    edited = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """Empty; `zone` is that of the practice."""
        super().__init__()
        self._zone = zone
        self.day, self.hour = Day(), _Short("00 h 00")
        self.hour.setPlaceholderText(HOUR_FORM)
        self.hour.setAccessibleName(HOUR)
        self._now: Button = Compact(NOW, "clock")
        self._now.clicked.connect(self._set_now)
        row = Flow(self.day, self.hour, self._now, gap=px(8))
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
        self.setFocusProxy(self.day.line)
        self.day.edited.connect(self.edited.emit)
        self.hour.edited.connect(self.edited.emit)
        self.hour.editingFinished.connect(self._tidy)

    @property
    def problem(self) -> str | None:
        """What to say when the words are not an instant, or only half of one."""
        if self.day.problem is not None:
            return self.day.problem
        day, hour = self.day.value(), read_hour(self.hour.text())
        if self.hour.value() and hour is None:
            return BAD_HOUR
        if (day is None) != (hour is None):
            return DAY_MISSING if day is None else HOUR_MISSING
        return None

    def value(self) -> datetime | None:
        """Aware instant in the zone; None when it is not complete.

        An hour that the change of March skips is moved on by an hour; the second of the two in
        October must be set by `set_value`, since nobody types which one they mean.
        """
        day, hour = self.day.value(), read_hour(self.hour.text())
        if day is None or hour is None:
            return None
        return datetime.combine(day, hour, self._zone).astimezone(UTC).astimezone(self._zone)

    def set_value(self, value: datetime | None) -> None:
        """Show another instant, without telling."""
        local = value.astimezone(self._zone) if value else None
        self.day.set_value(local.date() if local else None)
        self.hour.setText(clock_time(local) if local else "")

    def _tidy(self) -> None:
        if (found := read_hour(self.hour.text())) is not None:
            self.hour.setText(clock_time(datetime.combine(date(2026, 1, 1), found, UTC)))

    def _set_now(self) -> None:
        self.set_value(_present())
        self.edited.emit()


def _present() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _present().astimezone().date()
