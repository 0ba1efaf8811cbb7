"""Words of the search."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.encoders import number
from clinicir.texts.typography import plural, spaced

SEARCH = "Rechercher"
FIELD = "Rechercher dans tous les dossiers"
HINT = "Un nom, un mot, un numéro de pièce"
HELP = "Flèches pour choisir, Entrée pour ouvrir."
READING = "Lecture des dossiers…"
START = spaced(
    "Écrivez quelques lettres : étapes, preuves, journal et documents sont cherchés ensemble. "
    "Accents et majuscules ne comptent pas."
)
RESULTS = "Résultats"
RUNNING = "en cours"
CLOSED = "terminé"
GROUPS: Mapping[str, str] = MappingProxyType({
    "incident": "Incidents",
    "step": "Étapes",
    "evidence": "Preuves",
    "paper": "Documents",
    "journal": "Journal",
})


def nothing(query: str) -> str:
    """Nothing was found."""
    return spaced(f"Rien ne contient « {query} ». Essayez un mot plus court.")


def case(number_: str, title: str) -> str:
    """The incident that a result belongs to."""
    return f"{number_} · {title}"


def file(number_: str, state_: str) -> str:
    """An incident among the results."""
    return f"Dossier {number_}, {state_}"


def state(closed: bool) -> str:
    """In a few words."""
    return CLOSED if closed else RUNNING


def exhibit(number_: str, title: str) -> str:
    """`P-003 · Courriel de l’éditeur`."""
    return f"{number_} · {title}"


def line(when: str, who: str, number_: str) -> str:
    """Under a line of the journal."""
    return f"{when} · {who} · {number_}"


def group(name: str, total: int) -> str:
    """`Journal (212)`."""
    return f"{GROUPS[name]} ({number(total)})"


def more(left: int) -> str:
    """Last line of a family that is longer than what is listed."""
    return f"Voir {plural(left, 'l’autre', f'les {number(left)} autres')}"


def counted(total: int) -> str:
    """Said under the field."""
    return f"{number(total)} {plural(total, 'résultat')}"


def spoken(group_name: str, title: str, detail: str) -> str:
    """One result, as a screen reader says it."""
    return f"{GROUPS[group_name]}, {title}, {detail}"
