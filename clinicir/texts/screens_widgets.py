"""Words that the building blocks of the window say by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.typography import spaced

OPTIONAL = "facultatif"
NOW = "Maintenant"
SHOW = "Voir"
HIDE = "Masquer"
YES = "Oui"
NO = "Non"
UNKNOWN = "Je ne sais pas"
DAY = "Date"
HOUR = "Heure"
DAY_FORM = "jj/mm/aaaa"
HOUR_FORM = "hh h mm"
CALENDAR = "Choisir dans le calendrier"
CAPS_LOCK = "La touche Verr. Maj est peut-être activée."
PRESUMED = "présumé"
BAD_DAY = "Nous ne lisons pas cette date. Écrivez-la comme 21/11/2026."
BAD_HOUR = "Nous ne lisons pas cette heure. Écrivez-la comme 19 h 40."
HOUR_MISSING = "Il manque l’heure. Une heure approximative suffit."
DAY_MISSING = "Il manque la date."
TOO_LONG = "Ce texte est trop long : la fin n’a pas été gardée."
NOT_A_NUMBER = "Écrivez un nombre, avec des chiffres."

TONES: Mapping[str, str] = MappingProxyType({
    "info": "À savoir",
    "warn": "Attention",
    "danger": "Urgent",
    "ok": "C’est bon",
    "drill": "Exercice",
})
"""What the sign of a notice says to someone who does not see it."""

STATES: Mapping[str, str] = MappingProxyType({
    "todo": "À faire",
    "in_progress": "En cours",
    "done": "Fait",
    "blocked": "Pas possible maintenant",
    "not_concerned": "Ne nous concerne pas",
})


def state_phrase(state: str) -> str:
    """What a screen reader says of a mark."""
    return spaced(f"État : {STATES[state].lower()}")


def optional_label(label: str) -> str:
    """The label of a field that may stay empty."""
    return f"{label} ({OPTIONAL})"
