"""What a verification found, in sentences that a judge can read."""

from __future__ import annotations

from clinicir.domain.audit import Problem
from clinicir.texts.typography import spaced

_WHAT: dict[str, str] = {
    "line.changed": "la chaîne est rompue : une ligne a été modifiée, ajoutée, ôtée ou déplacée",
    "body.changed": "le contenu chiffré de cette entrée a été modifié",
    "object.changed": "un fichier chiffré que nomme cette entrée a été modifié ou ôté",
    "disclosed.changed": "le contenu communiqué n’est pas celui que le journal a scellé",
    "clear.changed": "ce fichier n’est pas celui que le journal nomme",
    "clear.unknown": "aucune entrée communiquée ne nomme ce fichier",
    "anchor.contradicted": "le journal contredit ce point d’ancrage",
    "anchor.foreign_stamp": "cet horodatage porte sur autre chose que le point d’ancrage voisin",
    "sums.unreadable": "cette liste d’empreintes est mal écrite",
    "sums.missing": "ce fichier, annoncé dans SHA256SUMS, manque",
    "sums.changed": "ce fichier n’est pas celui qu’annonce SHA256SUMS",
    "head.missing_entries": "des entrées confirmées manquent à la fin du journal",
    "head.behind": "le repère de fin est en retard : programme arrêté pendant un enregistrement, "
    "ou ligne ajoutée ; rouvrez le coffre puis vérifiez de nouveau",
    "head.mismatch": "le repère de fin ne correspond pas à la dernière entrée",
    "head.forged": "le repère de fin n’a pas été écrit avec la clé de ce coffre",
}


def problem_line(problem: Problem) -> str:
    """`Entrée 12, trail/trail-000001.jsonl : la chaîne est rompue...`; an unknown code is shown."""
    what = _WHAT.get(problem.code, problem.code)
    return spaced(f"Entrée {problem.entry}, {problem.file} : {what}.")


def erasure_line(entry: int) -> str:
    """Content erased on purpose is said, and is not damage."""
    return spaced(f"Remarque : l’entrée {entry} annonce un effacement décidé.")


def remark_line(entry: int) -> str:
    """A clock that went back is said, and is not damage."""
    return spaced(f"Remarque : l’entrée {entry} est datée avant celle qui la précède.")
