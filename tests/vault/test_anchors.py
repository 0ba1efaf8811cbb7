"""A checkpoint leaves, its time stamp comes back, and every verifier follows both."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicir.documents.printer import checkpoint_text
from clinicir.domain.audit import EntryDraft
from clinicir.domain.errors import UserError
from clinicir.vault import checkpoint
from clinicir.vault.anchors import AnchorFolder
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.keys import KeyRing
from clinicir.vault.vault import Vault
from clinicir.vault.verify import verify_chain
from tests.campaigns.verifier_agreement import in_subprocess, program_verdict, shipped_verdict
from tests.vault.key_samples import MASTER
from tests.vault.second_verifier import judge
from tests.vault.test_time_stamp import OPENSSL, Authority
from tests.vault.vault_samples import INCIDENT, SteadyClock, sample_vault


def opened(root: Path) -> Vault:
    return Vault.open_with(root, lambda files: KeyRing(MASTER, files), SteadyClock())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pieces").mkdir()
    sample_vault(tmp_path / "vault", tmp_path / "pieces", notes=3)
    return tmp_path / "vault"


def verdicts(root: Path) -> set[str]:
    return {program_verdict(root), judge(root), shipped_verdict(in_subprocess, root)}


def test_the_text_is_that_of_the_papers(root: Path) -> None:
    now = SteadyClock().now()
    with opened(root) as vault:
        text = checkpoint.text_of(vault.header.vault_id, vault.position, now)
        assert text.decode() == checkpoint_text(vault.header.vault_id, vault.position, now)
        found = checkpoint.parse(text)
        assert found is not None
        assert found.position == vault.position


@pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine")
def test_an_anchor_leaves_and_its_stamp_comes_back(root: Path, tmp_path: Path) -> None:
    (tmp_path / "tsa").mkdir()
    authority = Authority(tmp_path / "tsa")
    authority.make("rsa:2048")
    with opened(root) as vault:
        keeper = AnchorFolder(OsFileSystem(), root, vault.header.vault_id)
        prepared = keeper.prepare(vault.position, SteadyClock().now())
        assert keeper.prepare(vault.position, SteadyClock().now()) == prepared
        reply = authority.reply(prepared.request)
        with pytest.raises(UserError, match=r"stamp\.not_asked"):
            keeper.accept(b"0\x00", authority.pem)
        with pytest.raises(UserError, match=r"stamp\.refused"):
            keeper.accept(reply[:-1], authority.pem)
        assert not list((root / "anchors").glob("*.tsr"))
        stamped = keeper.accept(reply, authority.pem)
        assert (stamped.entry, stamped.authority) == (prepared.position.n, "Local stamps")
        vault.commit(EntryDraft("note.add", INCIDENT, "Dr Exemple", detail={"text": "suite"}))
    assert verdicts(root) == {"intact"}
    name = checkpoint.name_of(prepared.position.n)
    (tmp_path / "tsa" / "text").write_bytes((root / name).read_bytes())
    (tmp_path / "tsa" / "reply").write_bytes(reply)
    authority.run("ts", "-verify", "-in", "reply", "-data", "text", "-CAfile", "ca.pem")
    (root / name).with_suffix(".tsr").write_bytes(b"0\x82 something else")
    assert verdicts(root) == {f"altered {prepared.position.n}"}
    assert verify_chain(root).findings[0].code == "anchor.foreign_stamp"
