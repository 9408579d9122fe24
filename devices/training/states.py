"""Trains the state classifier: crops of plates in, the state's code out; '' stands for none that is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from devices.training.learning import Budget, learn, seeded
from devices.training.networks import StateNet
from devices.training.photos import Photos
from devices.training.replay import Replay
from devices.training.samples import Sample, Samples
from devices.training.styles import STYLES

STATES = ["", *STYLES]
BATCH, NEW, REPLAYED = 72, 28, 30_000
_REWRITTEN = 0.4
_REAL = 0.7
"""Share of real plates: their look is what there is to learn, and the rendered ones are drawn after no artwork."""


def train_states(photos: Photos, budget: Budget, checkpoint: Path, start: Path | None = None) -> nn.Module:
    """Return the trained classifier. start: weights to go on from."""
    rng = seeded(3)
    samples = Samples(photos, rng)
    by_state = _by_state(photos)

    def take() -> Sample:
        return _seen(samples, photos, by_state, rng) if rng.random() < _REAL else samples.take()

    replay = Replay(take, REPLAYED, rng)
    net = StateNet(len(STATES))
    if start is not None:
        net.load_state_dict(torch.load(start, weights_only=True))

    def loss_of(network: nn.Module, share: float) -> Tensor:
        samples.strength = min(0.9, 0.25 + 3 * share)
        chosen = replay.batch(BATCH, NEW)
        with torch.autocast("cpu", torch.bfloat16):
            logs = network(torch.from_numpy(np.stack([sample.crop for sample in chosen])))
        return functional.nll_loss(logs, torch.tensor([STATES.index(sample.state or "") for sample in chosen]))

    return learn(net, loss_of, budget, checkpoint)


def _seen(samples: Samples, photos: Photos, by_state: dict[str, list[int]], rng: np.random.Generator) -> Sample:
    """Return a real plate as it is seen on the road, often under another number: that does not tell the state."""
    codes = list(by_state)
    weights = np.array([STYLES[code].weight for code in codes])
    group = by_state[codes[int(rng.choice(len(codes), p=weights / weights.sum()))]]
    plate = photos.plates[int(rng.choice(group))]
    return samples.photograph(samples.rewritten(plate) if rng.random() < _REWRITTEN else plate)


def _by_state(photos: Photos) -> dict[str, list[int]]:
    """Return the places of the real plates of each state."""
    codes = sorted({plate.state for plate in photos.plates if plate.state in STYLES})
    return {code: [i for i, plate in enumerate(photos.plates) if plate.state == code] for code in codes}
