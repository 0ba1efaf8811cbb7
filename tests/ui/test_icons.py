"""Icons take the colour of the theme, at the moment they are drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from clinicir import paths
from clinicir.ui.icons import icon, pixmap
from clinicir.ui.theme import TABLES, Theme

FILES = sorted((paths.resources() / "icons").glob("*.svg"))


def inks(drawn: QIcon) -> set[str]:
    """Colours of the fully painted pixels."""
    image = drawn.pixmap(48, 48).toImage()
    found = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name().upper() for colour in found if colour.alpha() == 255}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_icon_draws_something(path: Path) -> None:
    ink = pixmap(path.stem, "text", 24).toImage()
    assert any(ink.pixelColor(x, y).alpha() > 200 for x in range(24) for y in range(24))
    assert "ISC" in path.read_text(encoding="utf-8")


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    drawn = icon("lock", "primary")
    try:
        before = inks(drawn)
        Theme.apply(qapp, 1.0, "dark")
        after = inks(drawn)
    finally:
        Theme.apply(qapp, 1.0, "light")
    assert before == {TABLES["light"]["primary"]}
    assert after == {TABLES["dark"]["primary"]}


def test_a_disabled_icon_is_quiet() -> None:
    image = icon("lock", "primary").pixmap(48, 48, QIcon.Mode.Disabled).toImage()
    muted = QColor(TABLES["light"]["muted"])
    assert any(image.pixelColor(x, y) == muted for x in range(48) for y in range(48))


def test_a_wrong_name_is_a_bug_found_early() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_every_icon_named_in_the_window_exists() -> None:
    stems = {path.stem for path in FILES}
    named = re.compile(r"""(?:icon|icon_named|Sign|EmptyState|pixmap)\(\s*"([a-z0-9-]+)\"""")
    ui = Path(paths.__file__).parent / "ui"
    used = {name for path in ui.rglob("*.py")
            for name in named.findall(path.read_text(encoding="utf-8"))}  # fmt: skip
    assert used - stems == set()


def test_every_icon_is_named_somewhere() -> None:
    code, data = Path(paths.__file__).parent / "ui", paths.checklists() / "phases.toml"
    sources = [*code.rglob("*.py"), data]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    chevrons = {f"chevron-down-{name}" for name in TABLES}
    assert [p.stem for p in FILES if f'"{p.stem}"' not in said and p.stem not in chevrons] == []
