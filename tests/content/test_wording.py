"""Sentences of the papers are text, found once, with placeholders that are plain names."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicir.content.wording import load_wording
from clinicir.domain.errors import UserError


def write(root: Path, **files: str) -> Path:
    folder = root / "wording"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return root


def test_keys_are_the_tables_inside_the_files(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        one='[letter]\nhello = "Bonjour {name}"\n[letter.end]\nlines = ["A {x}", "B"]',
        two='[poster]\ntitle = "Avis"',
    )
    wording = load_wording(root)
    assert wording.text("letter.hello", name="Claire") == "Bonjour Claire"
    assert wording.lines("letter.end.lines", x="1") == ("A 1", "B")
    assert wording.text("poster.title") == "Avis"


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ('[a]\nb = "{0}"', "content.bad_value", "a.b"),
        ('[a]\nb = "{}"', "content.bad_value", "a.b"),
        ('[a]\nb = "{name!r}"', "content.bad_value", "a.b"),
        ('[a]\nb = "{name:>10}"', "content.bad_value", "a.b"),
        ('[a]\nb = "{name.__class__}"', "content.bad_value", "a.b"),
        ('[a]\nb = "{name[0]}"', "content.bad_value", "a.b"),
        ('[a]\nb = "{name"', "content.bad_value", "a.b"),
        ('[a]\nb = ["ok", "{Nom}"]', "content.bad_value", "a.b"),
        ("[a]\nb = 3", "content.bad_type", "a.b"),
        ('[a]\nb = ["ok", 3]', "content.bad_type", "a.b"),
        ("[a]\nb = [", "content.bad_toml", None),
    ],
)
def test_a_broken_sentence_is_refused(
    tmp_path: Path, text: str, code: str, key: str | None
) -> None:
    with pytest.raises(UserError) as caught:
        load_wording(write(tmp_path, some=text))
    assert (caught.value.code, caught.value.values["file"]) == (code, "some.toml")
    assert caught.value.values.get("key") == key


def test_one_key_has_one_home(tmp_path: Path) -> None:
    root = write(tmp_path, one='[a]\nb = "x"', two='[a]\nb = "y"')
    with pytest.raises(UserError) as caught:
        load_wording(root)
    assert (caught.value.code, caught.value.values["key"]) == ("content.bad_value", "a.b")


def test_the_bundled_sentences_load() -> None:
    wording = load_wording(Path(__file__).resolve().parents[2] / "resources")
    assert all(text.strip() for text in wording.texts.values())
    assert all(line.strip() for lines in wording.lists.values() for line in lines)
    assert wording.texts
