"""A printer that remembers what it was asked to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from clinicir.documents.model import Document
from clinicir.documents.printer import Asked, PaperPrinter, PrintedPaper
from clinicir.domain.audit import TrailPosition
from clinicir.domain.case import CaseFile
from clinicir.domain.reminder import Alarm

ROOT = Path(__file__).resolve().parents[2]
STORIES = ROOT / "checklists" / "stories"
VAULT_ID = "0123456789abcdef0123456789abcdef"


def paper_printer() -> PaperPrinter:
    """The real printer, for a vault of the tests."""
    return PaperPrinter(VAULT_ID, ROOT / "resources" / "fonts")


@dataclass
class RecordingPrinter:
    """The real printer; `printed` pairs each paper with its PDF, in order."""

    printer: PaperPrinter = field(default_factory=paper_printer)
    printed: list[tuple[Document, bytes]] = field(default_factory=list)

    def build(self, file: CaseFile, request: Asked) -> tuple[Document, ...]:
        """As the printer does."""
        return self.printer.build(file, request)

    def attachments(self, file: CaseFile, request: Asked) -> tuple[tuple[str, bytes], ...]:
        """As the printer does."""
        return self.printer.attachments(file, request)

    def digest(self, paper: object) -> str:
        """As the printer does."""
        return self.printer.digest(paper)

    def render(self, paper: object, prepared: TrailPosition) -> PrintedPaper:
        """As the printer does, and remember."""
        printed = self.printer.render(paper, prepared)
        assert isinstance(paper, Document)
        self.printed.append((paper, printed.content))
        return printed

    def calendar(self, alarms: Sequence[Alarm], now: datetime, *, drill: bool) -> bytes:
        """As the printer does."""
        return self.printer.calendar(alarms, now, drill=drill)

    def document(self, kind: str, variant: str = "") -> Document:
        """First paper of this kind and variant."""
        return next(
            paper
            for paper, _ in self.printed
            if paper.kind == kind and variant in ("", paper.variant)
        )
