"""What the command line asks when it asks for the window, told without reading the rest of it.

The first page must not wait for the other commands to be imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TOLD_BY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@dataclass(frozen=True)
class WindowAsked:
    """`clinicir`, `clinicir app`, `clinicir app --vault DIR --exercice`."""

    vault: Path | None = None
    exercise: bool = False


def window_asked(words: Sequence[str]) -> WindowAsked | None:
    """None for anything else, a mistake and `--help` included: `cli` answers those."""
    if list(words[:1]) not in ([], ["app"]):
        return None
    vault, exercise, left = None, False, list(words[1:])
    while left:
        word = left.pop(0)
        if word == "--exercice":
            exercise = True
        elif word == "--vault" and left and not left[0].startswith("-"):
            vault = Path(left.pop(0))
        else:
            return None
    return WindowAsked(vault, exercise)


def has_screen() -> bool:
    """Windows and macOS always have one; elsewhere the session says so in its variables."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in _TOLD_BY)
