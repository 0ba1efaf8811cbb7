"""The decision table is read whole, its facts exist, and its last row always answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinicir.content.decisions import load_decisions
from clinicir.domain.errors import UserError
from tests.content.lookups import ABSENT, CHECKLISTS

TABLE = load_decisions(CHECKLISTS)


def test_nine_rows_in_order() -> None:
    assert [row.id for row in TABLE.rows] == [f"C{n}" for n in range(1, 10)]
    assert TABLE.rows[-1].when.text == "always"


def test_every_fact_of_the_table_is_declared() -> None:
    used = {name for row in TABLE.rows for name in row.when.names}
    assert used <= set(ABSENT)
    assert TABLE.unknown_is_an_answer <= used


def test_only_three_cases_may_keep_the_cnil_silent() -> None:
    assert {row.id for row in TABLE.rows if not row.cnil} == {"C2", "C4", "C8"}
    for row in TABLE.rows:
        assert (str(row.persons) == "no") is not row.cnil


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('when = "always"', 'when = "data_published = yes"', "content.bad_value"),
        ('persons = "now"', 'persons = "soon"', "content.bad_value"),
        ("cnil = true", 'cnil = "yes"', "content.bad_type"),
        ('label = "Les', 'labels = "Les', "content.unknown_key"),
        ("format = 1", "", "content.missing_key"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = tmp_path / "decisions.toml"
    shutil.copy(CHECKLISTS / "decisions.toml", path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_decisions(tmp_path)
    assert (caught.value.code, caught.value.values["file"]) == (code, "decisions.toml")
