"""Size of the text and colours that somebody chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinicir.ui.theme import MODES, SCALES, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication


class Look:
    """Size of the text and colours, kept in the settings of this computer."""

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        """Nothing is worn before `wear`."""
        self._application, self._settings = application, settings

    def wear(self) -> None:
        """Dress the whole application as the settings say."""
        Theme.apply(self._application, self.scale, self.mode)

    def choose(self, mode: str) -> None:
        """One of `theme.MODES`."""
        self._settings.setValue("look/mode", mode)
        self.wear()

    def resize(self, scale: float) -> None:
        """One of `theme.SCALES`."""
        self._settings.setValue("look/scale", scale)
        self.wear()

    def zoom(self, by: int) -> None:
        """One size up or down."""
        size = SCALES.index(self.scale) + by
        self.resize(SCALES[max(0, min(len(SCALES) - 1, size))])

    @property
    def mode(self) -> str:
        """What was chosen; `system` when the settings say something else."""
        kept = str(self._settings.value("look/mode", "system"))
        return kept if kept in MODES else "system"

    @property
    def scale(self) -> float:
        """The size that comes nearest to what is kept."""
        try:
            kept = float(str(self._settings.value("look/scale", 1.0)))
        except ValueError:
            return SCALES[0]
        return min(SCALES, key=lambda size: abs(size - kept))
