"""The machine checks on the pages of the calm day and of the first minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.home import HomePage
from clinicir.ui.pages.page import Page
from clinicir.ui.pages.practice import PracticePage
from clinicir.ui.pages.readiness import ReadinessPage
from clinicir.ui.pages.triage import TriagePage
from tests.ui.checks import check_names, check_nothing_clipped, check_tab_order

PAGES: list[Callable[[Desk], Page]] = [HomePage, TriagePage, PracticePage, ReadinessPage]


def opened(qtbot: QtBot, desk: Desk, make: Callable[[Desk], Page]) -> Page:
    page = make(desk)
    qtbot.addWidget(page)
    page.open_at(Place(page.name))
    page.show()
    return page


@pytest.mark.parametrize("make", PAGES)
def test_everything_is_named_and_reached(
    qtbot: QtBot, desk: Desk, make: Callable[[Desk], Page]
) -> None:
    page = opened(qtbot, desk, make)
    check_names(page)
    check_tab_order(page)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("make", PAGES)
def test_nothing_is_cut(
    qtbot: QtBot, desk: Desk, make: Callable[[Desk], Page], scale: float
) -> None:
    check_nothing_clipped(opened(qtbot, desk, make), scale)
