"""What the readiness page and the gauge of the home page show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicir.domain.playbook import ReadinessItem
from clinicir.services.readiness import Freshness, Proof, due_on, freshness, proofs
from clinicir.services.session import Session

OUT_OF = 10
"""The score is told out of ten, rounded down: ten means that every proof is fresh."""


@dataclass(frozen=True)
class ItemView:
    """One protection with its last proof."""

    item: ReadinessItem
    proof: Proof | None
    freshness: Freshness
    due_on: date | None


@dataclass(frozen=True)
class ReadinessView:
    """All the items, in the order of the list."""

    items: tuple[ItemView, ...]
    today: date

    @property
    def score(self) -> int:
        """Share of the weights whose proof is fresh, from 0 to `OUT_OF`."""
        total = sum(each.item.weight for each in self.items)
        held = sum(each.item.weight for each in self.items if each.freshness is Freshness.FRESH)
        return held * OUT_OF // total if total else 0

    @property
    def fresh(self) -> int:
        """Items whose proof is fresh."""
        return sum(each.freshness is Freshness.FRESH for each in self.items)

    @property
    def themes(self) -> tuple[tuple[str, tuple[ItemView, ...]], ...]:
        """Items by theme, themes in the order of their first item."""
        by_theme: dict[str, list[ItemView]] = {}
        for each in self.items:
            by_theme.setdefault(each.item.theme, []).append(each)
        return tuple((theme, tuple(found)) for theme, found in by_theme.items())

    def next_up(self, count: int) -> tuple[ItemView, ...]:
        """What would help most now: the heaviest items without a fresh proof."""
        waiting = [each for each in self.items if each.freshness is not Freshness.FRESH]
        return tuple(sorted(waiting, key=lambda each: -each.item.weight)[:count])


def readiness_view(session: Session) -> ReadinessView:
    """The list of `checklists/readiness.toml` with what was proved in this vault."""
    today = session.clock.now().date()
    given = proofs(session)
    return ReadinessView(
        tuple(
            ItemView(
                item,
                proof,
                freshness(item, proof, today),
                due_on(item, proof) if proof else None,
            )
            for item in session.knowledge.playbooks.readiness
            for proof in (given.get(item.id),)
        ),
        today,
    )
