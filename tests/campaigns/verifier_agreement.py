"""The shipped verifier, alone under `python3 -I`, against the program, on mutated vaults.

    python -m tests.campaigns.verifier_agreement --mutants 1000 [--seed 7]

Both must give the same verdict and the same first entry, and miss nothing that can be seen without
a key. Exit code 1 at the first disagreement.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.vault.verify import verify_chain
from tests.campaigns.mutants import SEEN, UNSEEN, Mutant, alter
from tests.vault.vault_samples import sample_vault

SCRIPT = Path(__file__).parents[2] / "resources" / "verify" / "verify_trail.py"
INTACT, UNREADABLE = "intact", "unreadable"
Run = Callable[[Path], tuple[int, str]]
"""Exit code and output of the shipped verifier on a path."""


def in_subprocess(path: Path) -> tuple[int, str]:
    """The verifier as an expert runs it: an isolated interpreter that never saw clinicir."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path)],
        capture_output=True,
        cwd=tempfile.gettempdir(),
        env={"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace") + done.stderr.decode()


def shipped_verdict(run: Run, path: Path) -> str:
    """`intact`, `altered N` or `unreadable`, from the exit code and the last line alike."""
    code, output = run(path)
    last = output.strip().splitlines()[-1] if output.strip() else ""
    if code == 0 and re.fullmatch(r"R\S+SULTAT : INTACT", last):
        return INTACT
    found = re.fullmatch(r"R\S+SULTAT : ALT\S+ \S+ l'entr\S+e ([0-9]+)", last)
    if code == 1 and found:
        return f"altered {found[1]}"
    if code == 3 and "ILLISIBLE" in last:
        return UNREADABLE
    return f"neither: exit {code}, {output!r}"


def program_verdict(path: Path) -> str:
    """The same, from `clinicir.vault.verify`."""
    try:
        verdict = verify_chain(path)
    except StorageError:
        return UNREADABLE
    return INTACT if verdict.is_intact else f"altered {verdict.findings[0].entry}"


def complaint(mutant: Mutant, shipped: str, program: str) -> str | None:
    """What is wrong with the two verdicts on one mutant; None when nothing is."""
    if shipped != program:
        return f"{mutant.name}: shipped says {shipped}, program says {program}"
    if mutant.duty == SEEN and shipped == INTACT:
        return f"{mutant.name}: unseen by both"
    if mutant.duty == UNSEEN and shipped != INTACT:
        return f"{mutant.name}: harmless, yet both say {shipped}"
    return None


def compare(sample: Path, work: Path, number: int, seed: int, run: Run) -> tuple[str, str | None]:
    """Verdict of the shipped verifier on one mutant of `sample`, and the complaint if any."""
    root = work / f"mutant-{number}"
    shutil.copytree(sample, root)
    mutant = alter(root, number, seed)
    shipped, program = shipped_verdict(run, root), program_verdict(root)
    shutil.rmtree(root)
    return shipped, complaint(mutant, shipped, program)


def main() -> int:
    """Run the campaign and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    verdicts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "pieces").mkdir()
        sample = work / "sample"
        sample_vault(sample, work / "pieces")
        for number in range(chosen.mutants):
            shipped, wrong = compare(sample, work, number, chosen.seed, in_subprocess)
            if wrong is not None:
                print(f"mutant {number}, seed {chosen.seed}: {wrong}")
                return 1
            verdicts[shipped.split()[0]] += 1
    counted = ", ".join(f"{name} {count}" for name, count in sorted(verdicts.items()))
    print(f"{chosen.mutants} mutants, {chosen.mutants} agreements: {counted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
