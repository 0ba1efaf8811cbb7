"""Every paper by its kind: what it says, what goes with it, how it is printed and stamped.

Implements `clinicir.services.ports.Printer` by its shape: this room does not know the services.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from clinicir.documents.cert_sante import build_cert_sante
from clinicir.documents.cnil import build_cnil
from clinicir.documents.complaint import build_complaint
from clinicir.documents.insurer import build_insurer
from clinicir.documents.journal import build_journal
from clinicir.documents.model import Document, Stamp
from clinicir.documents.patient_letter import build_patient_letter
from clinicir.documents.pdf.renderer import render
from clinicir.documents.processor import build_processor
from clinicir.documents.register import (
    CSV_NAME,
    KIND,
    WHOLE_KIND,
    build_register,
    build_whole_register,
    register_csv,
)
from clinicir.documents.reminders import calendar_bytes
from clinicir.documents.secrecy_gate import check_no_patient_data
from clinicir.documents.sheets import build_sheet
from clinicir.documents.situation import build_situation
from clinicir.domain.audit import TrailPosition
from clinicir.domain.case import CaseFile
from clinicir.domain.clock import in_utc
from clinicir.domain.errors import UserError
from clinicir.domain.reminder import Alarm

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
"""One object a page: ours are written without compressed objects."""

Build = Callable[[CaseFile, str], tuple[Document, ...]]


class Asked(Protocol):
    """What is read of a request for a paper."""

    @property
    def kind(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def variant(self) -> str: ...


@dataclass(frozen=True)
class PrintedPaper:
    """A PDF and its number of pages."""

    content: bytes
    pages: int


@dataclass(frozen=True)
class PaperPrinter:
    """Papers of one vault, whose id (32 hex) is in the checkpoint that each of them carries."""

    vault_id: str
    fonts: Path

    def build(self, file: CaseFile, request: Asked) -> tuple[Document, ...]:
        """Papers of one kind, one per legal entity for the CNIL.

        UserError `document.unknown`, `document.unknown_variant`, `document.patient_data`.
        """
        builder = BUILDERS.get(request.kind)
        if builder is None:
            raise UserError("document.unknown", document=request.kind[:80])
        papers = builder(file, request.version or request.variant)
        for paper in papers:
            check_no_patient_data(paper)
        return papers

    def attachments(self, file: CaseFile, request: Asked) -> tuple[tuple[str, bytes], ...]:
        """The register as a table, beside its paper."""
        if request.kind not in (KIND, WHOLE_KIND):
            return ()
        return ((CSV_NAME, register_csv(file)),)

    def digest(self, paper: object) -> str:
        """SHA-256 (64 hex) of the canonical JSON of the paper: what it says, not how it looks."""
        said = json.dumps(
            asdict(_document(paper)), sort_keys=True, separators=(",", ":"), default=_as_text
        )
        return hashlib.sha256(said.encode("ascii")).hexdigest()

    def render(self, paper: object, prepared: TrailPosition) -> PrintedPaper:
        """The PDF, stamped with the entry that prepared it; OSError when the fonts are missing."""
        document = _document(paper)
        stamp = Stamp(
            prepared.n,
            prepared.head,
            self.vault_id,
            checkpoint_text(self.vault_id, prepared, document.at),
        )
        content = render(document, stamp, self.fonts)
        return PrintedPaper(content, len(_PAGE.findall(content)))

    def calendar(self, alarms: Sequence[Alarm], now: datetime, *, drill: bool) -> bytes:
        """Hours and alarms, without a word of what they are about."""
        return calendar_bytes(alarms, now, drill=drill)


def checkpoint_text(vault_id: str, position: TrailPosition, at: datetime) -> str:
    """What the QR code carries: ASCII lines, each ended by a line feed (security.md 3.3)."""
    time = in_utc(at).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        "clinicir trail checkpoint v1\n"
        f"vault {vault_id}\n"
        f"size {position.n}\n"
        f"head {position.head}\n"
        f"time {time}\n"
    )


def _document(paper: object) -> Document:
    # The port knows papers by four attributes only; none but ours ever comes back.
    if not isinstance(paper, Document):
        raise TypeError("a paper that this printer has not built")
    return paper


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"not part of a paper: {value!r}")


def _one(build: Callable[[CaseFile, str], Document]) -> Build:
    """A builder of one paper, which checks its variants itself."""
    return lambda file, variant: (build(file, variant),)


def _only(kind: str, build: Callable[[CaseFile], Document]) -> Build:
    """A builder that knows no variant."""

    def checked(file: CaseFile, variant: str) -> tuple[Document, ...]:
        if variant:
            raise UserError("document.unknown_variant", document=kind, variant=variant[:80])
        return (build(file),)

    return checked


BUILDERS: Mapping[str, Build] = {
    "cnil": build_cnil,
    "cert_sante": _only("cert_sante", build_cert_sante),
    "plainte": _one(build_complaint),
    "assureur": _one(build_insurer),
    "prestataire": _one(build_processor),
    "point": _one(build_situation),
    KIND: _only(KIND, build_register),
    WHOLE_KIND: _only(WHOLE_KIND, build_whole_register),
    "journal": _only("journal", build_journal),
    "lettre": _one(build_patient_letter),
    "fiche": _one(build_sheet),
}
"""Every kind of paper that a person can ask for."""
