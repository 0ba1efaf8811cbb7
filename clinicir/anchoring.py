"""Anchors from the command line: a checkpoint leaves, the stamp of an authority comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clinicir.domain.clock import Clock
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.knowledge import Knowledge
from clinicir.services.anchor_ports import AnchorFiles, AnchorKeeper
from clinicir.services.anchors import accept_stamp, prepare_anchor
from clinicir.services.session import Session
from clinicir.texts import commands_anchor as say
from clinicir.vault.anchors import AnchorFolder
from clinicir.vault.checkpoint import name_of
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.slots import Passphrase
from clinicir.vault.time_stamp import REPLY_LIMIT
from clinicir.vault.vault import Vault

Write = Callable[[str], None]


def anchor(
    vault: Path,
    files: AnchorFiles,
    passphrase: str,
    knowledge: Knowledge,
    clock: Clock,
    write: Write,
) -> None:
    """Prepare what leaves, or keep a reply that is given with the certificates of its authority.

    UserError `input.unreadable`, `stamp.*`; StorageError as an opening, `disk.*`.
    """
    out, reply, authority = files
    answer = (_read(reply), _read(authority)) if reply and authority else None
    with Vault.open(vault, Passphrase(passphrase), clock) as store:
        if store.state.read_only is not None:
            raise StorageError(store.state.read_only, entry=store.state.at_entry)
        session = Session(store, knowledge, clock)
        keeper = AnchorFolder(OsFileSystem(), vault, store.header.vault_id)
        if answer is not None:
            stamped = accept_stamp(session, keeper, *answer, say.BY)
            write(say.stamped(stamped.entry, stamped.at, stamped.authority))
            return
        _leave(session, keeper, out, write)


def _leave(session: Session, keeper: AnchorKeeper, out: Path | None, write: Write) -> None:
    prepared = prepare_anchor(session, keeper, say.BY)
    name = Path(name_of(prepared.position.n)).name
    if out is not None:
        request = Path(name).with_suffix(".tsq").name
        try:
            out.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(prepared.text)
            (out / request).write_bytes(prepared.request)
        except OSError as error:
            raise StorageError("disk.failure", path=out.name) from error
        write(say.left(str(out), name, request))
    write(say.to_send(prepared.text.decode("ascii")))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as handle:
            return handle.read(REPLY_LIMIT + 1)
    except OSError as error:
        raise UserError("input.unreadable", file=file.name) from error
