"""`vault.json`: the immutable public header, whose SHA-256 is the `p` of the first entry (2.1)."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from clinicir.domain.errors import StorageError
from clinicir.vault import canonical
from clinicir.vault.fsio import FileSystem, write_durably
from clinicir.vault.line import LINE_LIMIT, SHAPE
from clinicir.vault.trail import FOLDER, file_name

NAME = "vault.json"
COPY_FOLDER = "keys.bak"
FORMAT = "clinicir-vault"
VERSION = 1
SUITE = 1
_MAX_BYTES = 4096
_VAULT_ID = re.compile(r"[0-9a-f]{32}")
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_KEYS = frozenset({"created", "format", "suite", "v", "vault"})


@dataclass(frozen=True)
class VaultHeader:
    """What anyone may know of a vault."""

    vault_id: str
    """32 hex."""
    created: str
    """UTC, `YYYY-MM-DDThh:mm:ss.mmmZ`."""
    drill: bool
    content: bytes
    """The bytes of the file."""

    @property
    def sha256(self) -> str:
        """Genesis of the chain."""
        return hashlib.sha256(self.content).hexdigest()


def new_header(created: str, *, drill: bool, vault_id: str | None = None) -> VaultHeader:
    """Header of a vault about to be made; the key `drill` exists only when it is true."""
    vault_id = vault_id or secrets.token_hex(16)
    fields: dict[str, str | int | bool] = {
        "created": created, "format": FORMAT, "suite": SUITE, "v": VERSION, "vault": vault_id,
    }  # fmt: skip
    if drill:
        fields["drill"] = True
    return VaultHeader(vault_id, created, drill, canonical.encode(fields))


def parse_header(content: bytes) -> VaultHeader:
    """StorageError `vault.newer` for a later format, `vault.bad_header` for anything else."""
    try:
        fields = canonical.decode_map(content, _MAX_BYTES)
    except canonical.CanonicalError as error:
        raise StorageError("vault.bad_header") from error
    version, suite = fields.get("v"), fields.get("suite")
    if fields.get("format") != FORMAT or type(version) is not int or type(suite) is not int:
        raise StorageError("vault.bad_header")
    if version > VERSION or suite > SUITE:
        raise StorageError("vault.newer", version=version)
    drill = fields.get("drill") is True
    vault_id, created = fields.get("vault"), fields.get("created")
    if (
        version != VERSION
        or suite != SUITE
        or set(fields) != (_KEYS | {"drill"} if drill else _KEYS)
        or not _VAULT_ID.fullmatch(str(vault_id))
        or not _CREATED.fullmatch(str(created))
    ):
        raise StorageError("vault.bad_header")
    return VaultHeader(cast(str, vault_id), cast(str, created), drill, content)


def write_header(fs: FileSystem, root: Path, header: VaultHeader) -> None:
    """Both copies, that of `keys.bak` first: a vault exists once `vault.json` is whole."""
    write_durably(fs, root / COPY_FOLDER / NAME, header.content)
    write_durably(fs, root / NAME, header.content)


def load_header(fs: FileSystem, root: Path, *, may_mend: bool) -> tuple[VaultHeader, bool]:
    """The header that the first entry vouches for, and whether a copy was mended.

    StorageError `vault.not_found`, `vault.bad_header`, `vault.newer`.
    """
    paths = (root / NAME, root / COPY_FOLDER / NAME)
    contents = [_content(fs, path) for path in paths]
    if contents == [None, None]:
        raise StorageError("vault.not_found")
    good = _vouched(contents, _first_previous(fs, root))
    header = parse_header(good)
    mended = False
    for path, content in zip(paths, contents, strict=True):
        if content != good and may_mend:
            fs.make_dir(path.parent)
            write_durably(fs, path, good)
            mended = True
    return header, mended


def _content(fs: FileSystem, path: Path) -> bytes | None:
    try:
        return fs.read(path) if fs.size(path) <= _MAX_BYTES else b""
    except FileNotFoundError:
        return None


def _vouched(contents: list[bytes | None], genesis: str | None) -> bytes:
    present = [content for content in contents if content is not None]
    for content in present:
        if hashlib.sha256(content).hexdigest() == genesis:
            return content
    # Nothing vouches for a copy: the trail is damaged from its start, and will be said to be.
    for content in present:
        try:
            parse_header(content)
        except StorageError as error:
            if error.code == "vault.newer":
                return content
            continue
        return content
    raise StorageError("vault.bad_header")


def _first_previous(fs: FileSystem, root: Path) -> str | None:
    try:
        with fs.open_read(root / FOLDER / file_name(1)) as handle:
            match = SHAPE.match(handle.read_at(0, LINE_LIMIT))
    except FileNotFoundError:
        return None
    return match[10].decode() if match else None
