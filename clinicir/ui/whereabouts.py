"""Where one was: the page is kept on this computer, the field only as long as the program runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import IncidentId
from clinicir.ui.desk import INCIDENT_TABS, Place
from clinicir.ui.pages.page import Page

_KEYS = ("page", "incident", "item")


class Whereabouts:
    """Ids only: neither a name nor a typed word is kept."""

    def __init__(self, settings: QSettings) -> None:
        """Of this computer."""
        self._settings = settings
        self._field: tuple[str, str, int] | None = None

    def note(self, place: Place | None, page: Page | None) -> None:
        """This page is on screen, and shows what it says it shows."""
        if place is None:
            return
        shown = page.item_shown() if page is not None and page.name == place.page else ""
        kept = (place.page, place.incident or "", shown or place.item)
        for key, value in zip(_KEYS, kept, strict=True):
            self._settings.setValue(f"place/{key}", value)

    def place(self, incidents: Collection[IncidentId], pages: Collection[str]) -> Place | None:
        """Page to come back to; None when home does as well, or when the incident is gone."""
        page, incident, item = (str(self._settings.value(f"place/{key}", "")) for key in _KEYS)
        if page in INCIDENT_TABS and page in pages and incident in incidents:
            return Place(page, IncidentId(incident), item)
        return None

    def note_field(self, page: Page | None) -> None:
        """The field that has the keyboard, by its rank in the page."""
        self._field = None
        here = page.window().focusWidget() if page is not None else None
        if page is None or here is None:
            return
        ranked = list(_alike(page, type(here).__name__))
        if here in ranked:
            self._field = (page.name, type(here).__name__, ranked.index(here))

    def return_to_field(self, page: Page | None) -> None:
        """Once the page is filled again; a page that changed meanwhile keeps its own start."""
        field, self._field = self._field, None
        if page is None or field is None or field[0] != page.name:
            return
        ranked = list(_alike(page, field[1]))
        if field[2] < len(ranked):
            ranked[field[2]].setFocus()


def _alike(page: Page, kind: str) -> Iterator[QWidget]:
    return (part for part in page.findChildren(QWidget)
            if type(part).__name__ == kind and part.isVisibleTo(page))  # fmt: skip
