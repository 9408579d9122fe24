"""Renders licence plates of every state: sheet, words, number in letters of its own, stickers, bolts, frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from devices.recogniser.patterns import PATTERNS
from devices.training.glyphs import Face, Mask, letter
from devices.training.styles import FRAME_WORDS, STYLES, WHITE, Color, Style

WIDE, HIGH = 320, 160
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
Image = npt.NDArray[np.uint8]
_FONTS = ("RG2014B.ttf", "RG2014C.ttf", "RG2014D.ttf", "OSP-DIN.ttf", "NimbusSansNarrow-Bold.otf", "B612-Bold.otf",
          "DejaVuSansCondensed-Bold.ttf", "DejaVuSans-Bold.ttf", "NimbusSans-Bold.otf")  # fmt: skip
_SCRIPTS = ("Z003-MediumItalic.otf", "C059-BdIta.otf", "P052-BoldItalic.otf", "DejaVuSerif-Bold.ttf")
_OFTEN = "WWMNHVYUDBRQGJZK"
"""Letters that are taken for others: they are drawn more often."""
_AT_A_SIDE = 0.25
"""How often a number leaves room at one side for something else."""
_FOUND_NOWHERE = "DejaVuSans.ttf"


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate seen from straight ahead: BGR picture of HIGH x WIDE, its number, its state (NCIC's code or None).

    `folded`: the number was written down with every O as 0, so the two must not be told apart by it.
    """

    image: Image
    text: str
    state: str | None
    folded: bool = False


def drawn_plate(rng: np.random.Generator) -> Plate:
    """Return a plate of a state at random, its number in the state's pattern or any other."""
    codes = list(STYLES)
    weights = np.array([STYLES[code].weight for code in codes])
    state = codes[int(rng.choice(len(codes), p=weights / weights.sum()))]
    style = STYLES[state]
    sheet = _sheet(rng, style)
    number = drawn_number(rng, PATTERNS[state])
    ink = _shaded(rng, style.ink)
    write_number(rng, sheet, number, ink, style.mark)
    if rng.random() < 0.93:
        _words(rng, sheet, style)
    _stickers(rng, sheet)
    _bolts(rng, sheet)
    if rng.random() < 0.35:
        frame_over(rng, sheet)
    return Plate(sheet, number.replace(" ", "").replace("-", ""), state)


def drawn_number(rng: np.random.Generator, patterns: Sequence[str] = ()) -> str:
    """Return a number, with a space or a dash where its groups part."""
    if patterns and rng.random() < 0.5:
        pattern = patterns[int(rng.integers(len(patterns)))]
    else:
        length = int(rng.choice([4, 5, 6, 7, 8], p=[0.06, 0.14, 0.4, 0.35, 0.05]))
        pattern = "".join(rng.choice(["@", "#"], length))
        if rng.random() < 0.5:
            cut = int(rng.integers(1, length))
            pattern = pattern[:cut] + " " + pattern[cut:]
    signs = {"@": LETTERS + _OFTEN, "#": DIGITS}
    return "".join(signs[p][int(rng.integers(len(signs[p])))] if p in signs else p for p in pattern.strip())


def write_number(rng: np.random.Generator, sheet: Image, number: str, ink: Color, mark: str) -> None:
    """Write the number across the sheet, in place."""
    high = round(HIGH * float(rng.uniform(0.36, 0.54)))
    face = Face.drawn(rng)
    font = _font(str(rng.choice(_FONTS)), 120) if rng.random() < 0.4 else None
    parts = [_letter_mask(c, face, font, high) if c not in " -" else None for c in number]
    gap = high * float(rng.uniform(0.04, 0.2))
    wide_gap = high * float(rng.uniform(0.25, 0.75))
    total = sum(wide_gap if p is None else p.shape[1] + gap for p in parts)
    room = WIDE * float(rng.uniform(0.72, 0.93))
    squeeze = min(float(rng.uniform(1.0, 1.25)), room / total) if total else 1.0
    squeeze = max(squeeze, 0.45)
    left = WIDE / 2 - total * squeeze / 2 + float(rng.normal(0, 4))
    if rng.random() < _AT_A_SIDE:
        squeeze *= 0.8
        left += 0.2 * total * squeeze * float(rng.choice([-0.1, 1.25]))
    x = left
    top = round(HIGH * float(np.clip(rng.normal(0.52, 0.03), 0.44, 0.58)) - high / 2)
    raised = rng.random() < 0.4
    for part in parts:
        if part is None:
            _mark(rng, sheet, mark, (x + wide_gap * squeeze / 2, top + high / 2), high)
            x += wide_gap * squeeze
            continue
        width = max(2, round(part.shape[1] * squeeze))
        shown = np.asarray(cv2.resize(part, (width, high), interpolation=cv2.INTER_AREA), np.uint8)
        _press(sheet, shown, (round(x), top), ink, raised)
        x += (part.shape[1] + gap) * squeeze
    for edge, way in ((left, -1), (x, 1)):
        room = edge if way < 0 else WIDE - edge
        if room > 0.15 * WIDE and rng.random() < 0.7:
            _beside(rng, sheet, (edge + way * room * 0.45, top + high / 2), high, room * 0.7, ink)


