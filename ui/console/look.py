"""The desk's look: the car's tokens and words at a desk's density (body 15 px)."""

from __future__ import annotations

from string import Template

from ui.theme import Theme

BODY = 15
_SHEET = Template(
    """
* { font-size: ${body}px; }
QLabel[role="label"], QLabel[role="key-hint"] { font-size: 13px; }
QLabel[role="lead"] { font-size: 17px; }
QLabel[role="head"] { font-size: 20px; }
QLabel[role="key"] { font-size: 15px; }
QLabel[role="part"] { font-size: 13px; color: $dim; font-weight: bold; }
QPushButton { font-size: 15px; min-height: 40px; padding: 0px 10px; border-radius: 5px; }
QPushButton[role="row-chosen"] { min-height: 38px; }
QPushButton[role="tab"] { min-height: 34px; color: $text; border: none; border-bottom: 3px solid $surface;
  border-radius: 0px; background: $surface; }
QPushButton[role="tab"]:checked { color: $act; border-bottom: 3px solid $act; }
QPushButton[role="tab"]:focus { border-bottom: 3px solid $text; }
QLineEdit, QComboBox { font-size: 15px; min-height: 30px; border: 1px solid $act; border-radius: 5px;
  padding: 0px 8px; background: $raised; color: $text; }
QLineEdit:focus, QComboBox:focus, QTableView:focus, QPlainTextEdit:focus { border: 2px solid $text; }
QLineEdit[tone="hit"], QComboBox[tone="hit"] { border: 2px solid $hit; }
QPlainTextEdit { font-size: 15px; border: 1px solid $act; border-radius: 5px; padding: 4px; background: $raised; }
QPlainTextEdit[role="answer"] { border: 1px solid $line; background: $ground; font-family: $mono; font-size: 13px; }
QComboBox QListView::item { min-height: 26px; padding: 0px 8px; }
QWidget[role="inside"] { background: $surface; }
QComboBox QAbstractItemView { background: $raised; color: $text; selection-background-color: $act_fill;
  selection-color: $on_act; }
QPushButton[role="tick"] { min-height: 30px; border: 1px solid $act; color: $text; }
QPushButton[role="tick"]:checked { border: 2px solid $verified; }
QTableView { background: $surface; alternate-background-color: $ground; border: 2px solid $line; color: $text;
  selection-background-color: $raised; gridline-color: $line; outline: none; }
QTableView::item { padding: 0px 6px; border: none; }
QTableView::item:selected { border-top: 2px solid $act; border-bottom: 2px solid $act; background: $raised; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $dim; border: none; border-bottom: 1px solid $line;
  padding: 4px 6px; font-size: 13px; font-weight: bold; text-align: left; }
QTableCornerButton::section { background: $surface; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { background: $surface; height: 12px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 5px; min-width: 40px; }
QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal { width: 0px; }
"""
)


class DeskTheme(Theme):
    """The car's theme, which does not scale with the window: a desk's larger window shows more."""

    def sheet(self) -> str:
        """The window's stylesheet: the car's, then what is denser at a desk."""
        colors = {name: getattr(self.tokens, name) for name in self.tokens.__slots__}
        mono = ", ".join(f'"{name}"' for name in (self.plate_font(BODY).family(), "monospace"))
        return super().sheet() + _SHEET.substitute(colors, body=BODY, mono=mono)
