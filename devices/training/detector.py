"""Trains the detector: where the middle of a plate is, and its four corners."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from devices.training.learning import Budget, learn, seeded
from devices.training.networks import DetectorNet
from devices.training.photos import Photo, Photos
from devices.training.replay import Replay
from devices.training.scenes import VIEW, Scenes, View

BATCH, NEW, REPLAYED = 24, 9, 9000
STRIDE, UNIT = 8, 32.0
_COLUMNS, _ROWS = VIEW[0] // STRIDE, VIEW[1] // STRIDE
Floats = npt.NDArray[np.float32]


def train_detector(
    photos: Photos, budget: Budget, checkpoint: Path, start: Path | None = None, hard: list[Photo] | None = None
) -> nn.Module:
    """Return the trained detector. start: weights to go on from. hard: photos that it was mistaken on."""
    rng = seeded(5)
    scenes = Scenes(photos, rng)
    scenes.hard = hard or []
    replay = Replay(scenes.take, REPLAYED, rng)
    net = DetectorNet()
    if start is not None:
        net.load_state_dict(torch.load(start, weights_only=True))

    def loss_of(network: nn.Module, _: float) -> Tensor:
        chosen = replay.batch(BATCH, NEW)
        with torch.autocast("cpu", torch.bfloat16):
            out = network(torch.from_numpy(np.stack([view.image for view in chosen])))
        return detector_loss(out, chosen)

    return learn(net, loss_of, budget, checkpoint)


def detector_loss(out: Tensor, views: list[View]) -> Tensor:
    """Return focal loss of the heat and the corners' mean distance in shares of the plate's width."""
    marks = [_marks(view) for view in views]
    heat, counted, corners, weights = (torch.from_numpy(np.stack(part)) for part in zip(*marks, strict=True))
    logit = out[:, 0]
    found = torch.sigmoid(logit).clamp(1e-4, 1 - 1e-4)
    peak = (heat > 0.99).float()
    missed = -((1 - found) ** 2) * functional.logsigmoid(logit) * peak
    false = -((1 - heat) ** 4) * found**2 * functional.logsigmoid(-logit) * (1 - peak)
    plates = max(1.0, float(peak.sum()))
    apart = functional.smooth_l1_loss(out[:, 1:], corners, reduction="none", beta=0.04).mean(dim=1)
    placed = (apart * weights).sum() / max(1.0, float((weights > 0).sum()))
    return ((missed + false) * counted).sum() / plates + 6.0 * placed


def _marks(view: View) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the wanted heat, where it counts, the wanted offsets, and the weight of the offsets in each cell."""
    heat = np.zeros((_ROWS, _COLUMNS), np.float32)
    counted = np.ones_like(heat)
    corners = np.zeros((8, _ROWS, _COLUMNS), np.float32)
    weights = np.zeros_like(heat)
    x = (np.arange(_COLUMNS, dtype=np.float32) + 0.5)[None] * STRIDE
    y = (np.arange(_ROWS, dtype=np.float32) + 0.5)[:, None] * STRIDE
    for quad in view.ignored:
        (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
        counted[((x >= x0) & (x <= x1)) & ((y >= y0) & (y <= y1))] = 0
    for quad in view.plates:
        center = quad.mean(axis=0)
        wide, high = quad.max(axis=0) - quad.min(axis=0)
        spread_x, spread_y = max(4.0, wide / 7), max(4.0, high / 5)
        glow = np.exp(-(((x - center[0]) / spread_x) ** 2 + ((y - center[1]) / spread_y) ** 2) / 2)
        glow[int(np.argmax(glow)) // _COLUMNS, int(np.argmax(glow)) % _COLUMNS] = 1.0
        near = (glow > 0.55) & (glow > heat)
        heat = np.maximum(heat, glow)
        for k in range(4):
            corners[2 * k] = np.where(near, (quad[k, 0] - x) / UNIT, corners[2 * k])
            corners[2 * k + 1] = np.where(near, (quad[k, 1] - y) / UNIT, corners[2 * k + 1])
        # The same share of a plate's width counts the same, whatever the width.
        weights = np.where(near, UNIT / max(wide, 12.0), weights)
    return heat.astype(np.float32), counted, corners, weights.astype(np.float32)
