"""The vehicle's color around its plate, as NCIC's VCO, measured against the plate's own sheet; often unknown."""

from __future__ import annotations

import cv2
import numpy as np

from devices.recogniser.port import Image
from devices.recogniser.quads import Quad

LEAST_SHARE = 0.6
"""A color that covers less of what is seen above the plate is not named."""
_LEAST_LIGHT = 90.0
"""A plate darker than this (90th percentile, of 255) gives no measure."""
_RIGHT = 0.7
"""Of the colors named on 76 road photos about so many were right to an eye; white and silver are the usual mistake."""
_MOST_CAST = 1.35
"""The light's cast of color is taken from the plate's brightest pixels, as far as a white sheet explains it."""
_LEAST_CHROMA = 5.0
"""A picture with less color than this (mean saturation, of 255) is infrared or night: grey would be a guess."""
_PLAIN = 62
"""Saturation (of 255) below which paint is white, silver, gray or black."""
_GREYS = ((0.22, "BLK"), (0.5, "GRY"), (0.8, "SIL"), (9.0, "WHI"))
"""Paint as bright as this share of the plate's sheet, at most."""
_HUES = ((7, "RED"), (18, "ONG"), (34, "YEL"), (85, "GRN"), (130, "BLU"), (160, "PLE"), (180, "RED"))
"""OpenCV's hue (0 to 180), at most."""
_DARKER = {"RED": "MAR", "ONG": "BRO", "YEL": "GLD", "BLU": "DBL", "GRN": "DGR"}
_DARK = 0.3
_CODES = [*dict.fromkeys([code for _, code in _GREYS] + [code for _, code in _HUES]), *_DARKER.values()]


def vehicle_color(image: Image, quad: Quad) -> tuple[str, float] | None:
    """Return the VCO code of the paint above the plate and how sure that is (0 to 1); None: unknown."""
    body, sheet = _above(image, quad), _inside(image, quad)
    if body.size < 300 or sheet.size < 60:
        return None
    bright = sheet.reshape(-1, 3)[sheet.max(axis=2).reshape(-1) >= np.percentile(sheet.max(axis=2), 90)]
    white = bright.mean(axis=0)
    light = float(white.max())
    chroma = max(float(np.ptp(part, axis=2).mean()) for part in (body, sheet))
    if light < _LEAST_LIGHT or chroma < _LEAST_CHROMA:
        return None
    even = np.clip(body * np.clip(light / np.maximum(white, 1), 1, _MOST_CAST), 0, 255).astype(np.uint8)
    hsv = cv2.cvtColor(even, cv2.COLOR_BGR2HSV).reshape(-1, 3).astype(np.float32)
    names = [_named(h, s, v, light) for h, s, v in hsv[:: max(1, len(hsv) // 400)].tolist()]
    shares = {code: names.count(code) / len(names) for code in _CODES}
    best = max(shares, key=lambda code: shares[code])
    return (best, round(_RIGHT * shares[best], 4)) if shares[best] >= LEAST_SHARE else None


def _named(hue: float, saturation: float, value: float, light: float) -> str:
    bright = value / light
    if saturation < _PLAIN or bright < _GREYS[0][0]:
        return next(code for most, code in _GREYS if bright <= most or code == "WHI")
    name = next(code for most, code in _HUES if hue <= most)
    return _DARKER.get(name, name) if bright < _DARK else name


def _above(image: Image, quad: Quad) -> Image:
    """Return the strip of the body above the plate, as wide as the plate."""
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    high = bottom - top
    return _cut(image, left, top - 1.4 * high, right, top - 0.35 * high)


def _inside(image: Image, quad: Quad) -> Image:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return _cut(image, left, top, right, bottom)


def _cut(image: Image, left: float, top: float, right: float, bottom: float) -> Image:
    high, wide = image.shape[:2]
    x0, y0, x1, y1 = max(0, int(left)), max(0, int(top)), min(wide, int(right)), min(high, int(bottom))
    return image[y0 : max(y0, y1), x0 : max(x0, x1)]
