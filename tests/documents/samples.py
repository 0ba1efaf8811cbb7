"""Papers of fiction that use every block."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from clinicir.documents.model import (
    Block,
    CheckLine,
    CheckLines,
    Column,
    Document,
    FieldRow,
    Fingerprint,
    Heading,
    KeyFact,
    KeyFacts,
    LetterHead,
    Lines,
    Notice,
    Option,
    OptionList,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Stamp,
    Table,
    Timeline,
    TimelineEvent,
    WritingLines,
)

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HEAD = "5c3e0a7be1f24d8896b0c2d4e6f8a01b3d5f7092a4c6e8fa1b3c5d7e9f01a2b4"
VAULT = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
CHECKPOINT = (
    f"clinicir trail checkpoint v1\nvault {VAULT}\nsize 123\nhead {HEAD}\n"
    "time 2026-03-21T18:40:00Z\n"
)
STAMP = Stamp(123, HEAD, VAULT, CHECKPOINT)
AT = datetime(2026, 3, 21, 19, 40, tzinfo=timezone(timedelta(hours=1)))

_CATEGORIES = (
    "État civil", "NIR", "Coordonnées", "Données de santé", "Données bancaires",
    "Identifiants de connexion", "Vie professionnelle", "Données de localisation",
)  # fmt: skip
LONG_STORY = (
    "Le 20 mars 2026 à 18 h 05, le secrétariat a constaté que le compte amelipro du "
    "Dr Élodie Marchand-Lefebvre avait servi à consulter des dossiers pendant la nuit, "
    "depuis une adresse inconnue (203.0.113.47). L’accès a été coupé à 18 h 22.\n\n"
    "Les consultations portent sur l’identité, le numéro de sécurité sociale et le nom du "
    "médecin traitant ; aucune donnée de remboursement n’a été affichée d’après l’éditeur."
)


def paper(*blocks: Block, drill: bool = False, title: str = "Papier d’essai") -> Document:
    """A paper of one section."""
    return Document(
        kind="fiche", title=title, sections=(Section("Partie", blocks),),
        practice="Cabinet médical des Tilleuls", case_number="2026-001", drill=drill, at=AT,
        file_stem="fiche_essai",
    )  # fmt: skip


def _form() -> Section:
    return Section(
        "R7. À propos de la violation",
        (
            FieldRow("Numéro SIREN", "732 829 320", note="Source : avis de situation INSEE"),
            FieldRow("Numéro de TVA intracommunautaire", None),
            FieldRow("Nombre approximatif de personnes", "1 500", changed_from="environ 900"),
            FieldRow("Moyen utilisé", "courrier postal", changed_from="", unverified=True),
            FieldRow("Descriptif détaillé de la violation", LONG_STORY),
            OptionList(
                "Nature de la violation",
                (
                    Option("Perte de confidentialité", chosen=True),
                    Option("Perte d’intégrité", chosen=False),
                    Option("Perte de disponibilité", chosen=False, was_chosen=True),
                ),
            ),
            OptionList(
                "Nature des données concernées",
                tuple(Option(name, chosen=i in {0, 1, 3}) for i, name in enumerate(_CATEGORIES)),
            ),
            OptionList(
                "Estimation du niveau de gravité",
                tuple(
                    Option(name, chosen=name == "Importante")
                    for name in ("Négligeable", "Limitée", "Importante", "Maximale")
                ),
                single=True,
                note="Les quatre niveaux sont ceux de la CNIL.",
            ),
            OptionList(
                "Les personnes ont-elles été informées ?",
                (Option("Oui", chosen=False), Option("Non", chosen=False)),
                single=True,
                answered=False,
            ),
        ),
    )


def _evidence() -> Section:
    return Section(
        "Pièces et chronologie",
        (
            Heading("Liste des pièces"),
            Table(
                (
                    Column("N°", 0.5, align="right"), Column("Pièce", 2.4),
                    Column("Reçue le", 1.4), Column("SHA-256", 2.6, code=True),
                ),
                (
                    ("1", "Capture d’écran du journal d’accès", "20/03/2026 18 h 31", DIGEST),
                    ("2", "Courriel de l’éditeur (soutien@editeur.example)", None, DIGEST[::-1]),
                    ("3", "Relevé des adresses 198.51.100.0/24", "21/03/2026 9 h 02", DIGEST),
                ),
            ),
            Heading("Chronologie"),
            Timeline(
                (
                    TimelineEvent("20/03/2026 18 h 05", "Découverte par le secrétariat"),
                    TimelineEvent(
                        "20/03/2026 18 h 22", "Accès coupé", "Mot de passe changé depuis un "
                        "autre poste, sessions fermées, deuxième facteur activé.",
                    ),
                    TimelineEvent("20/03/2026 19 h 10", "Prise de connaissance : départ des 72 h"),
                )
            ),
            Heading("Empreinte", 3),
            Fingerprint("Pièce n° 1, SHA-256", DIGEST),
        ),
    )  # fmt: skip


def _decisions() -> Section:
    return Section(
        "Décisions à prendre",
        (
            Paragraph("Trois décisions sont attendues ce soir.", style="lead"),
            KeyFacts(
                (
                    KeyFact("Notification à la CNIL avant le", "23 mars 2026, 19 h 10"),
                    KeyFact("Personnes concernées", "1 500"),
                    KeyFact("Gravité", "Importante"),
                )
            ),
            Notice("danger", "N’éteignez pas le poste de l’accueil : il est une preuve."),
            Notice("warning", "Prévenez l’assureur avant de déposer plainte.", "Assurance"),
            Notice("info", "Un accusé de réception suit chaque notification."),
            Lines(("Informer les patients par courrier.", "Changer tous les codes."), True),
            Lines(("sans frais", "sans attendre la réponse de l’éditeur")),
            CheckLines(
                (
                    CheckLine("Plainte déposée", "Commissariat ou gendarmerie, avec ce papier."),
                    CheckLine("Accès coupés", done=True),
                )
            ),
            Paragraph("« Nous vous écrivons parce que vos données ont été vues. »", "quote"),
            WritingLines("Autre décision", 2),
            Paragraph("Article 33 du RGPD.", style="small"),
            Signature(name="Dr Élodie Marchand-Lefebvre", role="Gérante", place="Rennes"),
        ),
    )


def everything(*, drill: bool = False) -> Document:
    """One paper with every block but the letter head."""
    return Document(
        kind="cnil",
        variant="complementaire",
        title="Document de préparation à la notification CNIL",
        subtitle="Notification complémentaire n° 2",
        sections=(
            _form(),
            _evidence(),
            _decisions(),
            Section("Annexe", (PageBreak(), Paragraph("Affiche de la salle", "display"))),
        ),
        practice="Cabinet médical des Tilleuls",
        case_number="2026-001",
        drill=drill,
        at=AT,
        file_stem="cnil_2026-03-21_1",
        missing=("org.tva", "info.etat"),
    )


def letter() -> Document:
    """A letter, with its address in the window."""
    head = LetterHead(
        sender=("Cabinet médical des Tilleuls", "12 rue des Tilleuls", "35000 Rennes",
                "02 99 00 00 00"),
        recipient=("Madame Şahin Łukasik", "Résidence du Parc, bâtiment B", "3 allée des Érables",
                   "35200 Rennes"),
        place_and_date="Rennes, le 22 mars 2026",
        references=("Nos références : 2026-001",),
        subject="information sur une violation de vos données personnelles",
    )  # fmt: skip
    body = Paragraph("Madame,\n\n" + LONG_STORY + "\n\nNous vous prions d’agréer, Madame, "
                     "l’expression de nos salutations distinguées.")  # fmt: skip
    document = paper(head, body, Signature(name="Dr Élodie Marchand-Lefebvre", closes_letter=True))
    section = replace(document.sections[0], title="")
    return replace(document, sections=(section,), layout="letter", kind="lettre", title="Lettre")
