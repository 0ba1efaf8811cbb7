"""T22 in long: a change of the master key cut at every state, over both models of a disk.

    python -m tests.campaigns.key_changes

Prints the states tried and how many each set of ways opens; stops at the first one locked out.
"""

from __future__ import annotations

import hashlib
import time

import pytest

from clinicir.vault import slots
from tests.vault.crash import remember_pure_results
from tests.vault.test_rotation import NEW, NEW_CODE, OLD, OLD_CODE, cut_everywhere


def main() -> None:
    """Every state, tried by the former ways first, then by the new ones first."""
    started = time.perf_counter()
    for dir_sync in (True, False):
        for name, ways in (("former", (OLD, OLD_CODE)), ("new", (NEW, NEW_CODE))):
            count, opened = cut_everywhere(dir_sync, ways, 0)
            seconds = time.perf_counter() - started
            print(f"dir_sync={dir_sync}: {count} states, {opened} opened by the {name} ways first, "
                  f"0 locked out, {seconds:.0f} s", flush=True)  # fmt: skip


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        remember_pure_results(patch)
        patch.setattr(
            slots, "stretched", lambda text, salt, _cost: hashlib.sha256(salt + text).digest()
        )
        main()
