"""The style sheet: written once from the tokens, on top of Qt's Fusion style."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Length = Callable[[float], int]


def style_sheet(name: str, tokens: Mapping[str, str], points: float, px: Length) -> str:
    """The whole sheet for the table `name`; `points` is the size of the body text."""
    return "\n".join((
        _texts(tokens, points),
        _buttons(tokens, points, px),
        _editors(name, tokens, px),
        _surfaces(tokens, px),
        _lists(tokens, px),
        _bars(tokens, px),
    ))  # fmt: skip


def _texts(c: Mapping[str, str], points: float) -> str:
    return f"""
QWidget {{ color: {c["text"]}; }}
QLabel {{ background: transparent; }}
QLabel[text_role="title"] {{ font-size: {points * 1.75:.1f}pt; font-weight: 700; }}
QLabel[text_role="heading"] {{ font-size: {points * 1.25:.1f}pt; font-weight: 600; }}
QLabel[text_role="strong"] {{ font-weight: 600; }}
QLabel[text_role="help"] {{ color: {c["muted"]}; }}
QLabel[text_role="small"] {{ color: {c["muted"]}; font-size: {points * 0.9:.1f}pt; }}
QLabel[text_role="eyebrow"] {{
  color: {c["primary"]}; font-size: {points * 0.9:.1f}pt; font-weight: 600; }}
QLabel[text_role="code"] {{ font-family: "JetBrains Mono"; }}
QLabel[text_role="problem"] {{ color: {c["danger"]}; font-weight: 600; }}
QLabel[text_role="label"] {{ font-weight: 600; }}
"""


def _buttons(c: Mapping[str, str], points: float, px: Length) -> str:
    return f"""
QPushButton {{
  background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["border"]};
  border-radius: {px(8)}px; padding: {px(6)}px {px(14)}px; min-height: {px(22)}px; }}
QPushButton:hover {{ background: {c["sunken"]}; border-color: {c["primary"]}; }}
QPushButton:pressed {{ background: {c["primary_soft"]}; }}
QPushButton:checked {{ background: {c["primary_soft"]}; border: 2px solid {c["primary"]}; }}
QPushButton:disabled {{
  background: {c["sunken"]}; color: {c["muted"]}; border: 1px dashed {c["border"]}; }}
QPushButton[button_role="primary"] {{
  background: {c["primary"]}; color: {c["on_primary"]}; border: 1px solid {c["primary"]};
  font-weight: 600; padding: {px(8)}px {px(20)}px; min-height: {px(28)}px; }}
QPushButton[button_role="primary"]:hover {{ background: {c["primary_hover"]}; }}
QPushButton[button_role="primary"]:pressed {{ background: {c["primary_hover"]}; }}
QPushButton[button_role="primary"]:disabled {{
  background: {c["sunken"]}; color: {c["muted"]}; border: 1px dashed {c["border"]}; }}
QPushButton[button_role="compact"] {{ min-height: {px(24)}px; }}
QPushButton[button_role="secondary"] {{ padding: {px(8)}px {px(16)}px; min-height: {px(28)}px; }}
QPushButton[button_role="hero"] {{
  background: {c["primary"]}; color: {c["on_primary"]}; border: 1px solid {c["primary"]};
  border-radius: {px(12)}px; font-size: {points * 1.35:.1f}pt; font-weight: 600;
  padding: {px(14)}px {px(28)}px; min-height: {px(40)}px; }}
QPushButton[button_role="hero"]:hover {{ background: {c["primary_hover"]}; }}
QPushButton[button_role="quiet"] {{
  background: transparent; border: 1px solid transparent; color: {c["primary"]};
  font-weight: 600; padding: {px(6)}px {px(10)}px; min-height: {px(22)}px; }}
QPushButton[button_role="quiet"]:hover {{ background: {c["primary_soft"]}; }}
QPushButton[button_role="quiet"][edge="true"] {{ padding-left: 0px; text-align: left; }}
QPushButton[button_role="quiet"][edge="true"]:hover {{
  background: transparent; text-decoration: underline; }}
QPushButton[button_role="quiet"]:disabled {{ color: {c["muted"]}; }}
QPushButton[button_role="link"] {{
  background: transparent; border: none; color: {c["primary"]}; text-decoration: underline;
  padding: {px(4)}px 0px; min-height: {px(24)}px; text-align: left; }}
QPushButton[button_role="link"]:hover {{ color: {c["primary_hover"]}; }}
QPushButton::menu-indicator {{ width: 0px; }}
"""


def _editors(name: str, c: Mapping[str, str], px: Length) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {{
  background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["border"]};
  border-radius: {px(8)}px; padding: {px(6)}px {px(10)}px;
  placeholder-text-color: {c["muted"]};
  selection-background-color: {c["primary"]}; selection-color: {c["on_primary"]}; }}
QTextBrowser {{ border-color: {c["hairline"]}; }}
QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {{ min-height: {px(24)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{
  border: 1px solid {c["primary"]}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c["sunken"]}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
  background: {c["sunken"]}; color: {c["muted"]}; }}
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] {{
  border: 2px solid {c["danger"]}; }}
QComboBox::drop-down {{ border: none; width: {px(32)}px; }}
QComboBox::down-arrow {{
  image: url(icons:chevron-down-{name}.svg); width: {px(16)}px; height: {px(16)}px; }}
QComboBox QAbstractItemView {{
  background: {c["surface"]}; border: 1px solid {c["border"]}; padding: {px(4)}px;
  selection-background-color: {c["primary_soft"]}; selection-color: {c["text"]}; }}
"""


