"""The head of a letter, placed so that the address falls in the window of the envelope."""

from __future__ import annotations

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from clinicir.documents.model import LetterHead
from clinicir.documents.pdf import style
from clinicir.documents.pdf.setting import Faces, para
from clinicir.documents.pdf.stack import Padding, Stack
from clinicir.texts import printing

_SENDER_WIDTH = 82 * mm
_PLACE = ParagraphStyle("place", parent=style.LETTER_META, alignment=TA_RIGHT)
_LEAST_SIZE = 6.0


class WindowedHead(Flowable):  # type: ignore[misc]
    """Sender, address in the window, place and date, references, subject.

    It counts from the top of the frame: it must come first on its page.
    """

    def __init__(self, head: LetterHead, faces: Faces) -> None:
        super().__init__()
        name, *rest = head.sender or ("",)
        self.sender = Stack(
            [para(name, style.STRONG, faces), para("\n".join(rest), style.VALUE, faces)],
            Padding(), gap=1,
        )  # fmt: skip
        self.recipient = _fitted(head.recipient, faces)
        below = [para(head.place_and_date, _PLACE, faces)] if head.place_and_date else []
        below += [para(line, style.LETTER_META, faces) for line in head.references]
        if head.subject:
            below.append(para(f"{printing.SUBJECT} {head.subject}", style.SUBJECT, faces))
        self.below = Stack(below, Padding(bottom=10), gap=5)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The whole width, down to the end of the subject."""
        self.width = available_width
        sender = self.sender.wrap(_SENDER_WIDTH, available_height)[1]
        address = self.recipient.wrap(style.WINDOW_WIDTH - 6 * mm, available_height)[1]
        self._window_top = style.WINDOW_TOP - (style.PAGE_HEIGHT - style.FRAME_TOP)
        inset = max((style.WINDOW_HEIGHT - address) / 2, 0.0)
        self._address_bottom = self._window_top + inset + address
        window_bottom = self._window_top + max(style.WINDOW_HEIGHT, address)
        self._below_top = max(sender, window_bottom) + 9 * mm
        below = self.below.wrap(available_width, available_height)[1]
        self.height = self._below_top + below
        return self.width, self.height

    def draw(self) -> None:
        """Distances go down from the top of the frame."""
        self.sender.drawOn(self.canv, 0, self.height - self.sender.height)
        left = style.WINDOW_LEFT - style.MARGIN + 3 * mm
        self.recipient.drawOn(self.canv, left, self.height - self._address_bottom)
        self.below.drawOn(self.canv, 0, 0)


def _fitted(lines: tuple[str, ...], faces: Faces) -> Flowable:
    """The address in the largest size, from 10 points down, that the window can hold."""
    size = style.ADDRESS.fontSize
    while True:
        look = ParagraphStyle(
            "fitted", parent=style.ADDRESS, fontSize=size, leading=size * 1.3
        )
        found = para("\n".join(lines), look, faces)
        height = found.wrap(style.WINDOW_WIDTH - 6 * mm, style.PAGE_HEIGHT)[1]
        if height <= style.WINDOW_HEIGHT or size <= _LEAST_SIZE:
            return found
        size -= 0.5
