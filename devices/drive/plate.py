"""Draws a licence plate in the manner of its state: background, state's name, characters, motto, stickers."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from devices.training.styles import STYLES as LOOKS

Color = tuple[int, int, int]
"""Red, green, blue."""

_INCH = 60
_FONTS = ("RG2014C.ttf", "B612-Bold.ttf", "DejaVuSans-Bold.ttf", "arialbd.ttf")
"""Looked for by name in the system's font folders: Debian's road sign letters, then what is common elsewhere."""


@dataclass(frozen=True, slots=True)
class PlateStyle:
    """How a state's plates look. `first`: how many characters stand before the gap. `upper`, `lower`: background."""

    name: str
    motto: str
    first: int
    ink: Color
    name_ink: Color
    upper: Color
    lower: Color


_NAVY, _WHITE, _BLACK, _RED = (16, 32, 92), (246, 247, 246), (22, 22, 24), (176, 24, 38)
STYLES: dict[str, PlateStyle] = {
    "CT": PlateStyle("CONNECTICUT", "Constitution State", 2, _NAVY, _NAVY, (164, 198, 232), _WHITE),
    "MA": PlateStyle("MASSACHUSETTS", "The Spirit of America", 4, _RED, _NAVY, _WHITE, _WHITE),
    "NY": PlateStyle("NEW YORK", "EMPIRE STATE", 3, _NAVY, _NAVY, (238, 196, 84), (240, 202, 98)),
    "RI": PlateStyle("RHODE ISLAND", "Ocean State", 2, (12, 48, 112), (12, 48, 112), _WHITE, (178, 208, 232)),
    "NJ": PlateStyle("NEW JERSEY", "Garden State", 3, _BLACK, _BLACK, (238, 214, 116), (246, 240, 210)),
    "VT": PlateStyle("VERMONT", "Green Mountain State", 3, _WHITE, _WHITE, (14, 88, 56), (18, 98, 62)),
    "PA": PlateStyle("PENNSYLVANIA", "Keystone State", 3, _NAVY, _NAVY, (150, 184, 228), (244, 226, 150)),
    "NH": PlateStyle("NEW HAMPSHIRE", "Live Free or Die", 3, (20, 74, 54), (20, 74, 54), _WHITE, (208, 228, 212)),
}
"""The states whose plates the drive shows."""


def style_of(state: str) -> PlateStyle:
    """How the plates of any state look: its own drawing, else its colors and words, else plain with its code."""
    known = STYLES.get(state)
    if known is not None:
        return known
    look = LOOKS.get(state)
    if look is None:
        return PlateStyle(state, "", 3, _NAVY, _NAVY, _WHITE, _WHITE)
    ink, name_ink, upper, lower = (color[::-1] for color in (look.ink, look.name_ink, look.bands[0], look.bands[-1]))
    return PlateStyle(look.name.upper(), look.motto, 3, ink, name_ink, upper, lower)


def draw_plate(plate: str, state: str) -> Image.Image:
    """Return the plate as RGBA, 720 x 360 pixels (60 to the inch)."""
    style = style_of(state)
    picture = _sheet(style)
    _write(picture, style.name, style.name_ink, (6, 0.92), 0.66, 6.6)
    _write(picture, f"{plate[: style.first]} {plate[style.first :]}", style.ink, (6, 3.1), 2.5, 10.9)
    _write(picture, style.motto, style.name_ink, (6, 5.3), 0.5, 6.0)
    _stickers(picture)
    return picture


def _sheet(style: PlateStyle) -> Image.Image:
    """The pressed sheet: a blend from the upper to the lower color, round corners, a rim."""
    size = (12 * _INCH, 6 * _INCH)
    blend = Image.linear_gradient("L").resize(size)
    sheet = Image.composite(Image.new("RGB", size, style.lower), Image.new("RGB", size, style.upper), blend)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 0.45 * _INCH, fill=255)
    sheet.putalpha(mask)
    rim = (5, 5, size[0] - 6, size[1] - 6)
    ImageDraw.Draw(sheet).rounded_rectangle(rim, 0.4 * _INCH, outline=style.name_ink, width=5)
    return sheet


def _write(
    picture: Image.Image, text: str, ink: Color, center: tuple[float, float], high: float, most_wide: float
) -> None:
    """Write one line, its capitals `high` inches, squeezed where it would be wider than `most_wide` inches."""
    font = _font(200)
    left, top, right, bottom = font.getbbox(text)
    _, cap_top, _, cap_bottom = font.getbbox("H")
    line = Image.new("L", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(line).text((-left, -top), text, font=font, fill=255)
    scale = high * _INCH / (cap_bottom - cap_top)
    size = (round(min(line.width * scale, most_wide * _INCH)), round(line.height * scale))
    at = (
        round(center[0] * _INCH - size[0] / 2),
        round(center[1] * _INCH - (high / 2 * _INCH) - (cap_top - top) * scale),
    )
    picture.paste(ink, (*at, at[0] + size[0], at[1] + size[1]), line.resize(size, Image.Resampling.LANCZOS))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue  # not on this machine: the next candidate
    return ImageFont.load_default(size)


def _stickers(picture: Image.Image) -> None:
    """Month and year stickers without text in the upper corners, and the bolts."""
    draw = ImageDraw.Draw(picture)
    for left, color in ((0.5, (196, 60, 48)), (10.5, (52, 110, 176))):
        draw.rectangle((left * _INCH, 0.45 * _INCH, (left + 1) * _INCH, 1.15 * _INCH), fill=color)
    for x in (2.5, 9.5):
        draw.ellipse(((x - 0.16) * _INCH, 0.5 * _INCH, (x + 0.16) * _INCH, 0.82 * _INCH), fill=(120, 122, 124))
