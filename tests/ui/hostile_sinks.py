"""One hostile text through every sink: what is shown is what was given, and nothing is opened."""

from __future__ import annotations

import csv
import ctypes
import io
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import replace
from pathlib import Path

import pikepdf
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from clinicir import cli
from clinicir.documents.model import (
    CheckLine,
    CheckLines,
    Column,
    Document,
    FieldRow,
    Heading,
    KeyFact,
    KeyFacts,
    LetterHead,
    Lines,
    Notice,
    Option,
    OptionList,
    Paragraph,
    Section,
    Signature,
    Table,
    Timeline,
    TimelineEvent,
)
from clinicir.documents.pdf.fonts import REGULAR, load_faces
from clinicir.documents.pdf.renderer import render
from clinicir.documents.pdf.text import printed
from clinicir.domain.errors import UserError
from clinicir.domain.ids import ObjectId
from clinicir.domain.length import check_length, normalised
from clinicir.domain.shown import MailShown, TextShown
from clinicir.services.preview import Preview
from clinicir.services.views.evidence import EvidenceRow, Nature
from clinicir.texts import screens_evidence as say
from clinicir.texts import screens_help
from clinicir.texts.csv_table import csv_bytes, neutralised
from clinicir.texts.errors import explain
from clinicir.texts.plain_text import as_tooltip, on_one_line, visible
from clinicir.ui.models.evidence import EvidenceTable
from clinicir.ui.questions import Question
from clinicir.ui.technical_log import TechnicalLog
from clinicir.ui.widgets.buttons import Secondary
from clinicir.ui.widgets.exhibit_panel import ExhibitPanel
from clinicir.ui.widgets.guide import Guide
from clinicir.ui.widgets.option import Radio, Tick
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Body, Word
from clinicir.ui.widgets.text import Heading as Title
from tests.documents.pdf_reading import page_texts
from tests.documents.samples import AT, FONTS, STAMP, paper
from tests.documents.samples import HEAD as DIGEST
from tests.fakes import START

PDF_SECONDS = 5.0
_IN_OPEN, _IN_NONBLOCK = 0x20, os.O_NONBLOCK
_LOG_LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [a-z.]+( [\w.:]+)?\Z")
_ACTIVE = {"/URI", "/JS", "/Launch", "/EmbeddedFile", "/GoToR"}
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff]"
)


class Watch:
    """Files and hosts that Python opens, and any opening of the canary, by whatever library."""

    def __init__(self, canary: Path) -> None:
        """Watches from now on; the hook of Python cannot be taken away, only put to sleep."""
        self.opened: list[str] = []
        self._awake = False
        self._notify = -1
        sys.addaudithook(self._hear)
        if sys.platform == "linux":
            libc = ctypes.CDLL(None, use_errno=True)
            self._notify = libc.inotify_init1(_IN_NONBLOCK)
            assert libc.inotify_add_watch(self._notify, os.fsencode(canary), _IN_OPEN) >= 0

    def _hear(self, event: str, given: tuple[object, ...]) -> None:
        if self._awake and (event.startswith("socket.") or event in ("open", "os.system")):
            self.opened.append(f"{event} {given[0] if given else ''}")

    @contextmanager
    def nothing_opened(self, allowed: tuple[Path, ...] = ()) -> Iterator[None]:
        """AssertionError when anything outside of these folders is opened inside the block."""
        self.opened, self._awake = [], True
        try:
            yield
        finally:
            self._awake = False
        names = [name for name in self.opened
                 if not any(name.startswith(f"open {folder}") for folder in allowed)]  # fmt: skip
        assert names == [], names
        if self._notify >= 0:
            try:
                seen = os.read(self._notify, 4096)
            except BlockingIOError:
                seen = b""
            assert seen == b"", "the canary was opened"


