"""The two bars: one line each, nothing of the way around cut."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicir.ui.bars import BottomBar, TopBar
from clinicir.ui.desk import INCIDENT_TABS
from clinicir.ui.theme import Theme
from tests.ui.checks import settle


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_bars_keep_one_line_and_every_tab_is_read(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    Theme.apply(qapp, scale, "light")
    top, bottom = TopBar(), BottomBar()
    top.back.hide()
    top.show_tabs(INCIDENT_TABS, "patients")
    for bar in (top, bottom):
        qtbot.addWidget(bar)
        bar.resize(1024, bar.sizeHint().height())
        bar.show()
    bottom.name_who("Claire Morel")
    settle()
    high = bottom.sizeHint().height()
    bottom.tell_saved(datetime(2027, 1, 12, 17, 10, tzinfo=UTC))
    bottom.say("L’étape « Prévenez votre prestataire informatique » est notée. " * 2)
    settle()
    seen = (bottom.sizeHint().height(), bottom.hasHeightForWidth(), bottom.said.isVisible())
    told = bottom.said.toolTip()
    assert told.count("Prévenez") == 2, "what is cut is read under the pointer"
    tabs = (top.tabs.sizeHint().width(), top.tabs.width())
    Theme.apply(qapp, 1.0, "light")
    assert seen == (high, False, True)
    assert tabs[0] <= tabs[1]
