"""T1 and T2 before a release: a million distinct crash states, over both models of a disk.

    python -m tests.campaigns.crash_states [STATES]

Prints the states explored, those that cut a recovery, and the rate; stops at the first defect.
"""

from __future__ import annotations

import sys
import time

import pytest

from tests.vault.crash import explore, remember_pure_results, short_story
from tests.vault.simfs import SimDisk

CUTS = 700
SAMPLE = 15


def run(wanted: int) -> None:
    """Explore fresh vaults (other salts, nonces and ids each) until `wanted` states were seen."""
    total = recoveries = 0
    started = time.perf_counter()
    while total < wanted:
        for dir_sync in (True, False):
            story = short_story(SimDisk(dir_sync=dir_sync))
            states, cut = explore(story, CUTS, dir_sync=dir_sync, sample=SAMPLE)
            total, recoveries = total + states, recoveries + cut
        rate = total / (time.perf_counter() - started)
        print(f"{total} states, {recoveries} of them in a recovery, 0 defects, {rate:.0f}/s")


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        remember_pure_results(patch)
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
