"""Words of the pause points: what to read aloud before going on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from clinicir.texts.encoders import long_instant, number
from clinicir.texts.typography import plural, spaced

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "G1": spaced("Point d’arrêt : est-ce contenu ?"),
        "G2": spaced("Point d’arrêt : avant d’effacer ou de réinstaller"),
        "G3": spaced("Point d’arrêt : avant d’envoyer à la CNIL"),
        "G4": spaced("Point d’arrêt : avant d’écrire aux patients"),
        "G5": spaced("Point d’arrêt : avant de terminer"),
    }
)
HELP = spaced("Lisez chaque ligne à voix haute. Continuez seulement si tout est vrai.")
FACTS: Mapping[str, str] = MappingProxyType(
    {
        "known_at": "Découvert",
        "what": "Ce qui s’est passé",
        "who": "Personnes touchées",
        "limit": "Limite pour la CNIL",
        "accounts": "Comptes et adresses",
        "evidence": "Preuves gardées",
        "complaint": "Plainte",
        "cnil_sent": "Envoyé à la CNIL",
        "reply_to": "Contact donné",
        "open_steps": "Étapes encore ouvertes",
    }
)
NOT_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "known_at": "heure pas encore notée",
        "who": "nombre pas encore connu",
        "limit": "pas encore connue",
        "accounts": "aucune ligne notée",
        "complaint": "pas encore déposée",
        "cnil_sent": "rien d’envoyé pour l’instant",
        "reply_to": "aucun contact dans la fiche du cabinet",
    }
)
FIRST = "Lu à voix haute par"
SECOND = "Vérifié par une autre personne"
CONFIRM = spaced("Tout est vrai, continuer")
BACK = "Revenir corriger"
NAME_MISSING = "Écrivez un nom."
SAME_NAME = spaced("Il faut une autre personne : deux regards valent mieux qu’un.")


def told(key: str, value: datetime | int | str | None) -> str:
    """A fact as it is read aloud; what is not known is said, never left blank."""
    if value is None or value == "":
        return NOT_KNOWN.get(key, "pas encore connu")
    if isinstance(value, datetime):
        return long_instant(value)
    if isinstance(value, str):
        return spaced(value)
    if key == "accounts":
        return "tout est fait" if value == 0 else f"{number(value)} encore à traiter"
    if key == "open_steps":
        return "aucune" if value == 0 else number(value)
    unit = plural(value, "preuve" if key == "evidence" else "personne")
    return f"{number(value)} {unit}"


def others(names: str) -> str:
    """Under the second name."""
    return spaced(f"Par exemple : {names}.")
