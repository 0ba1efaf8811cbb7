"""The last look before printing: no patient's number in a paper that goes to a third party.

Names cannot be recognised by a program; the wordings ask for none, and numbers and categories are
all that a builder ever receives (authorities.md 5.2).
"""

from __future__ import annotations

from dataclasses import replace

from clinicir.documents.model import Document, values
from clinicir.domain.errors import UserError
from clinicir.domain.secrecy import find_nir

LETTERS = frozenset({"lettre", "lettres"})
"""Kinds addressed to one patient."""


def check_no_patient_data(document: Document) -> None:
    """UserError `document.patient_data` when a text seems to hold a social-security number.

    The error names the kind of paper and the section, never the text itself.
    """
    if document.kind in LETTERS:
        return
    for section in (None, *document.sections):
        part = replace(document, sections=(section,) if section else ())
        if any(find_nir(text) for text in values(part)):
            raise UserError(
                "document.patient_data",
                document=document.kind,
                section=section.title if section else document.title,
            )
