"""T12 before a release: generated vaults backed up and restored, and restores cut everywhere.

    python -m tests.campaigns.restore [--vaults 1000] [--cut 50]

`--vaults` compares the fold, the trail and every object of each vault with what comes back; `--cut`
restores are cut at every operation, over both models of a disk. Prints the totals; stops at the
first defect.
"""

from __future__ import annotations

import argparse
import time

import pytest

from tests.vault.bundle_samples import derive_quickly
from tests.vault.crash import remember_pure_results
from tests.vault.restore_crash import CutRestore, round_trip_defect

CUTS = 6


def run(vaults: int, cut: int) -> None:
    """Both halves, one after the other."""
    started = time.perf_counter()
    for seed in range(vaults):
        defect = round_trip_defect(seed)
        if defect is not None:
            raise SystemExit(f"vault {seed}: {defect}")
    print(f"{vaults} vaults backed up and restored, 0 defects, "
          f"{time.perf_counter() - started:.0f} s", flush=True)  # fmt: skip
    states = 0
    for seed in range(cut):
        for dir_sync in (True, False):
            states += CutRestore(seed, dir_sync=dir_sync).explore(CUTS)
    print(f"{2 * cut} restores cut everywhere, {states} crash states, the former vault whole in "
          f"each, {time.perf_counter() - started:.0f} s", flush=True)  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--vaults", type=int, default=1000)
    parser.add_argument("--cut", type=int, default=50)
    given = parser.parse_args()
    with pytest.MonkeyPatch.context() as patch:
        derive_quickly(patch)
        remember_pure_results(patch)
        run(given.vaults, given.cut)
