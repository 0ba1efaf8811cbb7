"""Keys of suite 1: one master key, its subkeys, and one key per incident (security design 2.2).

HKDF-SHA-256 (RFC 5869), AES-256-GCM, HMAC-SHA-256; random bytes from the operating system.
Python cannot promise to wipe memory: keys stay in this one object, dropped as a whole.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clinicir.domain.errors import StorageError
from clinicir.domain.ids import Plain
from clinicir.vault.key_files import KeyFiles, RejectedError, bytes_of, sealed_part

SUITE = 1
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_ID_BYTES = 16
PRACTICE = "practice"
"""Scope of the records of the practice itself: its key is never erased."""
_FORMAT = "clinicir-ik"
_FORMER = "former"
"""Not a scope: the file of the former master key while the keys of a vault are being changed."""
_SCOPE = re.compile(r"[0-9a-f]{16}|practice")


def derive(secret: bytes, info: bytes) -> bytes:
    """32 bytes by HKDF-SHA-256 without salt; `info` keeps uses apart."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)


def wrap(key: bytes, header: Mapping[str, Plain], secret: bytes) -> dict[str, Plain]:
    """`header` with a random `nonce` and `ct` = AES-GCM(secret), bound to all the rest."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    record: dict[str, Plain] = {**header, "nonce": nonce.hex()}
    record["ct"] = AESGCM(key).encrypt(nonce, secret, sealed_part(record)).hex()
    return record


def unwrap(key: bytes, record: Mapping[str, Plain]) -> bytes:
    """Reverse of `wrap` for a 32-byte secret; RejectedError when the seal does not open."""
    nonce = bytes_of(record, "nonce", NONCE_BYTES)
    sealed = bytes_of(record, "ct", KEY_BYTES + TAG_BYTES)
    try:
        return AESGCM(key).decrypt(nonce, sealed, sealed_part(record))
    except InvalidTag as error:
        raise RejectedError("seal") from error


def new_master() -> bytes:
    """A fresh vault master key (VMK)."""
    return secrets.token_bytes(KEY_BYTES)


def check_value(master: bytes) -> bytes:
    """8 bytes kept in each slot, telling that two slots open the same vault."""
    return hmac.digest(master, b"kcv", "sha256")[:8]


@dataclass(frozen=True)
class IncidentKey:
    """Key of one incident or of the practice: erasing it erases what it sealed."""

    key_id: bytes
    """16 bytes, public, written in every object sealed under it."""
    key: bytes = field(repr=False)
    """32 bytes; objects derive their own key from it (2.3)."""
    body_key: bytes = field(repr=False)
    """32 bytes sealing the bodies of trail entries."""


def incident_key_of(key_id: bytes, key: bytes) -> IncidentKey:
    """The value with its derived body key; for vectors and for `KeyRing`."""
    return IncidentKey(key_id, key, derive(key, b"body"))


class _Former:
    """What is still needed of a master key that is being replaced."""

    def __init__(self, master: bytes) -> None:
        self.wrap_key = derive(master, b"clinicir/1/wrap")
        self.head_key = derive(master, b"clinicir/1/head")


class KeyRing:
    """All the keys of one open vault."""

    def __init__(self, master: bytes, files: KeyFiles) -> None:
        """`master`: the 32 bytes of the VMK. A known value serves tests and vectors."""
        if len(master) != KEY_BYTES:
            raise ValueError("a master key has 32 bytes")
        self.files = files
        self._master = master
        self._wrap_key = derive(master, b"clinicir/1/wrap")
        self.head_key = derive(master, b"clinicir/1/head")
        self.actor_key = derive(master, b"clinicir/1/actor")
        self._incident_keys: dict[str, IncidentKey] = {}
        self._former: _Former | None = None
        self._former = self._load_former()

    def __repr__(self) -> str:
        return f"KeyRing(vault={self.files.vault_id})"

    @property
    def master(self) -> bytes:
        """The VMK, needed only to make another way in (`slots.create_slot`)."""
        return self._master

    @property
    def check_value(self) -> bytes:
        """See the function of the same name."""
        return check_value(self._master)

    @property
    def changing(self) -> bool:
        """True from the making of these keys until nothing needs the former ones any more."""
        return self._former is not None

    @property
    def head_keys(self) -> tuple[bytes, ...]:
        """Keys that a true head slot may have been signed with, the present one first."""
        former = self._former
        return (self.head_key,) if former is None else (self.head_key, former.head_key)

    def keep_former(self, master: bytes) -> None:
        """Keep the former master key under these ones, durably: `changing` is true from now on."""
        header = {**self._header(_FORMER), "key_id": secrets.token_hex(KEY_ID_BYTES)}
        self.files.write(f"ik-{_FORMER}", wrap(self._wrap_key, header, master))
        self._former = _Former(master)

    def forget_former(self) -> None:
        """Erase it."""
        self.files.erase(f"ik-{_FORMER}")
        self._former = None

    def wrap_again(self) -> None:
        """Wrap the key of each scope under these keys, in place, one copy after the other."""
        for scope in self.scopes():
            key = self.incident_key(scope)
            header = {**self._header(scope), "key_id": key.key_id.hex()}
            self.files.write(_name(scope), wrap(self._wrap_key, header, key.key))

    def _load_former(self) -> _Former | None:
        name = f"ik-{_FORMER}"
        if not self.files.exists(name):
            return None
        try:
            return self.files.read(name, lambda record: _Former(self._unwrapped(_FORMER, record)))
        except (RejectedError, StorageError):
            return None  # made by other keys than these, or already overwritten

    def incident_key(self, scope: str) -> IncidentKey:
        """Key of an incident id or of `PRACTICE`.

        StorageError `key.missing` (never made, or purged) or `key.damaged` (both copies).
        """
        known = self._incident_keys.get(scope)
        if known is None:
            try:
                known = self.files.read(_name(scope), lambda record: self._open(scope, record))
            except RejectedError as error:
                raise StorageError("key.damaged", name=_name(scope)) from error
            self._incident_keys[scope] = known
        return known

    def has_incident_key(self, scope: str) -> bool:
        """True when a file of that scope exists; it may still be damaged."""
        return scope in self._incident_keys or self.files.exists(_name(scope))

    def create_incident_key(self, scope: str) -> IncidentKey:
        """Draw a key and keep it twice, durably, before anything is sealed under it."""
        if self.files.exists(_name(scope)):
            raise ValueError(f"scope {scope} already has a key")
        made = incident_key_of(secrets.token_bytes(KEY_ID_BYTES), secrets.token_bytes(KEY_BYTES))
        header = {**self._header(scope), "key_id": made.key_id.hex()}
        self.files.write(_name(scope), wrap(self._wrap_key, header, made.key))
        self._incident_keys[scope] = made
        return made

    def erase_incident_key(self, scope: str) -> None:
        """Overwrite and delete both copies; ValueError for the practice, which is never erased."""
        if scope == PRACTICE:
            raise ValueError("the key of the practice is never erased")
        self._incident_keys.pop(scope, None)
        self.files.erase(_name(scope))

    def forget_incident_key(self, scope: str) -> None:
        """Keep the key of a scope in the files only."""
        self._incident_keys.pop(scope, None)

    def scopes(self) -> tuple[str, ...]:
        """Scopes that have a key file, sorted."""
        names = (name.removeprefix("ik-") for name in self.files.names("ik-"))
        return tuple(name for name in names if _SCOPE.fullmatch(name))

    def _header(self, scope: str) -> dict[str, Plain]:
        return {
            "format": _FORMAT, "scope": scope, "suite": SUITE, "v": 1,
            "vault": self.files.vault_id,
        }  # fmt: skip

    def _open(self, scope: str, record: Mapping[str, Plain]) -> IncidentKey:
        key_id = bytes_of(record, "key_id", KEY_ID_BYTES)
        return incident_key_of(key_id, self._unwrapped(scope, record))

    def _unwrapped(self, scope: str, record: Mapping[str, Plain]) -> bytes:
        for name, expected in self._header(scope).items():
            if record.get(name) != expected:
                raise RejectedError(name)
        try:
            return unwrap(self._wrap_key, record)
        except RejectedError:
            if self._former is None:
                raise
            return unwrap(self._former.wrap_key, record)


def _name(scope: str) -> str:
    if not _SCOPE.fullmatch(scope):
        raise ValueError(f"not a scope: {scope!r}")
    return f"ik-{scope}"
