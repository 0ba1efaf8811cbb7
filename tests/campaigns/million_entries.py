"""T8, the speed: `verify_trail.py` alone on a trail of a million entries, in at most 10 s.

    python -m tests.campaigns.million_entries [--entries 1000000]

Entries have sealed bodies of 256 bytes, as most have. Exit code 1 above the figure.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

from clinicir.domain.audit import TrailPosition
from clinicir.vault.head import SLOT_BYTES, encode_slot, offset_of
from clinicir.vault.trail import file_name
from tests.campaigns.verifier_agreement import INTACT, in_subprocess, shipped_verdict

SECONDS_PER_MILLION = 10
_FILE_BYTES = 64 << 20
_GENESIS = (
    b'{"created":"2025-11-21T21:13:07.000Z","format":"clinicir-vault","suite":1,"v":1,'
    b'"vault":"00000000000000000000000000000000"}'
)


def write_trail(root: Path, entries: int) -> None:
    """A right chain; the seals are random bytes, which no verifier without keys looks into."""
    (root / "trail").mkdir()
    (root / "vault.json").write_bytes(_GENESIS)
    seal = base64.b64encode(os.urandom(12 + 256 + 16)).decode()
    body = hashlib.sha256(b"").hexdigest()
    before = head = hashlib.sha256(_GENESIS).hexdigest()
    number, size = 1, 0
    out = (root / "trail" / file_name(number)).open("wb")
    for n in range(1, entries + 1):
        line = (
            f'{{"a":"u-00000001","b":"{seal}","c":"{body}","i":"00112233445566aa",'
            f'"k":"note.add","m":{n},"n":{n},"p":"{head}","s":"0000002a",'
            '"t":"2025-11-21T21:13:08.000Z","v":1,"z":60}\n'
        ).encode()
        if size + len(line) > _FILE_BYTES:
            out.close()
            number, size = number + 1, 0
            out = (root / "trail" / file_name(number)).open("wb")
        out.write(line)
        size += len(line)
        before, head = head, hashlib.sha256(line).hexdigest()
    out.close()
    slots = bytearray(2 * SLOT_BYTES)
    for n, digest in ((entries, head), (entries - 1, before)):
        slot = encode_slot(bytes(32), TrailPosition(n, digest))
        slots[offset_of(n) : offset_of(n) + SLOT_BYTES] = slot
    (root / "trail" / "head").write_bytes(slots)


def main() -> int:
    """Run the campaign and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_trail(Path(folder), chosen.entries)
        started, cpu = time.monotonic(), os.times()
        verdict = shipped_verdict(in_subprocess, Path(folder))
        wall, used = time.monotonic() - started, os.times()
        spent = used.children_user + used.children_system - cpu.children_user - cpu.children_system
    print(f"{chosen.entries} entries: {verdict}, {wall:.1f} s, of which {spent:.1f} s of processor")
    fast = spent <= SECONDS_PER_MILLION * chosen.entries / 1_000_000
    return 0 if verdict == INTACT and fast else 1


if __name__ == "__main__":
    sys.exit(main())