def _surfaces(c: Mapping[str, str], px: Length) -> str:
    tones = "\n".join(
        f"""QFrame[tone="{tone}"] {{
  background: {c[f"{tone}_soft"]}; border: 1px solid {_between(c[f"{tone}_soft"], c[tone])};
  border-radius: {px(10)}px; }}
QFrame[pill="{tone}"] {{
  background: {c[f"{tone}_soft"]}; border: 1px solid {_between(c[f"{tone}_soft"], c[tone])};
  border-radius: {px(8)}px; }}
QFrame[band="{tone}"] {{
  background: {c[f"{tone}_soft"]}; border: none;
  border-bottom: 1px solid {_between(c[f"{tone}_soft"], c[tone])}; }}
QLabel[tone_text="{tone}"] {{ color: {c[tone]}; font-weight: 600; }}"""
        for tone in ("info", "warn", "danger", "ok", "drill")
    )
    return f"""
QMainWindow, QDialog, QScrollArea, QWidget[surface="window"] {{ background: {c["window"]}; }}
QScrollArea {{ border: none; }}
QFrame[surface="card"] {{
  background: {c["surface"]}; border: 1px solid {c["hairline"]}; border-radius: {px(10)}px; }}
QFrame[surface="sunken"] {{
  background: {c["sunken"]}; border: none; border-radius: {px(10)}px; }}
QFrame[surface="bar"] {{
  background: {c["surface"]}; border: none; border-top: 1px solid {c["hairline"]}; }}
QFrame[surface="top"] {{
  background: {c["surface"]}; border: none; border-bottom: 1px solid {c["hairline"]}; }}
QFrame[surface="rule"] {{ background: {c["hairline"]}; border: none; }}
QFrame[pill="muted"] {{
  background: {c["sunken"]}; border: 1px solid {c["hairline"]}; border-radius: {px(8)}px; }}
{tones}
QToolTip {{
  background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["border"]};
  padding: {px(4)}px; }}
"""


def _lists(c: Mapping[str, str], px: Length) -> str:
    return f"""
QListView, QTableView {{
  background: {c["surface"]}; border: 1px solid {c["hairline"]}; border-radius: {px(10)}px;
  gridline-color: {c["hairline"]}; alternate-background-color: {c["sunken"]};
  selection-background-color: {c["primary_soft"]}; selection-color: {c["text"]}; }}
QListView::item {{ padding: {px(8)}px {px(10)}px; border-radius: {px(6)}px; }}
QTableView::item {{ padding: {px(6)}px {px(8)}px; }}
QListView::item:hover, QTableView::item:hover {{ background: {c["sunken"]}; }}
QListView::item:selected, QTableView::item:selected {{
  background: {c["primary_soft"]}; color: {c["text"]}; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{
  background: {c["surface"]}; color: {c["muted"]}; font-weight: 600; border: none;
  border-bottom: 1px solid {c["border"]}; padding: {px(8)}px;
  text-align: left; }}
QTableCornerButton::section {{ background: {c["surface"]}; border: none; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c["hairline"]}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{
  background: transparent; color: {c["muted"]}; border: none; font-weight: 600;
  border-bottom: {px(3)}px solid transparent; padding: {px(8)}px {max(8, 28 - px(14))}px; }}
QTabBar::tab:hover {{ color: {c["text"]}; background: {c["sunken"]}; }}
QTabBar::tab:selected {{ color: {c["primary"]}; border-bottom-color: {c["primary"]}; }}
"""


def _bars(c: Mapping[str, str], px: Length) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {px(14)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(14)}px; margin: 0; }}
QScrollBar::handle {{
  background: {c["border"]}; border-radius: {px(4)}px; margin: {px(3)}px;
  min-height: {px(32)}px; min-width: {px(32)}px; }}
QScrollBar::handle:hover {{ background: {c["muted"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{
  background: {c["sunken"]}; border: 1px solid {c["border"]}; border-radius: {px(5)}px;
  min-height: {px(10)}px; max-height: {px(10)}px; }}
QProgressBar::chunk {{ background: {c["primary"]}; border-radius: {px(4)}px; }}
QMenuBar {{ background: {c["surface"]}; border-bottom: 1px solid {c["hairline"]}; }}
QMenuBar::item {{ padding: {px(6)}px {px(10)}px; background: transparent; }}
QMenuBar::item:selected {{ background: {c["primary_soft"]}; border-radius: {px(6)}px; }}
QMenu {{
  background: {c["surface"]}; border: 1px solid {c["border"]}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px; border-radius: {px(6)}px; }}
QMenu::item:selected {{ background: {c["primary_soft"]}; color: {c["text"]}; }}
QMenu::item:disabled {{ color: {c["muted"]}; }}
QMenu::separator {{ height: 1px; background: {c["hairline"]}; margin: {px(4)}px; }}
QSplitter::handle {{ background: {c["hairline"]}; }}
"""


def _between(ground: str, line: str) -> str:
    """An edge that is seen without shouting; in high contrast it stays as it is."""
    if ground == "#000000":
        return line
    pairs = ((int(ground[at : at + 2], 16), int(line[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * 0.4):02X}" for one, two in pairs)
