"""Kill a replay at random moments; nothing that it acknowledged may be missing afterwards.

    python -m tests.campaigns.kill_replay --kills 200

The replay prints `n head` once an event is acknowledged. After each kill the vault must open, hold
every acknowledged entry with the very same head, read back every piece of evidence that an
acknowledged entry names, and be found intact by the verification.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from clinicir import paths
from clinicir.domain.errors import StorageError
from clinicir.system_clock import SystemClock
from clinicir.vault.slots import Passphrase
from clinicir.vault.vault import Vault
from clinicir.vault.verify import verify_chain

SECRET = "six mots tires au sort pour une campagne"
STORY = paths.checklists() / "stories" / "amelipro.toml"


@dataclass(frozen=True)
class Killed:
    """One round."""

    acknowledged: int
    """Last entry whose acknowledgement was read, 0 for none."""
    found: int
    """Entries in the vault once reopened."""
    problem: str
    """Empty when all is well."""


def one_kill(folder: Path, after_seconds: float) -> Killed:
    """Start a replay, kill it, look at what is left."""
    vault = folder / "coffre"
    acknowledged = _replay_and_kill(folder, vault, after_seconds)
    last = max(acknowledged, default=0)
    if not (vault / "vault.json").exists():
        return Killed(last, 0, "no vault left" if acknowledged else "")
    try:
        with Vault.open(vault, Passphrase(SECRET), SystemClock(ZoneInfo("Europe/Paris"))) as opened:
            found = opened.position.n
            problem = _lost(opened, vault, acknowledged)
    except StorageError as error:
        # Killed while the vault itself was being made: nothing had been acknowledged yet.
        return Killed(last, 0, str(error) if acknowledged else "")
    verdict = verify_chain(vault)
    return Killed(last, found, problem or ("" if verdict.is_intact else str(verdict.findings)))


def _replay_and_kill(folder: Path, vault: Path, after_seconds: float) -> dict[int, str]:
    reading, writing = os.pipe()
    os.write(writing, f"{SECRET}\n".encode())
    os.close(writing)
    command = [sys.executable, "-m", "clinicir", "replay", str(STORY), "--out", str(folder)]
    command += ["--vault", str(vault), "--passphrase-fd", str(reading)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(reading,), text=True
    ) as process:
        os.close(reading)
        time.sleep(after_seconds)
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
    whole = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return {int(n): head for n, head in whole}


def _lost(opened: Vault, root: Path, acknowledged: dict[int, str]) -> str:
    if opened.state.read_only is not None:
        return f"read only: {opened.state.read_only}"
    heads: dict[int, str] = {}
    lines = b"".join(path.read_bytes() for path in sorted((root / "trail").glob("trail-*.jsonl")))
    for n, line in enumerate(lines.splitlines(keepends=True), start=1):
        heads[n] = hashlib.sha256(line).hexdigest()
    for n, head in acknowledged.items():
        if heads.get(n) != head:
            return f"acknowledged entry {n} is missing or has changed"
    for incident in opened.incidents():
        for entry in opened.journal(incident):
            if entry.sealed:
                return f"entry {entry.n} cannot be read"
    if opened.state.missing_objects:
        return f"objects missing: {opened.state.missing_objects}"
    return ""


def campaign(kills: int, seed: int, whole_seconds: float) -> list[Killed]:
    """`kills` rounds at moments spread over the life of a replay."""
    draw = random.Random(seed)
    rounds = []
    for _ in range(kills):
        with tempfile.TemporaryDirectory(prefix="clinicir-kill-") as made:
            rounds.append(one_kill(Path(made), draw.uniform(0.2, whole_seconds)))
    return rounds


def whole_replay_seconds() -> float:
    """How long an undisturbed replay takes here."""
    with tempfile.TemporaryDirectory(prefix="clinicir-kill-") as made:
        folder = Path(made)
        command = [sys.executable, "-m", "clinicir", "replay", str(STORY), "--out", str(folder)]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start


def main() -> int:
    """Print the tally; 1 when anything acknowledged is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261121)
    given = parser.parse_args()
    whole = whole_replay_seconds()
    rounds = campaign(given.kills, given.seed, whole)
    bad = [one for one in rounds if one.problem]
    caught = sum(1 for one in rounds if one.acknowledged)
    latest = max(one.acknowledged for one in rounds)
    print(f"replay of {whole:.1f} s killed {len(rounds)} times; {caught} after a first")
    print(f"acknowledgement, the latest at entry {latest}; {len(bad)} with a loss or a damage")
    for one in bad:
        print(f"  {one}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
