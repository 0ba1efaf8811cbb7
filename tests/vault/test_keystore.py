"""The system's keyring, played by fakes: present, absent, lying, locked, unsafe."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backends import SecretService, Windows, macOS

from clinicir.domain.audit import TrailPosition
from clinicir.domain.errors import StorageError
from clinicir.vault import keystore
from clinicir.vault.keystore import KeyStore, SecretBackend, system_backend
from clinicir.vault.opening import MarkOf
from tests.vault.key_samples import VAULT_ID

SECRET = bytes(range(32))
MARK = TrailPosition(412, "ab" * 32)


class FakeBackend:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.items[service, username]


class ForgetfulBackend(FakeBackend):
    """Accepts and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class RefusingBackend(FakeBackend):
    """A locked wallet whose owner said no."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("locked")


class SilentBackend(FakeBackend):
    """Never answers."""

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait(5)
        return None


def code_of(act: Callable[[], object]) -> str:
    """Code of the StorageError that `act` raises."""
    with pytest.raises(StorageError) as caught:
        act()
    return caught.value.code


def test_a_secret_comes_back_under_a_name_of_its_own() -> None:
    backend = FakeBackend()
    KeyStore(backend, VAULT_ID).save_secret(SECRET)
    assert KeyStore(backend, VAULT_ID).load_secret() == SECRET
    assert KeyStore(backend, "f" * 32).load_secret() is None
    ((service, _),) = backend.items
    assert service == f"clinicir/{VAULT_ID}/unlock"
    assert len(backend.items[service, "clinicir"]) == 43


def test_the_mark_comes_back() -> None:
    store = KeyStore(FakeBackend(), VAULT_ID)
    assert store.load_mark() is None
    store.save_mark(MARK)
    store.save_mark(TrailPosition(413, "cd" * 32))
    assert store.load_mark() == TrailPosition(413, "cd" * 32)


def test_a_store_is_the_mark_that_a_vault_asks_for() -> None:
    mark_of: MarkOf = partial(KeyStore, FakeBackend())
    mark = mark_of(VAULT_ID)
    mark.save_mark(MARK)
    assert mark.load_mark() == MARK
    assert mark_of("f" * 32).load_mark() is None


@pytest.mark.parametrize("text", ["", "x" * 43 + "\n", "x" * 42, "\u00e9" * 43, "=" * 43])
def test_an_item_that_is_not_ours_is_no_secret(text: str) -> None:
    backend = FakeBackend()
    backend.set_password(f"clinicir/{VAULT_ID}/unlock", "clinicir", text)
    backend.set_password(f"clinicir/{VAULT_ID}/high-water", "clinicir", text)
    assert KeyStore(backend, VAULT_ID).load_secret() is None
    assert KeyStore(backend, VAULT_ID).load_mark() is None


def test_what_is_not_read_back_was_not_kept() -> None:
    store = KeyStore(ForgetfulBackend(), VAULT_ID)
    assert code_of(lambda: store.save_secret(SECRET)) == "keyring.mismatch"
    assert code_of(store.probe) == "keyring.mismatch"


def test_a_probe_leaves_nothing() -> None:
    backend = FakeBackend()
    KeyStore(backend, VAULT_ID).probe()
    assert backend.items == {}


def test_forgetting_removes_every_item() -> None:
    backend = FakeBackend()
    store = KeyStore(backend, VAULT_ID)
    store.save_secret(SECRET)
    store.save_mark(MARK)
    store.forget()
    store.forget()
    assert backend.items == {}


def test_a_refusal_is_told_apart_from_absence() -> None:
    store = KeyStore(RefusingBackend(), VAULT_ID)
    assert code_of(store.load_secret) == "keyring.unavailable"
    assert code_of(lambda: store.save_mark(MARK)) == "keyring.unavailable"


def test_a_wallet_that_never_answers_does_not_hold_the_program() -> None:
    store = KeyStore(SilentBackend(), VAULT_ID, timeout_seconds=0.05)
    started = time.perf_counter()
    assert code_of(store.load_secret) == "keyring.unavailable"
    assert time.perf_counter() - started < 3


class PlaintextKeyring(FakeBackend):
    """As the files of keyrings.alt."""


@pytest.mark.parametrize("kind", [keyring.backends.null.Keyring, keyring.backends.fail.Keyring])
def test_backends_that_keep_nothing_are_refused(kind: Callable[[], SecretBackend]) -> None:
    assert code_of(lambda: KeyStore(kind(), VAULT_ID)) == "keyring.unavailable"


@pytest.mark.parametrize(
    "module", ["keyrings.alt.file", "keyrings.cryptfile", "keyring.backends.chainer"]
)
def test_backends_in_clear_or_unknown_behind_a_chain_are_refused(module: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlaintextKeyring, "__module__", module)
        assert code_of(lambda: KeyStore(PlaintextKeyring(), VAULT_ID)) == "keyring.unavailable"


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("win32", Windows.WinVaultKeyring), ("darwin", macOS.Keyring),
     ("linux", SecretService.Keyring), ("freebsd14", SecretService.Keyring)],
)  # fmt: skip
def test_each_system_has_its_one_backend(platform: str, kind: type) -> None:
    persisted: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "viable", True)
        patch.setattr(
            Windows.Persistence, "__set__", lambda _self, _owner, value: persisted.append(value)
        )
        assert type(system_backend(platform)) is kind
        patch.setattr(kind, "viable", False)
        assert code_of(lambda: system_backend(platform)) == "keyring.unavailable"
    assert persisted == (["local machine"] if platform == "win32" else [])


def test_a_backend_that_breaks_when_made_is_unavailable() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SecretService.Keyring, "viable", True)
        patch.setattr(SecretService.Keyring, "__init__", lambda _: 1 / 0)
        assert code_of(lambda: system_backend("linux")) == "keyring.unavailable"


def test_the_environment_chooses_nothing(tmp_path: Path) -> None:
    (tmp_path / "evil.py").write_text("raise SystemExit('imported')\n")
    (tmp_path / "keyringrc.cfg").write_text(
        "[backend]\ndefault-keyring=evil.Keyring\nkeyring-path=" + str(tmp_path)
    )
    script = (
        "from clinicir.vault.keystore import system_backend\n"
        "from clinicir.domain.errors import StorageError\n"
        "try:\n    print(type(system_backend('win32')).__module__)\n"
        "except StorageError as error:\n    print(error.code)\n"
    )
    environment = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "evil.Keyring",
        "XDG_CONFIG_HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    expected = "keyring.backends.Windows" if sys.platform == "win32" else "keyring.unavailable"
    assert (run.stdout.strip(), run.returncode) == (expected, 0)


def test_the_module_never_asks_the_library_to_choose() -> None:
    text = Path(keystore.__file__).read_text("utf-8")
    assert "get_keyring(" not in text.replace("`keyring.get_keyring()`", "")
    assert "import keyring\n" not in text
