"""Which page answers to which name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from clinicir.ui.desk import Desk
from clinicir.ui.pages.page import Page

PageFactory = Callable[[Desk], Page]

PAGES: Mapping[str, PageFactory] = MappingProxyType({})
"""Every page that needs the desk only; those of the door are added by `ui.shell`."""

INCIDENT_TABS = ("steps", "evidence", "journal", "documents", "patients")
"""Pages of one incident, in the order of their tabs."""
