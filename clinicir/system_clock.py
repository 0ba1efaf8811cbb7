"""The clock of the machine, in the time zone of the practice."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """Implements `clinicir.domain.clock.Clock`."""

    def __init__(self, zone: ZoneInfo) -> None:
        """`zone` gives the offset that entries are written with."""
        self._zone = zone

    def now(self) -> datetime:
        """Wall clock of the machine."""
        return datetime.now(self._zone)

    def monotonic_ms(self) -> int:
        """Milliseconds that also count while the computer sleeps, where the system offers it.

        `time.monotonic` does on Windows and macOS; Linux needs CLOCK_BOOTTIME (security.md 3.4).
        """
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
        return time.monotonic_ns() // 1_000_000
