"""The look: color tokens of three themes and a dimmed one, type sizes, and the one stylesheet built from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase

from ui import typeface

Pixels = tuple[int, int]
BASE_SIZE: Pixels = (1280, 800)
"""Sizes below are pixels on a window of this size; others scale with it."""
BASE_INCHES = 12.0
"""The base window's diagonal, seen from 700 mm (SCREENS.md)."""
TARGET_MM, REACH = 15.0, 8
"""What a gloved finger wants, and how far beyond its edge a key is still touched, in pixels of the base window."""
_MARGINS = 120
"""What stands between the parts from top to bottom does not scale."""
FAMILIES = ("DejaVu Sans", "Segoe UI")
"""What stands in for B612, which `ui.typeface` gives."""
PLATE_FAMILIES = ("B612 Mono", "DejaVu Sans Mono", "Consolas")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colors of one theme. `*_fill` is ground for white or `on_fill` text; `example` stands in an empty field."""

    ground: str
    surface: str
    raised: str
    line: str
    text: str
    dim: str
    act: str
    act_fill: str
    on_act: str
    verified: str
    owed: str
    hit: str
    example: str
    hit_fill: str = "#B00020"
    on_hit: str = "#FFFFFF"
    training: str = "#4B2E9E"
    on_training: str = "#FFFFFF"


DIMMED, DIM_KEY = "dimmed", "Ctrl+T"
"""The dimmed screen, and the key to it and back, on every screen: beside T, which goes through all themes."""
THEMES: Mapping[str, Tokens] = {
    "night": Tokens(
        ground="#0B0F14",
        surface="#151B23",
        raised="#1F2731",
        line="#33404E",
        text="#E8EDF2",
        dim="#AEB9C5",
        act="#5CC8FF",
        act_fill="#5CC8FF",
        on_act="#0B0F14",
        verified="#4CD98A",
        owed="#FFB83D",
        hit="#FF8A80",
        example="#AEB9C5",
        training="#B9A2FF",
        on_training="#0B0F14",
    ),
    # Night with less than half of its light, and still 7:1 for every pair: a dark veil over all would take that away.
    DIMMED: Tokens(
        ground="#000000",
        surface="#04070A",
        raised="#080B0F",
        line="#222B34",
        text="#A7AAAE",
        dim="#949EA8",
        act="#4CA6D3",
        act_fill="#49A0CB",
        on_act="#000000",
        verified="#3EB170",
        owed="#CB9331",
        hit="#E97E75",
        example="#949EA8",
        hit_fill="#4A000D",
        on_hit="#B8B4B4",
        training="#241651",
        on_training="#B4B0C4",
    ),
    "day": Tokens(
        ground="#F4F6F8",
        surface="#FFFFFF",
        raised="#FFFFFF",
        line="#B4BEC9",
        text="#0E1620",
        dim="#3B4754",
        act="#004486",
        act_fill="#004486",
        on_act="#FFFFFF",
        verified="#00552A",
        owed="#6B3F00",
        hit="#8F0016",
        example="#3B4754",
    ),
    "sun": Tokens(
        ground="#FFFFFF",
        surface="#FFFFFF",
        raised="#FFFFFF",
        line="#000000",
        text="#000000",
        dim="#000000",
        act="#000000",
        act_fill="#FFD400",
        on_act="#000000",
        verified="#003D1E",
        owed="#4A2C00",
        hit="#8F0016",
        example="#505050",
    ),
}

SIZES: Mapping[str, int] = {
    "label": 16,
    "body": 18,
    "button": 20,
    "lead": 22,
    "head": 26,
    "state": 44,
    "title": 36,
    "key-hint": 15,
}

_SHEET = Template(
    """
