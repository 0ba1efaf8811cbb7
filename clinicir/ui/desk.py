"""What every page is given: the open vault, the writer, the way to other pages, who types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from clinicir.services.bundle_ports import Bundles
from clinicir.services.ports import LineReader, Printer, Verifier
from clinicir.services.preview import Previews
from clinicir.services.session import Session
from clinicir.ui.jobs import Jobs
from clinicir.ui.place import INCIDENT_TABS, Place

__all__ = ["INCIDENT_TABS", "Desk", "Place", "Window"]


class Window(Protocol):
    """What a page may ask of the window around it."""

    def go(self, place: Place) -> None:
        """Show another screen; Back returns here."""
        ...

    def back(self) -> None:
        """The screen before."""
        ...

    def say(self, sentence: str) -> None:
        """One calm line in the bottom bar, spoken politely."""
        ...

    def explain(self, error: BaseException) -> None:
        """The sentence of an error: what happened, what is safe, what to do."""
        ...


@dataclass
class Desk:
    """Made once the vault is open."""

    session: Session
    jobs: Jobs
    window: Window
    printer: Printer
    verifier: Verifier
    who: str = ""
    """Name of the person at the keyboard; declared, not proven."""
    changed: list[Callable[[frozenset[str]], None]] = field(default_factory=list)
    """Called with the kinds of record that a use case touched."""
    account_only: Callable[[], bool] = bool
    """On the writer thread: apart from its sheet, the vault opens by this account alone."""

    bundles: Bundles | None = None
    """Lets copies leave the vault."""
    previews: Previews | None = None
    """Looks at exhibits; None where nothing came from elsewhere."""
    lines: LineReader | None = None
    """Reads lists brought as files; None when none is offered."""

    def tell_changed(self, kinds: frozenset[str]) -> None:
        """Let each listener redraw what shows one of these kinds."""
        for listener in list(self.changed):
            listener(kinds)
