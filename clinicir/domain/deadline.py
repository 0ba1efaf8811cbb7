"""When a duty is due, and how much is left.

Every instant returned carries a *fixed* offset, that of the practice at that moment, and never a
`ZoneInfo`: between two values of one `ZoneInfo` Python subtracts and compares the wall clock, which
is an hour wrong across a change of hour.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import IntEnum
from zoneinfo import ZoneInfo

from clinicir.domain.clock import in_utc
from clinicir.domain.obligation import DeadlineRule, Unit

END_OF_DAY = time(23, 59, 59)
_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Where the practice is: its time zone and the days that are off there."""

    zone: ZoneInfo
    is_holiday: Callable[[date], bool]

    def is_working(self, day: date) -> bool:
        """Neither Saturday, nor Sunday, nor a public holiday (`jours ouvres`)."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)


def due_at(
    rule: DeadlineRule, origin_at: datetime, calendar: Calendar, amount: int | None = None
) -> datetime | None:
    """The last moment of a duty, or None when it has no hour (immediate, none).

    Hours are strict: elapsed time, weekends and holidays included, whatever the clocks do
    (cnil.md 3.2). Days, working days and months end at 23:59:59 local time; the day of the origin
    is not counted. A day that a month lacks becomes its last one. `amount` replaces that of the
    rule (period of the insurance contract). ValueError: naive origin or negative amount.
    """
    count = rule.amount if amount is None else amount
    if count < 0:
        raise ValueError("negative amount")
    if rule.unit in (Unit.IMMEDIATE, Unit.NONE):
        return None
    if rule.unit is Unit.HOURS:
        return in_zone(in_utc(origin_at) + timedelta(hours=count), calendar.zone)
    start = in_zone(origin_at, calendar.zone).date()
    if rule.unit is Unit.DAYS:
        last = start + count * _DAY
    elif rule.unit is Unit.WORKING_DAYS:
        last = add_working_days(start, count, calendar)
    else:
        last = add_months(start, count)
    return end_of(last, calendar.zone)


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after `start`, which is not counted itself."""
    day = start
    while count > 0:
        day += _DAY
        count -= calendar.is_working(day)
    return day


def add_months(start: date, count: int) -> date:
    """Same day `count` months later, or the last day of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """23:59:59 of a local day."""
    return in_zone(datetime.combine(day, END_OF_DAY, zone), zone)


def in_zone(instant: datetime, zone: ZoneInfo) -> datetime:
    """The same instant with the fixed offset that the zone has at that moment."""
    there = in_utc(instant).astimezone(zone)
    offset = there.utcoffset()
    if offset is None:
        raise ValueError("zone without offset")
    return there.replace(tzinfo=timezone(offset), fold=0)


class Urgency(IntEnum):
    """Threshold last crossed; the greater, the more urgent."""

    FAR = 0
    UNDER_48_H = 1
    UNDER_24_H = 2
    UNDER_12_H = 3
    UNDER_6_H = 4
    UNDER_2_H = 5
    UNDER_1_H = 6
    PAST = 7


_THRESHOLDS = (
    (1, Urgency.UNDER_1_H),
    (2, Urgency.UNDER_2_H),
    (6, Urgency.UNDER_6_H),
    (12, Urgency.UNDER_12_H),
    (24, Urgency.UNDER_24_H),
    (48, Urgency.UNDER_48_H),
)


@dataclass(frozen=True)
class Remaining:
    """Whole seconds left, rounded down; negative once the hour is past."""

    seconds: int

    @property
    def overdue(self) -> bool:
        """The very last second is still in time."""
        return self.seconds < 0

    @property
    def urgency(self) -> Urgency:
        """`UNDER_48_H` from exactly 48 hours left, and so on."""
        if self.overdue:
            return Urgency.PAST
        for hours, urgency in _THRESHOLDS:
            if self.seconds <= hours * 3600:
                return urgency
        return Urgency.FAR


def remaining(due: datetime, now: datetime) -> Remaining:
    """What is left at `now`, in real elapsed time."""
    return Remaining((in_utc(due) - in_utc(now)) // timedelta(seconds=1))


def readings(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants that a wall clock showing `local` (naive) may mean.

    One as a rule; two in the autumn hour that comes twice, earlier first; none in the spring hour
    that is skipped.
    """
    if local.tzinfo is not None:
        raise ValueError("naive local time expected")
    candidates = {in_zone(local.replace(tzinfo=zone, fold=fold), zone) for fold in (0, 1)}
    return tuple(sorted(moment for moment in candidates if moment.replace(tzinfo=None) == local))


def ambiguous(local: datetime, zone: ZoneInfo) -> bool:
    """True in the autumn hour that comes twice: the person must say which one."""
    return len(readings(local, zone)) > 1
