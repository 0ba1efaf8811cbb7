"""Let a dossier or a backup leave the vault: what, how it opens, where; then it is read back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from clinicir.domain.disclosure import BACKUP, DPO, Choice
from clinicir.domain.ids import IncidentId
from clinicir.services import exporting
from clinicir.services.bundle_ports import BundleCopy, Bundles, Watch
from clinicir.texts import screens_export as say
from clinicir.texts.dossier_readme import dossier_readme
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.questions import ask
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.choices import MultiChoice, SingleChoice
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.text import Body, Code, Heading, Help

_BAR = 1000
_SEALED, _CLEAR = "sealed", "clear"


class ExportPage(Page):
    """One choice after the other; nothing leaves before the last button."""

    name = "export"
    _moved = Signal(int)

    def __init__(self, desk: Desk) -> None:
        """A backup is what is proposed."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self._stop = threading.Event()
        self.profile, self.parts = SingleChoice(say.PROFILES), MultiChoice(say.PARTS)
        self.how = SingleChoice(say.HOW)
        self.copy = Primary(say.COPY, "save")
        self.cancel, self.back = Secondary(say.CANCEL), Secondary(say.BACK, "chevron-left")
        self.bar, self.under_way = QProgressBar(), Body(say.COPYING)
        self.bar.setRange(0, _BAR)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say.COPYING)
        self.dpo, self.told = Help(say.DPO_HELP), Help(say.BACKUP_HELP)
        self.what_goes = Card(Heading(say.PARTS_TITLE), self.parts, self.dpo)
        self.how_it_opens = Card(Heading(say.HOW_TITLE), self.how)
        self._result = column(gap=12)
        inside = QWidget()
        inside.setLayout(
            column(
                Card(Heading(say.WHAT), self.profile, self.told), self.what_goes,
                self.how_it_opens, self.under_way, self.bar, self._result, gap=16,
            )
        )  # fmt: skip
        self.setLayout(
            column(Scroll(inside), ActionBar(self.back, self.cancel, self.copy), gap=0)
        )
        self.profile.set_value(BACKUP)
        self.parts.set_value([name for name, _ in say.PARTS])
        self.how.set_value(_SEALED)
        self.profile.edited.connect(self._arrange)
        self.copy.clicked.connect(self._start)
        self.cancel.clicked.connect(self._stop.set)
        self.back.clicked.connect(desk.window.back)
        self._moved.connect(self.bar.setValue)
        self._arrange()
        self._busy(busy=False)

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.TITLE

    def open_at(self, place: Place) -> None:
        """See `Page`; the item is a profile, proposed at once."""
        self._incident = place.incident
        if place.item:
            self.profile.set_value(place.item)
        refill(self._result)
        self._arrange()

    def first_focus(self) -> QWidget:
        """See `Page`."""
        return self.profile.buttons()[0]

    def _arrange(self) -> None:
        profile = self.profile.value()
        self.what_goes.setVisible(profile != BACKUP)
        self.how_it_opens.setVisible(profile != BACKUP)
        self.dpo.setVisible(profile == DPO)
        self.told.setVisible(profile == BACKUP)

    def _busy(self, *, busy: bool) -> None:
        self.bar.setValue(0)
        for widget in (self.bar, self.under_way, self.cancel):
            widget.setVisible(busy)
        for choice in (self.profile, self.parts, self.how, self.copy):
            choice.setEnabled(not busy)

    # --- the copy ------------------------------------------------------------------------------

    def _kind(self) -> str:
        """`backup`, `sealed` or `clear`."""
        return BACKUP if self.profile.value() == BACKUP else self.how.value() or _SEALED

    def _start(self) -> None:
        bundles, kind = self.desk.bundles, self._kind()
        if bundles is None:
            return
        if kind != BACKUP and (self._incident is None or not self.parts.value()):
            self.desk.window.say(say.NOTHING if self._incident else say.NO_INCIDENT)
            return
        if kind == _CLEAR and not ask(
            self, say.CLEAR_TITLE, say.CLEAR_TEXT, say.CLEAR_YES, say.CLEAR_NO
        ):
            return
        target = self._target(kind)
        if target is not None:
            passphrase = bundles.propose() if kind == _SEALED else None
            self._run(target, self._use_case(bundles, kind, target, passphrase), passphrase)

    def _target(self, kind: str) -> Path | None:
        session = self.desk.session
        number = ""
        if self._incident is not None:
            header = session.store.records(self._incident, "incident").get("incident", {})
            number = str(header.get("number", ""))
        day = session.clock.now().strftime("%Y-%m-%d")
        offered = say.file_name(kind, number, day, drill=session.store.drill)
        chosen, _ = QFileDialog.getSaveFileName(
            self, say.COPY, str(Path.home() / offered), say.FILTERS[kind]
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(say.SUFFIXES[kind])

    def _use_case(
        self, bundles: Bundles, kind: str, target: Path, passphrase: str | None
    ) -> Callable[[], BundleCopy]:
        session, who, incident = self.desk.session, self.desk.who, self._incident
        self._stop.clear()
        watch = Watch(self._tell, self._stop.is_set)
        if kind == BACKUP or incident is None:
            return lambda: exporting.backup(session, bundles, target, who, watch)
        chosen = self.parts.value()
        choice = Choice(
            self.profile.value() or "",
            journal="journal" in chosen,
            evidence="evidence" in chosen,
            documents="documents" in chosen,
        )
        return lambda: exporting.dossier(
            session, bundles, incident, choice, target, passphrase, dossier_readme, who, watch
        )

    def _tell(self, done: int, total: int) -> None:
        """From the writer thread: a signal crosses over."""
        self._moved.emit(_BAR * done // max(1, total))

    def _run(
        self, target: Path, use_case: Callable[[], BundleCopy], passphrase: str | None
    ) -> None:
        refill(self._result)
        self._busy(busy=True)

        def copied(copy: BundleCopy) -> None:
            self._busy(busy=False)
            self._show(target, copy, passphrase)
            self.desk.tell_changed(frozenset({"backup"}))

        def failed(error: BaseException) -> None:
            self._busy(busy=False)
            self.desk.window.explain(error)

        self.desk.jobs.run(use_case, copied, failed)

    def _show(self, target: Path, copy: BundleCopy, passphrase: str | None) -> None:
        said = say.verified(target.name, copy.files, copy.size_bytes, copy.sha256, copy.missing)
        shown: list[QWidget] = [Notice("ok", say.VERIFIED, said)]
        if passphrase is not None:
            words = Code(passphrase).selectable()
            shown.append(
                Card(Heading(say.PASSPHRASE_TITLE), words, Body(say.PASSPHRASE_HELP))
            )
        refill(self._result, *shown)
        self.desk.window.say(say.VERIFIED)
