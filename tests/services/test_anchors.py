"""Use cases of anchors: what leaves, what comes back, the number of a receipt."""

from __future__ import annotations

from datetime import datetime

import pytest

from clinicir.domain.audit import TrailPosition
from clinicir.domain.errors import UserError
from clinicir.services.anchor_ports import Prepared, Stamped
from clinicir.services.anchors import accept_stamp, add_receipt, prepare_anchor
from clinicir.services.incidents import close
from tests.fakes import BY, INCIDENT, new_case, store_of


class OneAnchor:
    """Keeps nothing; refuses replies that are not `good`."""

    def prepare(self, position: TrailPosition, at: datetime) -> Prepared:
        return Prepared(position, b"text", b"request")

    def accept(self, reply: bytes, trusted_pem: bytes) -> Stamped:
        if reply != b"good":
            raise UserError("stamp.refused")
        return Stamped(7, "2026-11-22T10:00:00Z", "Local", "0" * 64)


def test_what_leaves_names_the_entry_before_it() -> None:
    session = new_case()
    position = session.store.position
    assert prepare_anchor(session, OneAnchor(), BY).position == position
    *_, last = session.store.journal(None)
    assert (last.kind, last.incident) == ("anchor.add", None)
    assert last.detail == {"size": position.n, "head": position.head}


def test_only_a_judged_reply_is_written_down() -> None:
    session = new_case()
    before = session.store.position
    with pytest.raises(UserError, match=r"stamp\.refused"):
        accept_stamp(session, OneAnchor(), b"bad", b"", BY)
    assert session.store.position == before
    accept_stamp(session, OneAnchor(), b"good", b"", BY)
    *_, last = session.store.journal(None)
    assert last.detail["authority"] == "Local"
    assert last.detail["size"] == 7


def test_the_number_of_a_receipt_belongs_to_its_incident() -> None:
    session = new_case()
    at = session.clock.now()
    add_receipt(session, INCIDENT, "CNIL", "NOT-2026-1234", at, BY)
    *_, last = session.store.journal(INCIDENT)
    assert (last.kind, last.detail["reference"]) == ("receipt.add", "NOT-2026-1234")
    close(session, INCIDENT, (), {}, BY)
    with pytest.raises(UserError, match=r"incident\.closed"):
        add_receipt(session, INCIDENT, "CNIL", "again", at, BY)
    assert store_of(session).journal_size(INCIDENT) > 0
