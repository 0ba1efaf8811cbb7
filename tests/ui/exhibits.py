"""An exhibit put in the vault of a page test."""

from __future__ import annotations

from clinicir.domain.evidence import Evidence, add
from clinicir.ui.desk import Desk
from tests.fakes import BY, INCIDENT, START, store_of


def keep(desk: Desk, name: str, content: bytes, title: str = "Message") -> None:
    """A file of the disk, as the service takes it in."""
    store = store_of(desk.session)
    stored = store.put(content, INCIDENT, {})
    number = f"P-{len(desk.session.case(INCIDENT).incident.evidence) + 1:03}"
    piece = Evidence(
        number, number, title, "", name, len(content), stored.sha256, stored.object_id, BY,
        START, None,
    )  # fmt: skip
    desk.session.commit(INCIDENT, add(piece), BY, stored.cipher_sha256)
