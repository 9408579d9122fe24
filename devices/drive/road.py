"""The land around the drive: sky, woods, the road with its lines, and trees and posts that pass by."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from devices.drive.camera import CANVAS_HEIGHT, EYE, FOCAL, HORIZON, WIDTH, Image, Points, pixels
from devices.drive.paint import halves, premultiplied, warp_onto

_ACROSS, _ALONG = 24, 20
"""Texels to the metre of the ground's texture."""
_HALF_WIDE = 32.0
_DASH = 12.192
"""A lane line's dash and gap together: 10 and 30 feet (MUTCD 3A.04)."""
_LENGTH = 4 * _DASH
"""After this many metres the ground repeats itself."""
_HAZE = np.array((214, 205, 196), np.float32)
_BANDS = (6.0, 9, 13, 19, 28, 42, 63, 95, 140, 210, 320, 1e6)
"""Distances in metres; between two of them the ground is drawn from one texture, softened for that distance."""
_TREES = ((-1, 13.5, 41.0), (1, 11.0, 33.0), (-1, 29.0, 67.0), (1, 17.0, 52.0))
"""Rows of trees: side, metres from the road's middle, metres from one tree to the next."""
_FARTHEST, _POSTS = 270.0, 8.0
_WRAP = 400
"""Rows of the ground that are repeated at its ends while it is softened."""

Strip = tuple[float, float, tuple[int, int, int]]
_STRIPS: tuple[Strip, ...] = (
    (-5.2, 6.4, (104, 106, 108)),
    (-24.5, -15.5, (108, 110, 112)),
    (-3.74, -3.62, (52, 168, 208)),
    (3.6, 3.72, (206, 208, 208)),
    (-15.9, -15.78, (200, 202, 202)),
)
"""Asphalt and solid lines: from, to, in metres right of the road's middle, and BGR."""


def distance_haze(z: float) -> float:
    """Return the share of haze in a color seen `z` metres ahead, 0 to 1."""
    return float(1 - np.exp(-z / 520))


