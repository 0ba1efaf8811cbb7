"""Words of the page of exhibits."""

from __future__ import annotations

from datetime import datetime

from clinicir.texts.encoders import file_size, long_instant, number
from clinicir.texts.typography import plural, spaced

EVIDENCE = "Preuves"
CANCEL = "Annuler"
TAB_TEXT = "Texte"
DROP_HERE = "Déposez ici des fichiers, ou collez une capture d’écran."
DROP_HELP = "L’original n’est ni déplacé ni modifié. La copie est chiffrée dans le coffre."
ADD_FILE = "Ajouter un fichier…"
PASTE = "Coller la capture"
NO_EVIDENCE = "Pas encore de preuve. Commencez par le message d’alerte."
NO_PICTURE = "Il n’y a pas d’image à coller. Faites d’abord une capture d’écran."
DESCRIBE = "Avant de ranger au coffre"
WHAT_IT_SHOWS = "Que montre ce fichier ?"
WHAT_PICTURE_SHOWS = "Que montre cette image ?"
WHERE_FROM = "D’où vient-il ?"
WHERE_FROM_HELP = spaced("Exemples : boîte du secrétariat, téléphone du Dr Morel.")
PUT_IN_VAULT = "Ranger au coffre"
KEEPING = "Copie en cours"
STOP = "Arrêter la copie"
CLOSED = "Cet incident est terminé. Rien ne peut y être ajouté."
SEE = "Voir"
BACK_TO_LIST = "‹ Toutes les preuves"
DANGEROUS = "Ce fichier peut être dangereux. Il ne sera pas ouvert ici."
TOO_LARGE = "Ce fichier est trop gros pour être affiché ici. Il est intact dans le coffre."
HAND_OVER = "Noter la remise d’une copie…"
HANDED_TO = "Remise à"
HANDED_FOR = "Pour quoi faire"
HANDED = "Remise notée au journal."
NOTE_HAND_OVER = "Noter la remise"
FINGERPRINT = "Empreinte du fichier"
COPY_FINGERPRINT = "Copier l’empreinte"
EVIDENCE_COLUMNS = ("N°", "Preuve", "Ajoutée par", "Quand", "Empreinte")
NOT_A_FILE = "Un dossier ne peut pas être rangé. Choisissez ses fichiers."


def files_waiting(count: int, names: str) -> str:
    """`3 fichiers à ranger : a, b, c`."""
    return spaced(f"{number(count)} {plural(count, 'fichier')} à ranger : {names}")


def kept(number_given: str) -> str:
    """Said when an exhibit is in the vault."""
    return f"{number_given} est au coffre."


def kept_many(count: int) -> str:
    """Said when several exhibits are in the vault."""
    return f"{number(count)} {plural(count, 'preuve')} au coffre."


def progress(done: int, total: int) -> str:
    """`12 Mio sur 2 Gio`."""
    return f"{file_size(done)} sur {file_size(total)}"


def exhibit_line(by: str, at: datetime, size: int) -> str:
    """Who, when, how large."""
    return spaced(f"Ajoutée par {by}, {long_instant(at)}. Taille : {file_size(size)}.")


def exhibit_from(source: str, step: str) -> str:
    """Where it comes from, and the step it belongs to."""
    parts = [f"Origine : {source}."] if source else []
    if step:
        parts.append(f"Étape : {step}.")
    return spaced(" ".join(parts))


def picture_name(at: datetime) -> str:
    """`capture-2026-11-21-194255.png`."""
    return f"capture-{at:%Y-%m-%d-%H%M%S}.png"
