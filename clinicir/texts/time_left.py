"""How long is left before a deadline, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from clinicir.texts.durations import duration
from clinicir.texts.typography import NO_BREAK


def left(due_at: datetime, now: datetime) -> str:
    """`il reste 52 h 20`, or since when the time is over; a deadline is met to its last second."""
    span = due_at - now
    if span < timedelta(0):
        return f"délai dépassé de {duration(span)}"
    return f"il reste {duration(span)}"


def clock_phrase(label: str, due_at: datetime, now: datetime) -> str:
    """`CNIL : il reste 52 h 20`."""
    return f"{label}{NO_BREAK}: {left(due_at, now)}"
