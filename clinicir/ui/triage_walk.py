"""Which triage screen comes next: questions asked once, skipped when pointless, always undoable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from clinicir.domain.ids import ScenarioId
from clinicir.domain.playbook import Scenario
from clinicir.services.triage import NO_PERSONAL_DATA, Answers, Discovery, Headcount, Structure

SCENARIO = "scenario"
RECAP = "recap"
URGENT = "urgent"
"""Not a question: the gestures that cannot wait for the rest."""

QUESTIONS = ("learned", "continues", "computer", "information", "persons", "fates", "structure")
"""At most seven, in order, named as the fields of `Answers`."""

Answer = str | datetime | frozenset[str] | Discovery | Headcount | Structure


class TriageWalk:
    """One triage under way; knows no widget and writes nothing."""

    def __init__(
        self,
        scenarios: Mapping[ScenarioId, Scenario],
        *,
        practice_known: bool,
        channels: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Begin at the scenario sentences; a known practice is not asked for again."""
        self.channels = channels
        self._scenarios = scenarios
        self._practice_known = practice_known
        self.answers = Answers()
        self.screen = SCENARIO
        self._to_recap = False

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Sentences to choose from; the one for "I do not know" last."""
        shown = [scenario for scenario in self._scenarios.values() if not scenario.overlay]
        return tuple(sorted(shown, key=lambda scenario: scenario.id == "inconnu"))

    @property
    def scenario(self) -> Scenario | None:
        """The sentence chosen."""
        chosen = self.answers.scenario
        return None if chosen is None else self._scenarios[ScenarioId(chosen)]

    @property
    def questions(self) -> tuple[str, ...]:
        """Questions of this triage, in order, given what is answered so far."""
        return tuple(question for question in QUESTIONS if not self._pointless(question))

    @property
    def screens(self) -> tuple[str, ...]:
        """Every screen of this triage, in order."""
        questions = list(self.questions)
        if self.is_urgent:
            after = "computer" if "computer" in questions else "learned"
            questions.insert(questions.index(after) + 1, URGENT)
        return (SCENARIO, *questions, RECAP)

    @property
    def number(self) -> int:
        """Number of the question on screen, from 1; 0 on a screen that asks nothing."""
        questions = self.questions
        return questions.index(self.screen) + 1 if self.screen in questions else 0

    @property
    def is_urgent(self) -> bool:
        """It goes on, or this computer may not be trusted."""
        return self.answers.continues == "yes" or self.answers.computer == "no"

    @property
    def begun(self) -> bool:
        """Something was answered."""
        return self.answers != Answers()

    def take_up(self, answers: Answers, screen: str) -> None:
        """Go on from answers that were kept, at the screen where they were left."""
        self.answers = answers
        self._forget_pointless()
        self.screen = screen if screen in self.screens else SCENARIO

    def answer(self, given: Answer) -> None:
        """Keep the answer of the question on screen and go on."""
        if self.screen == SCENARIO and given != self.answers.scenario:
            # Another situation asks other questions: what it does not ask is not kept.
            self._to_recap = False
        self.answers = self.with_answer(given)
        self._forget_pointless()
        self.go_on()

    def with_answer(self, given: Answer) -> Answers:
        """The answers, that of the question on screen with them."""
        if isinstance(given, Discovery):
            return replace(self.answers, learned=given.at, channel=given.channel)
        named: dict[str, Any] = {self.screen: given}
        return replace(self.answers, **named)

    def go_on(self) -> None:
        """The next screen; straight to the recap after a change asked from there."""
        screens = self.screens
        if self._to_recap and not self._unanswered():
            self._to_recap = False
            self.screen = RECAP
            return
        self._to_recap = False
        self.screen = screens[min(screens.index(self.screen) + 1, len(screens) - 1)]

    def back(self) -> bool:
        """The screen before; False on the first one."""
        if self._to_recap:
            self._to_recap = False
            self.screen = RECAP
            return True
        place = self.screens.index(self.screen)
        if place == 0:
            return False
        self.screen = self.screens[place - 1]
        return True

    def change(self, screen: str) -> None:
        """From the recap, look again at one answer; ValueError when it was not asked."""
        if screen not in self.screens:
            raise ValueError(screen)
        self._to_recap = True
        self.screen = screen

    def _unanswered(self) -> bool:
        return any(getattr(self.answers, name) is None for name in (SCENARIO, *self.questions))

    def _forget_pointless(self) -> None:
        gone = {name: None for name in QUESTIONS if self._pointless(name)}
        self.answers = replace(self.answers, **gone)

    def _pointless(self, question: str) -> bool:
        if question == "structure":
            return self._practice_known
        if question in ("continues", "computer"):
            return self._is_over
        if question in ("persons", "fates"):
            return self.answers.information == frozenset({NO_PERSONAL_DATA})
        return False

    @property
    def _is_over(self) -> bool:
        """A loss, a wrong addressee or a breakdown: nobody is in the computer."""
        chosen = self.scenario
        if chosen is None:
            return False
        return chosen.presets.get("malicious") == "no" or "device_stolen" in chosen.presets
