"""Time enters the program through one door only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall clock and a counter that never goes back."""

    def now(self) -> datetime:
        """Aware instant whose offset is that of the practice."""
        ...

    def monotonic_ms(self) -> int:
        """Milliseconds since the start of the program, sleep included."""
        ...


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC; a naive one is a bug of the caller."""
    if instant.tzinfo is None:
        raise ValueError("naive instant")
    return instant.astimezone(UTC)


def offset_minutes(instant: datetime) -> int:
    """Offset from UTC in minutes, 60 or 120 in mainland France."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError("naive instant")
    return int(offset.total_seconds() // 60)


def to_wire(instant: datetime) -> str:
    """Text kept in records: ISO 8601 with the offset it was given in, seconds precision."""
    if instant.tzinfo is None:
        raise ValueError("naive instant")
    return instant.isoformat(timespec="seconds")


def from_wire(text: str) -> datetime:
    """Reverse of `to_wire`; ValueError without an offset, or when its UTC leaves the calendar."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no offset in {text!r}")
    try:
        instant.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"out of the calendar: {text!r}") from None
    return instant
