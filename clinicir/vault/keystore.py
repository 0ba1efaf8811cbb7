"""Secrets in the operating system's keyring; the only importer of `keyring`.

The backend class is made here, by name: `keyring.get_keyring()` obeys an environment variable and a
configuration file that can even add an import path. A backend that keeps secrets in clear, or that
keeps nothing, is refused. Importing this module costs 50 ms: only the factory of `app` does it.
"""

from __future__ import annotations

import base64
import binascii
import re
import sys
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar, cast

from keyring.backends import SecretService, Windows, macOS

from clinicir.domain.audit import TrailPosition
from clinicir.domain.errors import StorageError

T = TypeVar("T")
TIMEOUT_SECONDS = 20.0
"""A locked wallet asks its owner in a window of its own: long enough to answer, never for ever."""
_USER = "clinicir"
_UNSAFE = re.compile(r"keyring\.backends\.(null|fail|chainer)\b|keyrings\b")
_KEK, _NEXT, _MARK, _PROBE = "unlock", "unlock-next", "high-water", "probe"
_SECRET_BYTES = 32
_CLASSES = {"win32": Windows.WinVaultKeyring, "darwin": macOS.Keyring}


class SecretBackend(Protocol):
    """The part of `keyring.backend.KeyringBackend` in use."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def system_backend(platform: str = sys.platform) -> SecretBackend:
    """The one backend of this system; StorageError `keyring.unavailable` when it cannot serve."""
    kind: Any = _CLASSES.get(platform, SecretService.Keyring)
    try:
        if not kind.viable:
            raise StorageError("keyring.unavailable", why="not on this system")
        backend: SecretBackend = kind()
        if kind is Windows.WinVaultKeyring:
            # the default, "enterprise", roams with a domain profile and would leave this machine
            setattr(backend, "persist", "local machine")  # noqa: B010  a descriptor without type
    except StorageError:
        raise
    except Exception as error:  # each backend raises types of its own system
        raise StorageError("keyring.unavailable", why=type(error).__name__) from error
    return backend


class KeyStore:
    """Items of one vault: `clinicir/<vault id>/<purpose>`, one service name each."""

    def __init__(
        self, backend: SecretBackend, vault_id: str, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        """StorageError `keyring.unavailable` for a backend that keeps nothing or keeps it clear."""
        kind = type(backend)
        if _UNSAFE.match(kind.__module__):
            raise StorageError("keyring.unavailable", why=f"{kind.__module__}.{kind.__name__}")
        self._backend = backend
        self._vault_id = vault_id
        self._timeout_seconds = timeout_seconds

    def probe(self) -> None:
        """Write, read back and delete a worthless item; StorageError when that does not work."""
        self._save(_PROBE, "probe")
        self._delete(_PROBE)

    def save_secret(self, secret: bytes) -> None:
        """Keep the 32 bytes that open the keyring slot; `keyring.mismatch` if not read back."""
        if len(secret) != _SECRET_BYTES:
            raise ValueError("a keyring secret has 32 bytes")
        self._save(_KEK, base64.urlsafe_b64encode(secret).decode().rstrip("="))

    def save_next_secret(self, secret: bytes) -> None:
        """Keep the secret of a change of keys beside the present one, until `promote`."""
        self._save(_NEXT, base64.urlsafe_b64encode(secret).decode().rstrip("="))

    def promote(self) -> None:
        """The secret of `save_next_secret` takes the place of the present one."""
        secret = self._secret(_NEXT)
        if secret is not None:
            self.save_secret(secret)
            self._delete(_NEXT)

    def load_secret(self) -> bytes | None:
        """The 32 bytes; None when absent or no longer readable as such (another account, reset)."""
        return self._secret(_KEK)

    def load_secrets(self) -> tuple[bytes, ...]:
        """The same, and the one of a change of keys that was cut short."""
        found = (self._secret(_KEK), self._secret(_NEXT))
        return tuple(secret for secret in found if secret is not None)

    def _secret(self, purpose: str) -> bytes | None:
        text = self._load(purpose)
        if text is None or not re.fullmatch(r"[A-Za-z0-9_-]{43}", text):
            return None
        try:
            return base64.urlsafe_b64decode(text + "=")
        except binascii.Error:
            return None

    def save_mark(self, position: TrailPosition) -> None:
        """Keep the high-water mark of the trail, out of reach of who restores an old folder."""
        self._save(_MARK, f"{position.n}:{position.head}")

    def load_mark(self) -> TrailPosition | None:
        """The last mark; None when absent or unreadable."""
        text = self._load(_MARK)
        found = re.fullmatch(r"([0-9]{1,15}):([0-9a-f]{64})", text) if text is not None else None
        return TrailPosition(int(found[1]), found[2]) if found else None

    def forget(self) -> None:
        """Delete the items of this vault."""
        for purpose in (_KEK, _NEXT, _MARK, _PROBE):
            self._delete(purpose)

    def _save(self, purpose: str, text: str) -> None:
        service = self._service(purpose)
        self._within(lambda: self._backend.set_password(service, _USER, text))
        if self._load(purpose) != text:
            raise StorageError("keyring.mismatch", purpose=purpose)

    def _load(self, purpose: str) -> str | None:
        service = self._service(purpose)
        return self._within(lambda: self._backend.get_password(service, _USER))

    def _delete(self, purpose: str) -> None:
        service = self._service(purpose)

        def remove() -> None:
            if self._backend.get_password(service, _USER) is not None:
                self._backend.delete_password(service, _USER)

        self._within(remove)

    def _service(self, purpose: str) -> str:
        return f"clinicir/{self._vault_id}/{purpose}"

    def _within(self, act: Callable[[], T]) -> T:
        """Run `act` in a daemon thread: a wallet that never answers must not hold the program."""
        answers: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

        def run() -> None:
            try:
                answers.put((act(), None))
            except Exception as error:  # each backend raises types of its own system
                answers.put((None, error))

        Thread(target=run, name="keyring", daemon=True).start()
        try:
            answer, error = answers.get(timeout=self._timeout_seconds)
        except Empty as late:
            raise StorageError("keyring.unavailable", why="timeout") from late
        if error is not None:
            raise StorageError("keyring.unavailable", why=type(error).__name__) from error
        return cast("T", answer)
