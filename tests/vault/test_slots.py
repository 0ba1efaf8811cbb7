"""Ways in: each opens the same vault, none can be weakened, and a wrong secret is said so."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.domain.ids import Plain
from clinicir.vault import canonical, recovery_code
from clinicir.vault.key_files import FOLDERS, checksum
from clinicir.vault.slots import (
    FLOOR,
    Cost,
    KeyringSecret,
    Passphrase,
    PassphraseAndKeyring,
    RecoveryCode,
    Secret,
    SlotInfo,
    calibrate,
    create_slot,
    delete_slot,
    list_slots,
    open_slots,
)
from tests.vault.key_samples import MASTER, flipped, key_files, ring

WORDS = Passphrase("abeille-colonel-gouffre-multiple-acajou-analyse-aviser-attirer")
CODE = RecoveryCode(recovery_code.generate(lambda _: 7))
KEYRING = KeyringSecret(bytes(range(100, 132)))
BOTH = PassphraseAndKeyring(WORDS, KEYRING)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One vault folder per way in, made once: each derivation costs a tenth of a second."""
    folders = {}
    for secret in (WORDS, CODE, KEYRING, BOTH):
        folders[secret.way] = tmp_path_factory.mktemp(secret.way)
        create_slot(ring(folders[secret.way]), secret)
    return folders


@pytest.fixture
def with_words(made: dict[str, Path], tmp_path: Path) -> Path:
    """A folder of its own whose one slot opens with `WORDS`."""
    return shutil.copytree(made["passphrase"], tmp_path / "vault")


def only_slot(root: Path) -> SlotInfo:
    """The slot of such a folder."""
    (slot,) = list_slots(key_files(root))
    return slot


def rewrite(root: Path, slot: SlotInfo, **changes: Plain) -> None:
    """Plant values in both copies of a slot, with a right checksum."""
    for folder in FOLDERS:
        path = root / folder / f"slot-{slot.slot_id}.json"
        record = {**canonical.decode_map(path.read_bytes()), **changes}
        path.write_bytes(canonical.encode({**record, "check": checksum(record)}))


def code_of(root: Path, secret: Secret) -> str:
    """Code of the error that opening raises."""
    with pytest.raises(ClinicirError) as caught:
        open_slots(key_files(root), secret)
    return caught.value.code


@pytest.mark.parametrize("secret", [WORDS, CODE, KEYRING, BOTH], ids=lambda s: s.way)
def test_each_way_opens_the_vault(made: dict[str, Path], secret: Secret) -> None:
    assert open_slots(key_files(made[secret.way]), secret).master == MASTER


def test_ways_do_not_hinder_one_another(with_words: Path) -> None:
    slot = create_slot(ring(with_words), KEYRING)
    assert {slot.way for slot in list_slots(key_files(with_words))} == {"keyring", "passphrase"}
    for secret in (KEYRING, WORDS):
        assert open_slots(key_files(with_words), secret).master == MASTER
    delete_slot(key_files(with_words), slot.slot_id)
    assert code_of(with_words, KEYRING) == "key.none_left"


@pytest.mark.parametrize(
    ("secret", "wrong", "code"),
    [
        (WORDS, Passphrase("abeille"), "key.wrong_passphrase"),
        (WORDS, Passphrase(""), "key.wrong_passphrase"),
        (CODE, RecoveryCode(recovery_code.generate(lambda _: 8)), "key.wrong_recovery_code"),
        (CODE, RecoveryCode("AAAA"), "key.wrong_recovery_code"),
        (KEYRING, KeyringSecret(bytes(32)), "keyring.mismatch"),
        (BOTH, PassphraseAndKeyring(WORDS, KeyringSecret(bytes(32))), "key.wrong_passphrase"),
        (BOTH, PassphraseAndKeyring(Passphrase("x"), KEYRING), "key.wrong_passphrase"),
    ],
)
def test_a_wrong_secret_is_said(
    made: dict[str, Path], secret: Secret, wrong: Secret, code: str
) -> None:
    assert code_of(made[secret.way], wrong) == code


def test_passphrases_that_look_the_same_are_the_same(tmp_path: Path) -> None:
    create_slot(ring(tmp_path), Passphrase("d\u00e9j\u00e0-vu-\u2460"))
    typed = Passphrase("de\u0301ja\u0300-vu-1")
    assert open_slots(key_files(tmp_path), typed).master == MASTER


def test_a_code_is_accepted_as_people_type_it(made: dict[str, Path]) -> None:
    typed = RecoveryCode("  " + CODE.text.lower().replace("-", " ") + " ")
    assert open_slots(key_files(made["recovery"]), typed).master == MASTER