* { font-family: $family; font-size: ${body}px; color: $text; }
QWidget#window, QWidget[role="page"] { background: $ground; }
QFrame[role="panel"] { background: $surface; border: 1px solid $line; border-radius: ${r}px; }
QWidget[role="leaf"] { background: $surface; }
QFrame[role="bar"] { background: $surface; border: none; }
QFrame[role="alert"] { background: $hit_fill; border: none; border-radius: ${r}px; }
QFrame[role="alert"] QLabel { color: $on_hit; }
QFrame[role="alert"][pulse="on"] { border: ${thick}px solid $on_hit; }
QFrame[role="alert"][pulse="off"] { border: ${thick}px solid $hit_fill; }
QFrame[role="fault"] { background: $hit_fill; border: none; }
QFrame[role="fault"] QLabel { color: $on_hit; font-weight: bold; }
QFrame[role="training"] { background: $training; border: none; }
QFrame[role="training"] QLabel { color: $on_training; font-weight: bold; }
QFrame[role="banner"] { background: $surface; border-top: 3px solid $hit; }
QFrame[role="banner"] QLabel { color: $hit; font-weight: bold; }
QFrame[role="place"] { background: $ground; border-top: 3px solid $ground; }
QFrame[role="owed"] { background: $surface; border: 2px solid $owed; border-radius: ${r}px; }
QFrame[role="shut"] { background: $ground; border: 2px dashed $hit; border-radius: ${r}px; }
QFrame[role="open"] { background: $surface; border: 3px solid $verified; border-radius: ${r}px; }
QFrame[role="chip"] { background: $surface; border: 1px solid $line; border-radius: ${r2}px; }
QFrame[role="chip"][tone="owed"] { border: 1px solid $owed; }
QFrame[role="chip"][tone="hit"] { border: 2px solid $hit; }
QLabel { background: transparent; border: none; }
QLabel[role="label"] { font-size: ${label}px; color: $dim; }
QLabel[role="gate"] { font-size: ${label}px; }
QLabel[role="lead"] { font-size: ${lead}px; font-weight: bold; }
QLabel[role="head"] { font-size: ${head}px; font-weight: bold; }
QLabel[role="title"] { font-size: ${title}px; font-weight: bold; }
QLabel[role="state"] { font-size: ${state}px; font-weight: bold; }
QLabel[role="chip-name"] { font-size: ${label}px; font-weight: bold; }
QLabel[role="fact"] { font-size: ${button}px; }
QLabel[tone="dim"] { color: $dim; }
QLabel[tone="act"] { color: $act; }
QLabel[tone="verified"] { color: $verified; font-weight: bold; }
QLabel[tone="owed"] { color: $owed; font-weight: bold; }
QLabel[tone="hit"] { color: $hit; font-weight: bold; }
QPushButton { background: $surface; color: $act; border: 2px solid $act; border-radius: ${r2}px;
  font-size: ${button}px; font-weight: bold; min-height: ${target}px; padding: 0px ${pad}px; }
QPushButton:focus, QPushButton:pressed { border: 3px solid $text; }
QLabel[role="key"] { color: $act; font-size: ${button}px; font-weight: bold; }
QLabel[role="key-hint"] { color: $act; font-size: ${keyhint}px; font-weight: bold; }
QPushButton[role="quiet"] QLabel { color: $text; }
QPushButton[role="main"] QLabel { color: $on_act; }
QPushButton[role="go"] QLabel { color: $ground; }
QPushButton[role="go-owed"] QLabel { color: $ground; }
QPushButton[role="go-owed"] { background: $owed; color: $ground; border: 2px solid $owed; }
QPushButton[role="shut"] QLabel, QPushButton[role="hit"] QLabel { color: $hit; }
QPushButton[role="quiet"] { color: $text; border: 2px solid $line; }
QPushButton[role="main"] { background: $act_fill; color: $on_act; border: 2px solid $act_fill; }
QPushButton[role="main"]:focus { border: 3px solid $text; }
QPushButton[role="go"] { background: $verified; color: $ground; border: 2px solid $verified; }
QPushButton[role="shut"] { background: $ground; color: $hit; border: 2px dashed $hit; }
QPushButton[role="hit"] { background: $surface; color: $hit; border: 2px solid $hit; }
QPushButton[role="choice"] { color: $text; border: 2px solid $line; min-height: ${choice}px;
  font-size: ${body}px; padding: 0px; }
QPushButton[role="choice"]:checked { color: $verified; border: 3px solid $verified; }
QPushButton[role="choice"][tone="hit"]:checked { color: $hit; border: 3px solid $hit; }
QPushButton[role="choice"][tone="owed"]:checked { color: $owed; border: 3px solid $owed; }
QPushButton[role="state"] { border: 2px solid $line; padding: 0px; }
QPushButton[role="state"] QLabel, QPushButton[role="state-chosen"] QLabel { color: $text; font-size: ${label}px; }
QPushButton[role="state-chosen"] { border: 3px solid $verified; padding: 0px; min-height: ${chosen}px; }
QPushButton[role="state-chosen"] QLabel { color: $verified; }
QPushButton#purpose QLabel { font-size: ${label}px; }
QPushButton:disabled { border: 2px solid $surface; }
QFrame[role="bar"] QPushButton:disabled { background: $surface; border: 2px dashed $line; }
QFrame[role="bar"] QPushButton QLabel:disabled { color: $dim; }
QLineEdit[tone="verified"] { border: 3px solid $verified; color: $verified; min-height: ${chosen}px; }
QPushButton[role="row"] QLabel, QPushButton[role="row-chosen"] QLabel { color: $text; }
QPushButton[role="row-chosen"] { border: 3px solid $verified; min-height: ${chosen}px; }
QPushButton[role="row-chosen"] QLabel { color: $verified; }
QPushButton[role="lacking"] { border: 2px dashed $line; }
QPushButton[role="lacking"] QLabel { color: $dim; font-weight: normal; }
QPushButton[role="owed"] { border: 3px solid $owed; }
QPushButton[role="owed"] QLabel { color: $owed; }
QPushButton[kind="hit"] QLabel { color: $text; }
QPushButton[kind="hit"] QLabel[tone="dim"] { color: $dim; }
QPushButton[kind="hit"] QLabel[tone="verified"] { color: $verified; }
QPushButton[kind="hit"] QLabel[tone="owed"] { color: $owed; }
QPushButton[kind="hit"] QLabel[tone="hit"] { color: $hit; }
QPushButton[role="tick"] { text-align: left; }
QPushButton[role="tick"]:checked { color: $verified; border: 3px solid $verified; }
QPushButton[role="row"] { color: $text; border: 2px solid $line; text-align: left; }
QLineEdit { background: $raised; border: 2px solid $act; border-radius: ${r2}px; padding: 0px ${pad}px;
  min-height: ${target}px; font-size: ${lead}px; selection-background-color: $act_fill;
  selection-color: $on_act; placeholder-text-color: $example; }
