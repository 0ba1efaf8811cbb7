"""A step that resets the computer, before the recovery sheet is put away."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from clinicir.services import first_start
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.steps import StepsPage
from clinicir.ui.widgets.step_panel import StepPanel
from clinicir.ui.widgets.step_questions import ReasonQuestion
from tests.fakes import BY, INCIDENT, new_case, store_of
from tests.ui.checks import check_names, check_nothing_clipped
from tests.ui.fakes import new_desk, window_of

STEP = "RET-02"


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A vault that only this account opens, and an incident that resets it."""
    made = new_desk(new_case("rancongiciel"), None)  # type: ignore[arg-type]
    made.account_only = lambda: True
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> StepsPage:
    """At that step."""
    made = StepsPage(desk)
    qtbot.addWidget(made)
    made.resize(1400, 900)
    made.show()
    made.open_at(Place("steps", INCIDENT, STEP))
    return made


def panel_of(page: StepsPage) -> StepPanel:
    """The step in the centre, made anew each time."""
    assert page.panel is not None
    return page.panel


def is_done(desk: Desk) -> bool:
    """As the vault has it."""
    return desk.session.store.records(INCIDENT, "step").get(STEP, {}).get("state") == "done"


def test_the_main_button_leads_to_the_sheet_and_the_sheet_back(
    page: StepsPage, desk: Desk
) -> None:
    page.commands()["done"]()
    assert not is_done(desk)
    assert "done" not in panel_of(page).buttons
    panel_of(page).primary.click()
    assert window_of(desk).places == [Place("recovery_sheet", INCIDENT, STEP)]
    first_start.confirm_sheet(desk.session, BY)
    page.open_at(Place("steps", INCIDENT, STEP))
    page.commands()["done"]()
    assert is_done(desk)


def test_going_on_without_the_sheet_asks_why_and_stays_on_the_step(
    page: StepsPage, desk: Desk
) -> None:
    panel_of(page).buttons["without"].click()
    question = page.findChild(ReasonQuestion)
    assert question is not None
    question.answered.emit("imprimante en panne")
    assert page.item_shown() == STEP
    assert "without" not in panel_of(page).buttons
    assert store_of(desk.session).entries[-1].kind == "key.sheet_waived"
    page.commands()["done"]()
    assert is_done(desk)


def test_a_passphrase_of_its_own_needs_no_gate(page: StepsPage, desk: Desk) -> None:
    desk.account_only = lambda: False
    page.open_at(Place("steps", INCIDENT, STEP))
    page.commands()["done"]()
    assert is_done(desk)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_gate_is_readable_at_every_size(page: StepsPage, scale: float) -> None:
    check_names(page)
    check_nothing_clipped(page, scale)
