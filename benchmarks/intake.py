"""Taking a 2 GiB file in, beside `cat`, `openssl enc`, `age`, borg and restic.

Intake: one reading pass, SHA-256 and AES-256-GCM, durable; then the read-back that decrypts and
compares. Figures to reach: intake at least 60 % of `cat` to disk; with the read-back still twice as
fast as borg and restic; memory at most 150 MiB. A peer that is not installed is said so.

    python benchmarks/intake.py [--mib 2048]
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

from _table import ROOT, heading, new_incident, new_vault, rows

RUNS = 2


def make_source(path: Path, mib: int) -> None:
    """Bytes that do not compress."""
    with path.open("wb") as out:
        for _ in range(mib):
            out.write(os.urandom(1 << 20))
        out.flush()
        os.fsync(out.fileno())


def sync_after(command: list[str], folder: Path, env: dict[str, str] | None = None) -> None:
    """Run a peer, then make what it wrote durable, as we do."""
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **(env or {})})
    subprocess.run(["sync", "-f", str(folder)], check=True)


def peers(source: Path, folder: Path) -> dict[str, tuple[str, Callable[[], None]]]:
    """Name -> (program, act)."""
    out = folder / "out"
    secret = {"RESTIC_PASSWORD": "mesure", "BORG_PASSPHRASE": "mesure"}
    identity = folder / "age.key"

    def shell(line: str) -> list[str]:
        return ["sh", "-c", line]

    def age() -> None:
        if not identity.exists():
            subprocess.run(["age-keygen", "-o", str(identity)], check=True, capture_output=True)
        recipient = subprocess.run(
            ["age-keygen", "-y", str(identity)], check=True, capture_output=True, text=True
        ).stdout.strip()
        sync_after(["age", "-r", recipient, "-o", str(out), str(source)], folder)

    def borg() -> None:
        repository = folder / "borg"
        shutil.rmtree(repository, ignore_errors=True)
        base = {**secret, "BORG_BASE_DIR": str(folder / "borg-home")}
        sync_after(["borg", "init", "-e", "repokey", str(repository)], folder, base)
        create = ["borg", "create", "-C", "none", f"{repository}::a", str(source)]
        sync_after(create, folder, base)

    def restic() -> None:
        repository = folder / "restic"
        shutil.rmtree(repository, ignore_errors=True)
        flags = ["restic", "-r", str(repository), "--no-cache", "-q"]
        sync_after([*flags, "init"], folder, secret)
        sync_after([*flags, "backup", str(source)], folder, secret)

    line = f"openssl enc -aes-256-ctr -pbkdf2 -pass pass:mesure -in {source} -out {out}"
    return {
        "cat to disk": ("cat", lambda: sync_after(shell(f"cat {source} > {out}"), folder)),
        "openssl enc -aes-256-ctr": ("openssl", lambda: sync_after(shell(line), folder)),
        "age": ("age", age),
        "borg, no compression": ("borg", borg),
        "restic": ("restic", restic),
    }


def ours(source: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds of the pass alone, seconds with the read-back, peak MiB; in a process of its own."""
    code = (ROOT / "benchmarks" / "intake.py").as_posix()
    done = subprocess.run(
        [sys.executable, code, "--child", str(source), str(folder)],
        check=True, capture_output=True, text=True,
    )
    first, both, peak = done.stdout.split()[-3:]
    return float(first), float(both), float(peak)


def child(source: Path, folder: Path) -> None:
    """The intake of the program, timed inside; progress counts the copy, then the read-back."""
    vault, session = new_vault(folder / "vault")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with vault:
        incident = new_incident(session, 1)
        read_by = [0.0]

        def progress(done: int, total: int) -> None:
            if done * 2 >= total and not read_by[0]:
                read_by[0] = time.perf_counter()

        start = time.perf_counter()
        vault.take_in(source, incident, {"title": "mesure"}, progress)
        end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(read_by[0] - start, end - start, peak, f"(before {before:.0f})", file=sys.stderr)
    print(read_by[0] - start, end - start, peak)


def main() -> None:
    """Everything in one run, ratios to `cat`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mib", type=int, default=2048)
    parser.add_argument("--child", nargs=2, type=Path)
    given = parser.parse_args()
    if given.child:
        child(*given.child)
        return
    with tempfile.TemporaryDirectory(prefix="clinicir-bench-") as made:
        folder = Path(made)
        source = folder / "source.bin"
        make_source(source, given.mib)
        heading(f"Intake of {given.mib} MiB, best of {RUNS}")
        show(given.mib, measured(source, folder))


def measured(source: Path, folder: Path) -> list[tuple[str, float | None, str]]:
    """(name, seconds or None, remark)."""
    found: list[tuple[str, float | None, str]] = []
    for name, (program, act) in peers(source, folder).items():
        if shutil.which(program) is None:
            found.append((name, None, "not installed"))
            continue
        spans = []
        for _ in range(RUNS):
            start = time.perf_counter()
            act()
            spans.append(time.perf_counter() - start)
            (folder / "out").unlink(missing_ok=True)
        found.append((name, min(spans), ""))
    tries = []
    for n in range(RUNS):
        inside = folder / f"ours-{n}"
        inside.mkdir()
        tries.append(ours(source, inside))
        shutil.rmtree(inside)
    peak = max(t[2] for t in tries)
    found.append(("clinicir: one pass, durable", min(t[0] for t in tries), f"peak {peak:.0f} MiB"))
    found.append(("clinicir: and read back", min(t[1] for t in tries), ""))
    return found


def show(mib: int, found: list[tuple[str, float | None, str]]) -> None:
    """Rates, and the share of `cat`."""
    cat = next(s for name, s, _ in found if name.startswith("cat") and s)
    lines = [["what", "s", "MB/s", "share of cat", ""]]
    for name, s, remark in found:
        if s is None:
            lines.append([name, "-", "-", "-", remark])
        else:
            rate = mib * 1.048576 / s
            lines.append([name, f"{s:.2f}", f"{rate:,.0f}", f"{cat / s:.0%}", remark])
    rows(lines)


if __name__ == "__main__":
    main()
