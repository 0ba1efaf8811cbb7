"""The building blocks keep their promises: values, names, problems, room for their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from clinicir.texts import screens_widgets as words
from clinicir.ui.theme import Theme
from clinicir.ui.widgets.buttons import Primary, Secondary
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
from clinicir.ui.widgets.layout import ActionBar, Scroll, column
from clinicir.ui.widgets.moments import read_day, read_hour
from clinicir.ui.widgets.notice import SIGNS, Band, Notice
from clinicir.ui.widgets.state import STATE_SIGNS, Countdown, StateMark
from clinicir.ui.widgets.text import Body
from tests.ui import gallery
from tests.ui.checks import (
    check_page,
    focusable,
    settle,
    spoken_name,
)

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 21, 18, 40, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def typed(widget: QWidget, text: str) -> None:
    """Keys with their signs, accents included."""
    for sign in text:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(widget, event)


def test_an_arrow_chooses_the_row_it_reaches_even_when_nothing_was_chosen(qtbot: QtBot) -> None:
    choice, heard = SingleChoice((("a", "A"), ("b", "B"), ("c", "C"))), list[str | None]()
    choice.edited.connect(lambda: heard.append(choice.value()))
    qtbot.addWidget(choice)
    choice.show()
    choice.activateWindow()
    settle()
    choice.setFocus()
    assert choice.value() is None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(QApplication.focusWidget() or choice, key)
    assert heard == ["b", "c", "b"]


@pytest.mark.parametrize("sheet", gallery.SHEETS, ids=lambda sheet: sheet.__name__)
def test_a_page_made_of_our_blocks_passes_the_checks(
    qtbot: QtBot, sheet: Callable[[], QWidget]
) -> None:
    shown = sheet()
    qtbot.addWidget(shown)
    check_page(shown)


def test_a_field_is_named_described_and_refused_aloud(qtbot: QtBot) -> None:
    field = Field("SIRET", Line(), "Quatorze chiffres.", optional=True)
    qtbot.addWidget(field)
    assert field.label.buddy() is field.editor
    assert spoken_name(field.editor) == "SIRET"
    assert field.label.text() == "SIRET (facultatif)"
    field.set_problem("Il manque deux chiffres.")
    assert field.problem == "Il manque deux chiffres."
    assert field.editor.accessibleDescription() == "Il manque deux chiffres. Quatorze chiffres."
    field.set_problem(None)
    assert field.problem is None
    assert field.editor.accessibleDescription() == "Quatorze chiffres."


@pytest.mark.parametrize(
    ("editor", "value"),
    [
        (lambda: Line(), "12 rue de l’Église"),
        (lambda: LongText(), "Deux\nlignes"),
        (lambda: Number(), 758912),
        (lambda: Number(), None),
        (lambda: YesNoUnknown(), "unknown"),
        (lambda: SingleChoice((("a", "A"), ("b", "B"))), "b"),
        (lambda: SingleChoice((("a", "A"), ("b", "B"))), None),
        (lambda: MultiChoice((("a", "A"), ("b", "B"))), ("a", "b")),
        (lambda: Instant(PARIS), NOW),
        (lambda: Instant(PARIS), None),
        (lambda: Day(), TODAY),
        (lambda: Passphrase(), " deux mots "),
    ],
)
def test_a_value_comes_back_and_is_not_told(
    qtbot: QtBot, editor: Callable[[], QWidget], value: object
) -> None:
    made = editor()
    field = Field("Question", made)
    qtbot.addWidget(field)
    told: list[int] = []
    field.editor.edited.connect(lambda: told.append(1))
    field.editor.set_value(value)
    assert field.editor.value() == value
    assert told == []
    assert all(spoken_name(part) for part in focusable(field))


def test_typing_with_accents_is_told(qtbot: QtBot) -> None:
    line, text = Line(), LongText()
    for editor in (line, text):
        qtbot.addWidget(editor)
        with qtbot.waitSignal(editor.edited):
            typed(editor, "Église, 7 août")
        assert editor.value() == "Église, 7 août"


def test_a_choice_is_told_and_the_arrows_move_it(qtbot: QtBot) -> None:
    choice = SingleChoice((("a", "Oui"), ("b", "Non")))
    qtbot.addWidget(choice)
    choice.show()
    choice.activateWindow()
    first = choice.buttons()[0]
    with qtbot.waitSignal(choice.edited):
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=first.rect().center())
    assert choice.value() == "a"
    first.setFocus()
    settle()
    with qtbot.waitSignal(choice.edited):
        QTest.keyClick(first, Qt.Key.Key_Down)
    assert choice.value() == "b"


def test_a_long_text_stops_at_its_limit_and_says_so(qtbot: QtBot) -> None:
    text = LongText(max=10)
    qtbot.addWidget(text)
    text.setPlainText("0123456789")
    assert text.problem is None
    text.setPlainText("0123456789abc")
    assert text.value() == "0123456789"
    assert text.problem == words.TOO_LONG


@pytest.mark.parametrize(
    ("written", "value"),
    [("1 500", 1500), ("1\u202f500", 1500), ("0", 0), ("douze", None), ("-3", None), ("²", None),
     ("1 000 000 000", None), ("", None)],
)  # fmt: skip
def test_numbers_as_people_write_them(qtbot: QtBot, written: str, value: int | None) -> None:
    number = Number()
    qtbot.addWidget(number)
    number.setText(written)
    assert number.value() == value
    assert (number.problem is None) == (value is not None or not written)


@pytest.mark.parametrize(
    ("written", "day"),
    [("21/11/2026", TODAY), ("21.11.26", TODAY), ("21-11-2026", TODAY), ("21/11", TODAY),
     (" 1 2 2026 ", date(2026, 2, 1)), ("25/12", date(2025, 12, 25)), ("31/02/2026", None),
     ("29/02", None), ("hier", None), ("", None)],
)  # fmt: skip
def test_days_as_people_write_them(written: str, day: date | None) -> None:
    assert read_day(written, TODAY) == day


@pytest.mark.parametrize(
    ("written", "hour"),
    [("19 h 40", time(19, 40)), ("19h40", time(19, 40)), ("19:40", time(19, 40)),
     ("1940", time(19, 40)), ("19 h", time(19)), ("7", time(7)), ("19\u00a0h\u00a005", time(19, 5)),
     ("7 h 5", None), ("25 h", None), ("midi", None), ("", None)],
)  # fmt: skip
def test_hours_as_people_write_them(written: str, hour: time | None) -> None:
    assert read_hour(written) == hour


def test_half_an_instant_says_what_is_missing(qtbot: QtBot) -> None:
    instant = Instant(PARIS)
    qtbot.addWidget(instant)
    assert instant.problem is None
    instant.day.line.setText("21/11/2026")
    assert instant.value() is None
    assert instant.problem == words.HOUR_MISSING
    instant.hour.setText("19h40")
    assert instant.value() == NOW
    assert instant.problem is None
    instant.hour.setText("tard")
    assert instant.problem == words.BAD_HOUR
    instant.day.line.setText("un samedi")
    assert instant.problem == words.BAD_DAY


def test_the_hour_that_does_not_exist_is_moved_on(qtbot: QtBot) -> None:
    instant = Instant(PARIS)
    qtbot.addWidget(instant)
    instant.day.line.setText("29/03/2026")
    instant.hour.setText("2 h 30")
    assert instant.value() == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_now_is_one_click(qtbot: QtBot) -> None:
    instant = Instant(PARIS)
    qtbot.addWidget(instant)
    button = next(b for b in instant.findChildren(QWidget) if spoken_name(b) == words.NOW)
    with qtbot.waitSignal(instant.edited):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found = instant.value()
    assert found is not None
    assert abs(found - datetime.now(UTC)) < timedelta(minutes=2)


def test_a_secret_is_hidden_until_asked_and_capitals_are_announced(qtbot: QtBot) -> None:
    secret = Passphrase()
    qtbot.addWidget(secret)
    secret.show()
    assert secret.line.echoMode() is secret.line.EchoMode.Password
    secret.reveal(hidden=False)
    assert secret.line.echoMode() is secret.line.EchoMode.Normal
    remark = next(one for one in secret.findChildren(QLabel) if one.text() == words.CAPS_LOCK)
    typed(secret.line, "É")
    assert remark.isVisible()
    typed(secret.line, "é")
    assert not remark.isVisible()


@pytest.mark.parametrize(
    ("hours", "text", "tone"),
    [
        (72, "CNIL\u00a0: il reste 72\u00a0h", "info"),
        (24, "CNIL\u00a0: il reste 24\u00a0h", "warn"),
        (0.5, "CNIL\u00a0: il reste 30\u00a0min", "warn"),
        (0, "CNIL\u00a0: il reste moins d’une minute", "warn"),
        (-3, "CNIL\u00a0: délai dépassé de 3\u00a0h", "danger"),
    ],
)
def test_a_clock_says_it_in_words(qtbot: QtBot, hours: float, text: str, tone: str) -> None:
    clock = Countdown("CNIL", NOW + timedelta(hours=hours), NOW)
    qtbot.addWidget(clock)
    assert clock.text == text
    assert clock.property("pill") == tone
    assert clock.accessibleName() == text


def test_a_clock_speaks_only_at_its_thresholds(qtbot: QtBot) -> None:
    due = NOW + timedelta(hours=25)
    clock = Countdown("CNIL", due, NOW)
    qtbot.addWidget(clock)
    spoken = clock.accessibleName()
    clock.tick(NOW + timedelta(minutes=30))
    assert clock.accessibleName() == spoken
    assert clock.text.endswith("24\u00a0h\u00a030")
    clock.tick(NOW + timedelta(minutes=61))
    assert clock.accessibleName() == clock.text != spoken


@pytest.mark.parametrize("state", STATE_SIGNS)
def test_a_state_is_a_word_before_a_colour(qtbot: QtBot, state: str) -> None:
    mark = StateMark(state)
    qtbot.addWidget(mark)
    assert words.STATES[state] in [label.text() for label in mark.findChildren(QLabel)]
    assert words.STATES[state].lower() in mark.accessibleName()


@pytest.mark.parametrize("tone", SIGNS)
def test_a_message_says_its_nature(qtbot: QtBot, tone: str) -> None:
    for made in (Notice(tone, "Titre", "Texte"), Band(tone, "Titre")):
        qtbot.addWidget(made)
        assert made.accessibleName().startswith(words.TONES[tone])


def test_what_a_person_typed_is_never_markup(qtbot: QtBot) -> None:
    body = Body("<b>gras</b> & <img src=x>")
    qtbot.addWidget(body)
    assert body.textFormat() is Qt.TextFormat.PlainText


def test_words_take_the_height_they_need(qtbot: QtBot) -> None:
    body = Body("Demandez au support de fermer toutes les connexions ouvertes. " * 4)
    qtbot.addWidget(body)
    assert body.heightForWidth(300) > 2 * body.heightForWidth(1200)
    assert Body("a\nb").heightForWidth(500) == 2 * Body("a").heightForWidth(500)


def test_the_buttons_stay_on_the_screen_however_narrow(qtbot: QtBot) -> None:
    inner = QWidget()
    inner.setLayout(column(*(Body("Une ligne.") for _ in range(60))))
    primary = Primary("Continuer", "chevron-right")
    bar = ActionBar(Secondary("Retour"), Secondary("Je ne sais pas encore répondre"), primary)
    page = QWidget()
    page.setLayout(column(Scroll(inner), bar, gap=0))
    qtbot.addWidget(page)
    for width in (1024, 360):
        page.resize(width, 500)
        page.show()
        settle()
        assert page.width() == width
        corner = primary.mapTo(page, primary.rect().bottomRight())
        assert page.rect().contains(corner)


def test_words_alone_can_be_scrolled_with_the_keyboard(qtbot: QtBot) -> None:
    inner = QWidget()
    inner.setLayout(column(*(Body("Une ligne.") for _ in range(60))))
    area = Scroll(inner)
    qtbot.addWidget(area)
    area.resize(500, 300)
    area.show()
    settle()
    assert area.accessibleName() == "Une ligne."
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 200


def test_a_date_stays_readable_when_the_text_grows(qtbot: QtBot) -> None:
    day = Day()
    qtbot.addWidget(day)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        Theme.apply(app, 2.0, "light")
        day.set_value(TODAY)
        day.show()
        settle()
        written = day.line.fontMetrics().horizontalAdvance(day.line.text())
        assert day.line.width() > written + 20
    finally:
        Theme.apply(app, 1.0, "light")


def test_the_ring_surrounds_what_has_the_keyboard(qtbot: QtBot) -> None:
    page = QWidget()
    first, second = Line(), Primary("Continuer")
    page.setLayout(column(first, second, margins=20))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    for target in (first, second):
        target.setFocus()
        settle()
        rings = [r for r in page.findChildren(QWidget, "focusRing") if r.isVisible()]
        assert len(rings) == 1
        assert rings[0].geometry().contains(target.geometry())
        assert rings[0].width() == target.width() + 10


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keyboard_presses_any_button(qtbot: QtBot, key: Qt.Key) -> None:
    button = Secondary("Ouvrir")
    qtbot.addWidget(button)
    button.show()
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)
