"""The shapes and colors of the drive's cars, seen from behind, by NCIC code."""

from __future__ import annotations

from dataclasses import dataclass

from devices.drive.plate import Color

Half = tuple[tuple[float, float], ...]
"""The right half of an outline, from the top middle down: metres right of the middle, metres above the road."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in metres; what stands on the right is mirrored to the left."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A car's rear and its length. `body_z`, `cabin_z`: where body and cabin begin and end behind the rear face.

    A cabin can be a rider, whose jacket is the 'glass'. `bumper` and `seam` of 0: it has none. `tall`: the height of
    the rear's picture, `shadow`: half the width of the shadow on the road, both in metres.
    """

    body: Half
    cabin: Half
    glass: Half
    lamps: tuple[Box, ...]
    bumper: tuple[float, float]
    bumper_color: Color | None
    seam: float
    plate_y: float
    body_z: tuple[float, float]
    cabin_z: tuple[float, float]
    wheels_z: tuple[float, float]
    tyre: Box
    tall: float = 2.0
    shadow: float = 1.1


SHAPES: dict[str, Shape] = {
    "4D": Shape(
        body=(
            (0.0, 1.07),
            (0.58, 1.06),
            (0.78, 0.99),
            (0.88, 0.84),
            (0.92, 0.6),
            (0.89, 0.38),
            (0.8, 0.26),
            (0.0, 0.24),
        ),
        cabin=((0.0, 1.47), (0.42, 1.455), (0.56, 1.38), (0.76, 1.02), (0.0, 1.0)),
        glass=((0.0, 1.4), (0.38, 1.39), (0.48, 1.33), (0.64, 1.07), (0.0, 1.055)),
        lamps=((0.5, 0.8, 0.86, 0.95),),
        bumper=(0.26, 0.56),
        bumper_color=None,
        seam=0.66,
        plate_y=0.8,
        body_z=(0.0, 4.7),
        cabin_z=(0.0, 2.6),
        wheels_z=(0.95, 3.75),
        tyre=(0.66, 0.0, 0.88, 0.36),
    ),
    "UT": Shape(
        body=((0.0, 1.2), (0.8, 1.17), (0.91, 1.0), (0.95, 0.7), (0.93, 0.45), (0.84, 0.33), (0.0, 0.31)),
        cabin=((0.0, 1.74), (0.56, 1.72), (0.69, 1.62), (0.84, 1.12), (0.0, 1.1)),
        glass=((0.0, 1.63), (0.52, 1.61), (0.6, 1.54), (0.7, 1.2), (0.0, 1.18)),
        lamps=((0.7, 0.9, 0.87, 1.19), (0.52, 0.98, 0.7, 1.1)),
        bumper=(0.33, 0.62),
        bumper_color=(52, 54, 58),
        seam=0.68,
        plate_y=0.9,
        body_z=(0.0, 4.6),
        cabin_z=(0.0, 3.1),
        wheels_z=(0.85, 3.65),
        tyre=(0.67, 0.0, 0.91, 0.42),
    ),
    "PK": Shape(
        body=((0.0, 1.14), (0.8, 1.14), (0.94, 1.1), (0.97, 0.85), (0.96, 0.56), (0.9, 0.46), (0.0, 0.44)),
        cabin=((0.0, 1.66), (0.46, 1.65), (0.6, 1.58), (0.73, 1.08), (0.0, 1.08)),
        glass=((0.0, 1.58), (0.42, 1.57), (0.52, 1.51), (0.6, 1.2), (0.0, 1.19)),
        lamps=((0.8, 0.7, 0.94, 1.06),),
        bumper=(0.4, 0.63),
        bumper_color=(150, 153, 156),
        seam=0.66,
        plate_y=0.54,
        body_z=(0.0, 5.4),
        cabin_z=(0.0, 1.7),
        wheels_z=(1.15, 4.5),
        tyre=(0.68, 0.0, 0.93, 0.5),
    ),
    "VN": Shape(
        body=((0.0, 1.3), (0.82, 1.27), (0.93, 1.08), (0.97, 0.7), (0.95, 0.42), (0.86, 0.3), (0.0, 0.28)),
        cabin=((0.0, 1.8), (0.62, 1.78), (0.76, 1.68), (0.87, 1.2), (0.0, 1.18)),
        glass=((0.0, 1.7), (0.56, 1.68), (0.66, 1.6), (0.74, 1.3), (0.0, 1.28)),
        lamps=((0.78, 0.92, 0.93, 1.26),),
        bumper=(0.3, 0.58),
        bumper_color=None,
        seam=0.7,
        plate_y=0.86,
        body_z=(0.0, 5.0),
        cabin_z=(0.0, 4.0),
        wheels_z=(0.9, 3.9),
        tyre=(0.68, 0.0, 0.92, 0.4),
    ),
    "MC": Shape(
        body=((0.0, 0.9), (0.12, 0.88), (0.2, 0.8), (0.29, 0.74), (0.31, 0.56), (0.26, 0.44), (0.0, 0.42)),
        cabin=(
            (0.0, 1.66),
            (0.1, 1.63),
            (0.14, 1.5),
            (0.1, 1.38),
            (0.22, 1.32),
            (0.28, 1.1),
            (0.22, 0.86),
            (0.0, 0.84),
        ),
        glass=((0.0, 1.39), (0.09, 1.37), (0.21, 1.31), (0.27, 1.1), (0.21, 0.88), (0.0, 0.86)),
        lamps=((0.0, 0.76, 0.1, 0.85),),
        bumper=(0.0, 0.0),
        bumper_color=None,
        seam=0.0,
        plate_y=0.62,
        body_z=(0.0, 2.1),
        cabin_z=(0.5, 0.9),
        wheels_z=(0.35, 1.85),
        tyre=(-0.09, 0.0, 0.09, 0.6),
        shadow=0.4,
    ),
    "AR": Shape(
        body=((0.0, 3.0), (1.0, 3.0), (1.07, 2.94), (1.08, 1.2), (1.07, 0.68), (0.98, 0.6), (0.0, 0.7)),
        cabin=((0.0, 3.06), (0.9, 3.05), (0.98, 3.0), (0.98, 2.9), (0.0, 2.9)),
        glass=((0.0, 2.95), (0.02, 2.95), (0.02, 2.93), (0.0, 2.93)),
        lamps=((0.84, 0.8, 1.0, 0.92),),
        bumper=(0.42, 0.62),
        bumper_color=(58, 60, 64),
        seam=0.92,
        plate_y=0.88,
        body_z=(0.0, 6.2),
        cabin_z=(0.2, 6.0),
        wheels_z=(1.3, 5.6),
        tyre=(0.66, 0.0, 0.98, 0.5),
        tall=3.3,
        shadow=1.3,
    ),
}
"""By NCIC's style. A pickup's cabin is drawn as small as it looks from 7 m behind. AR is any truck with a box."""

