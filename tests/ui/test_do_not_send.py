"""The red line is there in an exercise, and only there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.ui.pages.copy_assistant import CopyAssistantPage
from clinicir.ui.pages.page import Page
from clinicir.ui.pages.patients import PatientsPage
from clinicir.ui.widgets.do_not_send import DoNotSend
from tests.fakes import new_case
from tests.ui.fakes import new_desk


@pytest.mark.parametrize("drill", [True, False])
@pytest.mark.parametrize("make", [CopyAssistantPage, PatientsPage])
def test_where_something_would_leave(qtbot: QtBot, make: type[Page], drill: bool) -> None:
    page = make(new_desk(new_case(drill=drill), PaperPrinter("0" * 32, paths.fonts())))
    qtbot.addWidget(page)
    [line] = page.findChildren(DoNotSend)
    assert line.isHidden() is not drill
