"""The tokens can be read by tired eyes, and reach Qt whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from clinicir import paths
from clinicir.ui import theme
from clinicir.ui.theme import TABLES, Theme, px, use_resources
from clinicir.ui.widgets.notice import SIGNS

GROUNDS = ("window", "surface", "sunken")
INKS = ("text", "muted", "primary")


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_its_ends() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", TABLES)
def test_words_are_read_on_every_ground(name: str) -> None:
    colours = TABLES[name]
    low = {(ink, "surface"): ratio(colours[ink], colours["surface"]) for ink in INKS}
    low |= {(tone, "surface"): ratio(colours[tone], colours["surface"]) for tone in SIGNS}
    low[("on_primary", "primary")] = ratio(colours["on_primary"], colours["primary"])
    low[("on_primary", "hover")] = ratio(colours["on_primary"], colours["primary_hover"])
    assert {pair: found for pair, found in low.items() if found < 7} == {}
    others = {(ink, ground): ratio(colours[ink], colours[ground])
              for ink in (*INKS, *SIGNS) for ground in (*GROUNDS, "primary_soft")}  # fmt: skip
    assert {pair: found for pair, found in others.items() if found < 4.5} == {}


@pytest.mark.parametrize("name", TABLES)
def test_tinted_boxes_keep_their_words_readable(name: str) -> None:
    colours = TABLES[name]
    pairs = {tone: (ratio(colours[tone], colours[f"{tone}_soft"]),
                    ratio(colours["text"], colours[f"{tone}_soft"])) for tone in SIGNS}  # fmt: skip
    assert {tone: found for tone, found in pairs.items() if found[0] < 4.5 or found[1] < 7} == {}


@pytest.mark.parametrize("name", TABLES)
def test_fields_and_focus_are_seen(name: str) -> None:
    colours = TABLES[name]
    lines = {(line, ground): ratio(colours[line], colours[ground])
             for line in ("border", "focus") for ground in GROUNDS}  # fmt: skip
    assert {pair: found for pair, found in lines.items() if found < 3} == {}


def test_the_tables_have_the_same_tokens() -> None:
    assert {frozenset(colours) for colours in TABLES.values()} == {frozenset(TABLES["light"])}
    for colours in TABLES.values():
        assert [c for c in colours.values() if not re.fullmatch("#[0-9A-F]{6}", c)] == []


@pytest.mark.parametrize("name", TABLES)
def test_the_arrow_of_a_list_has_the_colour_of_its_table(name: str) -> None:
    drawn = (paths.resources() / "icons" / f"chevron-down-{name}.svg").read_text(encoding="utf-8")
    assert f'stroke="{TABLES[name]["muted"]}"' in drawn


def test_sizes_and_colours_follow_the_scale_and_the_mode(qapp: QApplication) -> None:
    try:
        small = Theme.apply(qapp, 1.0, "light").points
        large = Theme.apply(qapp, 2.0, "dark").points
        assert large == pytest.approx(2 * small, abs=0.2)
        assert px(8) == 16
        assert theme.current().name == "dark"
        window = qapp.palette().color(QPalette.ColorRole.Window).name().upper()
        assert window == TABLES["dark"]["window"]
        assert TABLES["dark"]["primary"] in qapp.styleSheet()
    finally:
        Theme.apply(qapp, 1.0, "light")


def test_the_computer_decides_unless_told_otherwise(qapp: QApplication) -> None:
    try:
        assert Theme.apply(qapp, 1.0, "system").name in ("light", "dark")
        assert Theme.apply(qapp, 1.0, "contrast").name == "contrast"
    finally:
        Theme.apply(qapp, 1.0, "light")


def test_our_own_font_is_used(qapp: QApplication) -> None:
    assert qapp.font().family() == "Inter"
    styles = QFontDatabase.styles("Inter")
    assert {"Regular", "SemiBold", "Bold", "Italic"} <= set(styles)
    assert theme.clock_font().isFeatureSet(QFont.Tag("tnum"))


def test_a_missing_font_is_not_passed_over(tmp_path: Path, qapp: QApplication) -> None:
    try:
        with pytest.raises(FileNotFoundError):
            use_resources(tmp_path)
    finally:
        use_resources(paths.resources())
