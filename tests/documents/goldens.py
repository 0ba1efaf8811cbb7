"""Papers kept as text in tests/golden: a change of wording is seen in the diff of a commit."""

from __future__ import annotations

import os
from pathlib import Path

from clinicir.documents.model import Document
from clinicir.documents.plain import plain_lines

FOLDER = Path(__file__).resolve().parents[1] / "golden"


def text_of(document: Document) -> str:
    """Everything the paper says, one text a line."""
    lines = (line for line in plain_lines(document) if line.strip())
    return "\n".join(lines) + "\n"


def check_golden(name: str, document: Document) -> None:
    """Compare with tests/golden/NAME.txt; CLINICIR_GOLDEN=write writes it instead."""
    path = FOLDER / f"{name}.txt"
    said = text_of(document)
    if os.environ.get("CLINICIR_GOLDEN") == "write":
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")
