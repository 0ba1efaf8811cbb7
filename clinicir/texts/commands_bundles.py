"""French of the commands that export and import."""

from __future__ import annotations

from typing import Protocol

from clinicir.texts.encoders import file_size
from clinicir.texts.typography import plural, spaced

BY = "Ligne de commande"


class Copy(Protocol):
    """What is known of a copy that was verified."""

    @property
    def sha256(self) -> str: ...

    @property
    def size_bytes(self) -> int: ...

    @property
    def files(self) -> int: ...

    @property
    def missing(self) -> int: ...


def copied(name: str, copy: Copy, passphrase: str | None, *, backup: bool) -> tuple[str, ...]:
    """What was written, that it was read back, and how it opens."""
    lines = [
        f"Copie vérifiée : {name} ({_files(copy.files)}, {file_size(copy.size_bytes)})",
        f"SHA-256 : {copy.sha256}",
    ]
    if copy.missing:
        lines.append(f"Absents du coffre, donc de la copie : {_files(copy.missing)}.")
    if passphrase is not None:
        lines += [
            f"Phrase à usage unique : {passphrase}",
            "Elle n’est gardée nulle part : donnez-la de vive voix, jamais avec le fichier.",
        ]
    if backup:
        lines.append("Elle s’ouvre avec le code de secours. Débranchez la clé et rangez-la.")
    return tuple(spaced(line) for line in lines)


def unpacked(folder: str, files: int) -> str:
    """A dossier now lies in clear in a folder."""
    return spaced(f"Dossier vérifié et copié : {folder} ({_files(files)})")


def restored(folder: str, entries: int, former: str, missing: int) -> tuple[str, ...]:
    """A backup is a vault again."""
    lines = [
        f"Sauvegarde vérifiée et remise en place : {folder}",
        f"Entrées du journal : {entries}",
    ]
    if missing:
        lines.append(f"Absents de la sauvegarde : {_files(missing)}.")
    if former:
        lines.append(f"L’ancien coffre n’a pas été touché, il s’appelle maintenant : {former}")
    lines.append("Le coffre s’ouvre avec le code de secours.")
    return tuple(spaced(line) for line in lines)


def _files(count: int) -> str:
    return f"{count} {plural(count, 'fichier')}"
