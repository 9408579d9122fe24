"""Trains the reader: crops of plates in, characters out (CTC)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from devices.recogniser.alphabet import ALPHABET
from devices.training.learning import Budget, learn, seeded
from devices.training.networks import ReaderNet
from devices.training.photos import Photos
from devices.training.replay import Replay
from devices.training.samples import Recombined, Sample, Samples

BATCH, NEW = 96, 32
"""Samples in a batch, and how many of them are new; the others are seen again."""
REPLAYED = 50_000
_ZERO, _O = 1 + ALPHABET.index("0"), 1 + ALPHABET.index("O")
_INDEX = {character: index + 1 for index, character in enumerate(ALPHABET)}


def train_reader(
    photos: Photos,
    budget: Budget,
    checkpoint: Path,
    start: Path | None = None,
    mixed: Recombined | None = None,
    seed: int = 8,
) -> nn.Module:
    """Return the trained reader. start: weights to go on from. mixed: plates whose characters change places."""
    rng = seeded(seed)
    samples = Samples(photos, rng)
    samples.mixed = mixed or samples.mixed
    samples.varied = True
    replay = Replay(samples.take, REPLAYED, rng)
    net = ReaderNet()
    if start is not None:
        net.load_state_dict(torch.load(start, weights_only=True))

    def loss_of(network: nn.Module, share: float) -> Tensor:
        samples.strength = 1.0 if start else min(1.0, 0.25 + 3 * share)
        chosen = replay.batch(BATCH, NEW)
        with torch.autocast("cpu", torch.bfloat16):
            logs = network(torch.from_numpy(np.stack([sample.crop for sample in chosen])))
        return ctc_loss(logs, chosen)

    return learn(net, loss_of, budget, checkpoint)


def ctc_loss(logs: Tensor, samples: list[Sample]) -> Tensor:
    """Return the loss; where the truth was written with O as 0, either reading of such a place is right."""
    folded = torch.tensor([sample.folded for sample in samples])
    both = torch.logaddexp(logs[:, :, _ZERO], logs[:, :, _O])
    one = torch.where(folded[:, None], both, logs[:, :, _ZERO])
    logs = torch.cat([logs[:, :, :_ZERO], one[:, :, None], logs[:, :, _ZERO + 1 :]], dim=2)
    texts = [s.text.replace("O", "0") if s.folded else s.text for s in samples]
    targets = torch.tensor([_INDEX[c] for text in texts for c in text], dtype=torch.long)
    lengths = torch.tensor([len(text) for text in texts], dtype=torch.long)
    steps = torch.full((len(texts),), logs.shape[1], dtype=torch.long)
    losses = functional.ctc_loss(logs.transpose(0, 1), targets, steps, lengths, reduction="none", zero_infinity=True)
    return (losses / lengths.clamp(min=1)).mean()
