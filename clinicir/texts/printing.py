"""The words that every paper prints by itself: header, footer, signs, empty places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

TO_COMPLETE = "À compléter"
TO_VERIFY = "à vérifier"
CHANGED = "modifié"
BEFORE = "Avant :"
NOTHING_BEFORE = "non renseigné"
ADDED = "ajouté"
REMOVED = "retiré"
CONTINUED = "(suite)"
EMPTY_TABLE = "Aucune ligne."

DRILL = "EXERCICE"
DRILL_NOTE = "aucune valeur"

PAGE = "page {page} / {pages}"
JOURNAL = "Journal n° {n}"
JOURNAL_HEAD = "empreinte du journal"
NOT_STAMPED = "Aperçu, non inscrit au journal"

SUBJECT = "Objet :"
SIGNED_AT = "Fait à"
SIGNED_ON = "Le"
SIGNER_NAME = "Nom"
SIGNER_ROLE = "Qualité"
SIGNATURE = "Signature"

TONES: Mapping[str, str] = MappingProxyType(
    {"info": "À savoir", "warning": "Attention", "danger": "Important"}
)
"""Title of a notice that has none: in grey print the tone must be a word too."""

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()


def case(number: str) -> str:
    """`Dossier 2026-001`; nothing for a paper of the whole practice."""
    return f"Dossier {number}" if number else ""


def established(at: datetime) -> str:
    """`Établi le 3 mars 2027 à 9 h 05 (UTC+01:00)`, in the offset that `at` carries."""
    if at.tzinfo is None:
        raise ValueError("naive instant")
    day = "1er" if at.day == 1 else str(at.day)
    date = f"{day}\u00a0{_MONTHS[at.month - 1]}\u00a0{at.year}"
    offset = at.strftime("%z")
    zone = f"UTC{offset[:3]}:{offset[3:5]}"
    return f"Établi le {date} à {at.hour}\u00a0h\u00a0{at.minute:02d} ({zone})"


def missing_answers(needed: int, waiting: int = 0) -> str:
    """Sentence under the title of a paper that is not complete, as the screen counts it."""
    if waiting:
        can = "autre peut attendre" if waiting == 1 else "autres peuvent attendre"
        lead = missing_answers(needed) if needed else "L’essentiel y est."
        return f"{lead} {waiting} {can}."
    if needed == 1:
        return "Une réponse manque : sa place est marquée « À compléter »."
    return f"{needed} réponses manquent : leur place est marquée « À compléter »."
