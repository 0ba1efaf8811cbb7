"""The pages of help: the one reader of markup, of pages that come with the program."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser


class Guide(QTextBrowser):
    """Shows Markdown; follows no link and loads nothing that a page names."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setOpenLinks(False)

    def show_markdown(self, page: str) -> None:
        """A page of the help; words that came from elsewhere must be escaped in it."""
        self.setMarkdown(page)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Only what is built into the program: a picture of a page never opens a file or a host."""
        url = QUrl(name) if isinstance(name, str) else name
        return super().loadResource(kind, url) if url.scheme() == "qrc" else None
