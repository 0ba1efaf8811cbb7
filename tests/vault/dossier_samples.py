"""A dossier laid out by hand as docs/file-format.md says, from a sample vault."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from clinicir.domain.ids import Plain
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.header import load_header
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.line import clear_body, split
from tests.vault.key_samples import MASTER
from tests.vault.vault_samples import sample_vault

SUMS = "SHA256SUMS"
ANCHORED = (5, 12)
"""Entries that a checkpoint names; the first has a reply of a time-stamping authority."""
WITHHELD = 3
"""One entry in so many keeps its body sealed."""


def bodies_of(vault: Path) -> list[bytes]:
    """Clear bodies of all entries of a vault under the sample master key."""
    disk = OsFileSystem()
    header, _ = load_header(disk, vault, may_mend=False)
    ring = KeyRing(MASTER, KeyFiles(disk, vault, header.vault_id, may_mend=False))
    ciphers, bodies = BodyCiphers(ring), []
    for line in trail_lines(vault):
        public, quote, scope = split(line)
        cipher = ciphers.get(scope.decode())
        assert cipher is not None
        bodies.append(clear_body(cipher, line, quote, public))
    return bodies


def trail_lines(root: Path) -> list[bytes]:
    """Lines of the first file of a trail, with their line feeds."""
    return (root / "trail" / "trail-000001.jsonl").read_bytes().splitlines(keepends=True)


def checkpoint(root: Path, n: int) -> bytes:
    """Text of the checkpoint of entry `n`."""
    vault = json.loads((root / "vault.json").read_bytes())["vault"]
    head = hashlib.sha256(trail_lines(root)[n - 1]).hexdigest()
    return (
        f"clinicir trail checkpoint v1\nvault {vault}\nsize {n}\nhead {head}\n"
        "time 2026-11-21T10:00:00Z\n"
    ).encode()


def write_sums(root: Path) -> None:
    """`SHA256SUMS` over every other file whose name may stand in it."""
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    rows = [
        f"{hashlib.sha256((root / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if name != SUMS and all("!" <= mark <= "~" for mark in name)
    ]
    (root / SUMS).write_text("".join(rows), "ascii", newline="\n")


def sample_dossier(root: Path, work: Path, notes: int = 12) -> None:
    """Write a dossier with disclosed bodies, clear files, checkpoints, a reply, and sums."""
    vault, pieces = work / "vault", work / "pieces"
    pieces.mkdir(parents=True)
    sample_vault(vault, pieces, notes)
    for folder in ("disclosed", "evidence", "documents", "anchors"):
        (root / folder).mkdir(parents=True)
    shutil.copytree(vault / "trail", root / "trail")
    shutil.copy(vault / "vault.json", root / "vault.json")
    contents = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in pieces.iterdir()}
    for n, body in enumerate(bodies_of(vault), 1):
        if n % WITHHELD == 0 and b'"object"' not in body:
            continue
        (root / "disclosed" / f"e-{n:06d}.json").write_bytes(body)
        fields: dict[str, Plain] = json.loads(body)
        if "object" in fields:
            _write_clear(root, fields, contents)
    for n in ANCHORED:
        (root / "anchors" / f"checkpoint-{n:06d}.txt").write_bytes(checkpoint(root, n))
    imprint = hashlib.sha256(checkpoint(root, ANCHORED[0])).digest()
    reply = b"0\x82 any reply " + imprint + b" and what follows"
    (root / "anchors" / f"checkpoint-{ANCHORED[0]:06d}.tsr").write_bytes(reply)
    (root / "LISEZMOI.txt").write_bytes(b"Lisez-moi.\n")
    write_sums(root)


def _write_clear(root: Path, fields: dict[str, Plain], contents: dict[str, Path]) -> None:
    """The exhibit, and one of them as a paper too."""
    detail = fields["d"]
    assert isinstance(detail, dict)
    content = contents[str(detail["sha256"])].read_bytes()
    (root / "evidence" / f"{fields['object']}.bin").write_bytes(content)
    if detail["number"] == 2:
        (root / "documents" / f"{fields['object']}.pdf").write_bytes(content)
