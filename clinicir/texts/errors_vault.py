"""Errors of the vault: its files, its journal, its keys, the disk under it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.explanation import CASE_INTACT, KEPT, UNCHANGED, Explanation

_UNTOUCHED = "rien n’a été effacé : le coffre est laissé tel quel, en lecture seule"
_RESTORE = "copiez le dossier du coffre ailleurs, puis restaurez votre dernière sauvegarde"

VAULT: Mapping[str, Explanation] = MappingProxyType(
    {
        "vault.exists": Explanation(
            "Il y a déjà un coffre ou des fichiers à cet endroit[ : « {path|folder} »]",
            "ils n’ont pas été touchés",
            "choisissez un dossier qui n’existe pas encore",
        ),
        "vault.locked": Explanation(
            "Le coffre est déjà ouvert par un autre programme"
            "[, depuis la session « {account} »]",
            CASE_INTACT,
            "fermez l’autre fenêtre de clinicir, puis recommencez",
        ),
        "vault.not_found": Explanation(
            "Aucun coffre à cet endroit[ : « {path|folder} »]",
            UNCHANGED,
            "vérifiez le dossier, et que la clé USB ou le disque est branché",
        ),
        "vault.damaged": Explanation(
            "Le coffre est endommagé[ à partir de l’entrée {entry} de son journal]",
            _UNTOUCHED,
            _RESTORE,
        ),
        "vault.read_only": Explanation(
            "Le coffre est en lecture seule : rien ne peut y être ajouté pour l’instant",
            KEPT,
            "lisez l’avertissement affiché à l’ouverture et suivez ce qu’il conseille",
        ),
        "vault.newer": Explanation(
            "Le coffre a été créé par une version plus récente de clinicir",
            CASE_INTACT,
            "installez la dernière version, puis recommencez",
        ),
        "vault.bad_header": Explanation(
            "La fiche du coffre (vault.json) est abîmée ou n’est pas celle d’un coffre",
            _UNTOUCHED,
            _RESTORE,
        ),
        "vault.object_damaged": Explanation(
            "Une pièce du coffre a été modifiée ou abîmée[ : {object}]",
            "les autres pièces et le journal restent lisibles",
            "ajoutez de nouveau le fichier d’origine, ou reprenez-le d’une sauvegarde",
        ),
        "vault.object_missing": Explanation(
            "Une pièce du coffre a disparu[ : {object}]",
            "les autres pièces et le journal restent lisibles",
            "ajoutez de nouveau le fichier d’origine, ou reprenez-le d’une sauvegarde",
        ),
        "trail.damaged": Explanation(
            "Le journal du coffre est endommagé[ à l’entrée {entry}]",
            _UNTOUCHED,
            _RESTORE,
        ),
        "trail.acknowledged_missing": Explanation(
            "Il manque au journal des entrées déjà enregistrées[, après l’entrée {entry}]",
            _UNTOUCHED,
            "gardez une copie du dossier du coffre : ce n’est pas une simple coupure de courant",
        ),
        "entry.too_long": Explanation(
            "Cette saisie est trop longue pour une seule entrée du journal",
            UNCHANGED,
            "coupez-la en plusieurs parties, ou joignez-la comme pièce au dossier",
        ),
        "key.wrong_passphrase": Explanation(
            "La phrase secrète n’est pas la bonne",
            CASE_INTACT,
            "vérifiez les majuscules et l’ordre des mots, ou utilisez le code de secours",
        ),
        "key.wrong_recovery_code": Explanation(
            "Le code de secours n’est pas le bon[ (à vérifier : groupe {groups})]",
            CASE_INTACT,
            "recopiez-le groupe par groupe depuis la fiche imprimée",
        ),
        "key.slot_damaged": Explanation(
            "Un des accès au coffre est abîmé[ : {slot}]",
            CASE_INTACT,
            "ouvrez le coffre par un autre accès, par exemple le code de secours",
        ),
        "key.bad_parameters": Explanation(
            "Un des accès au coffre a des réglages anormaux et a été refusé",
            CASE_INTACT,
            "ouvrez le coffre par un autre accès, par exemple le code de secours",
        ),
        "key.none_left": Explanation(
            "Le coffre n’a plus aucun accès de cette sorte",
            "son contenu est toujours là, chiffré",
            "utilisez la phrase secrète ou le code de secours, ou restaurez une sauvegarde",
        ),
        "key.missing": Explanation(
            "La clé d’un dossier est absente du coffre[ : {name}]",
            "les autres dossiers et le journal restent lisibles",
            _RESTORE,
        ),
        "key.damaged": Explanation(
            "La clé d’un dossier est abîmée[ : {name}]",
            "les autres dossiers et le journal restent lisibles",
            _RESTORE,
        ),
        "keyring.unavailable": Explanation(
            "Ce poste n’offre pas de trousseau sûr pour garder la clé",
            CASE_INTACT,
            "utilisez la phrase secrète ou le code de secours",
        ),
        "keyring.lost": Explanation(
            "Ce compte de l’ordinateur n’a plus la clé du coffre",
            "rien n’est perdu : le contenu est toujours là, chiffré",
            "prenez la fiche de secours et recopiez son code",
        ),
        "keyring.mismatch": Explanation(
            "Le trousseau de ce poste n’a pas gardé la clé telle quelle",
            CASE_INTACT,
            "utilisez la phrase secrète ou le code de secours",
        ),
        "passphrase.too_weak": Explanation(
            "Cette phrase secrète est trop facile à deviner",
            UNCHANGED,
            "prenez celle que clinicir propose, ou au moins sept mots sans rapport entre eux",
        ),
        "disk.full": Explanation(
            "Le disque est plein[ : il faut encore {need:size}]",
            KEPT,
            "libérez de la place sur ce disque, puis recommencez",
        ),
        "disk.readonly": Explanation(
            "Ce dossier n’accepte pas l’écriture",
            KEPT,
            "vérifiez vos droits, ou le verrou de la clé USB, ou choisissez un autre dossier",
        ),
        "disk.failure": Explanation(
            "Le disque a refusé une lecture ou une écriture[ (erreur {errno})]",
            KEPT,
            "fermez clinicir, vérifiez le disque, puis rouvrez le coffre",
        ),
    }
)
