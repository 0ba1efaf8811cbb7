"""What a visitor finds: set-up, data, licences, documents, and nothing of the place it was made."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

import run
from tests.architecture.source import PACKAGE, ROOT, text_files

SYSTEMS = ("linux", "windows", "macos")
FONTS = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
WORDS_WITH_LICENCE = {"common_passwords": "MIT-common-passwords", "french": "MIT-wordlist-french"}

# Written apart, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    "|".join((
        r"(?<![\w})])/(?:root|work|opt|tmp)/[\w.]", "/" + "home/[a-z]",
        "[A-Z]:\\\\" + "Users\\\\(?!NOM)", "file:" + "//", r"\.\./" + "shared",
    ))
)  # fmt: skip
PRIVATE_HOSTS = re.compile(r"https?://[^/\s\"'`)>]*(?:localhost|\.(?:internal|local|lan|corp|intra)\b"
                           r"|:\d{2,5}\b)")  # fmt: skip

FRENCH = "éèêëàâîïôùûüçœŒæÆÉÀÇ«»’–—…€\u00a0\u202f\u2011°№²§"
LATIN_EXTENDED = "ŁukasikŞahinĞüneşČermákŽižkaĐặngŐszi"


def relative(path: Path) -> str:
    """Name shown by pytest."""
    return path.relative_to(ROOT).as_posix()


def pinned(path: Path) -> dict[str, str]:
    """Package -> version of a lock file."""
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)==(\S+)", path.read_text(encoding="utf-8")))


def lock(name: str) -> Path:
    """A lock file by its short name."""
    return ROOT / "requirements" / f"{name}.lock"


@pytest.mark.parametrize("path", text_files(), ids=relative)
def test_no_file_tells_where_it_was_written(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert MACHINE_PATHS.findall(text) == []
    assert PRIVATE_HOSTS.findall(text) == []


@pytest.mark.parametrize("path", [p for p in text_files() if p.suffix == ".toml"], ids=relative)
def test_every_data_file_can_be_read(path: Path) -> None:
    assert tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [*SYSTEMS, *(f"dev-{system}" for system in SYSTEMS)])
def test_lock_files_hold_pins_and_hashes_only(name: str) -> None:
    text = lock(name).read_text(encoding="utf-8")
    logical = re.sub(r" \\\n +", " ", text).splitlines()[1:]
    form = re.compile(r"[a-z0-9._-]+==[a-z0-9.+]+( --hash=sha256:[0-9a-f]{64})+")
    assert [line for line in logical if not form.fullmatch(line)] == []
    assert len(logical) > 30


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_tools_lock_contains_the_program_lock(system: str) -> None:
    assert pinned(lock(system)).items() <= pinned(lock(f"dev-{system}")).items()


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_dependency_is_locked(system: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [re.split(r"[>=]", text)[0].lower().replace("_", "-")
             for text in project["project"]["dependencies"]]  # fmt: skip
    assert set(names) <= pinned(lock(system)).keys()


def test_every_locked_library_is_credited() -> None:
    credited = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
    names = {name for system in SYSTEMS for name in pinned(lock(system))}
    assert [name for name in sorted(names) if f"| {name} " not in credited] == []


def test_what_is_bundled_has_its_licence() -> None:
    licences = {path.stem for path in (ROOT / "resources" / "licences").iterdir()}
    families = {path.stem.split("-")[0] for path in FONTS}
    assert {f"OFL-{family}" for family in families} <= licences
    lists = {path.stem for path in (ROOT / "resources" / "wordlist").glob("*.txt")}
    assert {WORDS_WITH_LICENCE[name] for name in lists & WORDS_WITH_LICENCE.keys()} <= licences
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    credited = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
    assert [name for name in sorted(licences) if name not in credited] == []


@pytest.mark.parametrize("path", [f for f in FONTS if "Mono" not in f.stem], ids=relative)
def test_fonts_write_french_and_the_names_of_people(path: Path) -> None:
    face = TTFontFile(str(path))
    missing = {sign for sign in FRENCH + LATIN_EXTENDED if ord(sign) not in face.charToGlyph}
    assert missing == set()


def test_the_readme_shows_the_two_commands_and_every_link_leads_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("demo", "tests"):
        assert f"```\npython3 run.py {command}\n```" in readme
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for document in documents:
        for link in re.findall(r"\]\((?!http)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), (document.name, link)


def test_decision_notes_are_listed_and_short() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    for note in sorted(folder.glob("0*.md")):
        text = note.read_text(encoding="utf-8")
        assert note.name in listed
        assert "**Decision.**" in text
        assert "**Why.**" in text
        assert len(text.splitlines()) <= 30


def test_the_shared_verifier_depends_on_nothing() -> None:
    text = (ROOT / "resources" / "verify" / "verify_trail.py").read_text(encoding="utf-8")
    assert "clinicir." not in text.replace("clinicir. ", "")


def test_the_wheel_carries_the_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("clinicir-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        scripts = next(name for name in names if name.endswith("entry_points.txt"))
        assert b"clinicir = clinicir.app:main" in archive.read(scripts)
    for folder in ("checklists", "resources"):
        wanted = {f"clinicir/_bundled/{relative(path)}" for path in (ROOT / folder).rglob("*")
                  if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip
        assert wanted - names == set()
    ours = {relative(path) for path in PACKAGE.rglob("*.py")}
    assert ours - names == set()
    assert not any(name.startswith("tests/") for name in names)


def test_run_needs_no_library_and_knows_its_locks() -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "run.py"), "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={
        "PYTHONUTF8": "1"})  # fmt: skip
    assert shown.returncode == 0
    assert all(f"  {name}" in shown.stdout for name in ("demo", "app", "tests", "bench"))
    assert all(run.lock_file(kind).is_file() for kind in ("run", "dev"))


def test_run_refuses_an_unknown_command() -> None:
    command = [sys.executable, str(ROOT / "run.py"), "dmeo"]
    assert subprocess.run(command, capture_output=True).returncode == 2


def test_the_stamp_forgets_nothing_and_ignores_line_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = tmp_path / "w.lock"
    windows.write_bytes(b"a==1\r\n")
    unix = tmp_path / "u.lock"
    unix.write_bytes(b"a==1\n")
    assert run.digest(windows) == run.digest(unix)
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(run, "STAMP", stamp)
    assert run.stamps() == {}
    stamp.write_text("dev abc\nhalf\nrun def\n", encoding="utf-8")
    assert run.stamps() == {"dev": "abc", "run": "def"}


def test_a_missing_library_names_its_package() -> None:
    assert run.missing({"libdoes-not-exist.so.9": "libnothing9"}) == ["libnothing9"]


def test_without_rights_the_line_to_type_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert not run.apt_install(["libgl1", "python3-venv"])
    assert "sudo apt install libgl1 python3-venv" in capsys.readouterr().err
