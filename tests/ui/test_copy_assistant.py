"""The window that helps to copy the answers into the site of the CNIL."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from pytestqt.qtbot import QtBot

from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.texts import screens_copy as say_copy
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.copy_assistant import CopyAssistantPage
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.theme import SCALES
from tests.fakes import BY, INCIDENT
from tests.ui.checks import check_names, check_nothing_clipped, check_shortcuts
from tests.ui.papers import cnil_page, with_drafts


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    """The paper of the CNIL, open."""
    return cnil_page(qtbot, desk)


@pytest.fixture
def drafty(desk: Desk) -> Desk:
    """A vault in memory that keeps drafts too."""
    return with_drafts(desk)


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


def test_the_assistant_stands_the_checks_in_its_narrow_window(window: CopyAssistantPage) -> None:
    window.float_above()
    window.show()
    copy_until(window, "Cause de l’incident")
    check_names(window)
    check_shortcuts(window)
    for scale in (SCALES[0], SCALES[-1]):
        check_nothing_clipped(window, scale, size=(round(360 * scale), round(480 * scale)))
