"""Words of the exercise: choosing one, its messages, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from clinicir.domain.phone import is_fictional
from clinicir.texts.durations import duration
from clinicir.texts.encoders import clock_time, number, table_instant
from clinicir.texts.screens_steps import DRILL_PHONE
from clinicir.texts.typography import plural, spaced

DRILL = "Exercice"
CHOOSE = "Faire un exercice"
CHOOSE_HELP = (
    "Vous jouez une fuite fictive, dans les mêmes pages que le jour où elle arrive. "
    "Rien de ce que vous y notez ne touche vos vrais dossiers."
)
MARKS_TITLE = "Impossible de confondre"
MARKS = (
    "Une bande violette rayée reste en haut et en bas. "
    "Chaque titre, chaque papier et chaque fichier porte le mot EXERCICE."
)
RUNNING = "Un exercice est commencé"
RESUME = "Reprendre l’exercice"
PLAY = "Jouer cet exercice"
MAKING = "L’exercice se prépare…"

MESSAGES = "Messages reçus"
FIRST_MESSAGE = "Vous venez de recevoir ce message"
MESSAGES_HELP = spaced(
    "Faites comme si c’était vrai : déclarez, suivez les étapes, notez les heures."
)
NO_CALL = spaced(
    "N’appelez personne et n’envoyez rien : dites à voix haute ce que vous feriez."
)
EARLIER = "Messages précédents"
NEXT = "Message suivant"
NO_MORE = "Il n’y a plus de message à venir."
DECLARE = "Déclarer un incident"
STEPS = "Aller aux étapes"
NEW_MESSAGE = "Nouveau message."

END = "Terminer l’exercice"
STOP = "Terminer"
RESULT = "Bilan"
DONE = "Ce qui a été fait"
NOTHING_DONE = "Aucune étape n’a été notée."
MISSED = "Ce qui a manqué"
NOTHING_MISSED = "Rien d’attendu n’a manqué."
NOT_DECLARED = "Aucun incident n’a été déclaré."
DUTIES = "Échéances encore ouvertes"
DUTIES_HELP = "Le jour venu, s’arrêter ici les ferait manquer."
NO_DUTY = "Aucune échéance n’était ouverte."
DEBRIEF = "À décider ensemble"
DEBRIEF_HELP = "Cinq minutes avec l’équipe. L’attestation a des lignes pour l’écrire."
AT_ONCE = "sans attendre"
GO_ON = "Continuer"
CERTIFICATE = "Attestation"
CERTIFICATE_HELP = "Une page à classer avec le registre des violations."
SAVE = "Enregistrer l’attestation…"
SAVED = "Attestation enregistrée. Classez-la avec le registre des violations."
FILE_NAME = "EXERCICE-attestation.pdf"
PDF_FILTER = "Document PDF (*.pdf)"
LEAVE = "Quitter sans noter"
NOTE_AND_LEAVE = "Noter et revenir"
NOTED = "Exercice noté."
LEFT = "Retour à vos vrais dossiers."

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "consigne": "Consigne",
        "feuille imprimée": "Feuille imprimée",
        "fiche": "Fiche",
        "mail imprimé": "Courriel reçu",
        "téléphone": "Téléphone",
        "voix": "De vive voix",
        "écran": "À l’écran",
    }
)
"""How a message reaches the person; the lists write for printed sheets."""

CHANNEL_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "consigne": "flag",
        "feuille imprimée": "printer",
        "fiche": "clipboard-list",
        "mail imprimé": "bell",
        "téléphone": "phone",
        "voix": "users",
        "écran": "triangle-alert",
    }
)
"""Icon of each channel."""


def quoted(words: str) -> str:
    """What somebody said or wrote."""
    return spaced(f"« {words} »")


def dialled(number: str, *, drill: bool) -> str:
    """A number as shown; during an exercise, never one that somebody could answer."""
    return DRILL_PHONE if drill and number and not is_fictional(number) else number


def story_title(title: str) -> str:
    """`Une connexion amelipro à 3 h 05`, without the word that every page already says."""
    _, colon, rest = title.partition(":")
    kept = rest.strip() if colon else title
    return spaced(kept[:1].upper() + kept[1:])


def offer(minutes: int, practice: str) -> str:
    """How long an exercise lasts, and as whom it is played."""
    return f"Environ {number(minutes)} minutes · {played_as(practice)}"


def played_as(practice: str) -> str:
    """The fictional practice."""
    return spaced(f"Vous jouez le rôle de : {practice} (fictif)")


def play(title: str) -> str:
    """Said of the button by a screen reader."""
    return spaced(f"{PLAY} : {story_title(title)}")


def resume(title: str) -> str:
    """The exercise that waits."""
    return spaced(f"« {story_title(title)} » : vous en étiez au milieu. Tout y est resté.")


def origin(channel: str, sender: str) -> str:
    """`Courriel reçu · amelipro`."""
    return f"{CHANNELS.get(channel, channel)} · {sender}"


def message(count: int) -> str:
    """`Message 3`."""
    return f"Message {number(count)}"


def messages(count: int) -> str:
    """Button of the band."""
    return f"Messages ({number(count)})"


def next_at(at: datetime, left: int) -> str:
    """When the next message comes by itself."""
    more = plural(left, "message à venir", "messages à venir")
    return f"Encore {number(left)} {more}. Le prochain arrive à {clock_time(at)}."


def summary(lasted: timedelta, done: int, missed: int) -> str:
    """`52 min · 7 étapes faites · 3 étapes manquées`."""
    steps = plural(done, "étape faite", "étapes faites")
    lost = plural(missed, "étape manquée", "étapes manquées")
    return f"{duration(lasted)} · {number(done)} {steps} · {number(missed)} {lost}"


def step_time(after: timedelta, spent: timedelta) -> str:
    """When a step was done, and how long it took."""
    return spaced(f"Faite après {duration(after)} ; temps passé : {duration(spent)}")


def expected(answer: str) -> str:
    """What would have been a good answer to a message."""
    return spaced(f"Attendu : {answer}")


def limit(due_at: datetime | None, *, overdue: bool) -> str:
    """Until when a duty could be met."""
    if due_at is None:
        return AT_ONCE.capitalize()
    return f"Dépassée depuis le {table_instant(due_at)}" if overdue else (
        f"Avant le {table_instant(due_at)}"
    )


def proof(title: str, lasted: timedelta, done: int, missed: int) -> str:
    """What the real vault keeps of an exercise."""
    return spaced(f"{story_title(title)} : {summary(lasted, done, missed)}.")
