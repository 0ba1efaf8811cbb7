"""The checks of pages see what is wrong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clinicir.ui.widgets.layout import column
from tests.ui.checks import (
    check_forbidden,
    check_names,
    check_nothing_clipped,
    check_shortcuts,
    check_tab_order,
)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Two named fields, nothing wrong."""
    made = QWidget()
    box = QHBoxLayout(made)
    for name in ("Nom", "Ville"):
        line = QLineEdit()
        line.setAccessibleName(name)
        box.addWidget(line)
    qtbot.addWidget(made)
    return made


def add(page: QWidget, part: QWidget) -> None:
    """One more part."""
    layout = page.layout()
    assert layout is not None
    layout.addWidget(part)


def test_a_sound_page_passes(page: QWidget) -> None:
    check_names(page)
    check_tab_order(page)
    check_shortcuts(page)
    check_forbidden(page)
    check_nothing_clipped(page)


def test_a_field_without_a_name_is_seen(page: QWidget) -> None:
    add(page, QLineEdit())
    with pytest.raises(AssertionError):
        check_names(page)


def test_a_mnemonic_without_a_buddy_or_used_twice_is_seen(page: QWidget) -> None:
    add(page, QLabel("&Rue"))
    with pytest.raises(AssertionError):
        check_names(page)


def test_a_field_that_swallows_tab_is_seen(page: QWidget) -> None:
    trap = QPlainTextEdit()
    trap.setAccessibleName("Piège")
    add(page, trap)
    with pytest.raises(AssertionError):
        check_tab_order(page)


def test_what_tab_reaches_in_the_wrong_order_is_seen(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    buttons = [QPushButton(words) for words in ("Un", "Deux", "Trois", "Quatre")]
    page.setLayout(column(*buttons))
    check_tab_order(page)
    QWidget.setTabOrder(buttons[3], buttons[1])
    with pytest.raises(AssertionError):
        check_tab_order(page)


def test_cut_words_are_seen(page: QWidget) -> None:
    button = QPushButton("Enregistrer en PDF sur une clé USB")
    button.setFixedWidth(60)
    add(page, button)
    with pytest.raises(AssertionError):
        check_nothing_clipped(page)


def test_a_window_that_does_not_fit_is_seen(page: QWidget) -> None:
    wide = QLabel("x")
    wide.setMinimumWidth(1100)
    add(page, wide)
    with pytest.raises(AssertionError):
        check_nothing_clipped(page)


@pytest.mark.parametrize("keys", ["Ctrl+1", "Ctrl+Alt+N"])
def test_shortcuts_that_french_keyboards_refuse_are_seen(page: QWidget, keys: str) -> None:
    action = QAction("Essai", page)
    action.setMenuRole(QAction.MenuRole.NoRole)
    action.setShortcut(QKeySequence(keys))
    with pytest.raises(AssertionError):
        check_shortcuts(page)


def test_a_role_left_to_chance_is_seen(page: QWidget) -> None:
    QAction("Essai", page)
    with pytest.raises(AssertionError):
        check_shortcuts(page)


@pytest.mark.parametrize("kind", ["combo", "tree", "ticks"])
def test_what_a_screen_reader_cannot_follow_is_seen(page: QWidget, kind: str) -> None:
    if kind == "combo":
        combo = QComboBox()
        combo.setEditable(True)
        add(page, combo)
    elif kind == "tree":
        add(page, QTreeView())
    else:
        ticks = QListWidget()
        ticks.addItem("a")
        ticks.item(0).setCheckState(Qt.CheckState.Checked)
        add(page, ticks)
    with pytest.raises(AssertionError):
        check_forbidden(page)
