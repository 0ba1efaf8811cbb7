"""Words of the end of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from clinicir.texts.encoders import long_day, long_instant, number
from clinicir.texts.labels import PAPERS, said
from clinicir.texts.time_left import clock_phrase
from clinicir.texts.typography import plural, spaced

END = "Terminer l’incident"
INTRO = (
    "Un dossier complet prouve votre sérieux des années plus tard. "
    "Rien n’est effacé, et vous pourrez toujours le rouvrir."
)
NOTHING_OPEN = "Rien ne reste ouvert."
NOTHING_OPEN_HELP = "Écrivez ce que vous avez appris, puis terminez."

GROUPS: Mapping[str, str] = MappingProxyType({
    "duty": "Obligations",
    "paper": "Documents à garder",
    "blocked": "Étapes bloquées",
    "step": "Étapes à faire",
})
SETTLE = "Régler"
LEAVE = "Laisser ouvert…"
LEAVE_ALL = "Une raison pour toutes…"
KEEP_REASON = "Garder cette raison"
CANCEL = "Annuler"
CHANGE = "Modifier"
BECAUSE = "Laisser ouvert, parce que…"
REASON_HELP = "Quelques mots suffisent. Ils restent dans le journal et le registre."
REASON_SHORT = "Écrivez quelques mots de plus : au moins cinq signes."
OVERDUE = "Délai dépassé"

LESSONS = "Ce que vous en retenez"
LESSONS_HELP = "Une phrase chacune, ou rien. Elles aident la prochaine fois."
LESSON_LABELS: tuple[str, str, str] = (
    "Ce qui a aidé", "Ce qui a manqué", "Ce qu’il faut changer",
)  # fmt: skip

REVIEW = "Prochain rappel"
REVIEW_DAY = "Relire ce dossier le"
REVIEW_HELP = (
    "La page d’accueil vous le rappellera ce jour-là. "
    "Pensez au complément pour la CNIL s’il reste des réponses."
)
REVIEW_PAST = "Choisissez un jour à venir, ou laissez le champ vide."

READ_BACK = "Relisez à voix haute, à deux si possible"
NOTIFIED = "La CNIL est prévenue."
NOT_NOTIFIED = "La CNIL n’est pas prévenue dans ce dossier."

NOT_YET = "Pas encore"
ENDED = "Incident terminé."
REOPENED = "Dossier rouvert."

ENDED_HELP = "Le dossier se lit, mais rien ne s’y ajoute plus."
LEFT_OPEN = "Laissé ouvert"
REASON = "Raison"
NOTHING_LEFT = "Rien n’est resté ouvert."
TO_REGISTER = "Voir le registre"
TO_JOURNAL = "Voir le journal"
REOPEN = "Rouvrir l’incident"
REOPEN_REASON = "Pourquoi le rouvrir"
REOPEN_HELP = "La raison et l’heure restent dans le journal."
CONFIRM_REOPEN = "Rouvrir"


def count_open(count: int) -> str:
    """`12 choses restent ouvertes`."""
    return f"{number(count)} {plural(count, 'chose reste ouverte', 'choses restent ouvertes')}"


def group(kind: str, count: int) -> str:
    """`Obligations (3)`."""
    return f"{GROUPS[kind]} ({number(count)})"


def unexplained(count: int) -> str:
    """Above the list, when the end was asked too early."""
    lines = plural(count, "ligne", "lignes")
    return spaced(f"Il manque une raison pour {number(count)} {lines}.")


def settle(title: str) -> str:
    """Said of the button by a screen reader."""
    return spaced(f"{SETTLE} : {title}")


def leave(title: str) -> str:
    """Said of the button by a screen reader."""
    return spaced(f"{LEAVE} {title}")


def because(reason: str) -> str:
    """Under what is left open."""
    return spaced(f"Laissé ouvert : {reason}")


def limit(due_at: datetime, now: datetime) -> str:
    """`Il reste 12 h`, or since when it is over."""
    return clock_phrase("Échéance", due_at, now)


def blocked(whom: str, reason: str) -> str:
    """Why a step waits."""
    return spaced(f"{reason} ({whom})" if whom else reason)


def paper(kind: str) -> str:
    """Name of a paper to keep."""
    return said(PAPERS, kind)


def lesson(which: int, text: str) -> str:
    """As the register prints it."""
    return spaced(f"{LESSON_LABELS[which]} : ") + text


def split_lesson(line: str) -> tuple[int, str] | None:
    """Reverse of `lesson`; None for a line written elsewhere."""
    for which in range(len(LESSON_LABELS)):
        head = lesson(which, "")
        if line.startswith(head):
            return which, line.removeprefix(head)
    return None


def read_back(
    notified: bool, still_open: int, explained: int, exhibits: int, papers: int
) -> tuple[str, ...]:
    """What two people check before the end: `still_open` things, `explained` with a reason."""
    left = NOTHING_OPEN
    if still_open:
        left = f"{count_open(still_open)}, dont {number(explained)} avec une raison."
    return (
        NOTIFIED if notified else NOT_NOTIFIED,
        left,
        f"{number(exhibits)} {plural(exhibits, 'preuve est gardée', 'preuves sont gardées')}.",
        f"{number(papers)} {plural(papers, 'document est établi', 'documents sont établis')}.",
    )


def ended_at(at: datetime) -> str:
    """Title of an ended incident."""
    return f"Terminé le {long_instant(at)}"


def review_on(day: date) -> str:
    """The reminder kept with the end."""
    return f"À relire le {long_day(day)}"
