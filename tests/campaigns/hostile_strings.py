"""T14 before a release: every hostile text through every sink, and through a real vault.

    python -m tests.campaigns.hostile_strings

Nothing outside the program may be opened: Python's own files by an audit hook, the canary picture
by inotify (Linux). Prints the texts, the slowest paper, the refusals; stops at the first defect.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinicir import paths
from clinicir.domain.audit import EntryDraft
from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.domain.length import check_length, normalised
from clinicir.ui.theme import Theme, use_resources
from clinicir.vault.keys import KeyRing
from clinicir.vault.vault import Vault
from tests.hostile import hostile_strings
from tests.preview.samples import picture
from tests.ui.hostile_sinks import Sinks, Watch
from tests.vault.key_samples import MASTER
from tests.vault.vault_samples import SteadyClock

INCIDENT = IncidentId("00112233445566aa")
_LONGEST_READ_BACK = 400


def run(folder: Path) -> None:
    """Everything in `folder`, which is empty."""
    canary = folder / "canari.png"
    canary.write_bytes(picture())
    texts, sinks, watch = hostile_strings(canary), Sinks(folder), Watch(canary)
    ours = (folder / "technique.log", paths.resources(), Path(sys.prefix), Path(sys.base_prefix))
    slowest = 0.0
    for text in texts:
        with watch.nothing_opened(ours):
            sinks.check_all(text)
            readable = 0 < len(text) < _LONGEST_READ_BACK
            slowest = max(slowest, sinks.check_paper(text, read_back=readable))
        QApplication.processEvents()
    refused = recorded(folder / "coffre", texts)
    print(f"{len(texts)} texts, 0 defects, slowest paper {slowest:.2f} s, "
          f"{refused} refused with a declared error, {len(texts) - refused} read back")  # fmt: skip


def recorded(root: Path, texts: list[str]) -> int:
    """How many are refused; AssertionError when one of the others does not come back."""
    clock, refused, kept = SteadyClock(), 0, []
    start = datetime(2026, 11, 21, tzinfo=UTC)
    vault = Vault.create_with(root, lambda files: KeyRing(MASTER, files), clock, start, drill=True)
    with vault as v:
        v.commit(EntryDraft("incident.open", INCIDENT, "Nadia"))
        for text in texts:
            form = normalised(text)
            try:
                check_length("text", form)
            except UserError:
                refused += 1
                continue
            v.commit(EntryDraft("note.add", INCIDENT, "Nadia", (), {"text": form}))
            kept.append(form)
        found = [entry.detail.get("text") for entry in v.journal(INCIDENT)]
    assert [text for text in found if text is not None] == kept
    return refused


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    use_resources(paths.resources())
    Theme.apply(application, 1.0, "light")
    with tempfile.TemporaryDirectory() as place:
        run(Path(place))
