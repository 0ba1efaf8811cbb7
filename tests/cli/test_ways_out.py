"""`clinicir recover` and `clinicir purge`: back in with the sheet, and what must not be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicir.vault.slots import Passphrase, RecoveryCode, create_slot
from clinicir.vault.vault import Vault
from tests.cli.told import PASSPHRASE, Command, descriptor_of
from tests.fakes import FakeClock

CODE = "0000-0000-0000-0000-0000-0000-00Z7"
NEW = "violon-marche-cuivre-lampe-fenouil-radeau-chemin-ardoise"


@pytest.fixture
def locked_out(vault: Path) -> Path:
    """A vault whose sheet is known, and whose passphrase was forgotten."""
    with Vault.open(vault, Passphrase(PASSPHRASE), FakeClock()) as opened:
        create_slot(opened.ring, RecoveryCode(CODE))
    return vault


def test_the_sheet_gives_the_vault_back(run: Command, locked_out: Path) -> None:
    told = run("recover", locked_out, "--code-fd", descriptor_of(CODE), passphrase=NEW)
    assert (told.code, told.err) == (0, "")
    assert "clinicir app" in told.out
    assert NEW not in told.out
    assert CODE not in told.out
    said = run("verify", locked_out, passphrase=NEW)
    assert (said.code, "INTACT" in said.out) == (0, True)
    run("verify", locked_out, passphrase=PASSPHRASE).sentence(5)


def test_a_wrong_code_or_a_weak_passphrase_changes_nothing(run: Command, locked_out: Path) -> None:
    wrong = "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZSE"
    told = run("recover", locked_out, "--code-fd", descriptor_of(wrong), passphrase=NEW)
    told.sentence(5)
    told = run("recover", locked_out, "--code-fd", descriptor_of(CODE), passphrase="court")
    told.sentence(5)
    assert run("verify", locked_out, passphrase=PASSPHRASE).code == 0


def test_nothing_is_due_in_a_running_case(run: Command, vault: Path) -> None:
    told = run("purge", vault, passphrase=PASSPHRASE)
    assert (told.code, told.err) == (0, "")
    assert len(told.out.splitlines()) == 1


def test_a_running_case_is_not_erased(run: Command, vault: Path) -> None:
    words = ("purge", vault, "--incident", "2027-001", "--scope", "incident", "--reason", "essai")
    run(*words, passphrase=PASSPHRASE).sentence(1)
    assert run("purge", vault, "--incident", "2027-001", passphrase=PASSPHRASE).code == 2


def test_an_ended_case_is_erased_told_and_still_verified(run: Command, vault: Path) -> None:
    from clinicir.app import load_knowledge
    from clinicir.services import incidents
    from clinicir.services.session import Session

    clock = FakeClock()
    with Vault.open(vault, Passphrase(PASSPHRASE), clock) as opened:
        session = Session(opened, load_knowledge(), clock)
        incidents.close(session, opened.incidents()[0], (), {}, "Claire Morel")
    words = ("purge", vault, "--incident", "2027-001", "--scope", "incident")
    run(*words, passphrase=PASSPHRASE).sentence(1)
    told = run(*words, "--reason", "dossier clos", passphrase=PASSPHRASE)
    assert (told.code, told.err) == (0, "")
    assert list(vault.rglob("*.cev")) == []
    said = run("verify", vault, passphrase=PASSPHRASE)
    assert (said.code, said.err) == (0, "")
    assert "effacement" in said.out
    run(*words, "--reason", "encore", passphrase=PASSPHRASE).sentence(2)
