"""Errors of the case: facts, dates, steps, trackers, proofs, notifications, papers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.explanation import (
    CASE_INTACT,
    KEPT,
    SOURCE_INTACT,
    UNCHANGED,
    Explanation,
)

CASE: Mapping[str, Explanation] = MappingProxyType(
    {
        "fact.unknown": Explanation(
            "L’information[ « {fact} »] n’existe pas dans clinicir",
            UNCHANGED,
            "vérifiez son nom, puis recommencez",
        ),
        "fact.bad_value": Explanation(
            "La réponse[ « {value} »] ne convient pas[ pour l’information « {fact} »]",
            KEPT,
            "choisissez une des réponses prévues",
        ),
        "fact.already_set": Explanation(
            "L’information[ « {fact} »] a déjà une réponse",
            KEPT,
            "pour la changer, faites une correction en indiquant la raison",
        ),
        "fact.not_set": Explanation(
            "L’information[ « {fact} »] n’a pas encore de réponse : il n’y a rien à corriger",
            UNCHANGED,
            "donnez d’abord une première réponse",
        ),
        "fact.derived": Explanation(
            "L’information[ « {fact} »] se déduit du reste du dossier et ne se saisit pas",
            KEPT,
            "modifiez la date, la fiche de l’établissement ou la notification dont elle dépend",
        ),
        "fact.contradiction": Explanation(
            "La réponse[ pour « {fact} »] contredit une date déjà enregistrée",
            KEPT,
            "comparez les deux, puis corrigez celle qui est fausse",
        ),
        "instant.unknown": Explanation(
            "La date[ « {instant} »] n’existe pas dans clinicir",
            UNCHANGED,
            "vérifiez son nom, puis recommencez",
        ),
        "instant.in_future": Explanation(
            "La date[ « {instant} »] n’est pas encore passée",
            UNCHANGED,
            "vérifiez le jour et l’heure, puis recommencez",
        ),
        "instant.no_offset": Explanation(
            "La date[ « {instant|key} »] ne dit pas son décalage horaire",
            UNCHANGED,
            "ajoutez-le, par exemple +01:00 l’hiver et +02:00 l’été à Paris",
        ),
        "instant.out_of_range": Explanation(
            "La date[ « {instant} »] est trop ancienne ou trop lointaine pour être exacte",
            UNCHANGED,
            "vérifiez l’année, puis recommencez",
        ),
        "cnil.unknown": Explanation(
            "La rubrique[ « {slug|cnil|key} »] n’existe pas dans le formulaire de la CNIL",
            UNCHANGED,
            "vérifiez son nom, puis recommencez",
        ),
        "cnil.bad_value": Explanation(
            "La réponse[ « {value} »] ne convient pas[ pour la rubrique « {slug|cnil|key} »] "
            "du formulaire de la CNIL",
            KEPT,
            "choisissez une des réponses que le formulaire propose",
        ),
        "reason.missing": Explanation(
            "Cette action demande une raison écrite",
            UNCHANGED,
            "indiquez la raison en une phrase, puis recommencez",
        ),
        "text.too_long": Explanation(
            "Le texte[ de « {key|field} »] est trop long[ : {limit} caractères au plus]",
            UNCHANGED,
            "raccourcissez-le, ou joignez-le comme pièce au dossier",
        ),
        "text.control": Explanation(
            "Le texte[ de « {key|field} »] contient un caractère de commande invisible",
            UNCHANGED,
            "effacez-le et retapez les mots au clavier",
        ),
        "step.unknown": Explanation(
            "L’étape[ « {step} »] n’existe pas dans clinicir",
            UNCHANGED,
            "vérifiez son numéro, puis recommencez",
        ),
        "step.bad_move": Explanation(
            "L’étape[ « {step} »] ne peut pas passer à cet état depuis son état actuel",
            KEPT,
            "rouvrez d’abord l’étape si elle est terminée ou écartée",
        ),
        "step.unknown_answer": Explanation(
            "L’étape[ « {step} »] ne pose pas la question[ « {answer} »]",
            UNCHANGED,
            "vérifiez le nom de la réponse, puis recommencez",
        ),
        "answer.bad_value": Explanation(
            "La réponse[ « {answer} »] n’a pas la forme attendue",
            UNCHANGED,
            "corrigez cette réponse, ou répondez « Je ne sais pas », puis recommencez",
        ),
        "scenario.unknown": Explanation(
            "La situation[ « {scenario} »] n’existe pas dans clinicir",
            UNCHANGED,
            "choisissez une des situations proposées ; « inconnu » convient toujours",
        ),
        "obligation.unknown": Explanation(
            "L’obligation[ « {obligation} »] n’existe pas dans clinicir",
            UNCHANGED,
            "vérifiez son numéro, puis recommencez",
        ),
        "decision.bad_choice": Explanation(
            "Le choix[ « {choice} »] n’est pas possible pour cette décision",
            KEPT,
            "choisissez une des possibilités proposées",
        ),
        "assessment.bad_term": Explanation(
            "La valeur[ « {value} »] n’est pas prévue dans le calcul de gravité",
            KEPT,
            "choisissez une des valeurs proposées",
        ),
        "incident.unknown": Explanation(
            "Le dossier[ « {incident} »] est introuvable dans ce coffre",
            UNCHANGED,
            "vérifiez son numéro, par exemple 2027-001",
        ),
        "incident.closed": Explanation(
            "Le dossier[ « {incident} »] est clos et n’accepte plus de modification",
            CASE_INTACT,
            "rouvrez-le en indiquant la raison, puis recommencez",
        ),
        "incident.not_closed": Explanation(
            "Le dossier[ « {incident} »] n’est pas terminé : il n’y a rien à rouvrir",
            UNCHANGED,
            "continuez dans le dossier, il accepte tout ce que vous notez",
        ),
        "address.not_public": Explanation(
            "L’adresse[ « {address} »] est interne à un réseau : elle ne désigne personne "
            "sur Internet",
            UNCHANGED,
            "cherchez dans les journaux l’adresse publique, ou demandez-la à votre prestataire",
        ),
        "address.own": Explanation(
            "L’adresse[ « {address} »] est celle de votre propre établissement",
            UNCHANGED,
            "vérifiez la ligne relevée : bloquer cette adresse vous couperait d’Internet",
        ),
        "address.bad_form": Explanation(
            "« {address} » n’est pas une adresse IP ni une plage d’adresses",
            UNCHANGED,
            "recopiez l’adresse telle qu’elle figure dans le relevé",
        ),
        "tracker.bad_state": Explanation(
            "L’état[ « {value} »] n’est pas prévu dans cette liste",
            UNCHANGED,
            "choisissez un des états proposés",
        ),
        "tracker.same_line": Explanation(
            "La ligne[ « {line} »] existe déjà dans cette liste",
            UNCHANGED,
            "modifiez celle qui existe, ou donnez un autre nom",
        ),
        "tracker.unknown_line": Explanation(
            "La ligne[ « {line} »] n’est plus dans cette liste",
            UNCHANGED,
            "revenez à l’étape et choisissez une autre ligne",
        ),
        "evidence.file_missing": Explanation(
            "Le fichier[ « {file} »] est introuvable",
            UNCHANGED,
            "vérifiez son emplacement et que la clé USB ou le disque est branché",
        ),
        "evidence.label_taken": Explanation(
            "Une autre pièce porte déjà le nom[ « {label} »]",
            KEPT,
            "donnez un autre nom à celle-ci",
        ),
        "evidence.unknown": Explanation(
            "Aucune pièce du dossier ne porte le nom[ « {label} »]",
            UNCHANGED,
            "vérifiez le nom, ou ajoutez d’abord la pièce",
        ),
        "evidence.same": Explanation(
            "Rien n’a changé dans la description[ de {number}]",
            UNCHANGED,
            "corrigez un des champs, ou annulez",
        ),
        "evidence.unreadable": Explanation(
            "Le fichier[ « {file} »] ne peut pas être lu",
            f"{SOURCE_INTACT} et {UNCHANGED}",
            "fermez le programme qui l’utilise ou copiez-le ailleurs, puis recommencez",
        ),
        "evidence.changing": Explanation(
            "Le fichier[ « {file} »] a changé pendant la copie : la pièce ne serait pas fidèle",
            f"{SOURCE_INTACT} et rien n’a été ajouté au dossier",
            "attendez que plus rien n’écrive dedans, ou faites-en une copie et ajoutez la copie",
        ),
        "evidence.cancelled": Explanation(
            "L’ajout du fichier[ « {file} »] a été interrompu",
            f"{SOURCE_INTACT} et rien n’a été ajouté au dossier",
            "relancez l’ajout quand vous voulez",
        ),
        "evidence.too_large": Explanation(
            "Le fichier[ « {file} »] est trop gros[ : {limit:size} au plus]",
            f"{SOURCE_INTACT} et {UNCHANGED}",
            "gardez-le sur un disque à part et notez au dossier où il est rangé",
        ),
        "evidence.too_many": Explanation(
            "Cet incident a déjà toutes les preuves qu’il peut recevoir[ : {limit}]",
            f"{SOURCE_INTACT} et {UNCHANGED}",
            "rassemblez les fichiers qui restent dans une seule archive, puis ajoutez-la",
        ),
        "evidence.incident_full": Explanation(
            "Les preuves de cet incident sont trop volumineuses ensemble[ : {limit:size} au plus]",
            f"{SOURCE_INTACT} et {UNCHANGED}",
            "gardez ce fichier sur un disque à part et notez au dossier où il est rangé",
        ),
        "picture.too_large": Explanation(
            "L’image collée est trop grande[ : {limit:size} et 50 millions de points au plus]",
            UNCHANGED,
            "refaites une capture plus petite, ou ajoutez l’image comme fichier",
        ),
        "picture.unreadable": Explanation(
            "L’image collée ne peut pas être lue",
            UNCHANGED,
            "refaites la capture, ou ajoutez l’image comme fichier",
        ),
        "notification.reason_for_not_notifying_missing": Explanation(
            "Ne pas prévenir la CNIL demande une raison écrite et une confirmation",
            f"{UNCHANGED} : la notification reste à faire",
            "écrivez la raison et confirmez, ou notifiez : c’est le choix le plus sûr",
        ),
        "notification.bad_version": Explanation(
            "La version[ « {version} »] de la notification ne convient pas à ce stade",
            KEPT,
            "commencez par l’initiale ; la complémentaire vient après le dépôt de l’initiale",
        ),
        "document.unknown": Explanation(
            "Le document[ « {document|kind} »] n’existe pas dans clinicir",
            UNCHANGED,
            "choisissez un des documents proposés",
        ),
        "document.unknown_variant": Explanation(
            "Ce document n’a pas de variante[ « {variant} »]",
            UNCHANGED,
            "choisissez une des variantes proposées",
        ),
        "document.gone": Explanation(
            "Ce document[ « {document} »] ne peut pas être rouvert : il est trop ancien",
            UNCHANGED,
            "produisez-le à nouveau ; l’impression de l’époque reste valable",
        ),
        "document.patient_data": Explanation(
            "Ce document[, à « {section} »,] contiendrait une donnée qui désigne un patient",
            "rien n’a été imprimé ni envoyé",
            "retirez du texte le nom ou le numéro de sécurité sociale, puis recommencez",
        ),
    }
)
