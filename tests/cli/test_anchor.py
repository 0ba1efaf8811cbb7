"""`clinicir anchor`: a checkpoint leaves the vault, the reply of an authority comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.told import PASSPHRASE, Command
from tests.vault.test_time_stamp import OPENSSL, Authority


def test_a_checkpoint_leaves_as_text_and_as_a_request(
    run: Command, vault: Path, tmp_path: Path
) -> None:
    told = run("anchor", "--vault", vault, "--out", tmp_path / "out", passphrase=PASSPHRASE)
    assert (told.code, told.err) == (0, "")
    [text] = (tmp_path / "out").glob("checkpoint-*.txt")
    assert text.read_text("ascii") in told.out
    assert (vault / "anchors" / text.name).read_bytes() == text.read_bytes()
    assert text.with_suffix(".tsq").stat().st_size in (69, 70)
    assert run("verify", vault, passphrase=PASSPHRASE).code == 0


@pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine")
def test_the_reply_of_an_authority_is_judged_then_kept(
    run: Command, vault: Path, tmp_path: Path
) -> None:
    (tmp_path / "tsa").mkdir()
    authority = Authority(tmp_path / "tsa")
    authority.make("rsa:2048")
    out = tmp_path / "out"
    assert run("anchor", "--vault", vault, "--out", out, passphrase=PASSPHRASE).code == 0
    [asked] = out.glob("*.tsq")
    authority.reply(asked.read_bytes())
    given = ("--reply", tmp_path / "tsa" / "r.tsr", "--authority", tmp_path / "tsa" / "ca.pem")
    told = run("anchor", "--vault", vault, *given, passphrase=PASSPHRASE)
    assert told.code == 0
    assert "Local stamps" in told.out
    assert (vault / "anchors" / asked.with_suffix(".tsr").name).exists()
    assert run("verify", vault, passphrase=PASSPHRASE).code == 0


def test_a_foreign_reply_changes_nothing(run: Command, vault: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    before = (vault / "trail" / "trail-000001.jsonl").read_bytes()
    given = ("--reply", tmp_path / "x", "--authority", tmp_path / "x")
    told = run("anchor", "--vault", vault, *given, passphrase=PASSPHRASE)
    assert told.code == 3
    assert "horodatage" in told.err
    after = (vault / "trail" / "trail-000001.jsonl").read_bytes()
    assert after.startswith(before)
    assert b'"k":"anchor.add"' not in after[len(before) :]
    absent = ("--reply", tmp_path / "absent", "--authority", tmp_path / "x")
    assert run("anchor", "--vault", vault, *absent, passphrase=PASSPHRASE).code == 3
