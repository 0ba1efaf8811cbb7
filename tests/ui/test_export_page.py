"""Letting a dossier or a backup leave, as a person does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import UserError
from clinicir.services.bundle_ports import BundleCopy, DossierParts, Tell, Watch
from clinicir.texts import screens_export as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages import export as page_module
from clinicir.ui.pages.export import ExportPage
from clinicir.ui.widgets.text import Code
from tests.documents.recorder import paper_printer
from tests.fakes import INCIDENT, new_case
from tests.ui.checks import check_page
from tests.ui.fakes import new_desk, window_of

COPY = BundleCopy("ab" * 32, 2_000_000, 12)
WORDS = "huit-mots-au-hasard"


@dataclass
class FakeBundles:
    """Remembers what was asked for."""

    asked: list[tuple[str, Path, DossierParts | None, str | None]] = field(default_factory=list)
    cancelled: bool = False

    def propose(self) -> str:
        return WORDS

    def backup(self, target: Path, tell: Tell, watch: Watch) -> BundleCopy:
        return self._copy("backup", target, None, None, tell, watch)

    def dossier(
        self, target: Path, parts: DossierParts, passphrase: str | None, tell: Tell, watch: Watch
    ) -> BundleCopy:
        return self._copy("dossier", target, parts, passphrase, tell, watch)

    def _copy(
        self, what: str, target: Path, parts: DossierParts | None, passphrase: str | None,
        tell: Tell, watch: Watch,
    ) -> BundleCopy:  # fmt: skip
        if self.cancelled:
            raise UserError("bundle.cancelled")
        if watch.progress is not None:
            watch.progress(1, 2)
        tell(COPY)
        self.asked.append((what, target, parts, passphrase))
        return COPY


@pytest.fixture
def bundles() -> FakeBundles:
    return FakeBundles()


@pytest.fixture
def desk(qtbot: QtBot, bundles: FakeBundles) -> Desk:
    made = new_desk(new_case(instants={"T_BREACH": "2027-01-12T17:10:00+01:00"}), paper_printer())
    made.bundles = bundles
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> ExportPage:
    made = ExportPage(desk)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.open_at(Place("export", INCIDENT))
    made.show()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _p, _t, offered, _f: (offered, "")
    )
    return made


def test_a_backup_is_proposed_and_told_once_verified(
    page: ExportPage, desk: Desk, bundles: FakeBundles
) -> None:
    page.copy.click()
    [(what, target, _, passphrase)] = bundles.asked
    assert (what, passphrase, target.suffix) == ("backup", None, ".cirbak")
    assert say.VERIFIED in window_of(desk).said
    told = [e for e in desk.session.store.journal(None) if e.kind == "backup.made"]
    assert [e.detail["sha256"] for e in told] == [COPY.sha256]
    assert told[0].incident is None


def test_a_sealed_dossier_shows_its_words_once(page: ExportPage, bundles: FakeBundles) -> None:
    page.profile.set_value("police")
    page.profile.edited.emit()
    page.copy.click()
    [(what, target, parts, passphrase)] = bundles.asked
    assert (what, passphrase, target.suffix) == ("dossier", WORDS, ".cirdossier")
    assert parts is not None
    assert "sha256sum" in parts.readme
    assert [code.text() for code in page.findChildren(Code)] == [WORDS]


@pytest.mark.parametrize("agreed", [True, False])
def test_in_clear_only_after_a_yes(
    page: ExportPage, bundles: FakeBundles, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    asked: list[str] = []

    def answer(*said: str) -> bool:
        asked.append(said[1])
        return agreed

    monkeypatch.setattr(page_module, "ask", answer)
    page.profile.set_value("dpo")
    page.profile.edited.emit()
    page.how.set_value("clear")
    page.copy.click()
    assert asked == [say.CLEAR_TITLE]
    assert [one[3] for one in bundles.asked] == ([None] if agreed else [])


def test_nothing_to_copy_or_no_incident_is_said(
    page: ExportPage, desk: Desk, bundles: FakeBundles
) -> None:
    page.profile.set_value("police")
    page.parts.set_value([])
    page.copy.click()
    page.open_at(Place("export", None))
    page.copy.click()
    assert bundles.asked == []
    assert window_of(desk).said[-2:] == [say.NOTHING, say.NO_INCIDENT]


def test_a_copy_that_was_stopped_is_explained(
    page: ExportPage, desk: Desk, bundles: FakeBundles
) -> None:
    bundles.cancelled = True
    page.copy.click()
    assert [str(error) for error in window_of(desk).errors] == ["bundle.cancelled()"]
    assert page.copy.isEnabled()


def test_the_page_can_be_read_and_used_by_everyone(page: ExportPage) -> None:
    check_page(page)
