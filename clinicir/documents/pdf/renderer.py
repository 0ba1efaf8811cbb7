"""From a `Document` to the bytes of its PDF: the same document and stamp give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import XMP
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, PageTemplate
from reportlab.platypus.flowables import Flowable, HRFlowable, Spacer
from reportlab.platypus.flowables import PageBreak as NewPage
from reportlab.platypus.tables import Table as Grid

from clinicir.documents.model import Document, Section, Signature, Stamp
from clinicir.documents.pdf import style
from clinicir.documents.pdf.blocks import set_block
from clinicir.documents.pdf.fonts import REGULAR, load_faces
from clinicir.documents.pdf.page import PageDecor, PaperCanvas
from clinicir.documents.pdf.setting import Faces, Outlined, outlined, para, paras
from clinicir.documents.plain import plain_lines
from clinicir.texts import printing
from clinicir.texts.plain_text import on_one_line

rl_config.trustedSchemes = []
rl_config.trustedHosts = []
rl_config.useA85 = 0

_LEAST_AFTER_HEADING = 70.0
_LEAST_ABOVE_SIGNATURE = 80.0
"""Points that must remain under a heading, unless what follows is shorter."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def render(document: Document, stamp: Stamp | None, fonts_dir: Path) -> bytes:
    """The PDF of `document`, stamped with the place of the trail that prepared it.

    `stamp` None is for a preview: the footer says that it is not recorded. If the layout fails,
    the same texts come out unadorned: the paper must exist. Raises OSError when the fonts are
    missing.
    """
    faces = load_faces(fonts_dir)
    # ReportLab names Helvetica on each page unless told so, and only after its styles exist.
    rl_config.canvas_basefontname = REGULAR
    try:
        return _build(document, stamp, faces, list(_flow(document, faces)))
    except Exception:  # whatever breaks the layout must not cost the paper
        return _build(document, stamp, faces, list(_plain_flow(document, faces)))


def _build(
    document: Document, stamp: Stamp | None, faces: Faces, flow: list[Flowable]
) -> bytes:
    output = BytesIO()
    decor = PageDecor(document, stamp, faces)
    title = " ".join(on_one_line(document.title).split())
    paper = _Paper(output, decor, title=title, lang=document.language)
    # ReportLab writes a file without pages, hence unreadable, when there is nothing to set.
    paper.build(flow or [para("\u00a0", style.BODY, faces)], canvasmaker=PaperCanvas)
    return output.getvalue()


class _Paper(BaseDocTemplate):  # type: ignore[misc]
    """A4 pages; the first leaves room for the QR code."""

    def __init__(self, output: BytesIO, decor: PageDecor, *, title: str, lang: str) -> None:
        super().__init__(
            output, pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT), invariant=1, title=title,
            lang=lang, author="", subject="", creator="", producer="clinicir",
            initialFontName=REGULAR, displayDocTitle=True,
        )  # fmt: skip
        self.decor = decor
        self.addPageTemplates([
            _template("first", style.FIRST_FRAME_BOTTOM, decor, "later"),
            _template("later", style.FRAME_BOTTOM, decor, "later"),
        ])

    def beforeDocument(self) -> None:  # noqa: N802 - ReportLab's hook
        """Title in XMP too, for archives and screen readers."""
        packet = _XMP.format(title=escape(self.title), language=escape(self.lang))
        self.canv._doc.Catalog.Metadata = XMP(creator=lambda _: packet.encode())

    def _endBuild(self) -> None:  # noqa: N802 - ReportLab's hook
        self.decor.finish(self.canv)
        super()._endBuild()


def _template(name: str, bottom: float, decor: PageDecor, following: str) -> PageTemplate:
    frame = Frame(
        style.MARGIN, bottom, style.CONTENT_WIDTH, style.FRAME_TOP - bottom,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip

    def surround(canvas: Canvas, _: BaseDocTemplate) -> None:
        decor.draw(canvas)

    return PageTemplate(name, [frame], onPage=surround, autoNextPageTemplate=following)


def _flow(document: Document, faces: Faces) -> Iterator[Flowable]:
    if document.layout == "paper":
        yield from _title_block(document, faces)
    for index, section in enumerate(document.sections):
        if section.new_page and index:
            yield NewPage()
        yield from _keep_headings(_section_flow(section, faces))


def _title_block(document: Document, faces: Faces) -> Iterator[Flowable]:
    yield para(document.title, style.TITLE, faces)
    if document.subtitle:
        yield para(document.subtitle, style.SUBTITLE, faces)
    yield HRFlowable("100%", 1.4, color=style.PRIMARY, spaceBefore=8, spaceAfter=5)
    facts = printing.established(document.at)
    if any(document.lacking):
        facts += f"\n{printing.missing_answers(*document.lacking)}"
    yield para(facts, style.META, faces)
    yield Spacer(1, 8)


def _section_flow(section: Section, faces: Faces) -> Iterator[Flowable]:
    if section.title.strip():
        yield outlined(section.title, style.SECTION, faces, 1)
    flow: list[Flowable] = []
    for block in section.blocks:
        if isinstance(block, Signature) and block.closes_letter:
            _keep_end_of_letter(flow, sum(map(_height, set_block(block, faces))))
        flow += set_block(block, faces)
    yield from flow


def _keep_end_of_letter(flow: list[Flowable], signature: float) -> None:
    """A signature alone on its page could be put under any text: keep some of the letter above it.

    The break never comes between a heading and what it heads.
    """
    needed, start = signature, len(flow)
    while start and (needed < signature + _LEAST_ABOVE_SIGNATURE or _leads(flow[start - 1])):
        start -= 1
        needed += _height(flow[start])
    flow.insert(start, CondPageBreak(needed))


def _leads(flowable: Flowable) -> bool:
    return isinstance(flowable, Outlined | Spacer)


def _keep_headings(flow: Iterable[Flowable]) -> Iterator[Flowable]:
    """Before each run of headings, ask for room for it and the start of what follows."""
    headings: list[Flowable] = []
    spacers: list[Flowable] = []
    for flowable in flow:
        if isinstance(flowable, Outlined) or (headings and isinstance(flowable, Spacer)):
            (headings if isinstance(flowable, Outlined) else spacers).append(flowable)
            continue
        if isinstance(flowable, NewPage):
            yield flowable
            continue
        if headings:
            yield CondPageBreak(sum(map(_height, headings)) + _least_height(flowable))
            yield from headings
            yield from spacers
            headings, spacers = [], []
        yield flowable
    yield from headings
    yield from spacers


def _height(flowable: Flowable) -> float:
    around = flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return float(flowable.wrap(style.CONTENT_WIDTH, style.PAGE_HEIGHT)[1] + around)


def _least_height(flowable: Flowable) -> float:
    if isinstance(flowable, Grid):
        return _LEAST_AFTER_HEADING
    height = _height(flowable)
    parts = flowable.split(style.CONTENT_WIDTH, _LEAST_AFTER_HEADING)
    return height if len(parts) < 2 else _LEAST_AFTER_HEADING


def _plain_flow(document: Document, faces: Faces) -> Iterator[Flowable]:
    for text in plain_lines(document):
        yield from paras(text, style.PLAIN, faces)
        yield Spacer(1, 4)
