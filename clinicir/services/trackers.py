"""Accounts to reset and addresses to block."""

from __future__ import annotations

from collections.abc import Sequence

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.ids import IncidentId, PlainMap
from clinicir.domain.tracker import Account, Address, merge_accounts, merge_addresses
from clinicir.services.session import Session


def track(
    session: Session,
    incident: IncidentId,
    accounts: Sequence[PlainMap],
    addresses: Sequence[PlainMap],
    by: str,
) -> Changes:
    """Add lines or update those already there; `address.own`, `address.not_public`."""
    case = session.open_case(incident)
    known = case.incident
    own = case.practice.public_addresses
    after_accounts = merge_accounts(known.accounts, accounts)
    after_addresses = merge_addresses(known.addresses, addresses, own=own)
    operations = (
        *_moved("account", known.accounts, after_accounts),
        *_moved("address", known.addresses, after_addresses),
    )
    return session.commit(incident, Changes("track.set", operations), by)


def _moved(
    kind: str, before: Sequence[Account | Address], after: Sequence[Account | Address]
) -> tuple[Operation, ...]:
    old = {line.key: line for line in before}
    return tuple(
        Operation(kind, line.key, line.to_plain()) for line in after if old.get(line.key) != line
    )
