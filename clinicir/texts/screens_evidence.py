"""Words of the page of exhibits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from clinicir.domain.shown import MailShown, PictureShown, Shown, TextShown
from clinicir.texts.encoders import file_size, long_instant, number, table_instant
from clinicir.texts.labels import DETAILS, NOTHING, labelled
from clinicir.texts.typography import plural, spaced

EVIDENCE = "Preuves"
CANCEL = "Annuler"
TAB_TEXT = "Texte"
DROP_HERE = "Déposez ici des fichiers, ou collez une capture ou un texte."
DROP_HELP = "L’original n’est ni déplacé ni modifié. La copie est chiffrée dans le coffre."
ADD_FILE = "Ajouter un fichier…"
PASTE = "Coller une capture ou un texte"
NO_EVIDENCE = "Pas encore de preuve. Commencez par le message d’alerte."
NOTHING_TO_PASTE = (
    "Rien à coller. Faites d’abord une capture d’écran, ou utilisez « Noter un fait »."
)
DESCRIBE = "Avant de ranger au coffre"
WHAT_IT_SHOWS = "Que montre ce fichier ?"
WHAT_PICTURE_SHOWS = "Que montre cette image ?"
WHERE_FROM = "D’où vient-il ?"
WHERE_FROM_HELP = spaced("Exemples : boîte du secrétariat, téléphone du Dr Morel.")
PUT_IN_VAULT = "Ranger au coffre"
KEEPING = "Copie en cours"
STOP = "Annuler"
WAIT = "Une copie est en cours. Attendez qu’elle soit finie."
READ = "J’ai lu"
FILLING = "Cet incident approche de ce qu’il peut garder."
FILLING_HELP = spaced(
    "Une fois 5 000 preuves ou 20 Gio atteints, rien d’autre ne pourra être ajouté. "
    "Gardez les gros fichiers sur un disque à part et notez son emplacement."
)
CLOSED = "Cet incident est terminé. Rien ne peut y être ajouté."
SEE = "Voir"
BACK_TO_LIST = "‹ Toutes les preuves"
DANGEROUS = "Ce fichier peut être dangereux : il ne sera pas ouvert."
DANGEROUS_HELP = (
    "Il reste intact dans le coffre. « Voir » n’en montre que le début, sans l’ouvrir. "
    "Pour le lire en entier, copiez-le pour une personne compétente : elle l’ouvrira sur un poste "
    "isolé, ou le changera en images avec Dangerzone."
)
NO_PREVIEW = "Aperçu indisponible. Le fichier reste intact dans le coffre."
HAND_OVER = "Remise d’une copie…"
HAND_OVER_TITLE = "Noter la remise d’une copie"
HANDED_TO = "Remise à"
HANDED_FOR = "Pour quoi faire"
HANDED = "Remise notée au journal."
NOTE_HAND_OVER = "Noter la remise"
FINGERPRINT = "Empreinte du fichier"
COPY_FINGERPRINT = "Copier l’empreinte"
EVIDENCE_COLUMNS = ("N°", "Preuve", "Ajoutée par", "Quand", "Empreinte")
NOT_A_FILE = "Un dossier ne peut pas être rangé. Choisissez ses fichiers."
NOTE_FACT = "Noter un fait"
BACK_TO_STEP = "‹ Revenir à l’étape"
WHEN_SEEN = "Quand était-ce ?"
WHEN_SEEN_HELP = "L’heure de ce qui est montré, si vous la connaissez."
DESCRIBE_AGAIN = "Décrire"
DESCRIBE_TITLE = "Décrire cette preuve"
DESCRIBE_HELP = "L’ancienne description reste lisible dans l’histoire de la preuve."
KEEP_WORDS = "Enregistrer"
DESCRIBED = "Description enregistrée. L’ancienne reste lisible."
WITHDRAW = "Retirer du dossier"
WITHDRAW_HELP = "Rien n’est effacé. La preuve ne figurera plus dans les documents."
WITHDRAW_WHY = "Pourquoi la retirer ?"
WITHDRAW_NOW = "Retirer"
WITHDRAWN = "Cette preuve a été retirée du dossier."
WITHDRAWN_SAID = "Preuve retirée du dossier. Elle reste dans le coffre."
PUT_BACK = "Remettre au dossier"
PUT_BACK_SAID = "Preuve remise au dossier."
COPY_OUT = "Copier vers…"
COPY_OUT_TITLE = "Copier cette preuve hors du coffre ?"
COPY_OUT_TEXT = (
    "La copie ne sera plus protégée : qui l’ouvre pourra la lire. "
    "La sortie sera notée au journal."
)
COPY_OUT_DANGER = "Ne l’ouvrez pas sur un poste du cabinet."
COPY_OUT_YES = "Copier hors du coffre"
COPYING_OUT = "Copie en cours…"
HISTORY = "Histoire de cette preuve"
CUSTODY: Mapping[str, str] = MappingProxyType(
    {
        "taken": "Rangée au coffre",
        "described": "Décrite à nouveau",
        "withdrawn": "Retirée du dossier",
        "put_back": "Remise au dossier",
        "handed": "Copie remise",
        "exported": "Copiée hors du coffre",
        "viewed": "Affichée à l’écran",
    }
)
ANY_FILE = "Tous les fichiers (*)"


_MAIL_LINES: Mapping[str, str] = MappingProxyType(
    {
        "From": "De",
        "Reply-To": "Répondre à",
        "Return-Path": "Adresse de retour",
        "To": "À",
        "Cc": "Copie à",
        "Subject": "Objet",
        "Date": "Date",
        "Message-ID": "Numéro du message",
        "Authentication-Results": "Contrôle de l’expéditeur",
        "X-Originating-IP": "Adresse d’origine",
        "Received": "Passé par",
        "joined": "Fichier joint, non ouvert",
    }
)
_SAFE_SUFFIXES = (".png", ".jpg", ".jpeg", ".txt", ".log")


def about_preview(shown: Shown | None, *, whole: bool) -> str:
    """What is shown of an exhibit, and how."""
    if shown is None:
        return NO_PREVIEW
    if isinstance(shown, PictureShown):
        return "Cette image a été refaite à partir de l’original, qui reste intact dans le coffre."
    part = "Le contenu" if whole else "Le début du contenu"
    if isinstance(shown, MailShown):
        return spaced(f"{part} du message. Aucun fichier joint n’est ouvert.")
    how = f"en texte ({shown.encoding})" if shown.encoding else "en octets"
    guess = f" Type deviné : {shown.guess}." if shown.guess else ""
    return spaced(f"{part}, {how}.{guess}")


def preview_words(shown: TextShown | MailShown) -> str:
    """The text, or the lines of a mail and then its words."""
    if isinstance(shown, TextShown):
        return shown.text
    lines = [spaced(f"{_MAIL_LINES[name]} : ") + value for name, value in shown.lines]
    return "\n".join([*lines, "", shown.body])


def copy_name(number_given: str, name: str) -> str:
    """Name of a clear copy: ours; a file that could be opened by mistake ends in `.bin`."""
    suffix = next((each for each in _SAFE_SUFFIXES if name.lower().endswith(each)), ".bin")
    return f"{number_given}{suffix}"


def for_step(title: str) -> str:
    """The step that new exhibits belong to."""
    return spaced(f"Pour l’étape : {title}")


def copied_out(name: str) -> str:
    """Said when a clear copy has left the vault."""
    return f"{name} est copié. Cette copie n’est plus protégée par le coffre."


def seen(at: datetime) -> str:
    """When what is shown happened."""
    return spaced(f"Heure de ce qui est montré : {long_instant(at)}.")


def withdrawn_title(title: str) -> str:
    """An exhibit of the list that does not count any more."""
    return f"{title} (retirée)"


def custody_line(act: str, at: datetime, by: str) -> str:
    """`21/11/2026 19:42 · Nadia · Rangée au coffre`."""
    return f"{table_instant(at)} · {by} · {CUSTODY[act]}"


def custody_words(act: str, said: Iterable[tuple[str, str]]) -> str:
    """Receiver and purpose, reason, or what was said before."""
    lines = [labelled(DETAILS[name], _moment(name, value) or NOTHING) for name, value in said]
    if act == "described" and lines:
        return spaced(f"Avant. {' ; '.join(lines)}.")
    return " ; ".join(lines)


def _moment(name: str, value: str) -> str:
    return table_instant(datetime.fromisoformat(value)) if name == "seen_at" and value else value


# --- what came in, and what did not ---------------------------------------------------------------


def left_aside(folders: Iterable[str]) -> str:
    """Folders among the files that were dropped."""
    names = list(folders)
    word = plural(len(names), "Le dossier", "Les dossiers")
    verb = plural(len(names), "est laissé", "sont laissés")
    return spaced(f"{word} {', '.join(names)} {verb} de côté : choisissez leurs fichiers.")


def not_kept(count: int) -> str:
    """Title of what did not come in."""
    if count == 1:
        return "Un fichier n’a pas été rangé."
    return f"{number(count)} fichiers n’ont pas été rangés."


def stopped_at(count: int) -> str:
    """The person stopped: what is complete stays, nothing is half stored."""
    first = "Vous avez annulé la copie. Rien n’est rangé à moitié."
    if count == 0:
        return first
    wait = plural(count, "fichier attend", "fichiers attendent")
    return f"{first} {number(count)} {wait} encore."


def is_empty(name: str) -> str:
    """A file of no byte, which was kept."""
    return f"{name} est vide. Il est gardé tel quel."


def copying(name: str, position: int, count: int) -> str:
    """`Fichier 3 sur 12 : outil.exe`."""
    if count == 1:
        return spaced(f"{KEEPING} : {name}")
    return spaced(f"Fichier {number(position)} sur {number(count)} : {name}")


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


def text_name(at: datetime) -> str:
    """`texte-2026-11-21-194255.txt`."""
    return f"texte-{at:%Y-%m-%d-%H%M%S}.txt"


def picture_name(at: datetime, suffix: str = ".png") -> str:
    """`capture-2026-11-21-194255.png`."""
    return f"capture-{at:%Y-%m-%d-%H%M%S}{suffix}"
