"""French of the page that lets a dossier or a backup leave the vault."""

from __future__ import annotations

from clinicir.texts.encoders import file_size
from clinicir.texts.typography import spaced

TITLE = "Exporter le dossier"
WHAT = "Que voulez-vous copier ?"
PROFILES = (
    ("backup", "Une sauvegarde chiffrée de tout le coffre, sur une clé USB"),
    ("police", "Un dossier de preuve pour la police, le juge ou l’assureur : tout"),
    ("dpo", "Un dossier de preuve pour le DPO : sans les listes de patients"),
)
PARTS_TITLE = "Ce qui part"
PARTS = (
    ("journal", "Le contenu du journal de l’incident"),
    ("evidence", "Les preuves"),
    ("documents", "Les documents établis"),
)
DPO_HELP = spaced(
    "Une preuve peut elle-même être une liste de patients : décochez « Les preuves » dans ce cas."
)
HOW_TITLE = "Comment il s’ouvre"
HOW = (
    ("sealed", "Avec une phrase à usage unique, à donner de vive voix"),
    ("clear", "En clair : lisible par toute personne qui a le fichier"),
)
BACKUP_HELP = spaced(
    "La sauvegarde s’ouvre avec le code de secours de la fiche imprimée, sur n’importe quel "
    "ordinateur où clinicir est installé. Débranchez la clé ensuite et rangez-la ailleurs."
)
COPY = "Choisir l’endroit et copier…"
CANCEL = "Arrêter la copie"
BACK = "Revenir"
COPYING = "Copie en cours : chaque fichier est copié, puis relu sur le support."
CLEAR_TITLE = "Copier en clair ?"
CLEAR_TEXT = spaced(
    "Le dossier contiendra des preuves et des noms lisibles par toute personne qui aura le "
    "fichier. Ne le laissez pas sur un poste partagé et ne l’envoyez pas par courriel."
)
CLEAR_YES = "Copier en clair"
CLEAR_NO = "Ne pas copier"
NO_INCIDENT = "Ouvrez d’abord un incident pour en faire un dossier de preuve."
NOTHING = "Cochez au moins une partie à copier."
PASSPHRASE_TITLE = "Phrase à usage unique"
PASSPHRASE_HELP = spaced(
    "Notez-la maintenant : elle n’est gardée nulle part. Donnez-la de vive voix ou par téléphone, "
    "jamais avec le fichier."
)
VERIFIED = "Copie vérifiée"
FILTERS = {
    "backup": "Sauvegarde (*.cirbak)",
    "sealed": "Dossier de preuve (*.cirdossier)",
    "clear": "Dossier de preuve en clair (*.zip)",
}
SUFFIXES = {"backup": ".cirbak", "sealed": ".cirdossier", "clear": ".zip"}

OPEN_BACKUP_TITLE = "Remettre une sauvegarde en place"
PUT_BACK = "Remettre en place"
PUTTING_BACK = spaced("Copie et vérification en cours : chaîne du journal, clés, chaque fichier.")


def backup_chosen(name: str) -> str:
    """What will be opened, and that nothing is at risk."""
    return spaced(
        f"Fichier choisi : {name}. La sauvegarde est vérifiée en entier avant de prendre "
        "sa place ; un coffre déjà là est renommé, jamais effacé."
    )


def verified(name: str, files: int, size_bytes: int, sha256: str, missing: int) -> str:
    """What was written and read back."""
    lines = [f"{name} : {files} fichiers, {file_size(size_bytes)}, relus un par un sur le support."]
    if missing:
        lines.append(f"Fichiers que le coffre n’a plus, donc absents de la copie : {missing}.")
    lines.append(f"SHA-256 : {sha256}")
    return spaced("\n".join(lines))


def file_name(kind: str, number: str, day: str, *, drill: bool) -> str:
    """ASCII, from the day and the case number only."""
    stem = f"sauvegarde-{day}" if kind == "backup" else f"dossier-{number}-{day}"
    return f"{'EXERCICE-' if drill else ''}{stem}{SUFFIXES[kind]}"
