"""Labels and remarks of the fields that a step asks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts import labels
from clinicir.texts.typography import plural, spaced

UNKNOWN = "Je ne sais pas"

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "name": "Nom",
        "function": "Fonction",
        "phone": "Téléphone",
        "organisation": "Service ou entreprise",
        "person": "Personne au téléphone",
        "started_at": "Heure de l’appel",
        "summary": "Ce qui a été dit",
        "reference": "Référence donnée",
        "recipient": "Destinataire",
        "channel": "Moyen (mail, courrier, portail)",
        "sent_at": "Heure d’envoi",
        "min": "Au moins",
        "max": "Au plus",
        "method": "Comment le savez-vous",
        "choice": "Choix",
        "reason": "Raison",
    }
)

CONFIRM = "Cette raison a été relue avec le médecin ou la société responsable"

KIND = "Type"
MODEL = "Marque, nom ou place"
STATE = "État"
WHAT = "Nom"
REFERENCE = "Référence du dossier"
REASON = "Motif"
NO_NAMES = spaced("Écrivez la référence du dossier, jamais un nom ni un diagnostic.")
DEVICES_HELP = spaced("Un appareil par ligne. Exemple : poste, Accueil 1, débranché.")
ACCESSES_HELP = spaced("Un accès par ligne. Exemple : règle de transfert, adresse inconnue.")

ACCOUNT = "Compte"
SYSTEM = "Logiciel ou site"
OWNER = "Titulaire"
ADDRESS = "Adresse suspecte (IP)"
WHERE = "Où la bloquer"
ACCOUNTS_HELP = spaced("Le nom du compte, jamais le mot de passe.")
ADDRESSES_HELP = spaced("Comme 203.0.113.7. Jamais celles du cabinet.")
ADD = "Ajouter"
REMOVE = "Retirer la ligne"
PASTE_MANY = "Coller plusieurs lignes"
PASTE_DONE = "Ajouter ces lignes"
PASTE_CLOSE = "Fermer"
PASTE_ACCOUNTS = spaced("Une ligne par compte : compte ; logiciel ; titulaire")
PASTE_ADDRESSES = spaced("Une ligne par adresse : adresse ; où la bloquer")
SELECT_FIRST = "Choisissez d’abord une ou plusieurs lignes."
MARK = spaced("Lignes choisies :")
EMPTY_LINE = "Remplissez la première case."
WHERE_MISSING = spaced("Dites où : un logiciel, une box, un hébergeur.")

EDIT = "Modifier la ligne"
EDIT_HELP = spaced("L’ancienne ligne reste lisible dans le journal.")
EDIT_SAVE = "Enregistrer la ligne"
EDIT_REASON = "Raison du changement"
EDIT_ONE = "Choisissez une seule ligne."
BY = "Fait par"
DONE_AT = "Fait à quelle heure"
PROOF = "Preuve"
NO_PROOF = "Aucune pour l’instant"
LETTER = "Écrire la demande de blocage"
LINE_SAID = "La ligne est enregistrée."

ACCOUNT_STATES = labels.ACCOUNT_STATES
ADDRESS_STATES = labels.ADDRESS_STATES


def waiting(pending: int, total: int) -> str:
    """How much of a list is left to do."""
    if total == 0:
        return "Aucune ligne pour l’instant."
    if pending == 0:
        return spaced(f"{total} {plural(total, 'ligne')} : tout est fait.")
    return spaced(f"{total} {plural(total, 'ligne')}, dont {pending} à faire.")


def refused(line: str, why: str) -> str:
    """A pasted line that cannot be kept, and the reason."""
    return spaced(f"{line} : {why}.")


def added(count: int) -> str:
    """Lines kept."""
    return f"{count} {plural(count, 'ligne ajoutée', 'lignes ajoutées')}."


IMPORT = "Importer un fichier (CSV)"
IMPORT_FILTER = "Listes en texte (*.csv *.txt *.tsv);;Tous les fichiers (*)"
IMPORT_TITLE = "Lignes du fichier"
IMPORT_NONE = "Ne rien ajouter"
IMPORT_PLACES: Mapping[str, str] = MappingProxyType(
    {"accounts": "Logiciel ou site de ces comptes", "addresses": "Où bloquer ces adresses"}
)
IMPORT_PLACE_HELP = "Pour les lignes qui ne le disent pas."
IMPORT_NO_LINE = "Aucune ligne à ajouter."
IMPORT_LINE = "Ligne"
IMPORT_CONTENT = "Contenu"
IMPORT_WHY = "Raison"
IMPORT_MORE = "Lignes suivantes"
IMPORT_HIDDEN = "Non affiché"
NO_HEADINGS = "Le fichier n’a pas de titres de colonnes : elles sont lues dans l’ordre."
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "name": ACCOUNT,
        "system": SYSTEM,
        "owner": OWNER,
        "address": "Adresse",
        "where": WHERE,
        "state": STATE,
        "done_at": DONE_AT,
        "by": BY,
    }
)
FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "empty": "Ligne vide",
        "long": "Texte trop long",
        "nir": "Ressemble à un numéro de sécurité sociale",
        "no_name": "Première case vide",
        "no_place": "Ne dit pas où",
        "state": "État inconnu",
        "text": "Signes illisibles",
        "bad_form": "N’est pas une adresse IP",
        "not_public": "Adresse interne à un réseau",
        "own": "Adresse de votre cabinet",
        "already": "Déjà dans la liste",
        "twice": "Déjà plus haut dans le fichier",
    }
)


def read_columns(keys: list[str], aside: tuple[str, ...]) -> str:
    """What was recognised of the headings."""
    if not keys:
        return spaced(NO_HEADINGS)
    told = f"Colonnes reconnues : {', '.join(COLUMNS[key] for key in keys)}."
    if aside:
        told += f" Colonnes laissées de côté : {', '.join(one[:40] for one in aside[:6])}."
    return spaced(told)


def to_add(count: int) -> str:
    """Heading of the lines that would be added."""
    return f"{count} {plural(count, 'ligne')} à ajouter" if count else IMPORT_NO_LINE


def add_lines(count: int) -> str:
    """The button that adds them."""
    return f"Ajouter {count} {plural(count, 'ligne')}"


def left_out(count: int) -> str:
    """Heading of the rows that are not taken."""
    return f"{count} {plural(count, 'ligne')} {plural(count, 'refusée', 'refusées')}"


def undated(count: int) -> str:
    """Lines whose date is not taken."""
    return spaced(f"{count} {plural(count, 'date')} sans heure lisible : à noter à la main.")


def page_of(first: int, last: int, total: int) -> str:
    """Which lines of a long list are on the screen."""
    return f"Lignes {first} à {last} sur {total}"
