"""Opening and verifying a trail of 100,000 entries, beside the bare hashing of the same bytes.

Figures to reach: opening at most 1 s beyond the key derivation; 300,000 entries/s for chain and
envelope, 150,000 with bodies, 100,000 by the independent verifier.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _table import ROOT, SECRET, ZONE, fill, heading, median_ms, new_incident, new_vault, rows

from clinicir.system_clock import SystemClock
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.header import load_header
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.slots import open_slots
from clinicir.vault.vault import Vault
from clinicir.vault.verify import verify_bodies, verify_chain

ENTRIES = 100_000
TRIES = 9


def best(act: Callable[[], object]) -> float:
    """Best of a few, in seconds."""
    spans = []
    for _ in range(TRIES):
        start = time.perf_counter()
        act()
        spans.append(time.perf_counter() - start)
    return min(spans)


def keys(root: Path) -> KeyRing:
    """What a passphrase costs is here."""
    disk = OsFileSystem()
    header, _ = load_header(disk, root, may_mend=False)
    return open_slots(KeyFiles(disk, root, header.vault_id, may_mend=False), SECRET)


def hashing(root: Path) -> None:
    """The floor: SHA-256 of every trail file."""
    for path in sorted((root / "trail").glob("trail-*.jsonl")):
        hashlib.sha256(path.read_bytes())


def independent(root: Path) -> None:
    """The shipped verifier, alone."""
    script = ROOT / "resources" / "verify" / "verify_trail.py"
    done = subprocess.run([sys.executable, "-I", str(script), str(root)], capture_output=True)
    if done.returncode != 0:
        raise SystemExit(done.stdout.decode() + done.stderr.decode())


def measure(root: Path) -> None:
    """All rates in one run."""
    ring = keys(root)
    derivation = best(lambda: keys(root))
    clock = SystemClock(ZONE)
    opening = best(lambda: Vault.open(root, SECRET, clock).close())
    heading(f"A trail of {ENTRIES:,} entries")
    floor = best(lambda: hashing(root))
    ciphers = BodyCiphers(ring)
    found = [
        ("SHA-256 of the bytes (floor)", floor),
        ("chain and envelope", best(lambda: verify_chain(root))),
        ("with bodies", best(lambda: verify_bodies(root, ciphers.get, ring.head_key))),
        ("independent verifier, process included", best(lambda: independent(root))),
        ("opening beyond key derivation", opening - derivation),
    ]
    lines = [["what", "s", "entries/s", "x floor"]]
    lines += [
        [name, f"{s:.3f}", f"{ENTRIES / s:,.0f}", f"{s / floor:.1f}"] for name, s in found
    ]
    rows(lines)
    print(f"key derivation alone: {derivation:.3f} s", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="clinicir-bench-") as made:
        vault, session = new_vault(Path(made) / "vault")
        with vault:
            incident = new_incident(session, 1)
            print(f"filling: {median_ms(lambda: fill(session, incident, ENTRIES), 1) / 1000:.0f} s")
        measure(Path(made) / "vault")
