"""Accounts to reset and addresses to block: two lists, line by line, with who did it and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinicir.domain.address import check_address
from clinicir.domain.clock import to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.reading import Record, without_blanks

__all__ = [
    "Account",
    "AccountState",
    "Address",
    "AddressState",
    "check_address",
    "merge_accounts",
    "merge_addresses",
]


class AccountState(StrEnum):
    """What became of an account."""

    TO_RESET = "to_reset"
    RESET = "reset"
    DISABLED = "disabled"


class AddressState(StrEnum):
    """What became of an address."""

    TO_BLOCK = "to_block"
    REQUESTED = "requested"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Account:
    """One account of one system."""

    name: str
    system: str
    owner: str | None = None
    state: AccountState = AccountState.TO_RESET
    done_at: datetime | None = None
    mfa: str | None = None
    """A second factor was set: yes, no or unknown."""
    by: str | None = None
    proof: str | None = None
    """Number of a piece of evidence, such as P-003."""

    @property
    def key(self) -> str:
        """Same account whatever the case; a tab cannot stand inside a name."""
        return _key(self.name, self.system)

    @property
    def pending(self) -> bool:
        """Still to do."""
        return self.state is AccountState.TO_RESET

    def to_plain(self) -> dict[str, Plain]:
        """The record kept in the trail; what is not known has no key."""
        return without_blanks(
            {
                "name": self.name,
                "system": self.system,
                "owner": self.owner,
                "state": self.state.value,
                "done_at": None if self.done_at is None else to_wire(self.done_at),
                "mfa": self.mfa,
                "by": self.by,
                "proof": self.proof,
            }
        )

    @classmethod
    def from_plain(cls, plain: Plain | PlainMap, path: str = "account") -> Account:
        """Strict reverse of `to_plain` (errors of `Record`); `tracker.bad_state`."""
        record = Record(plain, path)
        account = cls(
            name=record.required("name"),
            system=record.required("system"),
            owner=record.text("owner"),
            state=_account_state(record),
            done_at=record.instant("done_at"),
            mfa=record.answer("mfa"),
            by=record.text("by"),
            proof=record.text("proof"),
        )
        record.done()
        return account


@dataclass(frozen=True)
class Address:
    """One address or network, at one place where it is to be blocked."""

    address: str
    where: str
    state: AddressState = AddressState.TO_BLOCK
    done_at: datetime | None = None
    by: str | None = None
    proof: str | None = None

    @property
    def key(self) -> str:
        """`address` is in normal form already."""
        return _key(self.address, self.where)

    @property
    def pending(self) -> bool:
        """Not blocked yet; a request is not a block."""
        return self.state is not AddressState.BLOCKED

    def to_plain(self) -> dict[str, Plain]:
        """The record kept in the trail; what is not known has no key."""
        return without_blanks(
            {
                "address": self.address,
                "where": self.where,
                "state": self.state.value,
                "done_at": None if self.done_at is None else to_wire(self.done_at),
                "by": self.by,
                "proof": self.proof,
            }
        )

    @classmethod
    def from_plain(
        cls, plain: Plain | PlainMap, path: str = "address", own: Sequence[str] = ()
    ) -> Address:
        """Strict reverse of `to_plain`; `tracker.bad_state` and errors of `check_address`."""
        record = Record(plain, path)
        address = cls(
            address=check_address(record.required("address"), own),
            where=record.required("where"),
            state=_address_state(record),
            done_at=record.instant("done_at"),
            by=record.text("by"),
            proof=record.text("proof"),
        )
        record.done()
        return address


def merge_accounts(
    known: Sequence[Account], updates: Sequence[PlainMap]
) -> tuple[Account, ...]:
    """The list after `updates`: a line already there keeps what the update does not say.

    Order kept, new lines at the end. A `done_at` later than now is taken as announced: the provider
    often says in advance at what hour a block takes effect.
    """
    lines = {line.key: line for line in known}
    for n, update in enumerate(updates):
        path = f"accounts[{n}]"
        given = Account.from_plain(update, path)
        old = lines.get(given.key)
        line = given if old is None else Account.from_plain(_updated(old.to_plain(), update), path)
        lines[line.key] = line
    return tuple(lines.values())


def merge_addresses(
    known: Sequence[Address], updates: Sequence[PlainMap], *, own: Sequence[str]
) -> tuple[Address, ...]:
    """Like `merge_accounts`; `own` are the practice's public addresses (`address.own`)."""
    lines = {line.key: line for line in known}
    for n, update in enumerate(updates):
        path = f"addresses[{n}]"
        given = Address.from_plain(update, path, own)
        old = lines.get(given.key)
        line = given if old is None else Address.from_plain(_updated(old.to_plain(), update), path)
        lines[line.key] = line
    return tuple(lines.values())


_OPEN_STATES = frozenset({AccountState.TO_RESET.value, AddressState.TO_BLOCK.value})


def _updated(old: PlainMap, update: PlainMap) -> PlainMap:
    merged = {**old, **update}
    if update.get("state") in _OPEN_STATES:
        # A line that is to do again must not keep the date on which it had been done.
        for key in ("done_at", "by", "proof"):
            if key not in update:
                merged.pop(key, None)
    return merged


def _key(what: str, where: str) -> str:
    return f"{what.casefold()}\t{where.casefold()}"


def _account_state(record: Record) -> AccountState:
    text = record.text("state") or AccountState.TO_RESET.value
    try:
        return AccountState(text)
    except ValueError:
        raise UserError("tracker.bad_state", key=record.path("state"), value=text[:80]) from None


def _address_state(record: Record) -> AddressState:
    text = record.text("state") or AddressState.TO_BLOCK.value
    try:
        return AddressState(text)
    except ValueError:
        raise UserError("tracker.bad_state", key=record.path("state"), value=text[:80]) from None