class Sinks:
    """Widgets made once, texts given one after the other."""

    def __init__(self, log_folder: Path) -> None:
        """`log_folder`: where the technical log of the test goes."""
        self.log = TechnicalLog(log_folder, frozenset({"home"}))
        self.panel = ExhibitPanel(AT.tzinfo or START.tzinfo)  # type: ignore[arg-type]
        self.guide = Guide()
        self.edit = QPlainTextEdit()
        self.parent = QWidget()
        self.faces = load_faces(FONTS)

    def check_all(self, text: str) -> None:
        """Every sink but the paper."""
        self.check_words(text)
        self.check_controls(text)
        self.check_tables(text)
        self.check_pages(text)
        check_spreadsheet(text)
        check_terminal(text)
        check_sentence(text)
        check_intake(text)
        self.check_log(text)
        assert re.fullmatch(r"P-001\.[a-z]{3,4}", say.copy_name("P-001", text))

    def check_words(self, text: str) -> None:
        """Labels: plain, whatever they hold."""
        labels: tuple[QLabel, ...] = (Body(text), Title(text), Word())
        labels[2].set_text(text)  # type: ignore[attr-defined]
        for label in labels:
            assert label.textFormat() is Qt.TextFormat.PlainText
            assert label.text() == visible(text)
            label.resize(300, 60)
            label.grab()

    def check_controls(self, text: str) -> None:
        """Buttons, choices, lists, tool tips, titles of windows."""
        line = on_one_line(text)
        assert Secondary(text).text() == line
        assert Radio("a", text).text() == Tick("a", text).text() == visible(text)
        pick = Pick()
        pick.offer([(text, "a")])
        assert pick.itemText(0) == line
        tip = QTextDocument()
        tip.setHtml(as_tooltip(text))
        assert squeezed(tip.toPlainText()) == squeezed(visible(text))
        asked = Question(self.parent, text, text, "a", "b")
        assert asked.windowTitle() == line
        asked.deleteLater()

    def check_tables(self, text: str) -> None:
        """The list of exhibits and the detail of one."""
        row = EvidenceRow("P-001", text, text, text, 1, Nature.OTHER, text, START, text, DIGEST,
                          ObjectId("0" * 32), withdrawn=text)  # fmt: skip
        table = EvidenceTable()
        table.show_rows((row,))
        shown = {str(table.index(0, place).data() or "") for place in range(5)}
        assert not any(_HIDDEN.search(words) for words in shown)
        self.panel.show_row(row, closed=False)
        assert visible(text) in self.panel.heading.text()
        self.panel.show_preview(Preview(TextShown(text, "utf-8", "txt"), whole=True))
        wanted = visible(text).replace("\u00a0", " ")  # Qt gives back blanks for them
        assert self.panel.words.toPlainText() == wanted
        self.panel.show_preview(Preview(MailShown((("Subject", text),), text), whole=True))
        assert wanted in self.panel.words.toPlainText()

    def check_pages(self, text: str) -> None:
        """The help, the one reader of markup: a name of the practice sheet stays a name."""
        page = screens_help.filled("# Aide\n\n{my:insurer}\n", lambda _: text, str, str)
        self.guide.show_markdown(page)
        shown = squeezed(self.guide.toPlainText())
        assert shown == squeezed("Aide" + on_one_line(text)), (shown, text)
        self.guide.grab()
        for place in ("file:" + "///etc/hosts", "//10.0.0.1/x", "http://exemple.invalid/", "x.png"):
            assert self.guide.loadResource(2, QUrl(place)) is None

    def check_log(self, text: str) -> None:
        """The technical log drops what it does not know."""
        self.log.note("page.show", text)
        self.log.note(text, "home")
        self.log.note_error(ValueError(text))
        self.log.note("page.show", "home")
        assert all(_LOG_LINE.match(line) for line in self.log.read().splitlines()[-8:])

    def check_paper(self, text: str, *, read_back: bool) -> float:
        """The PDF comes out in time, without link, script, file or picture; its seconds."""
        started = time.process_time()
        pdf = render(_paper(text), STAMP, FONTS)
        took = time.process_time() - started
        assert took <= PDF_SECONDS
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert "/Names" not in opened.Root or "/JavaScript" not in opened.Root.Names
            for thing in opened.objects:
                if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                    assert thing.get("/Subtype") not in ("/Link", "/Image", "/FileAttachment")
                    assert not _ACTIVE & set(thing.keys())
                    assert thing.get("/S") not in ("/URI", "/JavaScript", "/Launch", "/GoToR")
        if read_back:
            wanted = bare_letters(printed(text, self.faces[REGULAR]))
            assert wanted in bare_letters("".join(page_texts(pdf)))
        return took


def _paper(text: str) -> Document:
    """The text in every place that a paper has."""
    base = paper(title=text)
    blocks = (
        Paragraph(text), Heading(text), Lines((text,)),
        FieldRow(text, text, changed_from=text, note=text, unverified=True),
        OptionList(text, (Option(text, chosen=True), Option(text, chosen=False))),
        Table((Column(text), Column(text, code=True)), ((text, text), (None, text))),
        Notice("warning", text, text), KeyFacts((KeyFact(text, text),)),
        Timeline((TimelineEvent(text, text, text),)), CheckLines((CheckLine(text, text),)),
        LetterHead((text,), (text,), text, (text,), text), Signature(text, text, text, text),
    )  # fmt: skip
    if len(text) > 600:  # fields of one line are never that long (domain/length.py)
        return paper(Paragraph(text))
    return replace(base, practice=text, subtitle=text, sections=(Section(text, blocks),))


def squeezed(text: str) -> str:
    """Without blanks of any kind, which each sink sets in its own way."""
    return re.sub(r"[\s\ufffc]", "", text)


def bare_letters(text: str) -> str:
    """As a reader of PDF gives them back: ligatures undone, piled accents lost."""
    apart = unicodedata.normalize("NFKD", text)
    return squeezed("".join(sign for sign in apart if not unicodedata.combining(sign)))


def check_spreadsheet(text: str) -> None:
    """A table read back gives the text; no cell begins a formula."""
    csv.field_size_limit(1 << 20)  # the names of 20,000 hidden signs are eight times longer
    table = io.StringIO(csv_bytes([[text]]).decode("utf-8-sig"), newline="")
    [[cell]] = csv.reader(table, delimiter=";")
    assert cell == neutralised(visible(text))
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def check_terminal(text: str) -> None:
    """A line of the command line holds no control character."""
    out = io.StringIO()
    with redirect_stdout(out):
        cli._write(text)
    assert out.getvalue() == visible(text) + "\n"
    assert not _HIDDEN.search(out.getvalue())


def check_sentence(text: str) -> None:
    """A value inside the sentence of an error."""
    sentence = explain(UserError("evidence.file_missing", file=text))
    assert not _HIDDEN.search(sentence)
    assert "\n" not in sentence
    assert len(sentence) < 600


def check_intake(text: str) -> None:
    """Recorded in one form, or refused with a declared error."""
    for name in ("title", "reason"):
        form = str(normalised(text))
        with suppress(UserError):
            check_length(name, form)
            form.encode("utf-8")
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", form)
