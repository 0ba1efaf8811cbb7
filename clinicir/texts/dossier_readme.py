"""`LISEZMOI.txt` of a disclosure dossier: what is inside, how to check it, what that proves."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.domain.disclosure import DPO, Selection
from clinicir.texts.encoders import exact_instant, file_size
from clinicir.texts.plain_text import on_one_line
from clinicir.texts.typography import spaced

_DRILL = "EXERCICE : faits, personnes et numéros fictifs. Ne pas transmettre.\n\n"

_CHECK = """\
Vérifier sans le logiciel qui a écrit ce dossier

  1. Dans un navigateur : ouvrez verifier.html (s’il est présent) et déposez-y le dossier.
     Rien n’est envoyé : la page ne contient aucun accès au réseau.
  2. Avec Python seul, depuis ce dossier :
       python3 -I verify_trail.py .        (sous Windows : py -I verify_trail.py .)
  3. À la main, avec sha256sum (sous macOS : shasum -a 256 ; sous Windows : certutil
     -hashfile FICHIER SHA256) :
       sha256sum -c SHA256SUMS
           chaque fichier est-il celui qui a été remis ?
       sha256sum vault.json
           égale la valeur "p" de la première ligne de trail/trail-000001.jsonl
       sed -n 5p trail/trail-000001.jsonl | sha256sum
           égale la valeur "p" de la ligne 6, et ainsi de suite : chaque ligne contient
           l’empreinte de la précédente
       sha256sum disclosed/e-000005.json
           égale la valeur "c" de la ligne 5 : c’est bien le contenu écrit ce jour-là
       sha256sum evidence/IDENTIFIANT.bin
           égale "sha256" dans le contenu disclosed qui porte cet identifiant

L’empreinte de la dernière ligne est imprimée au pied des papiers déjà remis (CNIL, plainte,
assureur…) : comparez-la. Un papier daté prouve que tout ce qui le précède existait ce jour-là.
"""

_PROVES = """\
Ce que cette vérification prouve

  - Rien n’a été modifié, ôté, ajouté ni déplacé dans le journal avant le dernier papier remis à
    un tiers ou le dernier ancrage daté (dossier anchors).
  - Une pièce ou un document modifié après son enregistrement se voit. Pour qui détient les clés
    du coffre, cela ne vaut que si l’enregistrement précède un papier remis ou un ancrage.

Ce qu’elle ne prouve pas

  - Qu’une ligne disait vrai quand elle a été écrite, que rien n’a été omis, ni qu’une pièce
    n’avait pas été fabriquée avant d’être ajoutée. Aucun journal tenu par soi-même ne le peut.
  - Qui tenait le clavier : les noms sont déclarés.

Ce dossier permet de vérifier que les enregistrements n’ont pas changé depuis la date des
ancrages. Il ne remplace ni un constat de commissaire de justice ni une expertise.

Attention : les fichiers de evidence/ ont été reçus de l’extérieur et peuvent être dangereux.
Ne les ouvrez que sur un poste isolé.
"""


def dossier_readme(chosen: Selection) -> str:
    """The whole text, in lines that any program shows."""
    without = "Les listes de patients ne sont pas dans ce dossier.\n"
    position = chosen.position
    parts = [
        _DRILL if chosen.drill else "",
        f"Dossier de preuve {on_one_line(chosen.number)}\n",
        f"{on_one_line(chosen.practice)}\n",
        f"Établi le {exact_instant(chosen.at)} par {on_one_line(chosen.by)}\n\n",
        f"Journal : {position.n} lignes au moment de l’export, empreinte de la dernière :\n",
        f"  {position.head}\n",
        f"Lignes de l’incident communiquées : {len(chosen.entries)}, non : {chosen.withheld}.\n",
        "Le journal entier est là ; le contenu d’une ligne non communiquée y reste chiffré.\n",
        without if chosen.profile == DPO else "",
        "\n",
        *_exhibits(chosen),
        *_papers(chosen),
        _CHECK,
        "\n",
        _PROVES,
    ]
    return spaced("".join(parts))


def _exhibits(chosen: Selection) -> Iterator[str]:
    if chosen.evidence:
        yield "Pièces\n"
    for piece in chosen.evidence:
        title = on_one_line(piece.title or piece.label)
        yield f"  {on_one_line(piece.number)}  {title} ({file_size(piece.size_bytes)})\n"
        yield f"        nom d’origine : {on_one_line(piece.name)}\n"
        yield f"        evidence/{piece.object_id}.bin\n        SHA-256 {piece.sha256}\n"
    yield "\n"


def _papers(chosen: Selection) -> Iterator[str]:
    if chosen.documents:
        yield "Documents\n"
    for paper in chosen.documents:
        yield f"  {on_one_line(paper.number)}  {on_one_line(paper.name)}\n"
        yield f"        documents/{paper.object_id}.pdf\n        SHA-256 {paper.sha256}\n"
    yield "\n"