class Land:
    """Draws everything but the cars. `seed` fixes its random parts."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self._backdrop = _backdrop(rng)
        self._bands = _bands(_ground(rng))
        self._trees = [_Tree(rng) for _ in range(4)]
        rows = np.arange(HORIZON + 1, CANVAS_HEIGHT, dtype=np.float32)
        self._z = FOCAL * EYE / (rows - HORIZON)
        self._x = (np.arange(WIDTH, dtype=np.float32)[None, :] - WIDTH / 2) * (self._z[:, None] / FOCAL)

    def canvas(self, x: float, driven: float) -> Image:
        """Return a new canvas as seen `x` metres right of the road's middle after `driven` metres."""
        canvas = self._backdrop.copy()
        for near, far, texture in self._bands:
            rows = np.flatnonzero((self._z >= near) & (self._z < far))
            if rows.size:
                first, last = int(rows[0]), int(rows[-1]) + 1
                across = np.clip((self._x[first:last] + (x + _HALF_WIDE)) * _ACROSS, 0, texture.shape[1] - 1)
                ahead = (-(self._z[first:last] + driven) * _ALONG) % texture.shape[0]
                along = np.broadcast_to(ahead[:, None], across.shape).astype(np.float32)
                part = cv2.remap(texture, across, along, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
                canvas[HORIZON + 1 + first : HORIZON + 1 + last] = part
        self._put_trees(canvas, x, driven)
        _put_rail(canvas, x, driven)
        return canvas

    def _put_trees(self, canvas: Image, x: float, driven: float) -> None:
        standing = []
        for row, (side, aside, apart) in enumerate(_TREES):
            first = int(driven // apart)
            for number in range(first, first + int(_FARTHEST // apart) + 2):
                kind = (number * 7 + row * 3) % 11
                z = number * apart + kind - driven
                standing.append((z, side * (aside + 0.4 * kind) - x, kind))
        for z, aside, kind in sorted(standing, reverse=True):
            if 20 < z < _FARTHEST and abs(aside) < z * WIDTH / 2 / FOCAL + 6:
                _put_tree(canvas, self._trees[kind % 4], aside, z, 6.5 + 0.4 * kind)


class _Tree:
    """A tree in falling sizes, as it is near by and as the haze leaves it far away."""

    def __init__(self, rng: np.random.Generator) -> None:
        near = _tree(rng)
        veil = (_HAZE * near[:, :, 3:] / 255).astype(np.uint8)
        self.sizes = list(zip(halves(near), halves(np.dstack([veil, near[:, :, 3]])), strict=True))


def _put_tree(canvas: Image, tree: _Tree, x: float, z: float, tall: float) -> None:
    wanted = tall * FOCAL / z
    fitting = [pair for pair in tree.sizes if pair[0].shape[1] >= 0.9 * wanted] or tree.sizes[:1]
    near, veil = fitting[-1]
    haze, there = distance_haze(z), min(1.0, (_FARTHEST - z) / 50)  # a new tree fades in
    picture = np.asarray(cv2.addWeighted(near, (1 - haze) * there, veil, haze * there, 0), np.uint8)
    half = tall * 0.5
    corners = pixels([(x - half, tall, z), (x + half, tall, z), (x + half, -0.1, z), (x - half, -0.1, z)])
    warp_onto(canvas, picture, corners)


def _put_rail(canvas: Image, x: float, driven: float) -> None:
    """The guard rail on the right."""
    aside = 7.6 - x
    first = int(driven // _POSTS)
    for number in reversed(range(first, first + 25)):
        z = number * _POSTS - driven
        if z > 8:
            _fill(
                canvas, [(aside, 0, z), (aside + 0.15, 0, z), (aside + 0.15, 0.7, z), (aside, 0.7, z)], (96, 100, 104)
            )
    for low, high, color in (
        (0.45, 0.78, (150, 154, 156)),
        (0.56, 0.64, (112, 117, 121)),
        (0.72, 0.78, (186, 189, 190)),
    ):
        _fill(canvas, [(aside, low, 9), (aside, low, 400), (aside, high, 400), (aside, high, 9)], color)


def _fill(canvas: Image, points: list[tuple[float, float, float]], color: tuple[int, int, int]) -> None:
    cv2.fillConvexPoly(canvas, np.round(pixels(points) * 16).astype(np.int32), color, cv2.LINE_AA, 4)


def _clouded(rng: np.random.Generator, high: int, wide: int, coarsest: int, flat: float = 1.0) -> Points:
    """Return smooth noise of several sizes, mean 0 and deviation 1. flat: how much wider than high it is."""
    total = np.zeros((high, wide), np.float32)
    size, weight = float(coarsest), 1.0
    while size >= 2:
        small = rng.standard_normal((int(high * flat / size) + 3, int(wide / size) + 3)).astype(np.float32)
        total += weight * np.asarray(cv2.resize(small, (wide, high), interpolation=cv2.INTER_CUBIC))
        size, weight = size / 2, weight * 0.55
    noise: Points = ((total - total.mean()) / total.std()).astype(np.float64)
    return noise


def _backdrop(rng: np.random.Generator) -> Image:
    """Sky with thin clouds, and two lines of woods on the horizon."""
    down = np.linspace(0, 1, HORIZON + 1)[:, None, None]
    sky = (1 - down) * np.array((206, 158, 108)) + down * np.array((232, 218, 204))
    cloud = np.clip(_clouded(rng, HORIZON + 1, WIDTH, 320, 3.2) * 0.5, 0, 0.85)[:, :, None]
    picture = np.zeros((CANVAS_HEIGHT, WIDTH, 3), np.float64)
    picture[: HORIZON + 1] = sky * (1 - cloud) + 244 * cloud
    for high, rough, color in ((34, 9, (176, 164, 146)), (17, 6, (122, 136, 118))):
        line = high + rough * _clouded(rng, 1, WIDTH, 240)[0] + 1.5 * rng.standard_normal(WIDTH)
        rows = np.arange(CANVAS_HEIGHT)[:, None]
        wood = (rows > HORIZON - np.maximum(line, 3)[None, :]) & (rows <= HORIZON + 1)
        speckle = rng.normal(0, 5, picture.shape[:2])
        picture[wood] = (np.array(color) + speckle[:, :, None])[wood]
    return np.asarray(cv2.GaussianBlur(np.clip(picture, 0, 255).astype(np.uint8), (0, 0), 0.8), np.uint8)


def _ground(rng: np.random.Generator) -> Points:
    """Return the ground's texture from above, BGR: grass, asphalt with its wear, and lines."""
    high, wide = round(_LENGTH * _ALONG), round(2 * _HALF_WIDE * _ACROSS)
    patches = _clouded(rng, high, wide, 128)
    grain = rng.standard_normal((high, wide))
    ground = np.array((62, 124, 104)) + patches[:, :, None] * (6, 11, 12) + grain[:, :, None] * 9
    metres = np.arange(wide) / _ACROSS - _HALF_WIDE
    for left, right, color in _STRIPS:
        columns = (metres >= left) & (metres <= right)
        ground[:, columns] = np.array(color) + (grain[:, columns] * 6 + patches[:, columns] * 2.5)[:, :, None]
    lane = np.abs(np.abs(metres) - 1.8)
    ground[:, np.abs(metres) < 3.6] -= (7 * np.exp(-((lane - 0.8) ** 2) / 0.08))[None, np.abs(metres) < 3.6, None]
    dashes = (np.arange(high) / _ALONG) % _DASH < _DASH / 4
    ground[np.ix_(dashes, np.abs(metres) < 0.06)] = (206, 208, 208)
    return ground


def _bands(ground: Points) -> list[tuple[float, float, Image]]:
    """Return the ground for each band of distance: softened by the road's own motion and by what a pixel covers."""
    wrapped = np.pad(np.clip(ground, 0, 255).astype(np.uint8), ((_WRAP, _WRAP), (0, 0), (0, 0)), "wrap")
    bands = []
    for near, far in pairwise(_BANDS):
        z = min(near * 1.2, 400.0)
        along = min(max(0.14, 0.35 * z * z / FOCAL / EYE), 7.0) * _ALONG
        across = 0.35 * z / FOCAL * _ACROSS
        box = (max(1, round(2.4 * across)), max(1, round(1.7 * along)))
        soft = cv2.blur(cv2.blur(wrapped, box), box)[_WRAP:-_WRAP]  # two boxes are close to a bell, and much faster
        haze = distance_haze(z)
        veil = np.broadcast_to(_HAZE.astype(np.uint8), soft.shape)
        bands.append((near, far, np.asarray(cv2.addWeighted(soft, 1 - haze, veil, haze, 0), np.uint8)))
    return bands


def _tree(rng: np.random.Generator) -> Image:
    """Return a broad-leaved tree, premultiplied BGRA, 320 pixels square."""
    picture = np.zeros((320, 320, 4), np.uint8)
    cv2.rectangle(picture, (153, 200), (167, 319), (48, 62, 74, 255), -1)
    for step in range(900):
        angle, out = rng.uniform(0, 2 * np.pi), np.sqrt(rng.uniform(0, 1))
        x, y = 160 + 118 * out * np.cos(angle), 135 + 105 * out * np.sin(angle)
        light = 0.55 + 0.35 * step / 900 + 0.25 * (160 - x + 135 - y) / 260 + rng.normal(0, 0.08)
        color = [int(np.clip(c * light, 0, 255)) for c in (52, 112, 88)]
        cv2.circle(picture, (int(x), int(y)), int(rng.uniform(4, 13)), (*color, 255), -1, cv2.LINE_AA)
    return premultiplied(np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.2), np.uint8))
