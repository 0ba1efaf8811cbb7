"""French of the command line: help, results, closing sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clinicir.domain.audit import Verification
from clinicir.domain.check import CheckResult
from clinicir.texts.verification import erasure_line, problem_line, remark_line

PROGRAM = (
    "Guide hors ligne pour une fuite de données de patients : "
    "que faire, avant quand, et les papiers."
)

EXIT_CODES = """codes de sortie :
  0  fait, ou dossier intact        5  phrase de passe refusée
  1  altéré, ou histoire en échec   6  coffre déjà ouvert ailleurs
  2  commande mal écrite            7  disque plein ou interdit en écriture
  3  fichier illisible              70 défaut du programme
  4  coffre endommagé               130 arrêté par vous"""

COMMANDS = {
    "app": "ouvrir la fenêtre",
    "demo": "jouer une fuite fictive, de l’alerte au dossier imprimé",
    "replay": "jouer une histoire (TOML) et écrire tous ses papiers",
    "verify": "vérifier un coffre : chaîne, preuves, contenu",
    "pdf": "produire un papier d’un incident",
    "export": "copier un dossier de preuve ou une sauvegarde, vérifiés après écriture",
    "import": "remettre une sauvegarde en place, ou ouvrir un dossier de preuve",
    "purge": "dire ce qui est à effacer, ou l’effacer avec --incident, --scope et --reason",
    "anchor": "fixer le journal auprès d’un tiers : texte à envoyer, horodatage",
    "recover": "rouvrir un coffre avec la fiche de secours, et choisir une nouvelle phrase",
    "doctor": "contrôler le programme et l’ordinateur",
}

OPTIONS = {
    "story": "fichier TOML de l’histoire",
    "out": "dossier où écrire les papiers",
    "vault_new": "dossier du coffre à créer (OUT/coffre sinon) ; il ne doit pas exister",
    "vault": "dossier du coffre",
    "vault_app": "dossier du coffre à ouvrir ou à créer, par exemple sur une clé USB",
    "exercise": "ouvrir au choix d’un exercice : faits fictifs, coffre à part",
    "passphrase_fd": "numéro du descripteur où lire la phrase de passe",
    "scope": "evidence (les pièces seules) ou incident (tout le dossier)",
    "reason": "motif de l’effacement, gardé dans le journal",
    "code_fd": "numéro du descripteur où lire le code de secours",
    "path": "dossier d’un coffre, ou dossier de preuve",
    "json": "résultat en JSON",
    "incident": "numéro du dossier, par exemple 2027-001",
    "profile": "police (police, juge, assureur : tout), dpo (sans les listes de patients), "
    "backup (sauvegarde chiffrée de tout le coffre, sans --incident)",
    "reply": "réponse d’une autorité d’horodatage (.tsr), à vérifier et à garder",
    "authority": "certificats de cette autorité (PEM), que vous avez vous-même choisis",
    "out_file": "fichier à écrire, par exemple sur une clé USB",
    "clear": "dossier lisible par tous, sans phrase à usage unique",
    "file": "sauvegarde (.cirbak) ou dossier de preuve",
    "into": "dossier à créer ; un coffre qui s’y trouve est renommé, jamais effacé",
    "document": "papier voulu",
    "version": "initiale, complementaire ou complete",
    "variant": "variante du papier",
}

ARGUMENTS = "arguments"
OPTIONS_TITLE = "options"
HELP = "montrer cette aide et finir"
MISUSED = (
    "Cette commande n’est pas comprise. Rien n’a été modifié. "
    "Ajoutez --help pour voir ce qu’elle attend."
)

NO_SCREEN = (
    "Il n’y a pas d’écran ici, donc pas de fenêtre possible. Rien n’a été modifié. "
    "Tapez « clinicir demo » pour voir le travail complet."
)

ASK_PASSPHRASE = "Phrase de passe : "
ASK = {"passphrase": "Phrase à usage unique du dossier : ", "recovery": "Code de secours : ",
       "new": "Nouvelle phrase de passe : ", "again": "La même, encore une fois : "}  # fmt: skip

NOT_THE_SAME = "Les deux phrases ne sont pas les mêmes. Rien n’a été modifié. Recommencez."

NOTHING_DUE = "Rien n’est à effacer pour l’instant."
_SCOPES = {
    "evidence": "les pièces peuvent être effacées",
    "incident": "tout peut être effacé",
}
_COPIES = {"backup.made": "sauvegarde ou dossier", "evidence.export": "copie d’une pièce"}
ERASED = (
    "Effacé. Le journal garde la date, l’auteur et le motif ; la chaîne reste vérifiable.",
    "Sur un disque SSD et dans les copies gardées ailleurs, des restes peuvent survivre.",
)


def due_line(number: str, scope: str, since: date, *, held: bool) -> str:
    """One thing whose time is over."""
    line = f"Dossier {number} : {_SCOPES[scope]} depuis le {since:%d/%m/%Y}"
    return line + (" ; une plainte est enregistrée, gardez si elle court" if held else "")


def copies_lines(copies: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    """(day, kind, name) of the copies that the person destroys by hand."""
    if not copies:
        return ()
    return (
        "Copies sorties du coffre, à détruire vous-même si elles ne servent plus :",
        *(f"  - {day} : {_COPIES[kind]} {name}".rstrip() for day, kind, name in copies),
    )


RECOVERED = (
    "Le coffre est ouvert, et rien n’y manque : votre nouvelle phrase de passe l’ouvre désormais.",
    "L’ancienne phrase et l’ancienne session de l’ordinateur ne l’ouvrent plus.",
    "La fiche de secours reste valable : rangez-la de nouveau à l’abri.",
    "Ensuite : ouvrez la fenêtre avec « clinicir app », et reprenez votre dossier.",
    "Si quelqu’un a pu lire la fiche, créez un nouveau code dans Réglages, Sécurité.",
)

UNEXPECTED = (
    "Le programme a rencontré un défaut. Ce qui était enregistré l’est toujours. "
    "Recommencez ; si cela revient, signalez la ligne suivante, elle ne contient aucune donnée : "
)

STOPPED = "Arrêté à votre demande. Tout ce qui a été confirmé est enregistré."


def readme(title: str, passphrase: str, code: str) -> str:
    """`LISEZMOI.txt` beside a replayed story: what is here and how to open the vault again."""
    return (
        f"{title}\n\nEXERCICE : faits, personnes et numéros fictifs.\n\n"
        "Ce dossier contient :\n"
        "  - les papiers (PDF) produits par l’histoire ;\n"
        "  - summary.json : l’état du dossier après le dernier événement ;\n"
        "  - coffre/ : le coffre chiffré de cet exercice, avec son journal ;\n"
        "  - verify_trail.py : de quoi vérifier ce journal avec Python seul.\n\n"
        "Pour vérifier le coffre sans ce programme, depuis ce dossier :\n"
        "  python3 -I verify_trail.py coffre   (sous Windows : py -I verify_trail.py coffre)\n\n"
        "Pour rouvrir le coffre de cet exercice :\n"
        f"  phrase de passe : {passphrase}\n"
        f"  code de secours : {code}\n"
    )


def given_passphrase_readme(title: str, code: str) -> str:
    """The same when the passphrase was given by the person: it is written nowhere."""
    return readme(title, "celle que vous avez choisie", code)


def verification(result: Verification) -> tuple[str, ...]:
    """Result of a verification in a few lines."""
    level = {
        "chain": "chaîne, têtes et fichiers chiffrés (sans clé)",
        "bodies": "chaîne, têtes, fichiers chiffrés et contenu",
    }[result.level]
    lines = [
        f"Niveau vérifié : {level}",
        f"Entrées du journal : {result.entries} ; fichiers du coffre : {result.objects}",
        f"Tête du journal : {result.head}",
    ]
    lines += [f"  - {erasure_line(entry)}" for entry in result.erasures]
    lines += [f"  - {remark_line(entry)}" for entry in result.remarks]
    if result.intact:
        return (*lines, "Résultat : INTACT")
    return (*lines, *(f"  - {problem_line(one)}" for one in result.problems), "Résultat : ALTÉRÉ")


def paper_line(name: str, pages: int, missing: int) -> str:
    """One produced paper."""
    page = "page" if pages < 2 else "pages"
    left = f", {missing} à compléter" if missing else ", complet"
    return f"Papier : {name} ({pages} {page}{left})"


def closing(folder: str, papers: int) -> tuple[str, ...]:
    """Last lines of the demonstration."""
    return (
        f"{papers} papiers et le coffre sont dans : {folder}",
        "Commencez par LISEZMOI.txt.",
        "Tout est resté sur cet ordinateur. Rien n’a été envoyé.",
    )


DEMO_WINDOW = "La fenêtre s’ouvre sur ce coffre. Sa phrase de passe est dans LISEZMOI.txt."

COMMAND_LINE = "Ligne de commande"


def demo_opening(title: str) -> str:
    """First line of the demonstration."""
    return f"EXERCICE : faits fictifs. {title}."


def checks(results: Iterable[CheckResult]) -> tuple[str, ...]:
    """One line a check, then what to do about those that failed."""
    return tuple(
        f"{'bon    ' if result.good else 'À VOIR '} {CHECKS[result.name]} : {result.detail}"
        for result in results
    )


CHECKS = {
    "content": "contenu (listes, règles, formulaires)",
    "crypto": "chiffrement (valeurs de référence)",
    "fonts": "polices et papier d’essai",
    "keyring": "trousseau de l’ordinateur",
    "folder": "dossier des coffres",
    "clock": "horloge",
}
