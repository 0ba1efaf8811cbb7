"""Words of the entrance that tell a time: apart, for the first window has none to tell."""

from __future__ import annotations

from datetime import datetime

from clinicir.texts.durations import duration
from clinicir.texts.encoders import long_instant


def held_since(at: datetime) -> str:
    """Since when somebody else has it open."""
    return f"Il y est ouvert depuis le {long_instant(at)}."


def limit_in(at: datetime, now: datetime) -> str:
    """While locked: when, never what nor for whom."""
    if at < now:
        return f"1 échéance dépassée de {duration(now - at)}"
    return f"1 échéance dans {duration(at - now)}"
