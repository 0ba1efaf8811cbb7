"""Ways into a vault: each slot holds the master key wrapped under one secret (2.2).

A slot is a JSON file kept twice (`key_files`). Its Argon2id parameters are bound to the seal and
bounded both ways before any memory is taken: a planted slot can neither exhaust the machine nor
lower the price of a guess (floor: RFC 9106, second recommended option).
"""

from __future__ import annotations

import hmac
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.domain.ids import Plain
from clinicir.vault import recovery_code
from clinicir.vault.key_files import KeyFiles, RejectedError, bytes_of, number_of, text_of
from clinicir.vault.keys import KEY_BYTES, SUITE, KeyRing, check_value, derive, unwrap, wrap
from clinicir.vault.passphrase import normalised

_FORMAT = "clinicir-slot"
_SALT_BYTES = 16
_MAX_MEMORY_KIB = 1 << 20
_MAX_PASSES = _MAX_LANES = 16


@dataclass(frozen=True)
class Cost:
    """Argon2id parameters: memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    @property
    def is_allowed(self) -> bool:
        """Between the floor and the ceiling; checked before any derivation."""
        return (
            FLOOR.memory_kib <= self.memory_kib <= _MAX_MEMORY_KIB
            and FLOOR.passes <= self.passes <= _MAX_PASSES
            and FLOOR.lanes <= self.lanes <= _MAX_LANES
        )


FLOOR = Cost(64 << 10, 3, 4)
"""64 MiB, 3 passes, 4 lanes."""


@dataclass(frozen=True)
class Passphrase:
    """A passphrase as typed."""

    text: str = field(repr=False)
    way = "passphrase"


@dataclass(frozen=True)
class RecoveryCode:
    """A recovery code as typed."""

    text: str = field(repr=False)
    way = "recovery"


@dataclass(frozen=True)
class KeyringSecret:
    """32 random bytes kept by the operating system's keyring."""

    secret: bytes = field(repr=False)
    way = "keyring"


@dataclass(frozen=True)
class PassphraseAndKeyring:
    """Both at once, for a shared desk: a stolen disk alone cannot be tried by force."""

    passphrase: Passphrase
    keyring: KeyringSecret
    way = "both"


Secret = Passphrase | RecoveryCode | KeyringSecret | PassphraseAndKeyring


@dataclass(frozen=True)
class SlotInfo:
    """A slot as listed; `way` is `passphrase`, `recovery`, `keyring` or `both`."""

    slot_id: str
    way: str


class _BadParametersError(RejectedError):
    pass


def create_slot(ring: KeyRing, secret: Secret, cost: Cost = FLOOR) -> SlotInfo:
    """One more way into the vault of `ring`, durable and opened once before this returns.

    UserError `key.wrong_recovery_code` for a code that is not well formed.
    """
    if not cost.is_allowed:
        raise StorageError("key.bad_parameters")
    slot_id = secrets.token_hex(4)
    record: dict[str, Plain] = {
        "format": _FORMAT, "kcv": ring.check_value.hex(), "slot": slot_id, "suite": SUITE, "v": 1,
        "vault": ring.files.vault_id, "way": secret.way,
    }  # fmt: skip
    if not isinstance(secret, KeyringSecret):
        record |= {
            "m": cost.memory_kib, "p": cost.lanes, "t": cost.passes,
            "salt": secrets.token_hex(_SALT_BYTES),
        }  # fmt: skip
    ring.files.write(f"slot-{slot_id}", wrap(_slot_key(secret, record), record, ring.master))
    _open_slot(ring.files, slot_id, secret)
    return SlotInfo(slot_id, secret.way)


def open_slots(files: KeyFiles, secret: Secret) -> KeyRing:
    """The keys, by the first slot that the secret opens.

    UserError `key.wrong_passphrase`, `key.wrong_recovery_code`; StorageError `keyring.mismatch`
    (the keyring holds another secret), `key.bad_parameters`, `key.slot_damaged`, `key.none_left`
    (no slot of that way).
    """
    if isinstance(secret, RecoveryCode):
        recovery_code.parse(secret.text)
    failures: list[ClinicirError] = []
    former: KeyRing | None = None
    for name in files.names("slot-"):
        slot_id = name.removeprefix("slot-")
        try:
            if _way_of(files, slot_id) != secret.way:
                continue
            ring = KeyRing(_open_slot(files, slot_id, secret), files)
        except ClinicirError as error:
            failures.append(error)
            continue
        if ring.changing or not files.exists("ik-former"):
            return ring
        former = former or ring  # a change of keys was cut short: the new ones are better
    if former is not None:
        return former
    # what the person can mend comes first; a damaged stranger must not hide a wrong passphrase
    failures.sort(key=lambda error: (not isinstance(error, UserError), error.code))
    raise failures[0] if failures else StorageError("key.none_left", way=secret.way)


