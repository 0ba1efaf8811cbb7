"""Flowables that hold others and can be cut at a page end wherever their content can be.

They take the place of ReportLab's `Table` for everything that may be long: an answer of 20,000
characters flows over pages beside its label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from clinicir.documents.pdf import style

_KEPT_WHOLE = 110.0
_LEAST_BEFORE_END = 26.0
"""Points: a stack up to the first is never cut; a part before a page end has the second."""


@dataclass(frozen=True)
class Padding:
    """Inner margins in points."""

    top: float = 0
    right: float = 0
    bottom: float = 0
    left: float = 0


class Stack(Flowable):  # type: ignore[misc]
    """Items one under the other, `gap` points apart."""

    def __init__(self, items: Sequence[Flowable], padding: Padding, gap: float = 2) -> None:
        super().__init__()
        self.items = list(items)
        self.padding = padding
        self.gap = gap
        self._heights: list[float] = []

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Measure the items; the height asked for may exceed what is available."""
        self.width = available_width
        inner = self._inner_width(available_width)
        self._heights = [_measured(item, inner) for item in self.items]
        self.height = self._height_of(self._heights)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Two parts at the last place that fits, or nothing when not even a line does."""
        self.wrap(available_width, available_height)
        if self.height <= available_height:
            return [self]
        room = available_height - self.padding.top - self.padding.bottom
        inner = self._inner_width(available_width)
        head, tail = self._cut(inner, room)
        if not head or not tail or self._looks_torn(head, inner):
            return []
        return [self._part(head, first=True), self._part(tail, first=False)]

    def draw(self) -> None:
        """Draw the items from the top."""
        y = self.height - self.padding.top
        for item, height in zip(self.items, self._heights, strict=True):
            y -= height
            item.drawOn(self.canv, self.padding.left, y)
            y -= self.gap

    def _inner_width(self, available_width: float) -> float:
        return max(available_width - self.padding.left - self.padding.right, 1.0)

    def _height_of(self, heights: list[float]) -> float:
        gaps = self.gap * max(len(heights) - 1, 0)
        return sum(heights) + gaps + self.padding.top + self.padding.bottom

    def _cut(self, inner: float, room: float) -> tuple[list[Flowable], list[Flowable]]:
        for index, (item, height) in enumerate(zip(self.items, self._heights, strict=True)):
            if height > room + 0.01:
                parts = item.split(inner, room) if room > 0 else []
                item.clinicir_measure = None  # a Paragraph forgets its lines when asked to split
                if len(parts) > 1:
                    return [*self.items[:index], parts[0]], [*parts[1:], *self.items[index + 1 :]]
                return self.items[:index], self.items[index:]
            room -= height + self.gap
        return self.items, []

    def _looks_torn(self, head: list[Flowable], inner: float) -> bool:
        """A short stack goes whole to the next page, and never a lone line before its end."""
        if self.height <= _KEPT_WHOLE:
            return True
        return sum(_measured(item, inner) for item in head) < _LEAST_BEFORE_END

    def _part(self, items: list[Flowable], *, first: bool) -> Stack:  # noqa: ARG002
        return Stack(items, self.padding, self.gap)


def _measured(item: Flowable, width: float) -> float:
    """Height of `item` in `width`, measured once: a long stack is wrapped again on each page."""
    known: tuple[float, float] | None = getattr(item, "clinicir_measure", None)
    if known is None or known[0] != width:
        known = (width, float(item.wrap(width, style.PAGE_HEIGHT)[1]))
        item.clinicir_measure = known
    return known[1]


@dataclass(frozen=True)
class Margin:
    """What stands left of the items of a `Beside`.

    `marker` is drawn at the top, `continued` takes its place after a page end; `width` includes
    the blank between the two. `spine` draws the line of a chronology, `bar` the bar of a change,
    `rule` a hairline under the whole.
    """

    marker: Flowable | None
    width: float
    continued: Flowable | None = None
    drop: float = 0
    """Points between the top of the items and that of the marker."""
    rule: bool = False
    bar: bool = False
    spine: Literal["", "first", "middle", "last", "only"] = ""


class Beside(Stack):
    """Items with a marker on their left: a label, a number, a box to tick."""

    def __init__(
        self, margin: Margin, items: Sequence[Flowable], padding: Padding | None = None,
        gap: float = 2,
    ) -> None:  # fmt: skip
        own = padding or Padding()
        super().__init__(items, replace(own, left=margin.width), gap)
        self.margin = margin
        self._marker_height = 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As tall as the taller of marker and items."""
        super().wrap(available_width, available_height)
        if self.margin.marker is not None:
            room = max(self.margin.width - style.GUTTER / 2, 1.0)
            self._marker_height = self.margin.marker.wrap(room, available_height)[1]
            least = self.padding.top + self.padding.bottom + self.margin.drop
            self.height = max(self.height, least + self._marker_height)
        return self.width, self.height

    def draw(self) -> None:
        """Draw rule, bar and spine under the marker and the items."""
        canvas, margin = self.canv, self.margin
        canvas.saveState()
        if margin.rule:
            canvas.setStrokeColor(style.HAIRLINE)
            canvas.setLineWidth(0.5)
            canvas.line(0, 0, self.width, 0)
        if margin.bar:
            canvas.setFillColor(style.TEXT)
            canvas.rect(-3.2 * mm, 2, 1.8, self.height - 4, stroke=0, fill=1)
        if margin.spine:
            self._draw_spine(margin.spine)
        canvas.restoreState()
        if margin.marker is not None:
            top = self.height - self.padding.top - margin.drop
            margin.marker.drawOn(canvas, 0, top - self._marker_height)
        super().draw()

    def _draw_spine(self, place: str) -> None:
        x = self.margin.width - style.GUTTER
        dot = self.height - self.padding.top - 7
        self.canv.setStrokeColor(style.BORDER)
        self.canv.setLineWidth(0.8)
        above = dot if place in {"first", "only"} else self.height
        below = dot if place in {"last", "only"} else 0.0
        self.canv.line(x, below, x, above)
        self.canv.setFillColor(style.PRIMARY)
        self.canv.setStrokeColor(style.WHITE)
        self.canv.setLineWidth(1.5)
        self.canv.circle(x, dot, 3.2, stroke=1, fill=1)

    def _part(self, items: list[Flowable], *, first: bool) -> Beside:
        margin = replace(self.margin, rule=self.margin.rule and not first)
        if not first:
            margin = replace(margin, marker=self.margin.continued)
        return Beside(margin, items, self.padding, self.gap)


