"""What a patrol camera does to a picture: distance, slant, blur, night, infrared, rain, noise, compression."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from devices.recogniser.quads import Quad
from devices.training.plates import Image

Floats = npt.NDArray[np.float32]


def slanted(rng: np.random.Generator, center: tuple[float, float], wide: float, strength: float = 1.0) -> Quad:
    """Return the corners of a plate `wide` pixels wide around the center, turned and in perspective at random."""
    high = wide * float(np.clip(rng.normal(0.5, 0.045), 0.38, 0.64))
    unit = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * (wide, high)
    turn = float(np.clip(rng.normal(0, 4.0 * strength), -16, 16)) * np.pi / 180
    shear_x, shear_y = rng.normal(0, 0.08 * strength), rng.normal(0, 0.05 * strength)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = matrix @ np.array([[1, shear_x], [shear_y, 1]])
    unit = unit @ matrix.T + rng.normal(0, 0.01 * strength, (4, 2)) * wide
    return np.asarray(unit + center, np.float32)


def paste(rng: np.random.Generator, picture: Image, plate: Image, quad: Quad) -> None:
    """Lay a plate onto the picture in place, its corners on the quad, its light like that of the place."""
    high, wide = picture.shape[:2]
    along = float(np.hypot(*(quad[1] - quad[0])))
    fit = (max(8, round(along * 1.3)), max(4, round(along * 1.3 * plate.shape[0] / plate.shape[1])))
    if fit[0] < plate.shape[1]:
        plate = np.asarray(cv2.resize(plate, fit, interpolation=cv2.INTER_AREA), np.uint8)
    rows, columns = plate.shape[:2]
    (left, top), (right, bottom) = np.floor(quad.min(axis=0)).astype(int) - 1, np.ceil(quad.max(axis=0)).astype(int) + 2
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, wide), min(bottom, high)
    if right - left < 3 or bottom - top < 3:
        return
    source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(source, (quad - (left, top)).astype(np.float32) - 0.5)
    size = (int(right - left), int(bottom - top))
    warped = cv2.warpPerspective(plate, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = (
        cv2.warpPerspective(_sheet_mask(rng, (columns, rows)), matrix, size, flags=cv2.INTER_LINEAR)[:, :, None] / 255.0
    )
    part = picture[top:bottom, left:right]
    lit = warped.astype(np.float32) * float(rng.uniform(0.55, 1.05)) + float(rng.uniform(0, 14))
    picture[top:bottom, left:right] = np.clip(part * (1 - alpha) + lit * alpha, 0, 255).astype(np.uint8)


def _sheet_mask(rng: np.random.Generator, size: tuple[int, int]) -> Image:
    mask = np.zeros((size[1], size[0]), np.uint8)
    corner = max(1, round(size[1] * float(rng.uniform(0.03, 0.1))))
    cv2.rectangle(mask, (corner, 0), (size[0] - corner - 1, size[1] - 1), 255, -1)
    cv2.rectangle(mask, (0, corner), (size[0] - 1, size[1] - corner - 1), 255, -1)
    return mask


def reshaped(rng: np.random.Generator, plate: Image) -> Image:
    """Return the plate as another press and another printer would have made it.

    Its letters are wider here and narrower there, thinner or thicker; its colors change.
    """
    high, wide = plate.shape[:2]
    along, across = (_waves(rng, size, most) for size, most in ((wide, 5.0), (high, 2.5)))
    out = cv2.remap(plate, *np.meshgrid(along, across), interpolation=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.4:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
        press = cv2.erode if rng.random() < 0.5 else cv2.dilate
        pressed, share = press(out, kernel).astype(np.float32), float(rng.uniform(0.3, 1.0))
        out = np.asarray(out * (1 - share) + pressed * share, np.uint8)
    if rng.random() < 0.15:
        out = out[:, :, rng.permutation(3)]
    if rng.random() < 0.05:
        out = 255 - out
    curves = 255 * (np.arange(256)[:, None] / 255.0) ** np.exp(rng.normal(0, 0.2, 3))
    return np.asarray(cv2.LUT(np.ascontiguousarray(out, np.uint8), curves.astype(np.uint8)[None]), np.uint8)


def _waves(rng: np.random.Generator, size: int, most: float) -> Floats:
    """Return for each of `size` pixels where it is taken from, up to about `most` pixels off, never back to front."""
    at = np.arange(size, dtype=np.float32)
    for waves in (1, 2, 3):
        amplitude, phase = rng.normal(0, most / 2 / waves), rng.uniform(0, 2 * np.pi)
        at = at + np.float32(amplitude) * np.sin(at * np.float32(waves * np.pi / size) + np.float32(phase))
    return at.astype(np.float32)


def photographed(rng: np.random.Generator, picture: Image, strength: float, scale: float = 1.0) -> Image:
    """Return the picture as a camera would bring it home.

    strength: 0 (clean) to 1 (all that happens on the road). scale: how wide the plate is, in units of 90 pixels; blur
    grows with it, so that small plates stay just readable.
    """
    seen = picture.astype(np.float32)
    if rng.random() < 0.15:
        seen = _infrared(rng, seen)
    seen = _lit(rng, seen, strength)
    if rng.random() < 0.08 * strength:
        seen = _rained_on(rng, seen)
    seen = _blurred(rng, seen, strength, scale)
    seen += rng.standard_normal(seen.shape, np.float32) * (float(rng.gamma(1.2, 2.4)) * strength + 0.3)
    if rng.random() < 0.3:
        soft = cv2.GaussianBlur(seen, (0, 0), 1.2)
        seen = seen + (seen - soft) * float(rng.uniform(0.3, 1.6))
    out = np.clip(seen, 0, 255).astype(np.uint8)
    if rng.random() < 0.8:
        quality = int(rng.integers(30, 96))
        done, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])
        out = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8) if done else out
    return out


def _infrared(rng: np.random.Generator, seen: Floats) -> Floats:
    """Grey, the sheet blooming where it throws the lamp's light back."""
    grey = seen @ rng.dirichlet((2, 3, 4)).astype(np.float32)
    if rng.random() < 0.5:
        gain = float(rng.uniform(1.1, 1.8))
        bright = np.maximum(grey * gain - 200, 0)
        grey = grey * gain + cv2.GaussianBlur(bright, (0, 0), float(rng.uniform(0.8, 2.2))) * float(
            rng.uniform(0.3, 1.2)
        )
    return np.repeat(grey[:, :, None], 3, axis=2).astype(np.float32)


