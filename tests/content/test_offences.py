"""Offences are read strictly and name only what exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicir.content.offences import load_offences
from clinicir.domain.errors import UserError
from tests import fakes

NAMES = {"stad_attack", "viol.nature"}
GOOD = """
format = 1
[sources]
cp = "https://www.legifrance.gouv.fr/"
[[offence]]
id = "acces"
article = "Art. 323-1"
words = "Entrer sans droit"
penalty = "3 ans"
when = "stad_attack = yes or viol.nature contains integrite or scenario = rancongiciel"
source = ["cp"]
checked_on = 2026-11-21
confidence = "A"
"""


def write(folder: Path, text: str) -> Path:
    (folder / "offences.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (offence,) = load_offences(write(tmp_path, GOOD), NAMES)
    assert (offence.id, offence.article) == ("acces", "Art. 323-1")
    assert offence.source == ("https://www.legifrance.gouv.fr/",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("words =", "wrods =", "content.unknown_key"),
        ('words = "Entrer sans droit"\n', "", "content.missing_key"),
        ('"stad_attack = yes', '"stad_atack = yes', "content.unknown_reference"),
        ('source = ["cp"]', 'source = ["other"]', "content.unknown_reference"),
        ('"stad_attack = yes', '"stad_attack == yes', "content.bad_value"),
        ("confidence =", "confidence = 3\nother =", "content.bad_type"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        load_offences(write(tmp_path, GOOD.replace(old, new)), NAMES)
    assert caught.value.values["file"] == "offences.toml"
    assert caught.value.code in (code, "content.unknown_key")


def test_an_id_stands_once(tmp_path: Path) -> None:
    twice = GOOD + GOOD[GOOD.index("[[offence]]") :]
    with pytest.raises(UserError) as caught:
        load_offences(write(tmp_path, twice), NAMES)
    assert (caught.value.code, caught.value.values["key"]) == ("content.bad_value", "acces")


def test_the_offences_of_the_practice_itself_are_never_offered() -> None:
    articles = {offence.article for offence in fakes.knowledge().offences}
    assert not [each for each in articles if "226-16" in each or "226-17" in each]
    assert {"Art. 323-3", "Art. 226-22", "Art. 312-10"} <= articles
