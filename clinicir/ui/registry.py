"""Which page answers to which name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from clinicir.ui.desk import Desk
from clinicir.ui.pages.closing import ClosingPage
from clinicir.ui.pages.copy_assistant import CopyAssistantPage
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.pages.evidence import EvidencePage
from clinicir.ui.pages.export import ExportPage
from clinicir.ui.pages.home import HomePage
from clinicir.ui.pages.journal import JournalPage
from clinicir.ui.pages.page import Page
from clinicir.ui.pages.patients import PatientsPage
from clinicir.ui.pages.practice import PracticePage
from clinicir.ui.pages.readiness import ReadinessPage
from clinicir.ui.pages.register import RegisterPage
from clinicir.ui.pages.reminders import RemindersPage
from clinicir.ui.pages.search import SearchPage
from clinicir.ui.pages.steps import StepsPage
from clinicir.ui.pages.triage import TriagePage

PageFactory = Callable[[Desk], Page]

PAGES: Mapping[str, PageFactory] = MappingProxyType(
    {
        page.name: page
        for page in (
            HomePage, RegisterPage, TriagePage, StepsPage, EvidencePage, JournalPage,
            DocumentsPage, ClosingPage, PatientsPage, CopyAssistantPage, PracticePage,
            ExportPage, ReadinessPage, RemindersPage, SearchPage,
        )
    }
)  # fmt: skip
"""Every page that needs the desk only; those of the door are added by `ui.shell`."""