def _beside(
    rng: np.random.Generator, sheet: Image, at: tuple[float, float], high: int, room: float, ink: Color
) -> None:
    """Draw what stands beside a number and is no part of it: a badge, or small letters one above the other."""
    if rng.random() < 0.5:
        face, small = Face.drawn(rng), max(8, round(high * float(rng.uniform(0.3, 0.42))))
        for place in (-0.52, 0.52) if rng.random() < 0.8 else (-1.0, 0.0, 1.0):
            mask = letter((LETTERS + DIGITS)[int(rng.integers(36))], face, small)
            _press(
                sheet,
                mask,
                (round(at[0] - mask.shape[1] / 2), round(at[1] + place * 1.08 * small - small / 2)),
                ink,
                False,
            )
        return
    center, half = (round(at[0]), round(at[1])), min(room / 2, high / 2)
    color = _shaded(rng, (150, 110, 110), 70)
    if rng.random() < 0.5:
        corner = (round(half), round(high * float(rng.uniform(0.3, 0.55))))
        first, last = (center[0] - corner[0], center[1] - corner[1]), (center[0] + corner[0], center[1] + corner[1])
        cv2.rectangle(sheet, first, last, color, -1)
    else:
        cv2.ellipse(sheet, center, (max(3, round(half)), max(3, round(half * 1.2))), 0, 0, 360, color, -1, cv2.LINE_AA)
    for _ in range(int(rng.integers(1, 5))):
        spots = (rng.normal(0, half / 2.2, (int(rng.integers(2, 5)), 2)) + at).astype(np.int32)
        cv2.polylines(sheet, [spots[:, None]], False, _shaded(rng, WHITE, 60), int(rng.integers(2, 6)), cv2.LINE_AA)


def _letter_mask(character: str, face: Face, font: ImageFont.FreeTypeFont | None, high: int) -> Mask:
    if font is None:
        return letter(character, face, high)
    left, _, right, _ = font.getbbox(character)
    _, cap_top, _, cap_bottom = font.getbbox("H")
    picture = Pillow.new("L", (round(right - left) + 2, round(cap_bottom - cap_top)))
    ImageDraw.Draw(picture).text((1 - left, -cap_top), character, font=font, fill=255)
    scale = high / max(1, picture.height)
    return np.asarray(picture.resize((max(2, round(picture.width * scale)), high)), np.uint8)


def _press(sheet: Image, mask: Mask, at: tuple[int, int], ink: Color, raised: bool) -> None:
    """Lay ink through the mask; a raised letter has a light and a dark edge."""
    if raised:
        _blend(sheet, mask, (at[0] + 1, at[1] + 1), (70, 70, 70), 0.35)
        _blend(sheet, mask, (at[0] - 1, at[1] - 1), (250, 250, 250), 0.3)
    _blend(sheet, mask, at, ink, 1.0)


