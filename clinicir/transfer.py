"""What leaves a vault and comes back, for the command line and the window: rooms joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clinicir import paths
from clinicir.domain.audit import Verification
from clinicir.domain.clock import Clock
from clinicir.domain.disclosure import BACKUP, Choice, Wanted
from clinicir.domain.errors import UserError
from clinicir.services import exporting
from clinicir.services.bundle_ports import BundleCopy, Watch
from clinicir.services.session import Session
from clinicir.texts import commands_bundles as say
from clinicir.texts.dossier_readme import dossier_readme
from clinicir.vault.bundle_folder import ROOT as INSIDE
from clinicir.vault.bundle_folder import BundleFolder
from clinicir.vault.bundle_maker import VaultBundles, verifiers_in
from clinicir.vault.bundle_names import Sort
from clinicir.vault.bundle_read import needs_passphrase, open_bundle
from clinicir.vault.bundle_restore import Place, Restored, restore
from clinicir.vault.bundle_unpack import unpack_dossier
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.header import load_header
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.passphrase import load_words
from clinicir.vault.slots import RecoveryCode, open_slots
from clinicir.vault.vault import Vault
from clinicir.vault.verify import verification, verify_bodies, verify_chain

Write = Callable[[str], None]
Ask = Callable[[str], str]
"""Asks for a secret, `passphrase` or `recovery`; UserError `input.no_passphrase`."""


def bundles_of(vault: Vault, root: Path) -> VaultBundles:
    """Makes the bundles of an open vault."""
    words = load_words(paths.resources() / "wordlist" / "french.txt")
    return VaultBundles(
        OsFileSystem(), root, vault.ring, verifiers_in(paths.verifier().parent),
        lambda: vault.state.read_only, words,
    )  # fmt: skip


def export(session: Session, vault: Vault, root: Path, wanted: Wanted, write: Write) -> BundleCopy:
    """Write a backup or a dossier and say so; raises as `exporting`."""
    bundles, watch, out = bundles_of(vault, root), Watch(), Path(wanted.out)
    if wanted.profile == BACKUP:
        copy = exporting.backup(session, bundles, out, say.BY, watch)
        passphrase = None
    else:
        passphrase = None if wanted.clear else bundles.propose()
        copy = exporting.dossier(
            session, bundles, session.find(wanted.incident), Choice(wanted.profile), out,
            passphrase, dossier_readme, say.BY, watch,
        )  # fmt: skip
    for line in say.copied(out.name, copy, passphrase, backup=wanted.profile == BACKUP):
        write(line)
    return copy


def verify(file: Path, secret: str | None) -> Verification:
    """A backup or a dossier as one file, read where it lies.

    `secret`: the code of a backup, whose bodies are then opened too, or the words of a dossier.
    """
    fs = OsFileSystem()
    with open_bundle(fs, file, secret) as bundle:
        folder = BundleFolder(bundle)
        if secret is None or bundle.sort is Sort.DOSSIER:
            return verification(verify_chain(INSIDE, folder))
        header, _ = load_header(folder, INSIDE, may_mend=False)
        files = KeyFiles(folder, INSIDE, header.vault_id, may_mend=False)
        ring = open_slots(files, RecoveryCode(secret))
        found = verify_bodies(INSIDE, BodyCiphers(ring).get, ring.head_key, folder)
        return verification(found)


def bring_in(file: Path, into: Path, clock: Clock, ask: Ask, write: Write) -> None:
    """A backup becomes a vault at `into`, a dossier a folder; raises as `restore`."""
    fs = OsFileSystem()
    try:
        sealed = needs_passphrase(fs, file)
    except FileNotFoundError:
        sealed = False
    except IsADirectoryError as error:
        raise UserError("input.unreadable", file=file.name) from error
    with open_bundle(fs, file, ask("passphrase") if sealed else None) as bundle:
        if bundle.sort is Sort.DOSSIER:
            unpack_dossier(bundle, fs, into, Watch())
            write(say.unpacked(str(into), len(bundle.entries)))
            return
        restored = restore(bundle, ask("recovery"), Place(fs, into, clock), Watch())
    for line in restored_lines(into, restored):
        write(line)


def restored_lines(into: Path, restored: Restored) -> tuple[str, ...]:
    """What a restore tells a person."""
    former = str(restored.former) if restored.former is not None else ""
    return say.restored(str(into), restored.position.n, former, restored.missing)
