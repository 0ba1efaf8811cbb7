"""Pictures of every building block, to be looked at: `python -m tests.ui.gallery FOLDER`.

Light, dark and high contrast, at 100 and 200 %. Nothing is compared: eyes are.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from clinicir import paths
from clinicir.texts.labels import LEVELS
from clinicir.ui.theme import Theme, use_resources
from clinicir.ui.widgets.buttons import Hero, LinkButton, Primary, Quiet, Secondary
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.fields import (
    Day,
    Field,
    Instant,
    Line,
    LongText,
    MultiChoice,
    Number,
    Passphrase,
    SingleChoice,
    YesNoUnknown,
)
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column, row, rule, wrapping_row
from clinicir.ui.widgets.notice import SIGNS, Band, Notice
from clinicir.ui.widgets.state import STATE_SIGNS, Countdown, LevelPill, StateMark
from clinicir.ui.widgets.text import Body, Code, Eyebrow, Heading, Help, Small, Strong, Title
from tests.ui.checks import settle

NOW = datetime(2026, 11, 21, 18, 40, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
SENTENCE = "Demandez au support de fermer toutes les connexions ouvertes, puis notez l’heure."
LONG = ("J’ai reçu un message de l’éditeur de mon logiciel, qui m’annonce que les dossiers "
        "de plusieurs cabinets, dont peut-être le mien, ont été copiés par un inconnu")  # fmt: skip


def words() -> QWidget:
    """Texts, cards, states and clocks."""
    inner = QWidget()
    clocks = (Countdown("CNIL", NOW + timedelta(hours=h), NOW) for h in (52, 5, -3))
    inner.setLayout(column(
        Eyebrow("Étape 2 sur 8 · Geste"), Title("Changez le mot de passe du compte volé"),
        Body(SENTENCE), Help("Vous n’avez pas besoin du nombre exact."),
        wrapping_row(*clocks),
        Card(
            row(Heading("Prêt en cas d’incident : 7 sur 10"), stretch_last=True), rule(),
            wrapping_row(*(StateMark(state) for state in STATE_SIGNS), gap=16),
            Code("4F2A 91C0 88B1 7D3E"), Small("noté le 21/11/2026 à 19 h 53 (code IMP-02)"),
            wrapping_row(Quiet("Copier", "copy"), LinkButton("Voir le registre")),
        ),
        wrapping_row(*(LevelPill(level) for level in LEVELS), LevelPill("OBLIGATOIRE", True)),
        Strong("Ce qui peut attendre demain : la CNIL, les patients, la plainte."),
    ))  # fmt: skip
    return page(inner, Secondary("Retour", "chevron-left"), Quiet("Je ne sais pas"),
                Primary("C’est fait", "check"))  # fmt: skip


def notices() -> QWidget:
    """Messages and the one big button."""
    inner = QWidget()
    tones = (Notice(tone, "L’impression n’a pas démarré.", "Le document est enregistré.",
                    *((Secondary("Réessayer"), Quiet("Enregistrer en PDF…"))
                      if tone == "danger" else ())) for tone in SIGNS)  # fmt: skip
    inner.setLayout(column(Hero("Déclarer un incident", "siren"), *tones))
    shown = page(inner, Secondary("Quitter"))
    holder = QWidget()
    bands = [Band(tone, "Fiche de secours non imprimée", Quiet("Imprimer", "printer"))
             for tone in ("warn", "drill")]  # fmt: skip
    holder.setLayout(column(*bands, shown, gap=0))
    return holder


def fields() -> QWidget:
    """Every editor, empty or filled, one of them refused."""
    when = Instant(PARIS)
    when.set_value(NOW)
    count = Number()
    count.set_value(758912)
    refused = Field("SIRET", Line(), "Quatorze chiffres.")
    refused.set_problem("Ce SIRET contient sans doute une faute de frappe.")
    yes_no = YesNoUnknown()
    yes_no.set_value("unknown")
    text = LongText()
    text.set_value("Le prestataire a appelé.\nIl a fermé les accès.")
    inner = QWidget()
    inner.setLayout(column(
        Field("Quand l’avez-vous appris", when, "L’heure exacte n’est pas nécessaire."),
        Field("Combien de personnes", count, optional=True), refused,
        Field("Est-ce que cela continue en ce moment ?", yes_no),
        Field("Ce qui a été fait", text), Field("Jour du dépôt", Day()),
        Field("Phrase de passe", Passphrase()), gap=16,
    ))  # fmt: skip
    return page(inner, Secondary("Retour", "chevron-left"), Primary("Continuer", "chevron-right"))


def choices() -> QWidget:
    """Rows to choose from."""
    one = SingleChoice((
        ("a", "Oui, ou je le crois"), ("b", "Non, c’est arrêté"), ("c", "Je ne sais pas"),
        ("d", LONG),
    ))  # fmt: skip
    one.set_value("a")
    many = MultiChoice((("i", "Identité"), ("c", "Coordonnées"), ("n", "N° de sécurité sociale"),
                        ("s", "Santé : motif, compte rendu, ordonnances")))  # fmt: skip
    many.set_value(("i", "s"))
    inner = QWidget()
    inner.setLayout(column(
        Eyebrow("Question 3 sur 8"), Title("Est-ce que cela continue en ce moment ?"), one,
        Heading("Quelles informations ?"), many,
    ))  # fmt: skip
    return page(inner, Secondary("Retour", "chevron-left"), Primary("Continuer", "chevron-right"))


def lists() -> QWidget:
    """Qt's own lists, tabs and bars under our sheet, and a list with nothing in it."""
    table = QTableWidget(3, 3)
    table.setHorizontalHeaderLabels(["Date et heure", "Qui", "Quoi"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.horizontalHeader().setStretchLastSection(True)
    for line in range(3):
        for place, text in enumerate(("21/11/2026 19 h 42", "Nadia", "Alerte reçue")):
            table.setItem(line, place, QTableWidgetItem(text))
    table.resizeColumnsToContents()
    table.selectRow(1)
    table.setAccessibleName("Journal")
    table.setTabKeyNavigation(False)
    steps = QListWidget()
    steps.addItems(["Débrancher", "Mots de passe", "Adresses"])
    steps.setCurrentRow(1)
    steps.setAccessibleName("Étapes")
    kinds = QComboBox()
    kinds.setAccessibleName("Montrer")
    kinds.addItems(["Tout", "Gestes", "Documents"])
    bar = QProgressBar()
    bar.setValue(43)
    bar.setTextVisible(False)
    tabs = QTabWidget()
    tabs.setAccessibleName("Parties du dossier")
    tabs.addTab(table, "Journal")
    empty = EmptyState("folder-lock",
                       "Pas encore de preuve. Commencez par le message d’alerte.",
                       Primary("Ajouter un fichier…", "plus"))  # fmt: skip
    tabs.addTab(QWidget(), "Preuves")
    side = QWidget()
    side.setLayout(column(kinds, bar, steps, empty))
    inner = QWidget()
    across = QHBoxLayout(inner)
    across.addWidget(side, 1)
    across.addWidget(tabs, 2)
    return page(inner, Secondary("Exporter", "download"), wide=True)


def page(inner: QWidget, *buttons: QWidget, wide: bool = False) -> QWidget:
    """As a page stands: what scrolls above, the buttons below."""
    shown = QWidget()
    box = QVBoxLayout(shown)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(Scroll(inner, wide=wide), 1)
    box.addWidget(ActionBar(*buttons))
    return shown


SHEETS: tuple[Callable[[], QWidget], ...] = (words, notices, fields, choices, lists)


def save_all(app: QApplication, folder: Path) -> list[Path]:
    """One picture a sheet, a theme and a scale."""
    saved = []
    for mode, scale in (("light", 1.0), ("dark", 1.0), ("light", 2.0), ("dark", 2.0),
                        ("contrast", 1.0)):  # fmt: skip
        Theme.apply(app, scale, mode)
        for sheet in SHEETS:
            shown = sheet()
            shown.resize(1024, 700)
            shown.show()
            if (button := shown.findChild(Primary)) is not None:
                button.setFocus()
            settle()
            path = folder / f"{sheet.__name__}-{mode}-{round(scale * 100)}.png"
            shown.grab().save(str(path))
            shown.close()
            saved.append(path)
    return saved


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    use_resources_of = paths.resources()
    application = QApplication(sys.argv[:1])
    use_resources(use_resources_of)
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for saved_file in save_all(application, target):
        sys.stdout.write(f"{saved_file}\n")