QLineEdit:focus, QPlainTextEdit:focus { border: 3px solid $text; }
QPlainTextEdit { background: $raised; border: 2px solid $act; border-radius: ${r2}px; padding: ${pad}px;
  font-size: ${head}px; selection-background-color: $act_fill; selection-color: $on_act; }
QComboBox { background: $raised; border: 2px solid $act; border-radius: ${r2}px; padding: 0px ${pad}px;
  min-height: ${target}px; font-size: ${button}px; combobox-popup: 0; }
QComboBox:focus { border: 3px solid $text; }
QComboBox::drop-down { width: 0px; border: none; }
QComboBox QListView { background: $raised; border: 2px solid $act; selection-background-color: $act_fill;
  selection-color: $on_act; }
QComboBox QListView::item { min-height: ${target}px; padding: 0px ${pad}px; }
QLabel[role="part"] { font-size: ${label}px; color: $dim; }
QLineEdit:disabled { border: 2px solid $line; color: $text; background: $surface; }
QListView, QGraphicsView { background: $surface; border: none; outline: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: $surface; width: ${pad}px; }
QScrollBar::handle:vertical { background: $line; border-radius: ${r2}px; min-height: ${target}px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0px; }
"""
)


class Theme:
    """The theme in force and the scale of the window. One for each window."""

    def __init__(self, name: str = "night") -> None:
        self.name, self.scale, self.finger = name, 1.0, 1.0
        self._undimmed = "night" if name == DIMMED else name

    @property
    def tokens(self) -> Tokens:
        """The colors."""
        return THEMES[self.name]

    def px(self, size: float) -> int:
        """A length on the base window, in pixels of this one."""
        return max(1, round(size * self.scale))

    def target(self, width: int, height: int) -> float:
        """15 mm in pixels of a window of this size on a display of the base window's diagonal."""
        return TARGET_MM / 25.4 * math.hypot(width, height) / BASE_INCHES

    def fit(self, width: int, height: int) -> bool:
        """Take the scale from the window's size; True when that changed it."""
        scale = min(width / BASE_SIZE[0], (height - _MARGINS) / (BASE_SIZE[1] - _MARGINS))
        changed = abs(scale - self.scale) > 0.01
        self.scale = scale if changed else self.scale
        # On large windows the height scales less than the diagonal does, by which a finger's 15 mm are counted.
        self.finger = max(self.scale, math.hypot(width, height) / math.hypot(*BASE_SIZE)) if scale > 1 else self.scale
        return changed

    def next(self) -> None:
        """Go on to the next theme: night, dimmed, day, sun, night."""
        names = list(THEMES)
        self._take(names[(names.index(self.name) + 1) % len(names)])

    def dim(self) -> None:
        """Take the light down, or bring back the theme that was there before."""
        self._take(self._undimmed if self.name == DIMMED else DIMMED)

    def _take(self, name: str) -> None:
        if name == DIMMED:
            self._undimmed = self.name
        self.name = name

    def color(self, token: str) -> QColor:
        """A token's color for painting."""
        return QColor(getattr(self.tokens, token))

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The text face with tabular figures, `size` in pixels of the base window."""
        font = QFont(text_family())
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def plate_font(self, size: float) -> QFont:
        """The plate face: even widths. Its zero gets a slash where the plate is painted."""
        font = QFont(_first(PLATE_FAMILIES))
        font.setPixelSize(self.px(size))
        font.setBold(True)
        return font

    def sheet(self) -> str:
        """The window's stylesheet."""
        sizes = {name.replace("-", ""): self.px(size) for name, size in SIZES.items()}
        shapes = {"r": 8, "r2": 6, "pad": 12, "thick": 4}
        keys = {"target": 64, "choice": 60}
        colors = {name: getattr(self.tokens, name) for name in Tokens.__slots__}
        lengths = {name: self.px(size) for name, size in shapes.items()}
        lengths |= {name: math.ceil(size * self.finger) for name, size in keys.items()}
        lengths["chosen"] = lengths["target"] - 2  # its frame is thicker by that: what is chosen moves nothing
        return _SHEET.substitute(colors | sizes | lengths, family=f'"{text_family()}"')


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, 1 to 21 (WCAG 2)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def text_family() -> str:
    """The face of all text but plates: B612 by the name that Qt has it under here, else the system's."""
    return typeface.NAME if typeface.given_to_qt() else _first(FAMILIES)


@cache
def _first(families: tuple[str, ...]) -> str:
    """The first that is installed. Asked for once: the system's list is long, and every word is painted in one."""
    installed = set(QFontDatabase.families())
    return next((family for family in families if family in installed), families[-1])
