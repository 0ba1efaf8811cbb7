"""Words of the help, and what its pages take from the directory and from the keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from clinicir.texts.labels import PHONE_TO_CONFIRM
from clinicir.texts.plain_text import on_one_line
from clinicir.texts.typography import spaced

HELP = "Aide"
TOPICS_NAME = "Sujets de l’aide"
UNREADABLE = "Cette page d’aide ne peut pas être lue. Les autres restent disponibles."
WHO_HELPS = "Qui peut m’aider"
NOT_NEEDED = "Ce qui n’est pas nécessaire"

FIRST_TOPIC = "home"
ACCESSIBILITY = "accessibilite"
SAME_TOPIC: Mapping[str, str] = MappingProxyType(
    {"drill_messages": "drill", "drill_end": "drill"}
)
"""Pages that share the help of another one."""
TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "gestures": "Cinq gestes et numéros",
        "home": "Accueil",
        "triage": "Nouvel incident",
        "recap": "Voici ce que j’ai compris",
        "steps": "Étapes",
        "evidence": "Preuves",
        "journal": "Journal",
        "documents": "Documents",
        "copy_assistant": "Assistant de recopie",
        "patients": "Patients",
        "closing": "Terminer l’incident",
        "register": "Registre des violations",
        "export": "Exporter le dossier",
        "reminders": "Rappels",
        "search": "Rechercher",
        "practice": "Fiche du cabinet",
        "readiness": "Préparation du cabinet",
        "drill": "Exercice",
        "recovery_sheet": "Fiche de secours",
        "settings": "Réglages",
        ACCESSIBILITY: "Accessibilité",
    }
)
"""Name of the file and title, in the order of the list: an incident first, a calm day after."""

OWN: Mapping[str, str] = MappingProxyType(
    {
        "it_provider": "Votre aide informatique",
        "software_vendor": "L’éditeur de votre logiciel",
        "insurer": "Votre assureur",
        "dpo": "Votre délégué à la protection des données (DPO)",
    }
)
TO_NOTE = "à noter dans la fiche du cabinet"

SLOT = re.compile(r"\{(my:|key:)?([a-z0-9_]+)\}")
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~&])")


def filled(
    page: str,
    own: Callable[[str], str],
    call: Callable[[str], str],
    key: Callable[[str], str],
) -> str:
    """The page with each slot filled: `{my:role}`, `{key:command}`, `{contact}`."""
    fill = {"my:": own, "key:": key, "": call}
    return SLOT.sub(lambda slot: plain(fill[slot[1] or ""](slot[2])), page)


def own_line(role: str, name: str, phone: str) -> str:
    """Somebody of the practice sheet, or where to write them down."""
    known = ", ".join(filter(None, (name, phone)))
    return spaced(f"{OWN[role]} : {known or TO_NOTE}")


def call_line(name: str, phone: str, site: str, hours: str, *, sure: bool) -> str:
    """Somebody of the national directory."""
    number = phone if sure or not phone else f"{phone} ({PHONE_TO_CONFIRM})"
    known = ", ".join(filter(None, (number, site, hours)))
    return spaced(f"{name} : {known}") if known else name


def plain(text: str) -> str:
    """Words that came from elsewhere never dress the page."""
    return _MARKUP.sub(r"\\\1", on_one_line(text))
