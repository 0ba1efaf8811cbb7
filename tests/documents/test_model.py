"""What a document says before anything is drawn."""

from __future__ import annotations

import pytest

from clinicir.documents.model import Column, FieldRow, Paragraph, Signature, Table, values
from clinicir.documents.plain import plain_lines
from clinicir.texts import printing
from tests.documents.samples import everything, letter, paper


def test_values_name_every_text_once_per_place_and_no_empty_one() -> None:
    document = paper(FieldRow("A", None, note="n"), FieldRow("B", "b", changed_from="a"))
    assert values(document) == (
        "Cabinet médical des Tilleuls", "2026-001", "Papier d’essai", "Partie",
        "A", "n", "B", "b", "a",
    )  # fmt: skip


def test_the_title_of_a_letter_is_not_printed() -> None:
    assert letter().title not in values(letter())


def test_a_closing_signature_prints_neither_place_nor_date() -> None:
    kept = values(paper(Signature("Nom", "Rôle", "Lieu", "Jour", closes_letter=True)))
    assert kept[-2:] == ("Nom", "Rôle")


def test_a_row_must_have_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        Table((Column("seule"),), (("a", "b"),))


def test_an_empty_table_says_its_sentence_alone() -> None:
    table = Table((Column("colonne"),), (), when_empty="Aucun compte.")
    assert values(paper(table))[-1] == "Aucun compte."


def test_plain_lines_hold_every_value_and_every_mark() -> None:
    text = "\n".join(plain_lines(everything()))
    assert all(value in text for value in values(everything()))
    assert text.count("[x]") == 6
    assert printing.TO_COMPLETE in text
    assert "EXERCICE" not in "\n".join(plain_lines(paper(Paragraph("texte"))))
