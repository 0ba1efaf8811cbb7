"""T16: after a whole story, no secret and no name is in clear anywhere but in the chosen export."""

from __future__ import annotations

import base64
import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from clinicir import paths
from clinicir.app import Application, complete_dossier
from clinicir.content.stories import load_story
from clinicir.domain.ids import IncidentId
from clinicir.preview.viewer import WorkerViewer
from clinicir.services.preview import Previews
from clinicir.services.session import Session
from clinicir.system_clock import SystemClock
from clinicir.ui.technical_log import TechnicalLog
from clinicir.vault import vault as vaults
from clinicir.vault.slots import Passphrase
from clinicir.vault.vault import Vault

PASSPHRASE = "zibeline-canari-orpin-vasque-lutin-farine-cobalt-menhir"
NAME, PLACE, TYPED = "Zzcanarinom", "Zzcanariville", "zzcanaribrouillon"
NIR = "2 99 13 99 999 999 42"
MASTER = bytes(range(100, 132))
STORY = paths.checklists() / "stories" / "amelipro.toml"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A story played, looked at, half typed over; home and temporary folders are inside."""
    root = tmp_path_factory.mktemp("scene")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            folder = root / "home" / name.lower()
            folder.mkdir(parents=True)
            patch.setenv(name, str(folder))
        patch.setattr(tempfile, "tempdir", None)
        patch.setattr(vaults, "new_master", lambda: MASTER)
        _play(root)
        _look(root)
        yield root


def _play(root: Path) -> None:
    story = root / "story"
    (story / "pieces").mkdir(parents=True)
    text = STORY.read_text(encoding="utf-8").replace("Morel", NAME).replace("Nancy", PLACE)
    (story / "story.toml").write_text(text, encoding="utf-8")
    for piece in (STORY.parent / "pieces").iterdir():
        (story / "pieces" / piece.name).write_bytes(piece.read_bytes() + f"\n{NIR}\n".encode())
    program = Application()
    whole = complete_dossier(load_story(story / "story.toml"))
    assert len(whole.events) > 20
    program.replay(story / "story.toml", root / "export", root / "coffre", PASSPHRASE, _ignore)


def _look(root: Path) -> None:
    clock = SystemClock(ZoneInfo("Europe/Paris"))
    with Vault.open(root / "coffre", Passphrase(PASSPHRASE), clock) as store:
        [incident] = store.incidents()
        store.save_draft(incident, {"typed": TYPED})
        session = Session(store, Application().knowledge, clock)
        preview = Previews(WorkerViewer()).open(session, incident, "P-001", NAME)
        assert NIR in str(preview.shown)
    log = TechnicalLog(root / "home" / "log", frozenset({"home"}))
    log.note_error(ValueError(f"{NAME} {NIR} {PASSPHRASE}"))
    log.note("page.show", NAME)
    assert log.read()


def _ignore(_line: str) -> None:
    """What the command line prints goes nowhere."""


def code_of(root: Path) -> str:
    """The recovery code, which the story writes into the chosen export."""
    text = (root / "export" / "LISEZMOI.txt").read_text(encoding="utf-8")
    found = re.search(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", text)
    assert found is not None
    return found[0]


def forms(secret: str | bytes) -> set[bytes]:
    """How a secret could lie in a file."""
    raws = {secret} if isinstance(secret, bytes) else {
        text.encode(form)
        for text in (secret, secret.replace(" ", ""), secret.replace("-", ""), secret.upper(),
                     secret.lower())
        for form in ("utf-8", "utf-16-le", "utf-16-be")
    }  # fmt: skip
    written = {raw.hex().encode() for raw in raws} | {base64.b64encode(raw)[:-4] for raw in raws}
    return raws | written


def files_outside_the_export(root: Path) -> list[Path]:
    """The vault, the home, the temporary folder."""
    return [file for folder in ("coffre", "home") for file in (root / folder).rglob("*")
            if file.is_file()]  # fmt: skip


def test_no_canary_is_in_clear(scene: Path) -> None:
    secrets = (PASSPHRASE, code_of(scene), NAME, PLACE, NIR, TYPED, MASTER)
    wanted = {form for secret in secrets for form in forms(secret)}
    files = files_outside_the_export(scene)
    assert len(files) > 10
    hits = [(file.name, form) for file in files for form in wanted if form in file.read_bytes()]
    assert hits == []
    assert [file for file in scene.rglob("*") if NAME.lower() in file.name.lower()] == []


def test_nothing_is_left_in_the_temporary_folder(scene: Path) -> None:
    assert [file for file in (scene / "home" / "tmpdir").rglob("*") if file.is_file()] == []


def test_the_scan_finds_what_is_there(scene: Path) -> None:
    exported = b"".join(file.read_bytes() for file in (scene / "export").rglob("*.json"))
    assert any(form in exported for form in forms(IncidentId(code_of(scene)))) is False
    readme = (scene / "export" / "LISEZMOI.txt").read_bytes()
    assert any(form in readme for form in forms(code_of(scene)))
    assert any(form in exported + readme for form in forms("Pharmacie"))


def test_the_papers_tell_their_title_and_nothing_else(scene: Path) -> None:
    papers = sorted((scene / "export").rglob("*.pdf"))
    assert papers
    for file in papers:
        assert re.fullmatch(r"[a-z0-9_.-]+", file.name, re.IGNORECASE)
        with pikepdf.open(io.BytesIO(file.read_bytes())) as paper:
            info = " ".join(str(value) for value in paper.docinfo.values())
            packet = bytes(paper.Root.Metadata.read_bytes()).decode("utf-8")
        for secret in (NAME, PLACE, NIR, PASSPHRASE):
            assert secret not in info + packet
