"""T7 in full: every single and every double edit, four adversaries, table 3.6 cell by cell.

    python -m tests.campaigns.table_3_6

Exit code 1 at the first rewriting that the program judges otherwise than the table.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.vault.forger import Item, Who, Written, single_edits
from tests.vault.test_table_3_6 import wrong_cell
from tests.vault.vault_samples import sample_vault


def rewritings(written: Written) -> dict[tuple[Item, ...], str]:
    """What single and double edits make of the trail, each result once, under the name of one."""
    found: dict[tuple[Item, ...], str] = {}
    for first, one in single_edits(len(written.lines)):
        items = one(written.items())
        found.setdefault(tuple(items), first)
        for second, two in single_edits(len(items)):
            found.setdefault(tuple(two(items)), f"{first}, {second}")
    found.pop(tuple(written.items()), None)
    return found


def main() -> int:
    """Run the campaign and print its figures."""
    started, counted = time.monotonic(), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "pieces").mkdir()
        sample_vault(work / "vault", work / "pieces", notes=3)
        written = Written.of(work / "vault")
        root = written.copy(work / "copy")
        for items, name in rewritings(written).items():
            for who in Who:
                wrong = wrong_cell(written, list(items), who, root)
                if wrong is not None:
                    print(f"{name}: {wrong}")
                    return 1
                counted[who.value] += 1
    said = ", ".join(f"{who} {count}" for who, count in counted.items())
    print(f"{counted.total()} rewritings, without and with an anchor, 0 off the table: {said}; "
          f"{time.monotonic() - started:.0f} s")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
