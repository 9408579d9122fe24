"""The loop that all networks learn in: AdamW, warm-up and cosine by the clock, averaged weights, bfloat16."""

from __future__ import annotations

import copy
import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import structlog
import torch
from torch import Tensor, nn

_log = structlog.get_logger()
WARM_UP = 0.04
_KEEP = 0.996
SAVED_EVERY_S = 240.0


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to learn, and how: minutes of wall clock, or `steps` where given (the only way to the same weights)."""

    minutes: float
    rate: float = 2e-3
    steps: int | None = None

    def share(self, step: int, began_s: float) -> float:
        """Return how much of the budget is used, 0 to 1."""
        if self.steps:
            return min(1.0, step / self.steps)
        return min(1.0, (time.monotonic() - began_s) / (self.minutes * 60))


def seeded(seed: int) -> np.random.Generator:
    """Fix every source of chance and return the one that the renderer draws from."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    return np.random.default_rng(seed)


def learn(net: nn.Module, loss_of: Callable[[nn.Module, float], Tensor], budget: Budget, checkpoint: Path) -> nn.Module:
    """Train the network in place and return the averaged weights' network, ready for use.

    loss_of: takes the network and the share of the budget that is used, makes a batch and returns its loss.
    """
    net = net.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=budget.rate, weight_decay=0.02)
    average = copy.deepcopy(net)
    began = saved = time.monotonic()
    step, smooth = 0, 0.0
    while (share := budget.share(step, began)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = budget.rate * _rate(share)
        net.train()
        loss = loss_of(net, share)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        step += 1
        _average(average, net, min(_KEEP, (step + 1) / (step + 10)))
        smooth = loss.item() if step == 1 else 0.98 * smooth + 0.02 * loss.item()
        if step % 50 == 0:
            _log.info("learning", step=step, share=round(share, 3), loss=round(smooth, 4))
        if time.monotonic() - saved > SAVED_EVERY_S:
            saved = time.monotonic()
            save(average, checkpoint)
    save(average, checkpoint)
    _log.info("learnt", steps=step, seconds=round(time.monotonic() - began), loss=round(smooth, 4))
    return average.eval()


@torch.no_grad()
def averaged(nets: Sequence[nn.Module]) -> nn.Module:
    """Return a network with the mean of the weights; the nets must have gone on from the same weights."""
    mean = copy.deepcopy(nets[0])
    states = [net.state_dict() for net in nets]
    for name, value in mean.state_dict().items():
        if value.dtype.is_floating_point:
            value.copy_(torch.stack([state[name] for state in states]).mean(dim=0))
    return mean.eval()


def save(net: nn.Module, path: Path) -> None:
    """Write the weights, replacing the file in one step."""
    partial = path.with_suffix(".partial")
    torch.save(net.state_dict(), partial)
    os.replace(partial, path)


def _rate(share: float) -> float:
    if share < WARM_UP:
        return share / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (share - WARM_UP) / (1 - WARM_UP))) + 0.002


@torch.no_grad()
def _average(average: nn.Module, net: nn.Module, keep: float) -> None:
    for mean, now in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.mul_(keep).add_(now, alpha=1 - keep)
        else:
            mean.copy_(now)