def _lit(rng: np.random.Generator, seen: Floats, strength: float) -> Floats:
    """Exposure, contrast, a cast of color, a shadow's edge."""
    gain = float(np.exp(rng.normal(-0.15, 0.45 * strength)))
    cast = np.exp(rng.normal(0, 0.07 * strength, 3)).astype(np.float32)
    lift = float(rng.uniform(0, 40 * strength)) if rng.random() < 0.5 else 0.0
    seen = np.minimum(seen * gain * cast, 255 + 40 * rng.random()) * (1 - lift / 255) + lift
    if rng.random() < 0.12 * strength:
        high, wide = seen.shape[:2]
        slope = np.linspace(0, 1, wide)[None] * rng.normal() + np.linspace(0, 1, high)[:, None] * rng.normal()
        edge = 1 / (1 + np.exp(-np.clip((slope - rng.normal(0, 0.4)) * float(rng.uniform(5, 60)), -30, 30)))
        seen = seen * (1 - float(rng.uniform(0.2, 0.65)) * edge[:, :, None]).astype(np.float32)
    if rng.random() < 0.1:
        middle = float(seen.mean())
        seen = (seen - middle) * float(rng.uniform(0.25, 0.6)) + middle
    return seen.astype(np.float32)


def _rained_on(rng: np.random.Generator, seen: Floats) -> Floats:
    """Streaks and drops."""
    high, wide = seen.shape[:2]
    veil = np.zeros((high, wide), np.float32)
    for _ in range(int(rng.integers(3, 18))):
        start = (int(rng.integers(0, wide)), int(rng.integers(0, high)))
        end = (start[0] + int(rng.normal(0, 2)), start[1] + int(rng.integers(2, max(3, high // 4))))
        cv2.line(veil, start, end, float(rng.uniform(15, 70)), 1, cv2.LINE_AA)
    out = seen + veil[:, :, None]
    if rng.random() < 0.5:
        soft = cv2.GaussianBlur(out, (0, 0), max(0.6, wide / 70))
        drops = np.zeros((high, wide), np.float32)
        for _ in range(int(rng.integers(1, 5))):
            at = (int(rng.integers(0, wide)), int(rng.integers(0, high)))
            cv2.circle(drops, at, int(rng.integers(2, max(3, high // 6))), 1.0, -1, cv2.LINE_AA)
        out = out * (1 - drops[:, :, None] * 0.8) + soft * drops[:, :, None] * 0.8
    return out.astype(np.float32)


def _blurred(rng: np.random.Generator, seen: Floats, strength: float, scale: float) -> Floats:
    """Out of focus, and moved during the exposure."""
    if rng.random() < 0.75 * strength:
        sigma = float(rng.gamma(2.0, 0.33)) * max(0.5, scale**0.75)
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), max(0.1, sigma)), np.float32)
    if rng.random() < 0.25 * strength:
        length = max(2.0, float(rng.uniform(1.5, 7.0)) * max(0.6, scale**0.8))
        angle = float(rng.normal(0, 25))
        size = int(length) | 1
        kernel = np.zeros((size, size), np.float32)
        reach = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * length / 2
        center = np.array([size // 2, size // 2])
        first, last = np.round(center - reach).astype(int), np.round(center + reach).astype(int)
        cv2.line(kernel, (int(first[0]), int(first[1])), (int(last[0]), int(last[1])), 1.0, 1)
        seen = np.asarray(cv2.filter2D(seen, -1, kernel / max(1.0, float(kernel.sum()))), np.float32)
    return seen


def _night(rng: np.random.Generator, seen: Floats) -> Floats:
    """A quarter of the light, and the noise that comes with it."""
    return np.asarray(seen * 0.25 + rng.standard_normal(seen.shape, np.float32) * 5, np.float32)


def _moved(_rng: np.random.Generator, seen: Floats) -> Floats:
    """Five pixels along during the exposure."""
    return np.asarray(cv2.blur(seen, (5, 1)), np.float32)


CONDITIONS: dict[str, Callable[[np.random.Generator, Floats], Floats]] = {
    "night": _night,
    "infrared": _infrared,
    "rain": _rained_on,
    "blur": _moved,
}
"""What can be done to a whole photo, to measure how much worse it is read then."""


def under(condition: str, picture: Image, seed: int) -> Image:
    """Return the photo as it would be under a condition of CONDITIONS; the same for the same seed."""
    seen = CONDITIONS[condition](np.random.default_rng(seed), picture.astype(np.float32))
    return np.clip(seen, 0, 255).astype(np.uint8)
