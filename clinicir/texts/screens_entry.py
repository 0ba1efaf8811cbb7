"""Words of the first start, of the unlocking, of the recovery sheet and of the five gestures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from clinicir.texts.typography import listed, plural, spaced

# --- first start -------------------------------------------------------------------------------

WELCOME = "Bienvenue."
WELCOME_LEAD = (
    "clinicir vous guide pas à pas quand des données de patients ont fui, ont été volées ou "
    "perdues. Tout reste sur cet ordinateur."
)
INCIDENT_NOW = "J’ai un incident maintenant"
PREPARE = "Je prépare mon cabinet (10 min)"
OPEN_BACKUP = "Ouvrir une sauvegarde…"
OPEN_BACKUP_FILTER = "Sauvegarde (*.cirbak)"
TOUCHED_TITLE = spaced("Cet ordinateur est peut-être touché ?")
TOUCHED_TEXT = "Utilisez-en un autre. Les cinq gestes se lisent sans rien installer ni remplir."
GESTURES = "Cinq gestes et numéros"

# --- making the vault --------------------------------------------------------------------------

CREATE = "Un coffre pour votre cabinet"
CREATE_LEAD = (
    "Tout ce que vous noterez y est chiffré. Une seule réponse est nécessaire, le reste attendra."
)
DEPARTMENT = "Département du cabinet"
DEPARTMENT_HELP = spaced("Deux ou trois signes, par exemple 54, 2A ou 974. Il dit qui appeler.")
DEPARTMENT_MISSING = spaced("Il manque : le département. Par exemple 54.")
PERSON = "Votre nom"
PRACTICE = "Nom du cabinet"
PRACTICE_UNKNOWN = "Cabinet à nommer"
PERSON_UNKNOWN = "Personne à nommer"
WAY = "Comment ouvrir le coffre"
WAY_ALONE = "Ce poste n’est utilisé que par moi"
WAY_ALONE_HELP = (
    "La clé est gardée par ce compte de l’ordinateur. Rien à retenir : le coffre s’ouvre d’un clic."
)
WAY_SHARED = "Plusieurs personnes utilisent ce poste"
WAY_SHARED_HELP = (
    "Une phrase de passe est demandée à chaque ouverture. "
    "Le coffre ne s’ouvre que sur cet ordinateur, ou avec la fiche de secours."
)
PASSPHRASE = "Phrase de passe"
PASSPHRASE_RULE = spaced(
    "Le plus simple : « Proposer une phrase » choisit huit mots. "
    "Sinon, sept mots à vous, ou 14 signes avec majuscules, minuscules et chiffres."
)
PROPOSE = "Proposer une phrase"
PROPOSED = "Notez ces huit mots sur papier avant de continuer."
MAKE = "Créer le coffre"
MAKING = "Création du coffre…"

STRENGTH: Mapping[str, str] = MappingProxyType(
    {
        "": "Convient",
        "short": "Trop courte",
        "classes": spaced("Pas assez variée : ajoutez des mots, ou des chiffres et des signes"),
        "repeats": "Trop de signes répétés",
        "common": "Trop facile à deviner",
        "long": "Trop longue",
        "control": "Contient un signe invisible",
    }
)

# --- unlocking ---------------------------------------------------------------------------------

UNLOCK = "Ouvrir le coffre"
UNLOCK_LEAD = "Vos dossiers sont chiffrés sur cet ordinateur."
OPEN = "Ouvrir"
OPENING = "Ouverture…"
ONE_MOMENT = "Un instant…"
FORGOTTEN = spaced("Phrase oubliée ? Utiliser la fiche de secours")
OTHER_WAY = "Utiliser la phrase de passe"
ACCOUNT_LOST = spaced("Ce compte n’ouvre plus ? Utiliser la fiche de secours")
BY_ACCOUNT = "Revenir à ce compte de l’ordinateur"
BY_ACCOUNT_HELP = "La clé est gardée par ce compte. Rien à saisir."
CODE = "Code de la fiche de secours"
CODE_HELP = "Sept groupes de quatre signes. Minuscules et espaces sont acceptés."
CODE_EMPTY = spaced("Il manque : le code de la fiche.")
PASSPHRASE_EMPTY = spaced("Il manque : la phrase de passe.")
WRONG_PASSPHRASE = (
    "Ce n’est pas la bonne phrase. Vérifiez les majuscules et l’ordre des mots. Rien n’est perdu."
)
NEW_WAY = "Comment ouvrir le coffre la prochaine fois"
NEW_WAY_LEAD = (
    "La fiche de secours vient d’ouvrir le coffre. Elle reste valable : remettez-la à sa place. "
    "Votre choix remplace l’ancienne façon d’ouvrir."
)
NEW_WAY_KEEP = "Garder ce choix"
LATER = "Plus tard"

WHERE_YOU_WERE = "Nous avons rouvert là où vous étiez."
TROUBLE = "Le coffre ne s’ouvre pas pour l’instant"
TRY_AGAIN = "Essayer de nouveau"
USE_SHEET = "Utiliser la fiche de secours"

# --- recovery sheet ----------------------------------------------------------------------------

SHEET = "Fiche de secours"
SHEET_LEAD = "Imprimez cette fiche et rangez-la hors de l’ordinateur."
SHEET_WARNING = "Sans elle et sans la phrase de passe, personne ne peut rouvrir le coffre."
SHEET_CODE = "Code de secours"
SHEET_PRINT = "Imprimer"
SHEET_SAVE = "Enregistrer en PDF…"
SHEET_SAVE_TITLE = "Enregistrer la fiche de secours, de préférence sur une clé USB"
SHEET_FILE = "fiche-de-secours.pdf"
SHEET_SAVED = "Fiche enregistrée. Imprimez-la, puis effacez ce fichier de l’ordinateur."
SHEET_PRINTED = "Fiche envoyée à l’imprimante."
SHEET_DONE = "C’est rangé"
SHEET_LATER = "Plus tard"
SHEET_CHECK = "Pour vérifier, recopiez deux groupes de la fiche"
SHEET_CHECKED = "Fiche de secours vérifiée et rangée."
SHEET_NEW = "Faire une nouvelle fiche"
SHEET_NEW_LEAD = (
    "Le code n’est jamais gardé en clair : pour imprimer de nouveau, il en faut un autre. "
    "L’ancienne fiche ne servira plus."
)
SHEET_OK = "Une fiche de secours est rangée."
SHEET_NOT_OK = "Aucune fiche de secours n’est rangée."

# --- gestures ----------------------------------------------------------------------------------

GESTURES_CLOSE = "Revenir"
SHOW_CONTACTS = "Montrer nos contacts quand clinicir est verrouillé"
NO_CONTACT = "Vos contacts s’afficheront ici une fois la fiche du cabinet remplie."
CONTACT_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "it_provider": "Informaticien",
        "software_vendor": "Éditeur du logiciel",
        "insurer": "Assureur",
        "dpo": "Délégué à la protection des données (DPO)",
    }
)


def strength(code: str | None) -> str:
    """In words, never by colour alone."""
    return STRENGTH[code or ""]


def vault_place(folder: str) -> str:
    """Where the files are, for whoever has to copy them."""
    return f"Dossier du coffre\u00a0: {folder}"


def held_on(computer: str) -> str:
    """Which computer has the vault open."""
    return f"C’est sur l’ordinateur «\u00a0{computer}\u00a0»."


def wait_seconds(seconds: int) -> str:
    """After several wrong passphrases."""
    return spaced(f"Nouvel essai possible dans {seconds} {plural(seconds, 'seconde')}.")


def wrong_groups(groups: Iterable[int]) -> str:
    """Which groups of the code to look at again; none when nothing points anywhere."""
    numbers = [str(n) for n in groups]
    if not numbers:
        return "Ce code n’ouvre pas ce coffre. Vérifiez que la fiche est la dernière imprimée."
    if len(numbers) == 1:
        return f"Regardez de nouveau le groupe {numbers[0]}."
    return f"Regardez de nouveau les groupes {listed(numbers)}."


def group_label(number: int) -> str:
    """One of the two groups to copy back."""
    return f"Groupe {number}"


def group_differs(number: int) -> str:
    """The copied group is not that of the sheet."""
    return f"Ce n’est pas le groupe {number} de la fiche. Regardez-le de nouveau."
