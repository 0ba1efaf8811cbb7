"""Errors of the copies that leave the vault and of those that come back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.explanation import CASE_INTACT, UNCHANGED, Explanation

BUNDLE: Mapping[str, Explanation] = MappingProxyType(
    {
        "bundle.refused": Explanation(
            "Ce fichier n’est ni une sauvegarde ni un dossier de clinicir, ou il a été modifié",
            "rien n’en a été copié sur cet ordinateur",
            "reprenez le fichier d’origine, ou une autre copie de la sauvegarde",
        ),
        "bundle.not_found": Explanation(
            "Le fichier à ouvrir n’a pas été trouvé[ : « {file} »]",
            UNCHANGED,
            "vérifiez que la clé USB est branchée, puis choisissez le fichier de nouveau",
        ),
        "bundle.damaged": Explanation(
            "La sauvegarde est abîmée[ à l’entrée {entry} de son journal]",
            "rien n’a été remplacé, et la sauvegarde elle-même n’a pas été touchée",
            "essayez une autre copie ; gardez celle-ci, le reste de son contenu est lisible",
        ),
        "bundle.no_recovery": Explanation(
            "Le coffre n’a pas de code de secours, et une sauvegarde ne s’ouvre que par lui",
            CASE_INTACT,
            "imprimez d’abord une fiche de secours dans les réglages, puis recommencez",
        ),
        "bundle.too_large": Explanation(
            "Il y a trop de fichiers ou un fichier trop grand pour une seule copie",
            CASE_INTACT,
            "exportez un incident à la fois, ou copiez le dossier du coffre en entier",
        ),
        "stamp.refused": Explanation(
            "Cette réponse d’horodatage ne prouve rien ici[ (motif technique : {why})]",
            "elle n’a pas été gardée, et le journal n’a pas changé",
            "vérifiez la réponse et le certificat de l’autorité, ou refaites la demande",
        ),
        "stamp.not_asked": Explanation(
            "Ce coffre n’a pas fait de demande d’horodatage[ pour l’entrée {entry}]",
            "rien n’a été gardé, et le journal n’a pas changé",
            "préparez d’abord un point d’ancrage, faites-le horodater, puis revenez",
        ),
        "bundle.cancelled": Explanation(
            "La copie a été arrêtée à votre demande",
            "votre dossier est intact et rien d’incomplet n’a été laissé",
            "recommencez quand vous voulez",
        ),
        "bundle.not_verified": Explanation(
            "La copie relue n’est pas identique à ce qui a été écrit",
            "votre dossier est intact ; la mauvaise copie a été effacée",
            "essayez une autre clé USB ou un autre disque : celui-ci n’est pas sûr",
        ),
        "bundle.inside_vault": Explanation(
            "L’endroit choisi est dans le dossier du coffre lui-même",
            UNCHANGED,
            "choisissez une clé USB ou un autre disque, que vous pourrez débrancher",
        ),
    }
)