_LIKE = {
    **dict.fromkeys(("2D", "SD", "CP", "HB", "3D", "5D", "CV", "LM"), "4D"),
    **dict.fromkeys(("SW", "LL"), "UT"),
    **dict.fromkeys(("BU", "MH", "TT", "AM", "FT", "DP", "FB", "TR", "DS"), "AR"),
    "MD": "MC",
}
"""Styles that look like another from behind."""

PAINT: dict[str, Color] = {
    "BGE": (198, 184, 152),
    "BLK": (34, 35, 39),
    "BRO": (88, 58, 40),
    "BLU": (36, 84, 168),
    "DBL": (24, 40, 88),
    "DGR": (24, 62, 44),
    "GLD": (178, 148, 82),
    "GRN": (44, 98, 62),
    "GRY": (106, 109, 114),
    "LBL": (122, 164, 206),
    "MAR": (104, 24, 36),
    "ONG": (206, 98, 28),
    "RED": (178, 30, 32),
    "SIL": (178, 182, 187),
    "TAN": (178, 156, 120),
    "WHI": (232, 233, 234),
    "YEL": (224, 188, 48),
}
"""By NCIC's color."""
_PLAIN = PAINT["GRY"]


def drawn_style(style: str) -> str:
    """The style that is drawn for an NCIC style: its own, one that looks like it from behind, else a sedan."""
    known = _LIKE.get(style, style)
    return known if known in SHAPES else "4D"


def paint_of(color: str) -> Color:
    """The paint of an NCIC color, gray for one without; of two colors the first."""
    return PAINT.get(color.split("/")[0], _PLAIN)
