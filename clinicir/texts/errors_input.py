"""Errors of what is given to the program: stories, bundled content, the command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.explanation import CASE_INTACT, UNCHANGED, Explanation

_STOPPED = "ce qui a été joué avant reste enregistré dans le coffre d’exercice"
_YOURS = "vos dossiers ne sont pas touchés"
_REINSTALL = "réinstallez clinicir, ou rétablissez le fichier livré avec le programme"
_MEND = "corrigez le fichier à cet endroit, puis recommencez"

INPUT: Mapping[str, Explanation] = MappingProxyType(
    {
        "story.unreadable": Explanation(
            "Le scénario[ « {file} »] ne peut pas être lu",
            UNCHANGED,
            "vérifiez son nom, son emplacement et qu’il s’agit d’un fichier texte",
        ),
        "story.bad_toml": Explanation(
            "Le scénario[ « {file} »] est mal écrit[ ({problem:where})]",
            UNCHANGED,
            _MEND,
        ),
        "story.unknown_key": Explanation(
            "Le scénario[ « {file} »] contient une ligne inconnue[ : « {key} »]",
            UNCHANGED,
            "corrigez son nom ou retirez-la, puis recommencez",
        ),
        "story.missing_key": Explanation(
            "Le scénario[ « {file} »] est incomplet[ : il manque « {key} »]",
            UNCHANGED,
            "ajoutez cette ligne, puis recommencez",
        ),
        "story.bad_type": Explanation(
            "Le scénario[ « {file} »] contient une valeur du mauvais genre[, à « {key} »]",
            UNCHANGED,
            "vérifiez les guillemets, les crochets et les nombres à cet endroit",
        ),
        "story.bad_value": Explanation(
            "Le scénario[ « {file} »] contient une valeur imprévue[, à « {key} »][ : « {value} »]",
            UNCHANGED,
            _MEND,
        ),
        "story.not_a_drill": Explanation(
            "Ce scénario n’est pas marqué comme exercice et ne peut pas être joué",
            _YOURS,
            "écrivez « drill = true » si les faits sont fictifs",
        ),
        "story.not_in_this_version": Explanation(
            "Le scénario demande une action[ (« {act} »)] que cette version ne connaît pas encore",
            _STOPPED,
            "retirez cette action ou mettez clinicir à jour",
        ),
        "story.expected_error_missing": Explanation(
            "Le scénario attendait un refus[ « {expected} »] qui n’est pas venu",
            _STOPPED,
            "vérifiez l’action prévue, puis rejouez le scénario",
        ),
        "story.wrong_error": Explanation(
            "Le scénario attendait un refus[ « {expected} »] et en a reçu un autre[ : « {got} »]",
            _STOPPED,
            "vérifiez l’action prévue, puis rejouez le scénario",
        ),
        "event.out_of_order": Explanation(
            "Une action du scénario est datée d’avant la précédente[ : « {key} »]",
            _STOPPED,
            "remettez les actions dans l’ordre des dates, puis rejouez le scénario",
        ),
        "event.unknown": Explanation(
            "Le scénario demande une action inconnue[ : « {value|key} »]",
            _STOPPED,
            "corrigez le nom de l’action, puis rejouez le scénario",
        ),
        "content.unknown_key": Explanation(
            "Un fichier de clinicir[, « {file} »,] contient une ligne inconnue[ : « {key} »]",
            _YOURS,
            _REINSTALL,
        ),
        "content.missing_key": Explanation(
            "Un fichier de clinicir[, « {file} »,] est incomplet[ : il manque « {key} »]",
            _YOURS,
            _REINSTALL,
        ),
        "content.bad_type": Explanation(
            "Un fichier de clinicir[, « {file} »,] contient une valeur du mauvais genre"
            "[, à « {key} »][ (détail technique : {problem})]",
            _YOURS,
            _REINSTALL,
        ),
        "content.bad_value": Explanation(
            "Un fichier de clinicir[, « {file} »,] contient une valeur imprévue"
            "[, à « {key} »][ (détail technique : {problem})]",
            _YOURS,
            _REINSTALL,
        ),
        "content.unknown_reference": Explanation(
            "Un fichier de clinicir[, « {file} »,] renvoie à un élément inconnu"
            "[ : « {name} »][ (à « {key} »)]",
            _YOURS,
            _REINSTALL,
        ),
        "content.bad_toml": Explanation(
            "Un fichier de clinicir[, « {file} »,] est mal écrit[ ({problem:where})]",
            _YOURS,
            _REINSTALL,
        ),
        "content.unreadable": Explanation(
            "Un fichier de clinicir[, « {file} »,] est introuvable ou illisible",
            _YOURS,
            _REINSTALL,
        ),
        "input.unreadable": Explanation(
            "Le fichier ou le dossier[ « {path|file} »] ne peut pas être lu",
            UNCHANGED,
            "vérifiez son nom, son emplacement et vos droits de lecture",
        ),
        "input.no_passphrase": Explanation(
            "Aucune phrase secrète n’a été donnée",
            CASE_INTACT,
            "tapez-la quand elle est demandée, ou indiquez --passphrase-fd",
        ),
        "lines.too_large": Explanation(
            "Ce fichier est trop gros[ : {limit:size} au plus]",
            UNCHANGED,
            "gardez les seules lignes utiles, puis recommencez",
        ),
        "lines.too_many": Explanation(
            "Ce fichier a trop de lignes[ : {limit} au plus]",
            UNCHANGED,
            "partagez-le en plusieurs fichiers, puis recommencez",
        ),
        "lines.unreadable": Explanation(
            "Ce fichier n’est pas une liste en texte",
            UNCHANGED,
            "depuis votre tableur, enregistrez-le au format CSV, puis recommencez",
        ),
        "lines.empty": Explanation(
            "Ce fichier est vide",
            UNCHANGED,
            "vérifiez que vous avez choisi le bon fichier",
        ),
        "lines.patients": Explanation(
            "Ce fichier ressemble à une liste de patients",
            "rien n’en a été gardé",
            "choisissez une liste de comptes ou d’adresses, sans patient",
        ),
        "lines.no_column": Explanation(
            "Aucune colonne de ce fichier ne convient à cette liste",
            UNCHANGED,
            "nommez la première colonne « Compte » ou « Adresse », puis recommencez",
        ),
    }
)
