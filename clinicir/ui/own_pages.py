"""Pages that need more than the desk: the help, the settings, the practice sheet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSettings

from clinicir.ui.pages.help import HelpPage
from clinicir.ui.pages.practice import PracticePage
from clinicir.ui.pages.settings import SettingsPage, ThisComputer
from clinicir.ui.registry import PageFactory
from clinicir.ui.technical_log import TechnicalLog
from clinicir.ui.tools import Tools
from clinicir.ui.widgets.settings_cards import Worn


def own_pages(
    tools: Tools,
    look: Worn,
    settings: QSettings,
    log: TechnicalLog,
    others: Mapping[str, PageFactory],
) -> dict[str, PageFactory]:
    """By name; `others` are the pages that exist besides."""
    computer = ThisComputer(
        tools.door, look, settings, log, tools.vault, tools.resources / "licences", tools.version
    )
    pages: dict[str, PageFactory] = {
        SettingsPage.name: lambda desk: SettingsPage(
            desk, computer, reminders="reminders" in others
        ),
        HelpPage.name: lambda desk: HelpPage(desk, tools.resources / "help"),
    }
    if others.get(PracticePage.name) is PracticePage:
        pages[PracticePage.name] = lambda desk: PracticePage(desk, tools.doubt)
    return pages
