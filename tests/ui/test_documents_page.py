"""Papers, from the missing answers to the record of what was sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.form import AnswerType
from clinicir.domain.ids import Plain, PlainMap
from clinicir.services.documents import Produced, reopen
from clinicir.services.incidents import Said, set_facts
from clinicir.services.session import Session
from clinicir.services.views.documents import VARIANTS, labels_of
from clinicir.texts import screens_copy as say_copy
from clinicir.texts import screens_papers as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import step_drafts
from clinicir.ui.pages.copy_assistant import CopyAssistantPage
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.saved_file import save
from clinicir.ui.theme import SCALES
from clinicir.ui.widgets.answer_editor import AnswerEditor
from tests.fakes import BY, INCIDENT, START, FakeCaseStore, clock_of, new_case, store_of
from tests.ui.checks import check_names, check_nothing_clipped, check_page, check_shortcuts
from tests.ui.fakes import new_desk, window_of

AWARE = datetime.fromisoformat("2027-01-12T16:00:00+01:00")


class DraftStore(FakeCaseStore):
    """One draft is enough for one incident."""

    kept: PlainMap

    def save_draft(self, incident: str | None, content: PlainMap) -> None:
        """Replace it."""
        self.kept = content

    def load_draft(self, incident: str | None) -> dict[str, Plain]:
        """The last one."""
        return dict(getattr(self, "kept", {}))


def cnil_page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    """The paper of the CNIL, open."""
    shown = DocumentsPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1024, 640)
    shown.show()
    shown.open_at(Place("documents", INCIDENT, "cnil"))
    return shown


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    """The same over a vault without drafts."""
    return cnil_page(qtbot, desk)


@pytest.fixture
def drafty(desk: Desk) -> Desk:
    """A vault in memory that keeps drafts too."""
    store = store_of(desk.session)
    kept = DraftStore(store.clock, store.drill, entries=store.entries, _tables=store._tables)
    return new_desk(Session(kept, desk.session.knowledge, desk.session.clock), desk.printer)


def answers_of(desk: Desk) -> dict[str, Plain]:
    """Answers of the form as recorded."""
    return dict(desk.session.case(INCIDENT).incident.answers)


def go_to(page: DocumentsPage, slug: str) -> AnswerEditor:
    """As « Modifier » or « Répondre » of the whole list do."""
    asked = page.paper.answers
    asked.see_all.click()
    for fold in asked.all.folds:
        fold.open(opened=True)
    asked.all.wanted.emit(slug)
    assert asked.slug == slug
    assert asked.editor is not None
    return asked.editor


def type_in(editor: AnswerEditor, words: str) -> None:
    """Real keys, one after the other."""
    QTest.keyClicks(editor.focus_target(), words)


def saved_draft(page: DocumentsPage) -> None:
    """The pause of two seconds is over."""
    assert page._saver.isActive()
    assert page._saver.interval() <= 2000
    page._saver.timeout.emit()


def test_the_list_opens_a_paper_through_the_window(qtbot: QtBot, desk: Desk) -> None:
    page = DocumentsPage(desk)
    qtbot.addWidget(page)
    page.open_at(Place("documents", INCIDENT))
    assert page.title == say.DOCUMENTS
    button = page.papers.buttons["plainte"]
    assert button.accessibleName() == say.open_paper(say.PAPER_NAMES["plainte"])
    button.click()
    assert window_of(desk).places == [Place("documents", INCIDENT, "plainte")]


def test_an_answer_typed_is_kept_and_f8_goes_on(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "viol.description")
    before = page.paper.answers.summary.text()
    type_in(editor, "Un compte vole")
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_F8)
    assert answers_of(desk)["viol.description"] == "Un compte vole"
    assert page.paper.answers.slug != "viol.description"
    assert page.paper.answers.summary.text() != before
    assert window_of(desk).errors == []


def test_f8_asks_what_is_needed_and_comes_back_from_the_preview(page: DocumentsPage) -> None:
    page.paper.make.click()
    assert page.paper.tabs.currentIndex() == 1
    asked: list[str] = []
    for _ in range(60):
        page.commands()["next_missing"]()
        if page.paper.answers.slug in asked:
            break
        asked.append(page.paper.answers.slug)
    assert page.paper.tabs.currentIndex() == 0
    order = list(page.desk.session.knowledge.cnil_form.fields)
    assert "viol.nature" in asked
    assert "dates.commentaire" not in asked
    turn = asked.index(min(asked, key=order.index))
    assert asked[turn:] + asked[:turn] == sorted(asked, key=order.index)
    page.commands()["previous_missing"]()
    assert page.paper.answers.slug == asked[-1]


def test_f8_on_another_paper_goes_to_the_form(desk: Desk, page: DocumentsPage) -> None:
    page.open_at(Place("documents", INCIDENT, "plainte"))
    QTest.keyClick(page, Qt.Key.Key_F8)
    assert window_of(desk).places[-1] == Place("documents", INCIDENT, "cnil")


def test_not_knowing_is_an_answer_and_counts(desk: Desk, page: DocumentsPage) -> None:
    assert page._view is not None
    assert page._view.cnil is not None
    before = page._view.cnil.done
    go_to(page, "viol.origine")
    page.paper.answers.card.unknown.click()
    assert answers_of(desk)["viol.origine"] == "unknown"
    assert page._view.cnil.done == before + 1
    assert say.completeness(before + 1, page._view.cnil.total) in page.paper.answers.summary.text()


def test_half_typed_words_go_to_the_draft_and_not_to_the_trail(
    drafty: Desk, qtbot: QtBot
) -> None:
    page = cnil_page(qtbot, drafty)
    type_in(go_to(page, "mesures.apres"), "Compte fer")
    entries = len(store_of(drafty.session).entries)
    saved_draft(page)
    page.keep()
    assert len(store_of(drafty.session).entries) == entries
    assert "mesures.apres" not in answers_of(drafty)
    # The process dies here: another page over the same vault finds the field and the words.
    again = cnil_page(qtbot, drafty)
    assert again.paper.answers.slug == "mesures.apres"
    assert again.paper.answers.editor is not None
    assert again.paper.answers.editor.value() == "Compte fer"
    again.paper.answers.card.next.click()
    assert answers_of(drafty)["mesures.apres"] == "Compte fer"
    assert again.paper.answers.draft()["words"] == {}


def test_a_draft_of_the_page_leaves_those_of_the_steps_alone(drafty: Desk, qtbot: QtBot) -> None:
    step_drafts.save(drafty.session, INCIDENT, "ALR-01", {"note": "a"})
    page = cnil_page(qtbot, drafty)
    type_in(go_to(page, "mesures.apres"), "b")
    saved_draft(page)
    assert step_drafts.load(drafty.session, INCIDENT, "ALR-01") == {"note": "a"}


def test_leaving_the_field_records_it_once(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "mesures.apres")
    type_in(editor, "Compte ferme")
    entries = len(store_of(desk.session).entries)
    page.paper.answers.card._focus_moved(editor.focus_target(), page.paper.tabs)
    page.paper.answers.seek(1)
    assert len(store_of(desk.session).entries) == entries + 1
    assert answers_of(desk)["mesures.apres"] == "Compte ferme"


def test_another_window_does_not_leave_the_field(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "mesures.apres")
    type_in(editor, "Compte")
    other = QWidget()
    page.paper.answers.card._focus_moved(editor.focus_target(), other)
    page.paper.answers.card._focus_moved(editor.focus_target(), None)
    assert "mesures.apres" not in answers_of(desk)
    other.deleteLater()


def test_a_number_that_is_no_number_says_so_and_is_not_kept(
    desk: Desk, page: DocumentsPage
) -> None:
    editor = go_to(page, "pers.nombre")
    type_in(editor, "beaucoup")
    page.paper.answers.flush()
    assert "pers.nombre" not in answers_of(desk)
    assert editor.frame.problem
    page.paper.answers.seek(1)
    back = go_to(page, "pers.nombre")
    assert back.typed() == "beaucoup"


def test_an_answer_given_can_be_changed_and_the_former_stays(
    desk: Desk, page: DocumentsPage
) -> None:
    set_facts(desk.session, INCIDENT, Said(cnil={"viol.description": "Un compte"}), BY)
    page.open_at(Place("documents", INCIDENT, "cnil"))
    editor = go_to(page, "viol.description")
    assert editor.value() == "Un compte"
    type_in(editor, "Deux ")
    page.paper.answers.card.next.click()
    assert answers_of(desk)["viol.description"] == "Deux Un compte"
    assert store_of(desk.session).entries[-1].detail["before"] == {
        "viol.description": "Un compte"
    }


def test_bodies_keep_what_else_is_known_of_them(desk: Desk, page: DocumentsPage) -> None:
    row: dict[str, Plain] = {"name": "Info-Exemple", "role": "sous_traitant", "siren": "123456782"}
    set_facts(desk.session, INCIDENT, Said(cnil={"tiers.oui": "yes", "tiers": [row]}), BY)
    page.open_at(Place("documents", INCIDENT, "cnil"))
    editor = go_to(page, "tiers")
    type_in(editor, "Autre")
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_Return)
    page.paper.answers.flush()
    kept = answers_of(desk)["tiers"]
    assert isinstance(kept, list)
    assert row in kept
    assert len(kept) == 2


def test_what_the_program_fills_says_where_it_comes_from(desk: Desk, page: DocumentsPage) -> None:
    asked = page.paper.answers
    asked.see_all.click()
    asked.all.wanted.emit("org.siren")
    assert asked.editor is None
    assert not asked.card.unknown.isVisible()
    asked.card.sheet.click()
    assert window_of(desk).places[-1].page == "practice"
    set_facts(desk.session, INCIDENT, Said(instants={"T_BREACH": AWARE}), BY)
    page.open_at(Place("documents", INCIDENT, "cnil"))
    asked.open_field("dates.connaissance")
    assert asked.editor is None
    asked.card.journal.click()
    assert window_of(desk).places[-1].page == "journal"


def test_every_field_of_the_form_is_explained_in_plain_words(desk: Desk) -> None:
    for field in desk.session.knowledge.cnil_form.fields.values():
        if not field.derived:
            assert field.hint or say.EXPLAINED.get(field.id), field.id
            editor = AnswerEditor(field, UTC, optional=False)
            assert editor.frame.label.text() == field.label


@pytest.mark.parametrize("kind", [kind.value for kind in AnswerType])
def test_every_kind_of_answer_survives_its_draft(desk: Desk, kind: str) -> None:
    fields = desk.session.knowledge.cnil_form.fields.values()
    for field in (field for field in fields if field.type.value == kind):
        editor, other = (AnswerEditor(field, UTC, optional=False) for _ in range(2))
        sample: dict[str, Plain] = {
            "yes_no": True, "number": 12, "date": "2027-01-12",
            "datetime": "2027-01-12T16:00:00+00:00", "multi": [each.id for each in field.choices],
            "single": field.choices[-1].id if field.choices else "",
            "third_parties": [{"name": "A", "role": "autre"}],
            "other_notifications": [{"who": "Une caisse"}],
        }  # fmt: skip
        editor.set_value(sample.get(kind, "mots"))
        other.resume(editor.typed())
        if kind != "third_parties":
            assert other.value() == editor.value()
        assert other.value() is not None


def test_the_hour_of_awareness_starts_the_clock(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "dates.connaissance")
    editor.set_value("2027-01-12T16:00:00+01:00")
    editor.edited.emit()
    page.paper.answers.flush()
    instants = desk.session.case(INCIDENT).incident.instants
    assert instants["T_BREACH"].isoformat() == "2027-01-12T16:00:00+01:00"


def test_a_paper_is_produced_seen_and_saved(
    desk: Desk, page: DocumentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.paper.make.click()
    shown = page.paper.shown()
    assert shown is not None
    assert page.paper.print.isVisible()
    assert not page.paper.preview.picture.pixmap().isNull()
    assert "CNIL" in page.paper.preview.words.toPlainText()
    target = tmp_path / "cnil.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.paper.save.click()
    assert target.read_bytes() == shown.content
    assert window_of(desk).said[-1] == say.SAVED_CLEAR
    assert window_of(desk).errors == []


def test_an_answer_after_the_print_says_that_the_print_is_old(
    desk: Desk, page: DocumentsPage
) -> None:
    page.paper.make.click()
    assert page.paper.stale.isHidden()
    page.paper.tabs.setCurrentIndex(0)
    go_to(page, "pers.nombre")
    page.paper.answers.card.unknown.click()
    assert page.paper.stale.isVisible()
    page.paper.again.click()
    assert page.paper.stale.isHidden()


def test_every_page_reaches_the_printer(page: DocumentsPage, tmp_path: Path) -> None:
    page.open_at(Place("documents", INCIDENT, "assureur"))
    page.paper.make.click()
    shown = page.paper.shown()
    assert isinstance(shown, Produced)
    assert shown.pages > 1
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.paper.print_on(printer)
    document = pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())
    assert len(document) == shown.pages
    document.close()


def test_marked_as_sent_freezes_the_answers(desk: Desk, page: DocumentsPage) -> None:
    page.paper.mark.click()
    assert page.faces.currentWidget() is page.sending
    page.sending.sent_at.set_value(START - timedelta(hours=1))
    page.sending.reference.set_value("2027-0042")
    page.sending.confirm.click()
    [filing] = desk.session.case(INCIDENT).incident.filings
    assert (filing.version.value, filing.reference, filing.by) == ("initiale", "2027-0042", BY)
    assert filing.at == START - timedelta(hours=1)
    assert page.faces.currentWidget() is page.paper
    assert window_of(desk).said[-1] == say.SENT_NOTED
    assert page.paper.request.variant == "complementaire"


def test_an_hour_to_come_or_unreadable_is_not_noted(desk: Desk, page: DocumentsPage) -> None:
    page.paper.mark.click()
    page.sending.sent_at.set_value(START + timedelta(hours=1))
    page.sending.confirm.click()
    assert page.sending.when_field.problem == say.SENT_AT_FUTURE
    page.sending.sent_at.set_value(None)
    page.sending.confirm.click()
    assert page.sending.when_field.problem == say.SENT_AT_MISSING
    assert not desk.session.case(INCIDENT).incident.filings


def test_the_receipt_enters_the_vault_with_the_sending(
    desk: Desk, page: DocumentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = tmp_path / "accuse.pdf"
    receipt.write_bytes(b"%PDF-1.4 accuse")
    page.open_at(Place("documents", INCIDENT, "plainte"))
    page.paper.mark.click()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(receipt), ""))
    page.sending.add.click()
    assert receipt.name in page.sending.receipt.currentText()
    page.sending.confirm.click()
    incident = desk.session.case(INCIDENT).incident
    assert [piece.name for piece in incident.evidence] == ["accuse.pdf"]
    assert [act.receipt for act in incident.submissions] == [incident.evidence[0].number]


def test_one_sending_may_settle_several_duties(desk: Desk, page: DocumentsPage) -> None:
    page.open_at(Place("documents", INCIDENT, "plainte"))
    page.paper.mark.click()
    page.sending.acts.set_value([])
    page.sending.confirm.click()
    assert page.sending.acts_field.problem == say.NO_ACT
    assert page._view is not None
    owed = [duty.rule for duty in page._view.row.duties]
    page.sending.acts.set_value(owed)
    page.sending.confirm.click()
    done = {act.rule for act in desk.session.case(INCIDENT).incident.submissions}
    assert done == set(owed)
    assert page.paper.mark.isHidden()


def test_a_drill_says_in_red_not_to_send(qtbot: QtBot, desk: Desk, page: DocumentsPage) -> None:
    assert page.paper.drill.isVisible()
    page.paper.mark.click()
    assert page.sending.drill.isVisible()
    real = new_desk(new_case(drill=False), desk.printer)
    shown = cnil_page(qtbot, real)
    assert shown.paper.drill.isHidden()


def test_a_paper_of_before_is_listed_and_opened_again(desk: Desk, page: DocumentsPage) -> None:
    page.paper.make.click()
    first = page.paper.shown()
    assert first is not None
    clock_of(desk.session).advance(hours=1)
    page.paper.again.click()
    assert list(page.paper.issued.buttons) == ["D-002", "D-001"]
    page.paper.issued.buttons["D-001"].click()
    again = page.paper.shown()
    assert again is not None
    assert (again.number, again.content) == ("D-001", first.content)
    assert page.paper.print.isVisible()
    assert say.when(START) in page.paper.copy_shown.text()


def test_a_record_without_its_object_cannot_be_opened_again(
    desk: Desk, page: DocumentsPage
) -> None:
    page.paper.make.click()
    table = store_of(desk.session)._tables[INCIDENT, "document"]["D-001"]
    del table["object"], table["name"]
    page.open_at(Place("documents", INCIDENT, "cnil"))
    assert page.paper.issued.buttons == {}
    with pytest.raises(UserError, match=r"document\.gone"):
        reopen(desk.session, INCIDENT, "D-001")


@pytest.mark.parametrize("kind", list(VARIANTS))
def test_every_variant_is_chosen_by_its_french_name_and_produced(
    desk: Desk, page: DocumentsPage, kind: str
) -> None:
    page.open_at(Place("documents", INCIDENT, kind))
    offered = [page.paper.variant.itemText(n) for n in range(page.paper.variant.count())]
    assert offered == [say.variant_name(kind, variant) for variant in VARIANTS[kind]]
    assert all(offered)
    last = len(offered) - 1
    page.paper.variant.setCurrentIndex(last)
    page.paper.variant.activated.emit(last)
    page.paper.make.click()
    assert window_of(desk).errors == []
    [issued] = desk.session.case(INCIDENT).incident.issued
    assert issued.version == VARIANTS[kind][last]
    assert page.paper.variant.currentIndex() == last


def test_what_a_paper_lacks_is_always_named(desk: Desk, page: DocumentsPage) -> None:
    for kind in ("assureur", "prestataire", "registre", "lettre", "plainte"):
        page.open_at(Place("documents", INCIDENT, kind))
        assert page._view is not None
        slugs = page._view.row.missing
        assert [s for s in slugs if not labels_of(desk.session, (s,))
                and s not in say.LACKING_NAMES] == []  # fmt: skip


def test_a_full_disk_loses_nothing_and_is_explained(desk: Desk, page: DocumentsPage) -> None:
    store_of(desk.session).fails_with = "disk.full"
    page.paper.make.click()
    [error] = window_of(desk).errors
    assert isinstance(error, StorageError)
    assert page.paper.make.isEnabled()
    page.paper.make.click()
    assert page.paper.shown() is not None


def test_a_folder_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"disk\."):
        save(tmp_path / "no such folder" / "a.pdf", b"x")


@pytest.fixture
def window(qtbot: QtBot, drafty: Desk) -> CopyAssistantPage:
    """The assistant, with two answers."""
    said: dict[str, Plain] = {"viol.description": "Un compte volé", "viol.cause": ["inconnu"]}
    set_facts(drafty.session, INCIDENT, Said(cnil=said), BY)
    return assistant_of(qtbot, drafty)


def assistant_of(qtbot: QtBot, desk: Desk) -> CopyAssistantPage:
    """Its own window, at the place where one was."""
    shown = CopyAssistantPage(desk)
    qtbot.addWidget(shown)
    shown.open_at(Place("copy_assistant", INCIDENT))
    return shown


def copy_until(window: CopyAssistantPage, label: str) -> None:
    """Pass the fields before this one."""
    for _ in range(80):
        if window.label.text() == label:
            return
        window.skip.click()
    raise AssertionError(label)


def test_the_assistant_follows_the_form_to_its_end(window: CopyAssistantPage) -> None:
    assert window.label.text() == "Type de notification"
    seen: list[str] = []
    while window.label.text() != say_copy.END and len(seen) < 80:
        seen.append(window.label.text())
        window.copy_and_next()
    form = [field.label for field in window.desk.session.knowledge.cnil_form.fields.values()]
    positions = [form.index(label) for label in dict.fromkeys(seen)]
    assert positions == sorted(positions)
    window.copy_and_next()
    assert window.label.text() == seen[0]


def test_the_assistant_comes_back_to_its_field_after_a_restart(
    qtbot: QtBot, drafty: Desk, window: CopyAssistantPage
) -> None:
    copy_until(window, "Descriptif détaillé de la violation")
    window.copy.click()
    assert QGuiApplication.clipboard().text() == "Un compte volé"
    place = window.where.text()
    again = assistant_of(qtbot, drafty)
    assert again.where.text() == place
    assert again.done.text() == say_copy.copied_so_far(1)
    again.previous.click()
    assert not again.already.isHidden()
    again.previous.click()
    assert again.already.isHidden()


def test_a_choice_is_ticked_with_the_exact_words_and_not_copied(
    drafty: Desk, window: CopyAssistantPage
) -> None:
    QGuiApplication.clipboard().setText("autre chose")
    copy_until(window, "Cause de l’incident")
    field = drafty.session.knowledge.cnil_form.fields["viol.cause"]
    option = next(each.label for each in field.choices if each.id == "inconnu")
    assert window.answer.accessibleName() == option
    assert window.copy.text() == say_copy.TICKED_AND_NEXT
    window.copy.click()
    assert QGuiApplication.clipboard().text() == "autre chose"


def test_an_empty_field_says_what_to_do_and_leads_to_the_answer(
    qtbot: QtBot, window: CopyAssistantPage
) -> None:
    copy_until(window, "Nature des données concernées")
    assert window.answer.accessibleName() == say_copy.EMPTY_NEEDED
    assert window.copy.text() == say_copy.PASS
    with qtbot.waitSignal(window.answer_asked) as asked:
        window.answer_now.click()
    assert asked.args == ["data.categories"]


def test_a_lock_takes_back_what_was_copied_and_nothing_else(window: CopyAssistantPage) -> None:
    clipboard = QGuiApplication.clipboard()
    copy_until(window, "Descriptif détaillé de la violation")
    window.copy.click()
    clip = window._clip
    window.close()
    clip.forget()
    assert clipboard.text() == ""
    clip.put("Un compte volé")
    clipboard.setText("liste de courses")
    clip.forget()
    assert clipboard.text() == "liste de courses"


def test_the_clipboard_is_emptied_with_the_page(desk: Desk) -> None:
    page = CopyAssistantPage(desk)
    page._clip.put("secret")
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
    assert QGuiApplication.clipboard().text() == ""


def test_the_assistant_opens_in_its_own_window_above_if_wanted(page: DocumentsPage) -> None:
    page.paper.assistant.click()
    assert page.assistant is not None
    assert page.assistant.isWindow()
    assert page.assistant.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    page.assistant.above.click()
    assert not page.assistant.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert page.assistant.isVisible()
    page.assistant.answer_asked.emit("viol.nature")
    assert page.paper.answers.slug == "viol.nature"
    page.assistant.close()


def test_the_key_of_the_assistant_works_from_the_page(page: DocumentsPage) -> None:
    page.paper.assistant.click()
    assert page.assistant is not None
    [key] = page.assistant.findChildren(QShortcut)
    assert key.context() is Qt.ShortcutContext.ApplicationShortcut
    first = page.assistant.where.text()
    key.activated.emit()
    assert page.assistant.where.text() != first
    page.assistant.close()


def test_the_answers_stand_every_check(page: DocumentsPage) -> None:
    check_page(page)


@pytest.mark.parametrize("face", ["list", "all", "preview", "issued", "sent"])
def test_each_face_stands_the_checks(page: DocumentsPage, face: str) -> None:
    if face == "list":
        page.open_at(Place("documents", INCIDENT))
    elif face == "all":
        page.paper.answers.see_all.click()
        page.paper.answers.all.folds[5].open(opened=True)
    elif face in ("preview", "issued"):
        page.paper.make.click()
        page.paper.tabs.setCurrentIndex(1 if face == "preview" else 3)
    elif face == "sent":
        page.paper.mark.click()
    check_names(page)
    for scale in (1.0, 2.0):
        check_nothing_clipped(page, scale)


def test_the_assistant_stands_the_checks_in_its_narrow_window(window: CopyAssistantPage) -> None:
    window.float_above()
    window.show()
    copy_until(window, "Cause de l’incident")
    check_names(window)
    check_shortcuts(window)
    for scale in (SCALES[0], SCALES[-1]):
        check_nothing_clipped(window, scale, size=(round(360 * scale), round(480 * scale)))
