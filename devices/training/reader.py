"""Trains the reader: crops of plates in, characters out (CTC)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from devices.recogniser.alphabet import ALPHABET
from devices.training.learning import Budget, learn, seeded
from devices.training.networks import ReaderNet, SecondNet
from devices.training.photos import Photos
from devices.training.replay import Replay
from devices.training.samples import Recombined, Sample, Samples

BATCH, NEW = 96, 32
"""Samples in a batch, and how many of them are new; the others are seen again."""
SECOND_BATCH, SECOND_NEW = 64, 24
"""The same for the second reader."""
REPLAYED = 50_000
USUAL_LENGTH = 7
SHOWN_UNTIL = 0.4
"""The share of its steps in which the second reader is shown where characters stand."""
_ZERO, _O = 1 + ALPHABET.index("0"), 1 + ALPHABET.index("O")
_INDEX = {character: index + 1 for index, character in enumerate(ALPHABET)}


@dataclass(frozen=True, slots=True)
class Shown:
    """A sample, and what the first reader says of it step by step; None where it reads it wrongly."""

    sample: Sample
    said: npt.NDArray[np.float16] | None


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


def train_second(
    photos: Photos, budget: Budget, checkpoint: Path, first: ReaderNet, mixed: Recombined, seed: int = 21
) -> nn.Module:
    """Return the second reader, which shares the layers near the picture with the first and no others.

    first: trained already. Where it reads a sample rightly it shows where the characters stand, ever less as the second
    learns: that saves many steps. What it reads wrongly is never learnt from it.
    """
    rng = seeded(seed)
    samples = Samples(photos, rng)
    samples.mixed, samples.varied = mixed, True
    replay = Replay(lambda: shown(samples.take(), first), REPLAYED, rng)
    net = SecondNet()
    net.begin_as(first)

    def loss_of(network: nn.Module, share: float) -> Tensor:
        samples.strength = min(1.0, 0.25 + 3 * share)
        chosen = replay.batch(SECOND_BATCH, SECOND_NEW)
        with torch.autocast("cpu", torch.bfloat16):
            logs = network(torch.from_numpy(np.stack([one.sample.crop for one in chosen])))
        loss = ctc_loss(logs, [one.sample for one in chosen])
        leaning = max(0.0, 1 - share / SHOWN_UNTIL)
        return loss + leaning * _beside(logs, chosen) if leaning else loss

    return learn(net, loss_of, budget, checkpoint)


@torch.no_grad()
def shown(sample: Sample, first: nn.Module) -> Shown:
    """Return the sample with what the first reader says of it, where that is right."""
    logs = first(torch.from_numpy(sample.crop[None]))[0].numpy()
    likeliest = logs.argmax(axis=1)
    said = "".join(ALPHABET[i - 1] for i, _ in groupby(likeliest) if i)
    right = _as_truth(said, sample) == _as_truth(sample.text, sample)
    return Shown(sample, np.exp(logs).astype(np.float16) if right else None)


def _as_truth(text: str, sample: Sample) -> str:
    return text.replace("O", "0") if sample.folded else text


def _beside(logs: Tensor, chosen: list[Shown]) -> Tensor:
    """Return how far the network is from what the first reader says, step by step, where that is right."""
    places = [i for i, one in enumerate(chosen) if one.said is not None]
    if not places:
        return logs.sum() * 0
    said = torch.from_numpy(np.stack([one.said for one in chosen if one.said is not None]).astype(np.float32))
    return -(said * logs[places]).sum(dim=(1, 2)).mean() / USUAL_LENGTH


def ctc_loss(logs: Tensor, samples: list[Sample]) -> Tensor:
    """Return the loss; where the truth was written with O as 0, either reading of such a place is right."""
    folded = torch.tensor([sample.folded for sample in samples])
    both = torch.logaddexp(logs[:, :, _ZERO], logs[:, :, _O])
    one = torch.where(folded[:, None], both, logs[:, :, _ZERO])
    logs = torch.cat([logs[:, :, :_ZERO], one[:, :, None], logs[:, :, _ZERO + 1 :]], dim=2)
    texts = [_as_truth(s.text, s) for s in samples]
    targets = torch.tensor([_INDEX[c] for text in texts for c in text], dtype=torch.long)
    lengths = torch.tensor([len(text) for text in texts], dtype=torch.long)
    steps = torch.full((len(texts),), logs.shape[1], dtype=torch.long)
    losses = functional.ctc_loss(logs.transpose(0, 1), targets, steps, lengths, reduction="none", zero_infinity=True)
    return (losses / lengths.clamp(min=1)).mean()