class Framed(Stack):
    """Items on a tinted ground with a bar at the left and, at its top, a drawn sign."""

    def __init__(
        self, items: Sequence[Flowable], ink: Color, tint: Color, sign: Flowable | None = None
    ) -> None:
        left = 13 * mm if sign is not None else 6 * mm
        super().__init__(items, Padding(8, 10, 9, left), gap=3)
        self.ink, self.tint, self.sign = ink, tint, sign

    def draw(self) -> None:
        """Draw the ground, the bar and the sign under the items."""
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(self.tint)
        canvas.setStrokeColor(style.HAIRLINE)
        canvas.setLineWidth(0.6)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=1)
        canvas.setFillColor(self.ink)
        canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        canvas.restoreState()
        if self.sign is not None:
            _, height = self.sign.wrap(self.width, self.height)
            self.sign.drawOn(canvas, 4.4 * mm, self.height - self.padding.top - height)
        super().draw()

    def _part(self, items: list[Flowable], *, first: bool) -> Framed:
        return Framed(items, self.ink, self.tint, self.sign if first else None)


class SideBySide(Flowable):  # type: ignore[misc]
    """A few short flowables in equal columns; never cut."""

    def __init__(self, items: Sequence[Flowable], columns: int, gap: float) -> None:
        super().__init__()
        self.items = list(items)
        self.columns = columns
        self.gap = gap

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As tall as the tallest column."""
        self.width = available_width
        column = (available_width - self.gap * (self.columns - 1)) / self.columns
        self._step = column + self.gap
        self._heights = [item.wrap(column, available_height)[1] for item in self.items]
        self.height = max(self._heights, default=0.0)
        return self.width, self.height

    def draw(self) -> None:
        """Align the tops."""
        for index, (item, height) in enumerate(zip(self.items, self._heights, strict=True)):
            item.drawOn(self.canv, index * self._step, self.height - height)
