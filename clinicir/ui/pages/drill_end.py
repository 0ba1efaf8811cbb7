"""The end of an exercise: what was done, what was missed, the certificate."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from clinicir.domain.drill import DrillReport, MissedDuty, MissedStep, StepTime
from clinicir.services.drill import end_drill, resume_drill
from clinicir.services.views.drill import drill_report
from clinicir.texts import screens_drill as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.drill_host import DrillHost
from clinicir.ui.pages.page import Page
from clinicir.ui.saved_file import save
from clinicir.ui.widgets.buttons import Primary, Quiet, Secondary
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column, row, wrapping_row
from clinicir.ui.widgets.refill import flush, refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Eyebrow, Heading, Help, Small, Strong, Title


class DrillEndPage(Page):
    """Opening it stops the clock of the exercise; going on starts it again."""

    name = "drill_end"

    def __init__(self, desk: Desk, host: DrillHost) -> None:
        """Filled by `open_at`."""
        super().__init__(desk)
        self._host = host
        self._report: DrillReport | None = None
        self._parts = column(gap=20)
        self.go_on = Secondary(say.GO_ON, "chevron-left")
        self.leave = Quiet(say.LEAVE)
        self.save = Secondary(say.SAVE, "download")
        self.note = Primary(say.NOTE_AND_LEAVE, "check")
        paper = Card(
            Heading(say.CERTIFICATE), Help(say.CERTIFICATE_HELP), flush(wrapping_row(self.save)),
            gap=10,
        )  # fmt: skip
        self._head = column(gap=4)
        inside = QWidget()
        inside.setLayout(column(self._head, paper, self._parts, gap=20))
        bar = ActionBar(self.go_on, self.leave, self.note)
        self.setLayout(column(Scroll(inside), bar, gap=0))
        self.go_on.clicked.connect(self._go_on)
        self.leave.clicked.connect(lambda _: host.leave())
        self.save.clicked.connect(self._ask_save)
        self.note.clicked.connect(self._note)

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.RESULT

    def open_at(self, place: Place) -> None:
        """See `Page`."""
        session, who = self.desk.session, self.desk.who

        def work() -> DrillReport:
            end_drill(session, who)
            return drill_report(session)

        self.desk.jobs.run(work, self._show)

    def first_focus(self) -> QWidget:
        """See `Page`."""
        return self.note

    def save_to(self, path: Path) -> None:
        """Write the certificate where the person chose."""
        report, host, window = self._report, self._host, self.desk.window
        if report is not None:
            self.desk.jobs.run(
                lambda: save(path, host.certificate(report).content),
                lambda _: window.say(say.SAVED),
                window.explain,
            )

    def _ask_save(self) -> None:
        start = str(Path.home() / say.FILE_NAME)
        chosen, _ = QFileDialog.getSaveFileName(self, say.SAVE, start, say.PDF_FILTER)
        if chosen:
            self.save_to(Path(chosen))

    def _go_on(self) -> None:
        session, who, window = self.desk.session, self.desk.who, self.desk.window
        self.desk.jobs.run(
            lambda: resume_drill(session, who), lambda _: window.go(Place("drill_messages"))
        )

    def _note(self) -> None:
        if self._report is not None:
            self.note.setEnabled(False)
            self._host.note(self._report, self._refused)

    def _refused(self, error: BaseException) -> None:
        self.note.setEnabled(True)
        self.desk.window.explain(error)

    def _show(self, report: DrillReport) -> None:
        self._report = report
        told = say.summary(report.lasted, len(report.done), len(report.missed_steps))
        refill(
            self._head, Eyebrow(say.story_title(report.title)), Title(say.RESULT),
            Strong(told[:1].upper() + told[1:])
        )
        refill(
            self._parts,
            self._done(report),
            self._missed(report),
            self._duties(report),
            Card(
                Heading(say.DEBRIEF), Help(say.DEBRIEF_HELP),
                *(_line("circle-help", "drill", text) for text in report.debrief), gap=10,
            ),
        )  # fmt: skip

    def _done(self, report: DrillReport) -> Card:
        lines = [_done_line(each) for each in report.done]
        return Card(Heading(say.DONE), *(lines or [Help(say.NOTHING_DONE)]), gap=10)

    def _missed(self, report: DrillReport) -> Card:
        lines = [_missed_line(each) for each in report.missed_steps]
        declared = [] if report.declared else [Strong(say.NOT_DECLARED)]
        shown = lines or [Help(say.NOTHING_MISSED)]
        return Card(Heading(say.MISSED), *declared, *shown, gap=12)

    def _duties(self, report: DrillReport) -> Card:
        lines = [_duty_line(each) for each in report.missed_duties]
        help_line = Help(say.DUTIES_HELP if lines else say.NO_DUTY)
        return Card(Heading(say.DUTIES), help_line, *lines, gap=10)


def _done_line(step: StepTime) -> QWidget:
    return _line("circle-check", "ok", step.title, say.step_time(step.after, step.spent))


def _missed_line(step: MissedStep) -> QWidget:
    told = say.expected(step.expected) if step.expected else ""
    return _line("circle", "warn", step.title, told)


def _duty_line(duty: MissedDuty) -> QWidget:
    tone = "danger" if duty.overdue or duty.at_once else "warn"
    return _line("clock-alert", tone, duty.title, say.limit(duty.due_at, overdue=duty.overdue))


def _line(sign: str, tone: str, title: str, told: str = "") -> QWidget:
    line = QWidget()
    words = column(Body(title), *([Small(told)] if told else []), gap=2)
    box = row(Sign(sign, tone, 18), gap=10)
    box.addLayout(words, 1)
    line.setLayout(box)
    return line
