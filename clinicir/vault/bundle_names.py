"""Names that a bundle may hold, one grammar a sort; an archive with any other name is refused."""

from __future__ import annotations

import re
from enum import Enum

README = "LISEZMOI.txt"
SUMS = "SHA256SUMS"
_SCOPE = r"(?:[0-9a-f]{16}|practice)"
_TRAIL = (r"vault\.json", r"trail/(?:trail-[0-9]{6}\.jsonl|head)")
_ANCHORS = r"anchors/checkpoint-[0-9]{6,9}\.(?:txt|tsq|tsr)"
_OBJECT = re.compile(r"objects/([0-9a-f]{2})/\1[0-9a-f]{30}\.cev")


class Sort(Enum):
    """What a bundle is."""

    BACKUP = "backup"
    """Ciphertext, the trail, the recovery slots."""
    DOSSIER = "dossier"
    """The trail, and in clear what was chosen."""


_GRAMMAR = {
    Sort.BACKUP: (
        *_TRAIL,
        r"keys\.bak/vault\.json",
        rf"keys(?:\.bak)?/(?:slot-[0-9a-f]{{8}}|ik-{_SCOPE})\.json",
        r"objects/([0-9a-f]{2})/\1[0-9a-f]{30}\.cev",
        rf"drafts/{_SCOPE}\.draft",
        _ANCHORS,
    ),
    Sort.DOSSIER: (
        *_TRAIL,
        r"disclosed/e-[0-9]{6,9}\.json",
        r"evidence/[0-9a-f]{32}\.bin",
        r"documents/[0-9a-f]{32}\.pdf",
        r"verify_trail\.py|verifier\.html",
        re.escape(README),
        SUMS,
        _ANCHORS,
    ),
}
_ALLOWED = {sort: re.compile("|".join(forms)) for sort, forms in _GRAMMAR.items()}


def sort_of(names: list[str]) -> Sort | None:
    """The sort whose grammar every name follows; None when there is none."""
    for sort, allowed in _ALLOWED.items():
        if "vault.json" in names and all(allowed.fullmatch(name) for name in names):
            return sort
    return None


def object_name(object_id: str) -> str:
    """Of an encrypted object."""
    return f"objects/{object_id[:2]}/{object_id}.cev"


def is_object(name: str) -> bool:
    """True for the name of an encrypted object."""
    return _OBJECT.fullmatch(name) is not None


_LIMITS = (
    ("vault.json", 4096),
    ("keys/", 4096),
    ("keys.bak/", 4096),
    ("trail/head", 1024),
    ("trail/", 64 << 20),
    ("objects/", (2 << 30) + (1 << 20)),
    ("evidence/", 2 << 30),
    ("documents/", 64 << 20),
    (SUMS, 16 << 20),
    (README, 16 << 20),
    ("drafts/", 16 << 20),
)
_OTHER_LIMIT = 1 << 20


def size_limit(name: str) -> int:
    """Most bytes that a file of that name may have."""
    found = (limit for start, limit in _LIMITS if name.startswith(start))
    return next(found, _OTHER_LIMIT)
