"""Dates, numbers and sizes the French way. The only module that knows Babel.

An aware instant is written in the time zone given, else in the offset that it carries; naive ones
are a bug of the caller (`ValueError`). Results hold no-break spaces, never a breaking one inside a
number or between a number and its unit.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import Decimal

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from clinicir.texts.typography import NO_BREAK

_FRENCH = Locale("fr", "FR")
_UNITS = ("octets", "Kio", "Mio", "Gio", "Tio")


def number(value: int | Decimal | float, decimals: int = 0) -> str:
    """`1 500`, `12,5`: groups separated by U+202F."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_FRENCH)


def file_size(size_bytes: int) -> str:
    """`512 octets`, `1,5 Mio`: powers of 1024, one decimal from Kio up."""
    if size_bytes < 1024:
        return f"{number(size_bytes)}{NO_BREAK}{'octet' if size_bytes < 2 else 'octets'}"
    size, unit = float(size_bytes), 0
    # 1023.95 would print as 1024,0: the next unit is taken a little early.
    while size >= 1023.95 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{number(size, 1).removesuffix(',0')}{NO_BREAK}{_UNITS[unit]}"


def long_day(day: date) -> str:
    """`mardi 24 novembre 2026`; the first of a month is `1er`. Breaks after the weekday only."""
    weekday, number_, month, year = format_date(day, "EEEE d MMMM y", locale=_FRENCH).split(" ")
    ordinal = "1er" if day.day == 1 else number_
    return f"{weekday} {ordinal}{NO_BREAK}{month}{NO_BREAK}{year}"


def short_day(day: date) -> str:
    """`24/11/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def clock_time(at: datetime, zone: tzinfo | None = None) -> str:
    """`19 h 40`, and `9 h` on the hour."""
    local = _local(at, zone)
    hour = f"{local.hour}{NO_BREAK}h"
    return f"{hour}{NO_BREAK}{local.minute:02d}" if local.minute else hour


def long_instant(at: datetime, zone: tzinfo | None = None) -> str:
    """`mardi 24 novembre 2026 à 19 h 40`."""
    local = _local(at, zone)
    return f"{long_day(local.date())} à{NO_BREAK}{clock_time(local)}"


def short_instant(at: datetime, zone: tzinfo | None = None) -> str:
    """`24/11/2026 19:40`, for the tables of papers."""
    local = _local(at, zone)
    return f"{short_day(local.date())}{NO_BREAK}{local:%H:%M}"


def table_instant(at: datetime, zone: tzinfo | None = None) -> str:
    """`24/11/2026 19 h 40`, for what is read on the screen, one under the other."""
    local = _local(at, zone)
    return f"{short_day(local.date())}{NO_BREAK}{local.hour}{NO_BREAK}h{NO_BREAK}{local.minute:02d}"


def exact_instant(at: datetime, zone: tzinfo | None = None) -> str:
    """`24/11/2026 19:40:05 (UTC+01:00)`, for proofs: never ambiguous, even in October."""
    local = _local(at, zone)
    offset = local.isoformat(timespec="seconds")[19:]
    offset = "+00:00" if offset == "Z" else offset
    return f"{short_day(local.date())}{NO_BREAK}{local:%H:%M:%S}{NO_BREAK}(UTC{offset})"


def _local(at: datetime, zone: tzinfo | None) -> datetime:
    if at.tzinfo is None:
        raise ValueError("naive instant")
    return at if zone is None else at.astimezone(zone)
