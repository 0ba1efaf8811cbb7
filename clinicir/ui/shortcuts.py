"""Keys of each action: standard ones where Qt has them, never a digit, never Ctrl+Alt."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtGui import QKeySequence

_Standard = QKeySequence.StandardKey

Keys = str | QKeySequence.StandardKey

WINDOWS: Mapping[str, Keys] = MappingProxyType(
    {
        "new_incident": _Standard.New,
        "home": "Alt+Home",
        "next_step": "Alt+Right",
        "previous_step": "Alt+Left",
        "done": "Ctrl+Return",
        "next_tab": "Ctrl+Tab",
        "previous_tab": "Ctrl+Shift+Tab",
        "next_panel": "F6",
        "previous_panel": "Shift+F6",
        "next_missing": "F8",
        "previous_missing": "Shift+F8",
        "add_evidence": "Ctrl+J",
        "paste_evidence": "Ctrl+Shift+V",
        "note": "Ctrl+Shift+N",
        "search": _Standard.Find,
        "export_dossier": "Ctrl+Shift+E",
        "print": _Standard.Print,
        "save": _Standard.Save,
        "save_pdf": "Ctrl+Shift+S",
        "copy_next": "Ctrl+Shift+C",
        "larger": _Standard.ZoomIn,
        "smaller": _Standard.ZoomOut,
        "lock": "Ctrl+L",
        "settings": "Ctrl+,",
        "help_page": "F1",
        "undo": _Standard.Undo,
        "redo": _Standard.Redo,
        "cut": _Standard.Cut,
        "copy": _Standard.Copy,
        "paste": _Standard.Paste,
        "full_screen": "F11",
        "quit": "Alt+F4",
    }
)
MACOS: Mapping[str, Keys] = MappingProxyType(
    {
        **WINDOWS,
        "home": "Ctrl+Shift+H",
        "next_step": "Ctrl+Alt+Right",
        "previous_step": "Ctrl+Alt+Left",
        "next_tab": "Meta+Tab",
        "previous_tab": "Meta+Shift+Tab",
        "full_screen": "Meta+Ctrl+F",
        "minimize": "Ctrl+M",
        "quit": "Ctrl+Q",
    }
)
"""Qt calls the Command key Ctrl there, and the Control key Meta."""
_MORE_ON_MACOS: Mapping[str, str] = MappingProxyType({"help_page": "Ctrl+?"})


def keys_of(action: str, platform: str = sys.platform) -> QKeySequence:
    """Empty when the action has none."""
    keys = (MACOS if platform == "darwin" else WINDOWS).get(action, "")
    return QKeySequence(keys)


def all_keys_of(action: str, platform: str = sys.platform) -> list[QKeySequence]:
    """With what a person may know from other programs."""
    more = _MORE_ON_MACOS.get(action) if platform == "darwin" else None
    keys = [keys_of(action, platform), QKeySequence(more or "")]
    return [each for each in keys if not each.isEmpty()]
