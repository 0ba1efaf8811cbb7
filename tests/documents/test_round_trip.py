"""Every paper of a few stories, read back: nothing that was said is lost on the way to the page."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from tests import fakes
from tests.documents.reading import lost_values
from tests.documents.recorder import STORIES, RecordingPrinter


@pytest.mark.parametrize("story", ["amelipro", "vendor", "groupe", "rancongiciel"])
def test_every_paper_of_the_story(story: str) -> None:
    printer = RecordingPrinter()
    fakes.play(STORIES / f"{story}.toml", printer)
    assert printer.printed
    for document, content in printer.printed:
        assert lost_values(document, content) == [], document.file_stem
        with pypdfium2.PdfDocument(content) as pdf:
            pages = [page.get_textpage().get_text_bounded() for page in pdf]
        assert all("EXERCICE" in page for page in pages)
        assert not {"\u202f", "\x00", "\ufffd"} & set("".join(pages))
        with pikepdf.open(io.BytesIO(content)) as checked:
            assert checked.check_pdf_syntax() == []
            assert str(checked.Root.Lang) == "fr-FR"
            assert str(checked.docinfo["/Title"]) == document.title