def _blend(sheet: Image, mask: Mask, at: tuple[int, int], ink: Color, strength: float) -> None:
    x0, y0 = max(0, at[0]), max(0, at[1])
    x1, y1 = min(sheet.shape[1], at[0] + mask.shape[1]), min(sheet.shape[0], at[1] + mask.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    alpha = mask[y0 - at[1] : y1 - at[1], x0 - at[0] : x1 - at[0], None].astype(np.float32) * (strength / 255)
    part = sheet[y0:y1, x0:x1]
    sheet[y0:y1, x0:x1] = (part * (1 - alpha) + np.array(ink, np.float32) * alpha).astype(np.uint8)


def _shaded(rng: np.random.Generator, color: Color, spread: float = 14) -> Color:
    blue, green, red = np.clip(np.array(color) + rng.normal(0, spread, 3), 0, 255).astype(int).tolist()
    return blue, green, red


def _sheet(rng: np.random.Generator, style: Style) -> Image:
    """Return the empty sheet: bands that blend into one another, faint shapes, a rim, round corners on black."""
    bands = style.bands if rng.random() < 0.8 else tuple(np.clip(rng.normal(190, 45, (2, 3)), 20, 255).tolist())
    rows = np.array([_shaded(rng, band, 10) for band in bands], np.float32)
    column = np.asarray(cv2.resize(rows[:, None], (1, HIGH), interpolation=cv2.INTER_LINEAR)).reshape(HIGH, 1, 3)
    sheet = np.repeat(column, WIDE, axis=1).astype(np.uint8)
    for _ in range(int(rng.integers(0, 5))):
        faint = sheet.copy()
        center = (int(rng.integers(0, WIDE)), int(rng.integers(0, HIGH)))
        size = (int(rng.integers(8, 120)), int(rng.integers(5, 50)))
        cv2.ellipse(faint, center, size, float(rng.uniform(0, 180)), 0, 360, _shaded(rng, WHITE, 70), -1, cv2.LINE_AA)
        share = float(rng.uniform(0.08, 0.4))
        sheet = np.asarray(cv2.addWeighted(faint, share, sheet, 1 - share, 0), np.uint8)
    if rng.random() < 0.4:
        cv2.rectangle(
            sheet, (5, 5), (WIDE - 6, HIGH - 6), _shaded(rng, style.name_ink), int(rng.integers(1, 4)), cv2.LINE_AA
        )
    return sheet


def _words(rng: np.random.Generator, sheet: Image, style: Style) -> None:
    upper, lower = (style.motto, style.name) if style.name_low and rng.random() < 0.5 else (style.name, style.motto)
    ink = _shaded(rng, style.name_ink)
    font = str(rng.choice(_SCRIPTS if style.script or rng.random() < 0.2 else _FONTS))
    write_line(
        sheet, upper, font, ink, (WIDE / 2, HIGH * float(rng.uniform(0.1, 0.17))), float(rng.uniform(14, 24)), 210
    )
    if lower and rng.random() < 0.85:
        font = str(rng.choice(_FONTS))
        write_line(
            sheet, lower, font, ink, (WIDE / 2, HIGH * float(rng.uniform(0.86, 0.92))), float(rng.uniform(9, 16)), 230
        )


def write_line(
    sheet: Image, text: str, font: str, ink: Color, center: tuple[float, float], high: float, most_wide: float
) -> None:
    """Write one line of words in place, squeezed to at most `most_wide` pixels."""
    mask = _line_mask(text, font)
    width = min(most_wide, mask.shape[1] * high / mask.shape[0])
    size = (max(2, round(width)), max(2, round(high)))
    at = (round(center[0] - width / 2), round(center[1] - high / 2))
    _blend(sheet, np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), np.uint8), at, ink, 1.0)


@lru_cache(2048)
def _line_mask(text: str, name: str) -> Mask:
    font = _font(name, 48)
    left, top, right, bottom = font.getbbox(text or " ")
    picture = Pillow.new("L", (max(1, round(right - left)) + 2, max(1, round(bottom - top)) + 2))
    ImageDraw.Draw(picture).text((1 - left, 1 - top), text, font=font, fill=255)
    return np.asarray(picture, np.uint8)


