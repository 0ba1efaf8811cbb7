"""Deadlines: the vectors of the design, and what holds for every date from 2025 to 2035."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.clock import to_wire
from clinicir.domain.deadline import (
    Calendar,
    Remaining,
    Urgency,
    ambiguous,
    due_at,
    in_zone,
    readings,
    remaining,
)
from clinicir.domain.obligation import DeadlineRule, Unit

PARIS = ZoneInfo("Europe/Paris")
ZONES = tuple(
    ZoneInfo(name)
    for name in ("Europe/Paris", "Indian/Reunion", "America/Martinique", "Pacific/Tahiti")
)


def _is_holiday(day: date) -> bool:
    """A made-up calendar, thick enough for every run of days to meet some of it."""
    return day.toordinal() % 11 == 0 or (day.month, day.day) in {(1, 1), (12, 25), (12, 26)}


def _calendar(zone: ZoneInfo = PARIS) -> Calendar:
    return Calendar(zone, _is_holiday)


def _rule(unit: Unit, amount: int = 0) -> DeadlineRule:
    return DeadlineRule(origins=("T_BREACH",), unit=unit, amount=amount)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("aware_of", "due"),
    [
        ("2026-01-15T09:12:00+01:00", "2026-01-18T09:12:00+01:00"),
        ("2026-03-27T20:00:00+01:00", "2026-03-30T21:00:00+02:00"),
        ("2026-10-23T20:00:00+02:00", "2026-10-26T19:00:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-28T01:30:00+01:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-28T02:30:00+01:00"),
        ("2024-02-27T08:00:00+01:00", "2024-03-01T08:00:00+01:00"),
        ("2026-12-31T23:30:00+01:00", "2027-01-03T23:30:00+01:00"),
        # strict reading of cnil.md 3.3
        ("2026-11-23T09:15:00+01:00", "2026-11-26T09:15:00+01:00"),
        ("2026-11-20T18:00:00+01:00", "2026-11-23T18:00:00+01:00"),
        ("2026-12-24T10:30:00+01:00", "2026-12-27T10:30:00+01:00"),
        ("2026-12-31T16:00:00+01:00", "2027-01-03T16:00:00+01:00"),
        ("2027-03-26T14:00:00+01:00", "2027-03-29T15:00:00+02:00"),
        ("2027-05-13T19:20:00+02:00", "2027-05-16T19:20:00+02:00"),
        ("2027-10-29T14:00:00+02:00", "2027-11-01T13:00:00+01:00"),
    ],
)
def test_seventy_two_hours_are_strict(aware_of: str, due: str) -> None:
    found = due_at(_rule(Unit.HOURS, 72), _at(aware_of), _calendar())
    assert found is not None
    assert to_wire(found) == due


def test_days_end_with_the_local_day_and_the_origin_is_not_counted() -> None:
    # 23:40 in Paris is already the next day in Mayotte and still the day before in Tahiti.
    origin = _at("2026-10-24T23:40:00+02:00")
    two_days = _rule(Unit.DAYS, 2)
    assert due_at(two_days, origin, _calendar()) == _at("2026-10-26T23:59:59+01:00")
    assert due_at(two_days, origin, _calendar(ZoneInfo("Indian/Mayotte"))) == _at(
        "2026-10-27T23:59:59+03:00"
    )
    tahiti = due_at(two_days, origin, _calendar(ZoneInfo("Pacific/Tahiti")))
    assert tahiti is not None
    assert to_wire(tahiti) == "2026-10-26T23:59:59-10:00"


def test_working_days_skip_week_ends_and_holidays() -> None:
    calendar = Calendar(PARIS, lambda day: day == date(2026, 12, 25))
    origin = _at("2026-12-23T18:00:00+01:00")
    # Thursday 24, (Friday 25 off, week-end), Monday 28, Tuesday 29, Wednesday 30, Thursday 31
    found = due_at(_rule(Unit.WORKING_DAYS, 5), origin, calendar)
    assert found == _at("2026-12-31T23:59:59+01:00")
    assert due_at(_rule(Unit.WORKING_DAYS, 5), origin, calendar, amount=2) == _at(
        "2026-12-28T23:59:59+01:00"
    )


@pytest.mark.parametrize(
    ("origin", "months", "due"),
    [
        ("2027-01-31T10:00:00+01:00", 1, "2027-02-28T23:59:59+01:00"),
        ("2028-01-31T10:00:00+01:00", 1, "2028-02-29T23:59:59+01:00"),
        ("2026-11-30T10:00:00+01:00", 3, "2027-02-28T23:59:59+01:00"),
        ("2026-12-15T10:00:00+01:00", 3, "2027-03-15T23:59:59+01:00"),
        ("2026-12-31T10:00:00+01:00", 12, "2027-12-31T23:59:59+01:00"),
        ("2026-06-30T23:30:00+00:00", 1, "2026-08-01T23:59:59+02:00"),
    ],
)
def test_months_keep_the_local_day_or_take_the_last_one(origin: str, months: int, due: str) -> None:
    assert due_at(_rule(Unit.MONTHS, months), _at(origin), _calendar()) == _at(due)


@pytest.mark.parametrize("unit", [Unit.IMMEDIATE, Unit.NONE])
def test_at_once_and_never_have_no_hour(unit: Unit) -> None:
    assert due_at(_rule(unit, 5), _at("2026-01-15T09:12:00+01:00"), _calendar()) is None


def test_a_naive_origin_and_a_negative_amount_are_bugs() -> None:
    with pytest.raises(ValueError, match="naive"):
        due_at(_rule(Unit.DAYS, 1), datetime(2026, 1, 1), _calendar())  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        due_at(_rule(Unit.DAYS, -1), _at("2026-01-15T09:12:00+01:00"), _calendar())


_INSTANTS = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001
    datetime(2035, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
_COUNTS = st.integers(0, 60)
_UNITS = st.sampled_from([Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS])
_ZONES = st.sampled_from(ZONES)


def _due(unit: Unit, count: int, origin: datetime, zone: ZoneInfo) -> datetime:
    found = due_at(_rule(unit, count), origin, _calendar(zone))
    assert found is not None
    return found


@given(_INSTANTS, st.integers(0, 2000), _ZONES)
def test_hours_elapse_exactly(origin: datetime, hours: int, zone: ZoneInfo) -> None:
    due = _due(Unit.HOURS, hours, origin, zone)
    assert due - origin == timedelta(hours=hours)
    assert due.utcoffset() == due.astimezone(zone).utcoffset()


@given(_INSTANTS, _INSTANTS, _COUNTS, _UNITS, _ZONES)
def test_a_later_origin_is_never_due_earlier(
    one: datetime, other: datetime, count: int, unit: Unit, zone: ZoneInfo
) -> None:
    earlier, later = sorted((one, other))
    assert _due(unit, count, earlier, zone) <= _due(unit, count, later, zone)


@given(_INSTANTS, _COUNTS, _UNITS, _ZONES)
def test_a_greater_amount_is_never_due_earlier(
    origin: datetime, count: int, unit: Unit, zone: ZoneInfo
) -> None:
    assert _due(unit, count, origin, zone) <= _due(unit, count + 1, origin, zone)


@given(_INSTANTS, st.integers(1, 30), _ZONES)
def test_adding_working_days_then_counting_them_gives_the_same_number(
    origin: datetime, count: int, zone: ZoneInfo
) -> None:
    due = _due(Unit.WORKING_DAYS, count, origin, zone)
    last = due.date()
    assert last.weekday() < 5
    assert not _is_holiday(last)
    day, counted = origin.astimezone(zone).date(), 0
    while day < last:
        day += timedelta(days=1)
        counted += day.weekday() < 5 and not _is_holiday(day)
    assert counted == count


@given(_INSTANTS, _COUNTS, st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS]), _ZONES)
def test_day_counts_end_one_second_before_a_local_midnight(
    origin: datetime, count: int, unit: Unit, zone: ZoneInfo
) -> None:
    due = _due(unit, count, origin, zone)
    assert (due.hour, due.minute, due.second) == (23, 59, 59)
    midnight = (due + timedelta(seconds=1)).astimezone(zone)
    assert (midnight.hour, midnight.minute, midnight.second) == (0, 0, 0)


@given(
    _INSTANTS,
    _COUNTS,
    _UNITS,
    _ZONES,
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_the_spelling_of_the_origin_changes_nothing(
    origin: datetime, count: int, unit: Unit, zone: ZoneInfo, other: timezone
) -> None:
    expected = _due(unit, count, origin, zone)
    assert _due(unit, count, origin.astimezone(other), zone) == expected
    assert _due(unit, count, origin.astimezone(PARIS), zone) == expected


@given(st.integers(0, 1), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS]), _COUNTS)
def test_the_hour_that_comes_twice_does_not_move_a_count_of_days(
    fold: int, unit: Unit, count: int
) -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold)
    assert _due(unit, count, twice, PARIS) == _due(unit, count, twice.replace(fold=0), PARIS)


def test_what_is_left_is_counted_in_real_time_across_the_change_of_hour() -> None:
    due = due_at(_rule(Unit.HOURS, 72), _at("2026-10-23T20:00:00+02:00"), _calendar())
    assert due is not None
    now = datetime(2026, 10, 25, 1, 0, tzinfo=PARIS)
    assert remaining(due, now) == Remaining(43 * 3600)
    assert due - in_zone(now, PARIS) == timedelta(hours=43)


@pytest.mark.parametrize(
    ("seconds", "urgency"),
    [
        (48 * 3600 + 1, Urgency.FAR),
        (48 * 3600, Urgency.UNDER_48_H),
        (24 * 3600 + 1, Urgency.UNDER_48_H),
        (24 * 3600, Urgency.UNDER_24_H),
        (12 * 3600, Urgency.UNDER_12_H),
        (6 * 3600, Urgency.UNDER_6_H),
        (2 * 3600, Urgency.UNDER_2_H),
        (3601, Urgency.UNDER_2_H),
        (3600, Urgency.UNDER_1_H),
        (0, Urgency.UNDER_1_H),
        (-1, Urgency.PAST),
    ],
)
def test_thresholds(seconds: int, urgency: Urgency) -> None:
    assert Remaining(seconds).urgency is urgency
    assert Remaining(seconds).overdue is (urgency is Urgency.PAST)


def test_half_a_second_late_is_late() -> None:
    due = _at("2026-01-18T09:12:00+01:00")
    assert not remaining(due, due).overdue
    assert remaining(due, due + timedelta(milliseconds=500)).overdue


def test_the_autumn_hour_has_two_readings_and_the_spring_hour_none() -> None:
    twice = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    assert ambiguous(twice, PARIS)
    assert [to_wire(moment) for moment in readings(twice, PARIS)] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]
    skipped = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001
    assert readings(skipped, PARIS) == ()
    assert not ambiguous(skipped, PARIS)
    assert not ambiguous(twice, ZoneInfo("Indian/Reunion"))
    with pytest.raises(ValueError, match="naive"):
        readings(_at("2026-10-25T02:30:00+02:00"), PARIS)


@given(_INSTANTS, _ZONES)
def test_every_instant_is_among_the_readings_of_its_wall_clock(
    instant: datetime, zone: ZoneInfo
) -> None:
    wall = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    assert instant in readings(wall, zone)
