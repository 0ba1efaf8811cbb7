"""Bundled data are refused with the file and the key, never half read."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from clinicir.content.toml_reader import read_table, read_toml
from clinicir.domain.errors import UserError


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    count: int = 0


class _File(msgspec.Struct, forbid_unknown_fields=True):
    line: list[_Line]


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ('[[line]]\nname = "a"\ncolour = "red"', "content.unknown_key", "line[0].colour"),
        ("[[line]]\ncount = 1", "content.missing_key", "line[0].name"),
        ('[[line]]\nname = "a"\n[[line]]\nname = 3', "content.bad_type", "line[1].name"),
        ('[[line]]\nname = "a"\ncount = true', "content.bad_type", "line[0].count"),
        ('other = 1\n[[line]]\nname = "a"', "content.unknown_key", "other"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, text: str, code: str, key: str) -> None:
    path = tmp_path / "some.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_toml(path, _File)
    assert (caught.value.code, caught.value.values["file"], caught.value.values["key"]) == (
        code, "some.toml", key,
    )


def test_a_table_names_the_id_of_the_wrong_entry(tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text('[first]\nname = "a"\n[second]\nnames = "b"', encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_table(path, _Line)
    assert caught.value.code == "content.unknown_key"
    assert caught.value.values["key"] == "second.names"


@pytest.mark.parametrize("raw", [b"a = [", b"a = '\xff'", b"a = 1\na = 2"])
def test_broken_toml_is_one_clean_error(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "some.toml"
    path.write_bytes(raw)
    with pytest.raises(UserError) as caught:
        read_toml(path, _File)
    assert caught.value.code == "content.bad_toml"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_toml(tmp_path / "none.toml", _File)
    assert caught.value.code == "content.unreadable"
    assert caught.value.values["file"] == "none.toml"
