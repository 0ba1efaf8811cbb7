"""What leaves a vault and comes back, for the command line and the window: rooms joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clinicir import paths
from clinicir.domain.clock import Clock
from clinicir.domain.disclosure import BACKUP, Choice, Wanted
from clinicir.domain.errors import UserError
from clinicir.services import exporting
from clinicir.services.bundle_ports import BundleCopy, Watch
from clinicir.services.session import Session
from clinicir.texts import commands_bundles as say
from clinicir.texts.dossier_readme import dossier_readme
from clinicir.vault.bundle_maker import VaultBundles
from clinicir.vault.bundle_names import Sort
from clinicir.vault.bundle_read import needs_passphrase, open_bundle
from clinicir.vault.bundle_restore import Place, Restored, restore
from clinicir.vault.bundle_unpack import unpack_dossier
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.passphrase import load_words, propose
from clinicir.vault.vault import Vault

Write = Callable[[str], None]
Ask = Callable[[str], str]
"""Asks for a secret, `passphrase` or `recovery`; UserError `input.no_passphrase`."""


def verifiers() -> dict[str, bytes]:
    """The files that check a dossier, put in each."""
    folder = paths.verifier().parent
    names = ("verify_trail.py", "verifier.html")
    return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def bundles_of(vault: Vault, root: Path) -> VaultBundles:
    """Makes the bundles of an open vault."""
    return VaultBundles(
        OsFileSystem(), root, vault.ring, verifiers(), lambda: vault.state.read_only
    )


def one_time_passphrase() -> str:
    """Eight words, said once and kept nowhere."""
    return propose(load_words(paths.resources() / "wordlist" / "french.txt"))


def export(session: Session, vault: Vault, root: Path, wanted: Wanted, write: Write) -> BundleCopy:
    """Write a backup or a dossier and say so; raises as `exporting`."""
    bundles, watch, out = bundles_of(vault, root), Watch(), Path(wanted.out)
    if wanted.profile == BACKUP:
        copy = exporting.backup(session, bundles, out, say.BY, watch)
        passphrase = None
    else:
        passphrase = None if wanted.clear else one_time_passphrase()
        copy = exporting.dossier(
            session, bundles, session.find(wanted.incident), Choice(wanted.profile), out,
            passphrase, dossier_readme, say.BY, watch,
        )  # fmt: skip
    for line in say.copied(out.name, copy, passphrase, backup=wanted.profile == BACKUP):
        write(line)
    return copy


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
