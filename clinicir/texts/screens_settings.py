"""Words of the settings page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from clinicir.texts.encoders import long_day
from clinicir.texts.typography import NO_BREAK, plural, spaced

SETTINGS = "Réglages"
LEAD = "Chaque choix compte aussitôt. Il reste sur cet ordinateur."

# --- look --------------------------------------------------------------------------------------

LOOK = "Apparence"
COLOURS = "Couleurs"
MODES: Mapping[str, str] = MappingProxyType(
    {
        "system": "Comme l’ordinateur",
        "light": "Clair",
        "dark": "Sombre",
        "contrast": "Contraste élevé",
    }
)
SIZE = "Taille du texte"
SIZE_HELP = "Les touches Ctrl et +, ou Ctrl et -, la changent de partout."

# --- safety ------------------------------------------------------------------------------------

SAFETY = "Sécurité"
LOCK_AFTER = "Verrouiller après un temps sans geste"
LOCK_HELP = "Un message prévient une minute avant. Ce qui est noté est enregistré."
PASSPHRASE_CHANGE = "Changer la phrase de passe"
PASSPHRASE_LEAD = "La nouvelle phrase remplace l’ancienne. La fiche de secours reste valable."
PASSPHRASE_KEEP = "Garder cette phrase"
PASSPHRASE_SURE = spaced("Changer la phrase de passe ?")
PASSPHRASE_SURE_TEXT = "L’ancienne phrase n’ouvrira plus le coffre. Notez la nouvelle d’abord."
PASSPHRASE_NOT_NOW = "Ne pas changer"
PASSPHRASE_CHANGED = "La nouvelle phrase de passe est en place."
SHEET_OPEN = "Ouvrir la fiche de secours"
CONTACTS_HELP = "Ils aident qui trouve l’ordinateur verrouillé. Aucun patient n’y figure."
CONTACTS_SHOWN = "Vos contacts se lisent sans ouvrir le coffre."
CONTACTS_HIDDEN = "Vos contacts ne se lisent plus sans ouvrir le coffre."

# --- reminders, folder, log --------------------------------------------------------------------

REMINDERS = "Rappels"
REMINDERS_HELP = "Les dates à ne pas oublier, et leur copie dans votre agenda."
REMINDERS_OPEN = "Ouvrir les rappels"

FOLDER = "Dossier et journal technique"
FOLDER_HELP = "Le coffre se trouve dans ce dossier. Fermez clinicir avant de le déplacer."
FOLDER_COPY = "Copier l’adresse du dossier"
FOLDER_COPIED = "Adresse du dossier copiée."
LOG = "Voir le journal technique"
LOG_HELP = (
    "Il aide la personne qui vous dépanne. Il ne contient ni nom, ni texte saisi, ni dossier."
)
LOG_NAME = "Journal technique"
LOG_EMPTY = "Rien n’est encore noté."
LOG_COPY = "Copier pour l’assistance"
LOG_COPIED = "Journal technique copié. Collez-le dans votre message."

# --- about -------------------------------------------------------------------------------------

ABOUT = "À propos"
ABOUT_TEXT = (
    "clinicir guide un cabinet quand des données de patients ont fui. "
    "Il n’utilise pas le réseau. C’est un logiciel libre, sous licence Apache 2.0."
)
LICENCES = "Polices, icônes et listes utilisées"
LICENCE_KINDS: Mapping[str, str] = MappingProxyType(
    {"OFL": "licence SIL Open Font", "ISC": "licence ISC", "MIT": "licence MIT"}
)
LICENSED: Mapping[str, str] = MappingProxyType(
    {
        "Lucide": "Icônes Lucide",
        "Inter": "Police Inter",
        "JetBrainsMono": "Police JetBrains Mono",
        "NotoSans": "Police Noto Sans",
        "common-passwords": "Liste de mots de passe courants",
        "wordlist-french": "Liste de mots en français",
    }
)


def percent(scale: float) -> str:
    """`125 %`."""
    return f"{round(scale * 100)}{NO_BREAK}%"


def minutes(count: int) -> str:
    """`15 minutes`; an hour is said as such."""
    if count == 60:
        return "1 heure"
    return f"{count} {plural(count, 'minute')}"


def version(number: str) -> str:
    """`Version 1.0.2`."""
    return f"Version {number}"


def legal_content(day: date) -> str:
    """How old what the program says of the law is."""
    return f"Textes de loi et démarches relus le {long_day(day)}"


def licence(stem: str) -> str:
    """`Police Inter, licence SIL Open Font`, from the name of the file."""
    kind, _, name = stem.partition("-")
    return f"{LICENSED.get(name, name)}, {LICENCE_KINDS.get(kind, kind)}"
