"""Backup and restore of a vault that holds 2 GiB, beside restic and borg.

Ours: every file measured, copied, synced and read back from the medium; then copied back, synced,
its chain, each seal and each object verified before the switch. The peers put the same folder into
a new repository, without compression, and restore it; they read nothing back, so restic is also
timed with `check --read-data`. A peer that is not installed is said so.

    python benchmarks/backup.py [--mib 2048]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _table import ROOT, WHO, ZONE, heading, rows

from clinicir.domain.audit import EntryDraft
from clinicir.domain.ids import IncidentId
from clinicir.services.bundle_ports import Watch
from clinicir.system_clock import SystemClock
from clinicir.transfer import bundles_of
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.bundle_restore import Place, restore
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.slots import RecoveryCode
from clinicir.vault.vault import Vault

CODE = "0000-0000-0000-0000-0000-0000-00Z7"
INCIDENT = IncidentId(f"{1:016x}")
PIECES = 16


def make_vault(root: Path, mib: int) -> None:
    """Exhibits that do not compress, with their entries."""
    clock = SystemClock(ZONE)
    ways = (RecoveryCode(CODE),)
    source = root.with_name("source.bin")
    with Vault.create(root, ways=ways, clock=clock, created=clock.now(), drill=True) as vault:
        vault.commit(EntryDraft("incident.open", INCIDENT, WHO))
        for _ in range(PIECES):
            with source.open("wb") as out:
                for _ in range(mib // PIECES):
                    out.write(os.urandom(1 << 20))
            stored = vault.take_in(source, INCIDENT, {})
            draft = EntryDraft(
                "evidence.add", INCIDENT, WHO, detail={"sha256": stored.sha256},
                object_digest=stored.cipher_sha256,
            )  # fmt: skip
            vault.commit(draft)
    source.unlink()


def ours(act: str, root: Path, folder: Path) -> tuple[float, float]:
    """Seconds and peak MiB of one act, in a process of its own."""
    code = (ROOT / "benchmarks" / "backup.py").as_posix()
    command = [sys.executable, code, "--child", act, str(root), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


def child(act: str, root: Path, folder: Path) -> None:
    """`backup` or `restore`, timed inside."""
    clock, copy = SystemClock(ZONE), folder / "copie.cirbak"
    start = time.perf_counter()
    if act == "backup":
        with Vault.open(root, RecoveryCode(CODE), clock) as vault:
            bundles_of(vault, root).backup(copy, lambda _: None, Watch())
    else:
        fs = OsFileSystem()
        with open_bundle(fs, copy) as bundle:
            restore(bundle, CODE, Place(fs, folder / "coffre", clock), Watch())
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def timed(commands: list[list[str]], folder: Path, env: dict[str, str]) -> float:
    """Seconds of the commands, then of making durable what they wrote."""
    start = time.perf_counter()
    for command in commands:
        subprocess.run(
            command, check=True, capture_output=True, cwd=folder, env={**os.environ, **env}
        )
    subprocess.run(["sync", "-f", str(folder)], check=True)
    return time.perf_counter() - start


def restic(root: Path, folder: Path) -> list[tuple[str, float]]:
    """Backup, the reading back, restore."""
    env = {"RESTIC_PASSWORD": "mesure"}
    base = ["restic", "-r", str(folder / "restic"), "--no-cache", "-q"]
    saved = timed([[*base, "init"], [*base, "backup", "--compression", "off", str(root)]],
                  folder, env)  # fmt: skip
    read = timed([[*base, "check", "--read-data"]], folder, env)
    back = timed([[*base, "restore", "latest", "--target", str(folder / "r")]], folder, env)
    return [("restic backup", saved), ("restic backup and check --read-data", saved + read),
            ("restic restore", back)]  # fmt: skip


def borg(root: Path, folder: Path) -> list[tuple[str, float]]:
    """Backup, restore."""
    repository, out = folder / "borg", folder / "b"
    out.mkdir()
    env = {"BORG_PASSPHRASE": "mesure", "BORG_BASE_DIR": str(folder / "home")}
    saved = timed([["borg", "init", "-e", "repokey", str(repository)],
                   ["borg", "create", "-C", "none", f"{repository}::a", str(root)]],
                  folder, env)  # fmt: skip
    back = timed([["borg", "extract", f"{repository}::a"]], out, env)
    return [("borg backup, no compression", saved), ("borg restore", back)]


PEERS: dict[str, Callable[[Path, Path], list[tuple[str, float]]]] = {
    "restic": restic, "borg": borg
}  # fmt: skip


def main() -> None:
    """Everything in one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mib", type=int, default=2048)
    parser.add_argument("--child", nargs=3)
    given = parser.parse_args()
    if given.child:
        act, root, folder = given.child
        child(act, Path(root), Path(folder))
        return
    with tempfile.TemporaryDirectory(prefix="clinicir-bench-") as made:
        folder = Path(made)
        root = folder / "vault"
        make_vault(root, given.mib)
        lines = [["what", "s", "MB/s", "peak MiB"]]
        for act in ("backup", "restore"):
            seconds, peak = ours(act, root, folder)
            lines.append([f"clinicir {act}, verified", *_rate(given.mib, seconds), f"{peak:.0f}"])
        for program, run in PEERS.items():
            if shutil.which(program) is None:
                lines.append([program, "-", "-", "not installed"])
                continue
            inside = folder / f"{program}-run"
            inside.mkdir()
            lines += [[name, *_rate(given.mib, s), ""] for name, s in run(root, inside)]
            shutil.rmtree(inside)
        heading(f"A vault of {given.mib} MiB in {PIECES} exhibits")
        rows(lines)


def _rate(mib: int, seconds: float) -> tuple[str, str]:
    return f"{seconds:.2f}", f"{mib * 1.048576 / seconds:,.0f}"


if __name__ == "__main__":
    main()
