"""French words for what the records hold in English: levels, authorities, states, instants."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.encoders import number

NBSP = "\u00a0"

Labels = Mapping[str, str]


def _labels(**words: str) -> Labels:
    return MappingProxyType(words)


NOW = "maintenant"
UNKNOWN = "Je ne sais pas encore"
NONE = "Aucune"
NOBODY = "Aucun"
YES = "Oui"
NO = "Non"
NOT_APPLICABLE = "Sans objet"
PRESUMED = "présumé, tant que vous ne savez pas"
PHONE_TO_CONFIRM = "numéro à confirmer"
LABEL_TO_CONFIRM = "Intitulé à vérifier"
INTERNAL_TARGET = "objectif interne"

LEVELS = _labels(
    OBLIGATOIRE="Obligatoire",
    CONDITION="Condition à remplir pour garder un droit",
    FORTEMENT_RECOMMANDE="Fortement recommandé",
    RECOMMANDE="Recommandé",
    SANS_OBJET=NOT_APPLICABLE,
)

AUTHORITIES = _labels(
    cnil="CNIL",
    persons="Personnes concernées",
    cert_sante="CERT Santé",
    ars="Agence régionale de santé (ARS)",
    police="Police ou gendarmerie (plainte)",
    insurer="Assureur",
    cpam="Assurance Maladie",
    ans="Agence du numérique en santé",
    order="Ordre professionnel",
    anssi="ANSSI",
    csirt="CSIRT régional ou 17Cyber",
    processor="Prestataire",
    controller="Responsable du traitement",
    internal="Interne",
)

OBLIGATION_STATES = _labels(
    open="À faire", overdue="En retard", done="Fait", done_late="Fait, en retard"
)

STEP_STATES = _labels(
    todo="À faire",
    in_progress="En cours",
    done="Fait",
    not_concerned="Non concerné",
    blocked="Bloqué",
)

INCIDENT_STATES = _labels(open="Ouvert", closed="Fermé")

INSTANTS = _labels(
    T_ATTACK="Premier signe",
    T_BREACH="Prise de connaissance de la violation",
    T_VENDOR="Premier message du prestataire",
    T_CRIT="Premier critère de gravité vu",
    T_HARM="Dommage d’un patient découvert",
    T_END="Fin de l’incident",
)

ANSWER_COLUMNS = _labels(
    kind="Type",
    model="Modèle",
    serial="Numéro de série",
    encrypted="Chiffré",
    state="État",
    name="Nom",
    isolated_at="Isolé le",
    removed_at="Retiré le",
)
"""Columns of the tables of answers; another one is shown by its id."""

SUBJECTS = _labels(
    cnil="Notification à la CNIL", persons="Information des personnes", severity="Gravité"
)

CNIL_CHOICES = _labels(notify="Notifier", do_not_notify="Ne pas notifier")

TABLE_PERSONS = _labels(
    yes="Oui", now="Oui, tout de suite", no="Non", to_decide="À décider, lettre prête"
)

VERSIONS = _labels(
    initiale="Notification initiale",
    complementaire="Notification complémentaire",
    complete="Notification complète",
)

GRAVITY = _labels(
    negligeable="Négligeable", limite="Limité", important="Important", maximal="Maximal"
)

BANDS = _labels(low="faible", medium="moyenne", high="élevée", very_high="très élevée")

ENISA_PARTS = _labels(
    dpc="Contexte des données (DPC)",
    ei="Facilité d’identification (EI)",
    cb="Circonstances (CB)",
)

ENISA_TERMS = _labels(
    dpc_1="Données simples",
    dpc_2="Données simples qui en disent plus, ou de comportement",
    dpc_3="NIR, patients d’un lieu de soins, ou données financières",
    dpc_4="Données sensibles, dont la santé",
    negligeable="Négligeable",
    limite="Limitée",
    significatif="Significative",
    maximal="Maximale",
    conf_none="Confidentialité : aucun accès constaté",
    conf_known="Confidentialité : destinataires connus",
    conf_unknown="Confidentialité : destinataires inconnus",
    integ_none="Intégrité : pas d’atteinte connue",
    integ_recoverable="Intégrité : données modifiées, réparables",
    integ_lost="Intégrité : données modifiées, perdues",
    avail_none="Disponibilité : pas d’atteinte connue",
    avail_temporary="Disponibilité : interruption",
    avail_lost="Disponibilité : perte définitive",
    malicious="Acte malveillant",
    other_0="Autre circonstance",
    other_25="Autre circonstance",
    other_50="Autre circonstance",
)

PARTY_ROLES = _labels(
    sous_traitant="sous-traitant", conjoint="responsable conjoint", autre="autre organisme"
)

CONTACT_ROLES = _labels(
    it_provider="aide informatique",
    software_vendor="éditeur du logiciel",
    host="hébergeur",
    insurer="assureur",
    bank="banque",
    lawyer="avocat",
    police="police ou gendarmerie",
    order="Ordre",
    other="autre contact",
)

PRACTICE_TYPES = _labels(
    CAB_SOLO="Cabinet individuel",
    CAB_GROUPE="Cabinet de groupe",
    MSP="Maison de santé pluriprofessionnelle",
    CDS="Centre de santé",
    PHARMACIE="Pharmacie d’officine",
    LBM="Laboratoire de biologie médicale",
    IMAGERIE="Cabinet d’imagerie",
    RADIOTHERAPIE="Centre de radiothérapie",
    ES_PRIVE="Établissement de santé privé",
    ES_PUBLIC="Établissement de santé public",
    ESMS="Établissement ou service médico-social",
)

FACT_VALUES = _labels(
    yes=YES,
    no=NO,
    unknown=UNKNOWN,
    none="Aucune",
    potential="Possible",
    actual="Avérée",
    other="Autre dommage",
    death="Décès",
    life_threatening="Vie en danger",
    probable_deficit="Séquelle probable",
    bound_to_secrecy="Une personne tenue au secret",
    organisation="Un organisme",
    private="Un particulier",
)

ACCOUNT_STATES = _labels(to_reset="À réinitialiser", reset="Réinitialisé", disabled="Désactivé")

ADDRESS_STATES = _labels(to_block="À bloquer", requested="Blocage demandé", blocked="Bloquée")

PAPERS = _labels(
    cnil="Préparation à la notification CNIL",
    cert_sante="Signalement au CERT Santé",
    plainte="Dossier de plainte",
    assureur="Déclaration à l’assureur",
    prestataire="Demande au prestataire",
    point="Point de situation",
    registre="Registre des violations",
    registre_complet="Registre des violations",
    journal="Journal de l’incident",
    lettre="Lettre aux patients",
    fiche="Fiche",
)

ENTRY_KINDS: Labels = MappingProxyType(
    {
        "app.open": "Ouverture du logiciel",
        "app.close": "Fermeture du logiciel",
        "vault.create": "Création du coffre",
        "key.add": "Clé ajoutée",
        "key.remove": "Clé retirée",
        "key.rotate": "Clé changée",
        "key.sheet_checked": "Fiche de secours rangée et vérifiée",
        "key.sheet_waived": "Étape ouverte sans fiche de secours",
        "incident.open": "Ouverture du dossier",
        "incident.scenario": "Changement de situation",
        "incident.close": "Fermeture du dossier",
        "incident.reopen": "Réouverture du dossier",
        "step.complete": "Étape faite",
        "step.block": "Étape bloquée",
        "step.skip": "Étape non concernée",
        "step.reopen": "Étape reprise",
        "step.start": "Étape commencée",
        "step.gate": "Point d’arrêt relu",
        "note.add": "Note",
        "fact.set": "Réponse",
        "fact.correct": "Correction",
        "deadline.set": "Échéance fixée",
        "deadline.correct": "Échéance corrigée",
        "evidence.add": "Preuve ajoutée",
        "evidence.note": "Description d’une preuve modifiée",
        "evidence.view": "Contenu d’une preuve affiché",
        "evidence.hand_over": "Preuve remise",
        "evidence.export": "Preuve copiée hors du coffre",
        "doc.prepare": "Document préparé",
        "doc.issued": "Document établi",
        "doc.sent": "Document envoyé",
        "receipt.add": "Accusé reçu",
        "backup.made": "Sauvegarde",
        "restore.done": "Restauration",
        "anchor.add": "Ancrage",
        "checkpoint": "Point de contrôle",
        "clock.step": "Heure de l’ordinateur modifiée",
        "clock.backwards": "Heure de l’ordinateur reculée",
        "recovery.torn_tail": "Fin de journal réparée",
        "recovery.orphans": "Fichiers orphelins écartés",
        "recovery.key_copy": "Copie de clé réparée",
        "recovery.object": "Fichier réparé",
        "rollback.detected": "Retour en arrière détecté",
        "disk.low": "Disque presque plein",
        "purge": "Dossier effacé",
        "purge.evidence": "Pièces effacées",
        "retention.set": "Durées de conservation",
        "auth.fail": "Échec d’ouverture",
        "practice.set": "Fiche du cabinet",
        "track.set": "Comptes et adresses",
        "decision.made": "Décision",
        "assessment.made": "Calcul de gravité",
        "notification.filed": "Notification déposée",
        "submission.recorded": "Démarche enregistrée",
        "list.import": "Liste de patients reçue",
        "list.purge": "Liste de patients effacée",
        "letters.batch": "Lettres imprimées",
        "letters.posted": "Lettres postées",
        "reminder.made": "Rappels donnés à l’agenda",
        "readiness.set": "Préparation",
        "contact.correct": "Contact corrigé",
    }
)

DETAILS = _labels(
    counts="Ce qui a été effacé",
    key_id="Numéro public de la clé",
    objects="Fichiers chiffrés effacés",
    kind="Document",
    step="Étape",
    scenario="Situation",
    reason="Motif",
    note="Note",
    to="À",
    purpose="But",
    reference="Référence",
    receipt="Pièce",
    channel="Moyen",
    text="Texte",
    happened_at="Fait du",
    sha256="Empreinte SHA-256",
    input="Empreinte du contenu",
    printed="Écriture imprimée",
    before="Avant",
    number="Numéro",
    title="Titre",
    lessons="Leçons",
    leave_open="Laissé ouvert",
    was="Ancienne valeur",
    source="Origine",
    seen_at="Heure de ce qui est montré",
    withdrawn="Retirée du dossier",
    file="Fichier",
    pasted="Image collée",
    corrects="Corrige la ligne",
    label="Copie",
    size="Taille en octets",
    profile="Sorte",
    sealed="Sous phrase à usage unique",
    entries="Lignes communiquées",
    pieces="Pièces",
    papers="Documents",
    missing="Fichiers absents",
    entry="Ligne",
    head="Empreinte de la ligne",
    former_entry="Dernière ligne du coffre remplacé",
    former_head="Empreinte de cette ligne",
)


def said(labels: Labels, value: object) -> str:
    """The French word of a value; a value without one is shown as it is, never dropped."""
    return labels.get(str(value), str(value))


def presumed(text: str) -> str:
    """A level or an answer that nobody has confirmed."""
    return f"{text} ({PRESUMED})"


def told_on(when: str) -> str:
    """When another organisation was told."""
    return f"prévenu le {when}"


def reference(number: str) -> str:
    """Number given by an authority."""
    return f"référence {number}"


def authority_of(who: str) -> str:
    """An authority by its slug, or the name that a person typed."""
    return AUTHORITIES.get(who, who)


RUBRIC_TO_CONFIRM = "Rubrique reconstituée : ses intitulés sont à vérifier en ligne."
NEEDED_AT_ONCE = "Demandé dès le premier envoi."
SECOND_FACTOR = "double vérification"


def long_text(length: int) -> str:
    """Said of a text that a web form may cut."""
    return f"Texte long ({number(length)} signes) : le service en ligne peut le couper, à vérifier."


def old_number(phone: str, day: str) -> str:
    """A number that was right once."""
    return f"{phone} ({PHONE_TO_CONFIRM}, relevé le {day})"


def checked_on(day: str) -> str:
    """When a number was last seen on a page of its owner."""
    return f"vérifié le {day}"


NOTHING = "rien"
SEALED = "Contenu illisible ici : sa clé manque ou a été effacée. L’écriture reste dans la chaîne."


def removed(name: str) -> str:
    """A record that an entry took away."""
    return f"{name} : retiré"


def done_on(when: str) -> str:
    """When a step was done in the world."""
    return f"faite le {when}"


def blocked_on(whom: str) -> str:
    """Whom a step waits for."""
    return f"en attente de {whom}"


def retry_on(when: str) -> str:
    """When a blocked step is tried again."""
    return f"à reprendre le {when}"


def labelled(label: str, value: object) -> str:
    """`Label : value`; a question keeps its own mark."""
    return f"{label} {value}" if label.endswith("?") else f"{label}{NBSP}: {value}"


def to_verify(label: str) -> str:
    """A choice whose official words nobody could read."""
    return f"{label} (à vérifier)"
