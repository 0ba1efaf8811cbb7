from __future__ import annotations

from pathlib import Path

import pytest

from clinicir import paths


def test_a_source_tree_finds_its_data() -> None:
    assert (paths.fonts() / "Inter-Regular.ttf").is_file()
    assert paths.checklists().parent == Path(paths.__file__).resolve().parents[1]


def test_a_wheel_uses_the_bundled_folder(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "clinicir"
    (package / "_bundled").mkdir(parents=True)
    assert paths.bundled_root(package) == package / "_bundled"


def test_a_frozen_program_uses_the_unpacked_folder(tmp_path: Path) -> None:
    assert paths.bundled_root(tmp_path / "clinicir", frozen=str(tmp_path / "x")) == tmp_path / "x"


def test_user_data_stays_on_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert paths.vaults_root().parts[-2:] == ("clinicir", "vaults")
    assert paths.exercises_root().parent == paths.user_root()
    assert not paths.user_root().exists()