@pytest.mark.parametrize(
    "planted",
    [
        {"m": 1 << 31}, {"m": (1 << 20) + 1}, {"m": FLOOR.memory_kib - 1}, {"m": 0}, {"m": -1},
        {"t": 0}, {"t": 17}, {"t": 2}, {"p": 255}, {"p": 0}, {"p": 1}, {"p": 1 << 40},
    ],
)  # fmt: skip
def test_hostile_parameters_are_refused_at_once(
    with_words: Path, planted: dict[str, Plain]
) -> None:
    rewrite(with_words, only_slot(with_words), **planted)
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        assert code_of(with_words, WORDS) == "key.bad_parameters"
        seconds.append(time.perf_counter() - started)
    # a derivation at the floor takes ten times longer than this even on a fast machine
    assert min(seconds) < 0.01


@pytest.mark.parametrize(
    "planted", [{"salt": ""}, {"salt": "00" * 16}, {"m": "65536"}, {"m": True}, {"kcv": "00" * 8},
                {"m": FLOOR.memory_kib * 2}, {"t": 4}]
)  # fmt: skip
def test_other_planted_values_open_nothing(with_words: Path, planted: dict[str, Plain]) -> None:
    rewrite(with_words, only_slot(with_words), **planted)
    assert code_of(with_words, WORDS) == "key.wrong_passphrase"


def test_a_slot_of_another_vault_is_refused(tmp_path: Path) -> None:
    rewrite(tmp_path, create_slot(ring(tmp_path), KEYRING), vault="f" * 32)
    assert code_of(tmp_path, KEYRING) == "key.slot_damaged"


def test_two_damaged_copies_are_said_and_one_is_mended(tmp_path: Path) -> None:
    slot = create_slot(ring(tmp_path), KEYRING)
    first, second = (tmp_path / folder / f"slot-{slot.slot_id}.json" for folder in FOLDERS)
    content = first.read_bytes()
    for bit in range(0, len(content) * 8, 41):
        first.write_bytes(flipped(content, bit))
        assert open_slots(key_files(tmp_path), KEYRING).master == MASTER
        assert first.read_bytes() == content
    first.write_bytes(content[:-1])
    second.write_bytes(b"")
    assert code_of(tmp_path, KEYRING) == "key.slot_damaged"


def test_damage_elsewhere_does_not_hide_a_wrong_passphrase(with_words: Path) -> None:
    slot = create_slot(ring(with_words), KEYRING)
    for folder in FOLDERS:
        (with_words / folder / f"slot-{slot.slot_id}.json").write_bytes(b"?")
    assert code_of(with_words, Passphrase("faux")) == "key.wrong_passphrase"
    assert open_slots(key_files(with_words), WORDS).master == MASTER


def test_no_slot_is_made_below_the_floor(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"key\.bad_parameters"):
        create_slot(ring(tmp_path), WORDS, Cost(FLOOR.memory_kib, 2, 4))
    with pytest.raises(UserError, match=r"key\.wrong_recovery_code"):
        create_slot(ring(tmp_path), RecoveryCode("0000"))
    assert list_slots(key_files(tmp_path)) == ()


def test_the_last_way_in_is_never_closed(tmp_path: Path) -> None:
    slot = create_slot(ring(tmp_path), KEYRING)
    with pytest.raises(StorageError, match=r"key\.none_left"):
        delete_slot(key_files(tmp_path), slot.slot_id)
    assert list_slots(key_files(tmp_path)) == (slot,)


def test_no_secret_is_on_disk_or_in_a_repr(made: dict[str, Path]) -> None:
    files = [path for root in made.values() for path in root.rglob("*.json")]
    assert len(files) == 8
    written = b"".join(path.read_bytes() for path in files)
    for secret_text in (WORDS.text, CODE.text, KEYRING.secret.hex(), MASTER.hex()):
        assert secret_text.encode() not in written
        assert secret_text not in repr((WORDS, CODE, KEYRING, BOTH))


def test_calibration_goes_up_only_and_stops_at_its_bounds() -> None:
    def slow(cost: Cost) -> float:
        return cost.memory_kib / FLOOR.memory_kib * 0.13

    assert calibrate(0.0, 1 << 30, slow) == FLOOR
    assert calibrate(0.5, 1 << 30, slow) == Cost(FLOOR.memory_kib * 4, 3, 4)
    assert calibrate(99.0, 1 << 30, slow).memory_kib == 1 << 20
    assert calibrate(99.0, FLOOR.memory_kib * 3, slow).memory_kib == FLOOR.memory_kib * 2
    assert calibrate(0.0) == FLOOR
