"""Accounts to reset and addresses to block."""

from __future__ import annotations

from collections.abc import Sequence

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId, Plain, PlainMap
from clinicir.domain.incident import check_reason
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


def correct(
    session: Session,
    incident: IncidentId,
    name: str,
    key: str,
    line: PlainMap | None,
    reason: str,
    by: str,
) -> Changes:
    """Line `key` of `accounts` or `addresses` becomes `line`, or goes when None; both are noted.

    UserError `reason.missing`, `tracker.unknown_line`, `tracker.same_line`, `address.own`,
    `address.not_public`.
    """
    case = session.open_case(incident)
    check_reason(reason)
    kind = {"accounts": "account", "addresses": "address"}[name]
    if key not in session.store.records(incident, kind):
        raise UserError("tracker.unknown_line", line=key.replace("\t", ", ")[:80])
    operations = [Operation(kind, key, None)]
    if line is not None:
        after: Account | Address = (
            Account.from_plain(line, name)
            if kind == "account"
            else Address.from_plain(line, name, case.practice.public_addresses)
        )
        if after.key != key and after.key in session.store.records(incident, kind):
            raise UserError("tracker.same_line", line=after.key.replace("\t", ", ")[:80])
        gone = [] if after.key == key else operations
        operations = [*gone, Operation(kind, after.key, after.to_plain())]
    detail: dict[str, Plain] = {"line": key.replace("\t", ", "), "reason": reason}
    return session.commit(incident, Changes("track.set", tuple(operations), detail), by)


def _moved(
    kind: str, before: Sequence[Account | Address], after: Sequence[Account | Address]
) -> tuple[Operation, ...]:
    old = {line.key: line for line in before}
    return tuple(
        Operation(kind, line.key, line.to_plain()) for line in after if old.get(line.key) != line
    )
