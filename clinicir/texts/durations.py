"""How long is left, how late we are."""

from __future__ import annotations

from datetime import datetime, timedelta

from clinicir.texts.encoders import number
from clinicir.texts.typography import NO_BREAK, plural

_LONG = timedelta(hours=72)
"""The longest limit that the law counts in hours; beyond, hours tell nothing to anybody."""


def duration(span: timedelta) -> str:
    """`52 h 20`, `52 h`, `20 min`; beyond 72 h `6 jours`. The sign is dropped.

    Rounded down: what is left is never overstated; under a minute says so.
    """
    seconds = int(abs(span).total_seconds())
    if seconds < 60:
        return "moins d’une minute"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes}{NO_BREAK}min"
    hours, minutes = divmod(minutes, 60)
    if abs(span) <= _LONG:
        end = f"{NO_BREAK}{minutes:02d}" if minutes else ""
        return f"{hours}{NO_BREAK}h{end}"
    days = hours // 24
    return f"{number(days)}{NO_BREAK}{plural(days, 'jour')}"


def remaining(due_at: datetime, now: datetime) -> str:
    """`il reste 52 h 20`, `dépassé de 3 h`; a deadline is met up to its very second."""
    left = due_at - now
    if left < timedelta(0):
        return f"dépassé de {duration(left)}"
    return f"il reste {duration(left)}"