def list_slots(files: KeyFiles) -> tuple[SlotInfo, ...]:
    """Readable slots, in the order of their ids."""
    found = []
    for name in files.names("slot-"):
        slot_id = name.removeprefix("slot-")
        try:
            found.append(SlotInfo(slot_id, _way_of(files, slot_id)))
        except StorageError:
            continue
    return tuple(found)


def delete_slot(files: KeyFiles, slot_id: str) -> None:
    """Close one way in; StorageError `key.none_left` when it is the last one.

    This does not revoke a master key that leaked: see `key.rotate` in the security design.
    """
    if not any(slot.slot_id != slot_id for slot in list_slots(files)):
        raise StorageError("key.none_left", way="any")
    files.erase(f"slot-{slot_id}")


def erase_slots_of_others(ring: KeyRing) -> None:
    """Close every way in that leads to another master key than that of `ring`."""
    for slot in list_slots(ring.files):
        if _check_of(ring.files, slot.slot_id) != ring.check_value.hex():
            ring.files.erase(f"slot-{slot.slot_id}")


def calibrate(
    target_seconds: float = 0.5,
    memory_limit_kib: int | None = None,
    measure: Callable[[Cost], float] | None = None,
) -> Cost:
    """The floor, its memory doubled until one derivation takes `target_seconds`.

    Never above 1 GiB nor a quarter of the machine's memory.
    """
    limit_kib = _memory_share_kib() if memory_limit_kib is None else memory_limit_kib
    timed = _timed if measure is None else measure
    cost = FLOOR
    while timed(cost) < target_seconds:
        larger = Cost(cost.memory_kib * 2, cost.passes, cost.lanes)
        if larger.memory_kib > limit_kib or not larger.is_allowed:
            break
        cost = larger
    return cost


def _open_slot(files: KeyFiles, slot_id: str, secret: Secret) -> bytes:
    def accept(record: Mapping[str, Plain]) -> bytes:
        _require_header(files, slot_id, record)
        master = unwrap(_slot_key(secret, record), record)
        if not hmac.compare_digest(check_value(master), bytes_of(record, "kcv", 8)):
            raise RejectedError("kcv")
        return master

    try:
        return files.read(f"slot-{slot_id}", accept)
    except _BadParametersError as error:
        raise StorageError("key.bad_parameters", slot=slot_id) from error
    except RejectedError as error:
        raise _wrong(secret) from error


def _way_of(files: KeyFiles, slot_id: str) -> str:
    return _public_text(files, slot_id, "way")


def _check_of(files: KeyFiles, slot_id: str) -> str:
    return _public_text(files, slot_id, "kcv")


def _public_text(files: KeyFiles, slot_id: str, key: str) -> str:
    def accept(record: Mapping[str, Plain]) -> str:
        _require_header(files, slot_id, record)
        return text_of(record, key)

    try:
        return files.read(f"slot-{slot_id}", accept)
    except RejectedError as error:
        raise StorageError("key.slot_damaged", slot=slot_id) from error
    except StorageError as error:
        if error.code != "key.damaged":
            raise
        raise StorageError("key.slot_damaged", slot=slot_id) from error


def _require_header(files: KeyFiles, slot_id: str, record: Mapping[str, Plain]) -> None:
    expected = {"format": _FORMAT, "slot": slot_id, "suite": SUITE, "v": 1, "vault": files.vault_id}
    if any(record.get(name) != value for name, value in expected.items()):
        raise RejectedError("header")


def _wrong(secret: Secret) -> ClinicirError:
    if isinstance(secret, RecoveryCode):
        return UserError("key.wrong_recovery_code", groups=())
    if isinstance(secret, KeyringSecret):
        return StorageError("keyring.mismatch")
    return UserError("key.wrong_passphrase")


def _slot_key(secret: Secret, record: Mapping[str, Plain]) -> bytes:
    if isinstance(secret, KeyringSecret):
        if len(secret.secret) != KEY_BYTES:
            raise RejectedError("secret")
        return secret.secret
    cost = Cost(number_of(record, "m"), number_of(record, "t"), number_of(record, "p"))
    if not cost.is_allowed:
        raise _BadParametersError("cost")
    salt = bytes_of(record, "salt", _SALT_BYTES)
    if isinstance(secret, RecoveryCode):
        return stretched(recovery_code.parse(secret.text).encode("ascii"), salt, cost)
    if isinstance(secret, Passphrase):
        return stretched(normalised(secret.text), salt, cost)
    known = stretched(normalised(secret.passphrase.text), salt, cost)
    return derive(known + secret.keyring.secret, b"clinicir/1/both")


def stretched(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """Argon2id of a secret: 32 bytes, at this price a guess."""
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(secret)


def _timed(cost: Cost) -> float:
    started = time.perf_counter()
    stretched(b"calibration", bytes(_SALT_BYTES), cost)
    return time.perf_counter() - started


def _memory_share_kib() -> int:
    """A quarter of the physical memory; 256 MiB where the system does not tell."""
    try:
        total_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 256 << 10
    return total_bytes // 4 // 1024
