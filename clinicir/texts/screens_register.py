"""Words of the register of the practice."""

from __future__ import annotations

from datetime import datetime

from clinicir.texts.encoders import long_instant, number, table_instant
from clinicir.texts.typography import plural, spaced

REGISTER = "Registre des violations"
INTRO = (
    "La loi demande d’inscrire chaque fuite, vol ou perte de données, même sans prévenir la CNIL. "
    "La CNIL peut demander ce registre."
)
EMPTY = "Le registre est vide : aucun incident n’est inscrit."
MAKE = "Établir le registre"
MAKE_AGAIN = "Établir à nouveau"
LIST = "Liste des incidents"
SAVE_TABLE = "Tableau pour un tableur…"
OPEN = "Ouvrir"
RUNNING = "En cours"
CLOSED = "Terminé"
NOT_NOTIFIED = "CNIL non prévenue"
CSV_FILTER = "Tableau (*.csv)"
MAKING = "Le registre se prépare."


def count(rows: int) -> str:
    """`3 incidents inscrits`."""
    return f"{number(rows)} {plural(rows, 'incident inscrit', 'incidents inscrits')}"


def state(closed: bool) -> str:
    """In one word."""
    return CLOSED if closed else RUNNING


def details(case: str, known_at: datetime | None, notified_at: datetime | None) -> str:
    """Under the title of an incident."""
    parts = [f"Dossier {case}"]
    if known_at is not None:
        parts.append(f"appris le {table_instant(known_at)}")
    told = f"CNIL prévenue le {table_instant(notified_at)}" if notified_at else NOT_NOTIFIED
    return " · ".join([*parts, told])


def open_case(title: str) -> str:
    """Said of the button by a screen reader."""
    return spaced(f"{OPEN} : {title}")


def made_at(at: datetime) -> str:
    """When the paper was last made."""
    return f"Établi le {long_instant(at)}"
