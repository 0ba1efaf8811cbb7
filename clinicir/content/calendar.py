"""Public holidays: the eleven national days by the library `holidays`, local days by our data.

The only importer of `holidays`; it loads its table of France on the first question, not at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
import msgspec

from clinicir.content.toml_reader import read_toml
from clinicir.domain.deadline import Calendar
from clinicir.domain.errors import UserError

FILE = "calendar.toml"
NATIONAL = "national"

_COMMON_YEAR = 2023


@dataclass(frozen=True)
class LocalDay:
    """One day off under a local regime: fixed (`month`, `day`) or counted from Easter Sunday."""

    label: str
    source: str
    checked_on: date
    month: int = 0
    day: int = 0
    easter: int | None = None

    def in_year(self, year: int) -> date:
        """Its date in a given year."""
        if self.easter is not None:
            return easter_sunday(year) + timedelta(days=self.easter)
        return date(year, self.month, self.day)


LocalDays = Mapping[str, tuple[LocalDay, ...]]
"""Local days by regime (`alsace_moselle`, `974`...)."""


class _Day(msgspec.Struct, forbid_unknown_fields=True):
    regime: str
    label: str
    source: str
    checked_on: date
    month: int | None = None
    day: int | None = None
    easter: int | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    day: list[_Day]


def read_local_days(checklists: Path) -> LocalDays:
    """`calendar.toml` of the folder; UserError `content.*` naming file and key."""
    regimes: dict[str, tuple[LocalDay, ...]] = {}
    for n, entry in enumerate(read_toml(checklists / FILE, _File).day):
        regimes[entry.regime] = (*regimes.get(entry.regime, ()), _local_day(entry, f"day[{n}]"))
    return regimes


def holiday_calendar(regime: str, zone: str, local_days: LocalDays) -> Calendar:
    """Calendar of a practice under a regime (`national` or one of the data) in an IANA zone.

    UserError `content.unknown_reference` for a regime or a zone that does not exist.
    """
    if regime != NATIONAL and regime not in local_days:
        raise UserError("content.unknown_reference", file=FILE, key=regime)
    try:
        zone_info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise UserError("content.unknown_reference", file=FILE, key=zone) from None
    local = local_days.get(regime, ())

    @cache
    def days_off(year: int) -> frozenset[date]:
        return national_days(year) | {each.in_year(year) for each in local}

    return Calendar(zone_info, lambda day: day in days_off(day.year))


@cache
def national_days(year: int) -> frozenset[date]:
    """The eleven days of the labour code, L. 3133-1."""
    return frozenset(holidays.country_holidays("FR", years=year))


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar, by the tables of Gauss as Meeus and Butcher put them."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quarter, left = divmod(rest, 4)
    weekday = (32 + 2 * odd + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _local_day(entry: _Day, key: str) -> LocalDay:
    fixed = entry.month is not None and entry.day is not None
    if fixed == (entry.easter is not None) or (entry.month is None) != (entry.day is None):
        raise UserError("content.bad_value", file=FILE, key=key)
    if not entry.source.strip() or not entry.label.strip():
        raise UserError("content.bad_value", file=FILE, key=key)
    month, day = entry.month or 0, entry.day or 0
    if fixed:
        try:
            date(_COMMON_YEAR, month, day)
        except ValueError:
            raise UserError("content.bad_value", file=FILE, key=key) from None
    return LocalDay(entry.label, entry.source, entry.checked_on, month, day, entry.easter)
