"""Watch on the clock of the computer: a step is recorded, never mended (security design 3.4)."""

from __future__ import annotations

from datetime import UTC, datetime

from clinicir.domain.audit import EntryDraft
from clinicir.domain.clock import in_utc

PROGRAM = "clinicir"
"""Who signs the entries that the vault writes by itself."""
_SLACK_MS = 2000
_DRIFT = 5000
"""One part in 5,000 (0.02 %) of the elapsed time is ordinary drift."""
_BACKWARDS_MS = 120_000


def utc_text(instant: datetime) -> str:
    """`YYYY-MM-DDThh:mm:ss.mmmZ`, the wall clock of an entry; milliseconds cut, not rounded."""
    return in_utc(instant).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_of(text: str) -> datetime:
    """Reverse of `utc_text`; ValueError when no such instant exists."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _milliseconds(later: datetime, earlier: datetime) -> int:
    gap = later - earlier
    return (gap.days * 86_400 + gap.seconds) * 1000 + gap.microseconds // 1000


class TimeWatch:
    """Compares the wall clock with the counter inside one start, and with the last entry before."""

    def __init__(self, last_entry_at: datetime | None) -> None:
        """`last_entry_at`: wall clock of the last entry of an earlier start, None when none."""
        self._before = last_entry_at
        self._last: tuple[datetime, int] | None = None

    def notice(self, now: datetime, monotonic_ms: int) -> EntryDraft | None:
        """The entry to write before the next one, if the clock moved by itself."""
        now = in_utc(now)
        if self._last is None:
            before = self._before
            if before is None or _milliseconds(before, now) <= _BACKWARDS_MS:
                return None
            return self._draft("clock.backwards", before, now, _milliseconds(now, before))
        wall, elapsed = _milliseconds(now, self._last[0]), monotonic_ms - self._last[1]
        if abs(wall - elapsed) <= _SLACK_MS + abs(elapsed) // _DRIFT:
            return None
        return self._draft("clock.step", self._last[0], now, wall - elapsed)

    def remember(self, now: datetime, monotonic_ms: int) -> None:
        """Compare the next moment with this one; to call once its notice, if any, is durable."""
        self._last = (in_utc(now), monotonic_ms)

    @staticmethod
    def _draft(kind: str, before: datetime, now: datetime, delta_ms: int) -> EntryDraft:
        return EntryDraft(
            kind,
            None,
            PROGRAM,
            detail={"from": utc_text(before), "to": utc_text(now), "delta_ms": delta_ms},
        )
