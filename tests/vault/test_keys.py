"""Derivations against the primitives themselves, and key files that lose a copy."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest

from clinicir.domain.errors import StorageError
from clinicir.vault import canonical
from clinicir.vault.key_files import FOLDERS, checksum, parse
from clinicir.vault.keys import PRACTICE, KeyRing, check_value, derive, incident_key_of
from tests.vault.key_samples import MASTER, SCOPE, flipped, key_files, ring

NAME = f"ik-{SCOPE}"


def hkdf_sha256(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 with an empty salt and one block of output, written from the RFC."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def paths(root: Path, name: str = NAME) -> list[Path]:
    """Both copies of a key file."""
    return [root / folder / f"{name}.json" for folder in FOLDERS]


def test_derivation_is_that_of_the_rfc() -> None:
    assert derive(MASTER, b"clinicir/1/wrap") == hkdf_sha256(MASTER, b"clinicir/1/wrap")


def test_each_subkey_has_its_own_info(tmp_path: Path) -> None:
    keys = ring(tmp_path)
    assert keys.head_key == hkdf_sha256(MASTER, b"clinicir/1/head")
    assert keys.actor_key == hkdf_sha256(MASTER, b"clinicir/1/actor")
    assert incident_key_of(bytes(16), MASTER).body_key == hkdf_sha256(MASTER, b"body")


def test_the_check_value_tells_masters_apart() -> None:
    assert check_value(MASTER) == hmac.digest(MASTER, b"kcv", hashlib.sha256)[:8]
    assert check_value(MASTER) != check_value(bytes(32))


def test_a_key_is_kept_twice_and_read_by_another_ring(tmp_path: Path) -> None:
    made = ring(tmp_path).create_incident_key(SCOPE)
    assert ring(tmp_path).incident_key(SCOPE) == made
    first, second = (path.read_bytes() for path in paths(tmp_path))
    assert first == second
    assert made.key.hex().encode() not in first


def test_a_key_never_shows_itself(tmp_path: Path) -> None:
    keys = ring(tmp_path)
    made = keys.create_incident_key(SCOPE)
    assert made.key.hex() not in repr(made)
    assert repr(made.key) not in repr(made)
    assert repr(MASTER) not in repr(keys)


@pytest.mark.parametrize("hurt", [0, 1])
@pytest.mark.parametrize("how", ["deleted", "flipped", "cut", "emptied", "huge"])
def test_one_lost_copy_is_read_from_its_twin_and_mended(
    tmp_path: Path, hurt: int, how: str
) -> None:
    made = ring(tmp_path).create_incident_key(SCOPE)
    victim, twin = paths(tmp_path)[hurt], paths(tmp_path)[1 - hurt]
    content = victim.read_bytes()
    if how == "deleted":
        victim.unlink()
    else:
        hurt_content = {"flipped": flipped(content, 100), "cut": content[:-9], "emptied": b""}
        victim.write_bytes(hurt_content.get(how, bytes(1 << 20)))
    again = ring(tmp_path)
    assert again.incident_key(SCOPE) == made
    assert again.files.mended == [f"{FOLDERS[hurt]}/{NAME}.json"]
    assert victim.read_bytes() == twin.read_bytes() == content


def test_every_flipped_bit_is_found_or_mended(tmp_path: Path) -> None:
    made = ring(tmp_path).create_incident_key(SCOPE)
    victim = paths(tmp_path)[0]
    content = victim.read_bytes()
    for bit in range(len(content) * 8):
        assert parse(flipped(content, bit)) is None
    for bit in range(0, len(content) * 8, 97):
        victim.write_bytes(flipped(content, bit))
        assert ring(tmp_path).incident_key(SCOPE) == made


def test_a_forged_copy_with_a_right_checksum_loses_to_its_twin(tmp_path: Path) -> None:
    made = ring(tmp_path).create_incident_key(SCOPE)
    victim = paths(tmp_path)[0]
    record = canonical.decode_map(victim.read_bytes())
    record["key_id"] = "f" * 32
    record["check"] = checksum(record)
    victim.write_bytes(canonical.encode(record))
    assert ring(tmp_path).incident_key(SCOPE) == made


def test_a_key_file_of_another_scope_is_refused(tmp_path: Path) -> None:
    keys = ring(tmp_path)
    keys.create_incident_key(SCOPE)
    for path in paths(tmp_path):
        path.with_name("ik-ffffffffffffffff.json").write_bytes(path.read_bytes())
    with pytest.raises(StorageError, match=r"key\.damaged"):
        keys.incident_key("ffffffffffffffff")


def test_two_damaged_copies_are_damage_and_none_is_absence(tmp_path: Path) -> None:
    ring(tmp_path).create_incident_key(SCOPE)
    for path in paths(tmp_path):
        path.write_bytes(b"{}")
    with pytest.raises(StorageError, match=r"key\.damaged"):
        ring(tmp_path).incident_key(SCOPE)
    with pytest.raises(StorageError, match=r"key\.missing"):
        ring(tmp_path).incident_key("ffffffffffffffff")


def test_a_wrong_master_opens_no_key(tmp_path: Path) -> None:
    ring(tmp_path).create_incident_key(SCOPE)
    with pytest.raises(StorageError, match=r"key\.damaged"):
        KeyRing(bytes(32), key_files(tmp_path)).incident_key(SCOPE)


def test_reading_without_the_right_to_mend_changes_nothing(tmp_path: Path) -> None:
    made = ring(tmp_path).create_incident_key(SCOPE)
    paths(tmp_path)[1].unlink()
    reader = KeyRing(MASTER, key_files(tmp_path, may_mend=False))
    assert reader.incident_key(SCOPE) == made
    assert not paths(tmp_path)[1].exists()


def test_erasing_removes_both_copies_for_good(tmp_path: Path) -> None:
    keys = ring(tmp_path)
    keys.create_incident_key(SCOPE)
    keys.erase_incident_key(SCOPE)
    keys.erase_incident_key(SCOPE)
    assert not any(path.exists() for path in paths(tmp_path))
    with pytest.raises(StorageError, match=r"key\.missing"):
        keys.incident_key(SCOPE)


def test_erasing_overwrites_before_it_deletes(tmp_path: Path) -> None:
    keys = ring(tmp_path)
    keys.create_incident_key(SCOPE)
    kept = tmp_path / "other-name-of-the-same-file"
    kept.hardlink_to(paths(tmp_path)[0])
    before = kept.read_bytes()
    keys.erase_incident_key(SCOPE)
    assert kept.read_bytes()[: len(before)] != before
    assert parse(kept.read_bytes()) is None


def test_the_key_of_the_practice_is_never_erased(tmp_path: Path) -> None:
    keys = ring(tmp_path)
    made = keys.create_incident_key(PRACTICE)
    with pytest.raises(ValueError, match="never erased"):
        keys.erase_incident_key(PRACTICE)
    assert ring(tmp_path).incident_key(PRACTICE) == made


def test_scopes_are_listed_and_strangers_are_not(tmp_path: Path) -> None:
    keys = ring(tmp_path)
    keys.create_incident_key(SCOPE)
    keys.create_incident_key(PRACTICE)
    (tmp_path / "keys" / "ik-practice (1).json").write_text("{}")
    (tmp_path / "keys" / "ik-..%2f.json").write_text("{}")
    assert keys.scopes() == (SCOPE, PRACTICE)
    assert keys.has_incident_key(SCOPE)
    assert not keys.has_incident_key("ffffffffffffffff")


@pytest.mark.parametrize("scope", ["", "../x", "00112233445566AA", "slot", "00112233445566aa\n"])
def test_a_scope_is_never_a_path(tmp_path: Path, scope: str) -> None:
    with pytest.raises(ValueError, match="scope"):
        ring(tmp_path).incident_key(scope)
