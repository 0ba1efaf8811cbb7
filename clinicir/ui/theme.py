"""Colours, sizes and fonts: the tokens of the look, and their one application to Qt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from clinicir.ui.focus_ring import FocusRing
from clinicir.ui.style_sheet import style_sheet

Tokens = Mapping[str, str]

MODES = ("system", "light", "dark", "contrast")
SCALES = (1.0, 1.25, 1.5, 2.0)
_FIRST_FONTS = ("Inter-Regular", "Inter-SemiBold", "Inter-Bold")
_OTHER_FONTS = ("Inter-Italic", "JetBrainsMono-Regular")
_READER_FACTOR = 1.15
"""The system's own size is a little small for someone whose hands shake."""


def _tokens(**colours: str) -> Tokens:
    return MappingProxyType(colours)


LIGHT = _tokens(
    window="#F5F7F9", surface="#FFFFFF", sunken="#ECF0F4", text="#18212B", muted="#475364",
    border="#7A8797", hairline="#DBE1E8", primary="#0B5A70", primary_hover="#094A5C",
    primary_soft="#E4F1F5", on_primary="#FFFFFF", focus="#0B57D0",
    danger="#A61B1B", danger_soft="#FDECEC", warn="#7A4A00", warn_soft="#FFF3D6",
    ok="#14633A", ok_soft="#E6F4EA", info="#0B4F8A", info_soft="#E8F1FB",
    drill="#6A1B9A", drill_soft="#F4E8FB",
)  # fmt: skip
DARK = _tokens(
    window="#12171D", surface="#1B232C", sunken="#161D25", text="#E9EEF3", muted="#B5C0CC",
    border="#8391A1", hairline="#323D49", primary="#7CCDE3", primary_hover="#9DDCEC",
    primary_soft="#173541", on_primary="#06242E", focus="#9EC1FF",
    danger="#FF9B94", danger_soft="#3A1618", warn="#FFCB66", warn_soft="#33260A",
    ok="#86D9A3", ok_soft="#12301E", info="#9CC8F5", info_soft="#112A42",
    drill="#DDB0F5", drill_soft="#2E1A3B",
)  # fmt: skip
CONTRAST = _tokens(
    window="#000000", surface="#000000", sunken="#000000", text="#FFFFFF", muted="#FFFFFF",
    border="#FFFFFF", hairline="#FFFFFF", primary="#FFE45C", primary_hover="#FFF0A0",
    primary_soft="#000000", on_primary="#000000", focus="#5CE1FF",
    danger="#FFB3AD", danger_soft="#000000", warn="#FFD98A", warn_soft="#000000",
    ok="#A5F0BF", ok_soft="#000000", info="#B9DAFF", info_soft="#000000",
    drill="#EBCBFF", drill_soft="#000000",
)  # fmt: skip
TABLES: Mapping[str, Tokens] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
)


class Theme(NamedTuple):
    """What is applied: one table of colours, one factor, one body size."""

    name: str = "light"
    scale: float = 1.0
    points: float = 10.4
    """Size of the body text; all others are multiples of it."""

    def colour(self, token: str) -> str:
        """`#RRGGBB` of a token; an unknown one is a bug of the caller (`KeyError`)."""
        return TABLES[self.name][token]

    @staticmethod
    def apply(app: QApplication, scale: float = 1.0, mode: str = "system") -> Theme:
        """Dress the whole application, whose style is Fusion; may be called again at any time.

        `scale` from 1.0 to 2.0 multiplies text and spaces; `mode` is one of `MODES`.
        """
        theme = Theme(_table_for(mode), scale, _body_points(scale))
        _Applied.theme = theme
        app.setPalette(_palette(theme))
        font = QFont("Inter")
        font.setPointSizeF(theme.points)
        app.setFont(font)
        app.setStyleSheet(style_sheet(theme.name, TABLES[theme.name], theme.points, px))
        FocusRing.follow(app, lambda: _Applied.theme.colour("focus"), px)
        return theme


class _Applied:
    """A style belongs to the process, as in Qt itself: there is one at a time."""

    theme = Theme()


def current() -> Theme:
    """The theme last applied."""
    return _Applied.theme


def px(length: float) -> int:
    """A length of the drawings (100 %) in pixels of the applied scale."""
    return round(length * _Applied.theme.scale)


def colour(token: str) -> QColor:
    """A token as Qt wants it."""
    return QColor(_Applied.theme.colour(token))


def use_resources(folder: Path) -> None:
    """Say where `icons/` and `fonts/` are; called once, before the first `Theme.apply`.

    Raises FileNotFoundError when a font cannot be read: the layout would be wrong everywhere.
    """
    use_first_resources(folder)
    use_other_fonts(folder)


def use_first_resources(folder: Path) -> None:
    """What the entrance is drawn with; `use_other_fonts` brings the rest."""
    QDir.setSearchPaths("icons", [str(folder / "icons")])
    _add_fonts(folder, _FIRST_FONTS)


def use_other_fonts(folder: Path) -> None:
    """Fonts that only pages behind the door show."""
    _add_fonts(folder, _OTHER_FONTS)


def _add_fonts(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        if QFontDatabase.addApplicationFont(str(folder / "fonts" / f"{name}.ttf")) < 0:
            raise FileNotFoundError(folder / "fonts" / f"{name}.ttf")


def clock_font(factor: float = 1.0, *, bold: bool = True) -> QFont:
    """Digits of one width, so that a clock does not move when it counts."""
    font = QFont("Inter")
    font.setPointSizeF(_Applied.theme.points * factor)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _table_for(mode: str) -> str:
    if mode in TABLES:
        return mode
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


def _body_points(scale: float) -> float:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return round(max(system, 9.0) * _READER_FACTOR * scale, 1)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, token in {
        role.Window: "window", role.WindowText: "text", role.Base: "surface",
        role.AlternateBase: "sunken", role.Text: "text", role.Button: "surface",
        role.ButtonText: "text", role.BrightText: "danger", role.Link: "primary",
        role.LinkVisited: "primary", role.Highlight: "primary",
        role.HighlightedText: "on_primary", role.PlaceholderText: "muted",
        role.ToolTipBase: "surface", role.ToolTipText: "text", role.Mid: "border",
        role.Accent: "primary",
    }.items():  # fmt: skip
        palette.setColor(name, QColor(theme.colour(token)))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.colour("muted")))
    return palette
