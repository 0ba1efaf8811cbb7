"""The practice sheet: kept under a key that is never erased."""

from __future__ import annotations

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.practice import Practice
from clinicir.services.session import Session


def save(session: Session, practice: Practice, by: str) -> Changes:
    """Replace the sheet; the former one stays in the trail."""
    record = practice.to_plain()
    return session.commit(
        None, Changes("practice.set", (Operation("practice", "practice", record),)), by
    )
