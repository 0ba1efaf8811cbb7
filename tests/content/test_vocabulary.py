"""`docs/vocabulary.md` says what the data say."""

from __future__ import annotations

from pathlib import Path

from clinicir.content.facts import load_fields
from clinicir.content.vocabulary import vocabulary_page
from tests.content.playbook_data import ROOT, facts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md"


def test_the_page_is_up_to_date() -> None:
    fields = load_fields(ROOT, facts())
    written = PAGE.read_text(encoding="utf-8")
    assert written == vocabulary_page(facts(), fields), (
        "run: python -m clinicir.content.vocabulary > docs/vocabulary.md"
    )
    assert written.count("\n| ") == len(facts()) + len(fields) + 4