@lru_cache(64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the font by name from the system's folders, or DejaVu where it is not installed."""
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return ImageFont.truetype(_FOUND_NOWHERE, size)


def _mark(rng: np.random.Generator, sheet: Image, mark: str, at: tuple[float, float], high: int) -> None:
    """Draw what stands between the groups of a number."""
    center = (round(at[0]), round(at[1]))
    color = _shaded(rng, (120, 130, 140), 80)
    if rng.random() < 0.3:
        mark = str(rng.choice(["dash", "dot", "square", "square", "blob", "star"]))
    reach = round(high * float(rng.uniform(0.08, 0.28)))
    if mark == "dash":
        cv2.rectangle(sheet, (center[0] - reach, center[1] - 3), (center[0] + reach, center[1] + 3), color, -1)
    elif mark in ("dot", "star"):
        turned = cv2.boxPoints((center, (reach, reach), float(rng.uniform(0, 90)))).astype(np.int32)
        cv2.fillPoly(sheet, [turned], color, cv2.LINE_AA)
    elif mark == "square":
        corner = (center[0] + reach, center[1] + round(reach * float(rng.uniform(0.8, 1.3))))
        cv2.rectangle(sheet, (center[0] - reach, center[1] - reach), corner, color, -1)
        words = f"{int(rng.integers(8, 19)):02d}"
        write_line(sheet, words, "RG2014C.ttf", _shaded(rng, (40, 40, 40), 60), center, reach, 2 * reach)
    elif mark == "blob":
        for _ in range(3):
            spot = (center[0] + int(rng.normal(0, reach / 2)), center[1] + int(rng.normal(0, reach / 2)))
            size = (max(2, reach // 2 + int(rng.integers(0, 6))), max(2, reach // 2 + int(rng.integers(0, 12))))
            cv2.ellipse(sheet, spot, size, float(rng.uniform(0, 90)), 0, 360, _shaded(rng, color, 40), -1, cv2.LINE_AA)


def _stickers(rng: np.random.Generator, sheet: Image) -> None:
    """Month and year stickers in the corners, and now and then a stacked pair of small letters or a badge at a side."""
    for x, y in ((14, 10), (WIDE - 50, 10), (14, HIGH - 30), (WIDE - 50, HIGH - 30)):
        if rng.random() < 0.3:
            size = (int(rng.integers(22, 40)), int(rng.integers(14, 26)))
            cv2.rectangle(sheet, (x, y), (x + size[0], y + size[1]), _shaded(rng, (120, 120, 150), 75), -1)
            words = str(rng.choice(["JAN", "JUN", "APR", "OCT", "08", "11", "2013", "15"]))
            write_line(
                sheet,
                words,
                "RG2014C.ttf",
                _shaded(rng, (90, 90, 90), 80),
                (x + size[0] / 2, y + size[1] / 2),
                size[1] * 0.6,
                size[0] - 4,
            )


def _bolts(rng: np.random.Generator, sheet: Image) -> None:
    for y in (0.1, 0.9):
        for x in (0.22, 0.78):
            if rng.random() < 0.4:
                at = (round(WIDE * x + rng.normal(0, 5)), round(HIGH * y + rng.normal(0, 3)))
                cv2.circle(sheet, at, int(rng.integers(4, 9)), _shaded(rng, (110, 110, 110), 60), -1, cv2.LINE_AA)


def frame_over(rng: np.random.Generator, sheet: Image) -> None:
    """Lay a dealer's frame over the sheet's edges, in place; it hides the words, never the number."""
    color = _shaded(rng, (40, 40, 40) if rng.random() < 0.6 else (170, 170, 170), 25)
    top, bottom, side = (int(rng.integers(*reach)) for reach in ((6, 26), (8, 30), (3, 12)))
    ink = _shaded(rng, (220, 220, 220) if sum(color) < 300 else (30, 30, 30), 20)
    cv2.rectangle(sheet, (0, 0), (WIDE, top), color, -1)
    cv2.rectangle(sheet, (0, HIGH - bottom), (WIDE, HIGH), color, -1)
    cv2.rectangle(sheet, (0, 0), (side, HIGH), color, -1)
    cv2.rectangle(sheet, (WIDE - side, 0), (WIDE, HIGH), color, -1)
    for reach, y in ((top, top / 2), (bottom, HIGH - bottom / 2)):
        if reach > 12 and rng.random() < 0.8:
            words = FRAME_WORDS[int(rng.integers(len(FRAME_WORDS)))]
            write_line(sheet, words, str(rng.choice(_FONTS)), ink, (WIDE / 2, y), reach * 0.7, 250)
