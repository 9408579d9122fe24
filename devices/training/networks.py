"""The networks: a detector of plate corners, a reader of characters, a classifier of states. Weights from scratch."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


def _conv(inner: int, outer: int, size: int = 3, stride: int | tuple[int, int] = 1) -> nn.Sequential:
    layer = nn.Conv2d(inner, outer, size, stride, size // 2, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(outer), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """Two convolutions beside a short cut."""

    def __init__(self, inner: int, outer: int, stride: int | tuple[int, int] = 1) -> None:
        super().__init__()
        self.first = _conv(inner, outer, 3, stride)
        self.second = nn.Sequential(nn.Conv2d(outer, outer, 3, 1, 1, bias=False), nn.BatchNorm2d(outer))
        self.short: nn.Module = nn.Identity()
        if inner != outer or stride != 1:
            self.short = nn.Sequential(nn.Conv2d(inner, outer, 1, stride, bias=False), nn.BatchNorm2d(outer))

    def forward(self, x: Tensor) -> Tensor:
        """Return the block's features."""
        return functional.relu(self.second(self.first(x)) + self.short(x))


class _Along(nn.Module):
    """A depthwise convolution along the line of text, then a mix of the channels."""

    def __init__(self, channels: int, size: int) -> None:
        super().__init__()
        deep = nn.Conv1d(channels, channels, size, padding=size // 2, groups=channels, bias=False)
        self.body = nn.Sequential(
            deep, nn.BatchNorm1d(channels), nn.Conv1d(channels, channels, 1), nn.BatchNorm1d(channels), nn.ReLU()
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the line's features."""
        mixed: Tensor = self.body(x)
        return x + mixed


def levelled(crops: Tensor) -> Tensor:
    """Return BGR crops (N x H x W x 3, 0 to 255) as N x 3 x H x W with each crop's own mean 0 and spread 1."""
    x = crops.permute(0, 3, 1, 2).float()
    mean = x.mean(dim=(1, 2, 3), keepdim=True)
    spread = (x - mean).square().mean(dim=(1, 2, 3), keepdim=True).sqrt()
    return (x - mean) / (spread + 4.0)


class ReaderNet(nn.Module):
    """Crops of 48 x 160 in, log probabilities out: N x 40 steps x (no character, then 0 to 9, A to Z)."""

    def __init__(self, classes: int = 37) -> None:
        super().__init__()
        self.body = nn.Sequential(
            _conv(3, 32, 3, 2),
            Residual(32, 64, 2),
            Residual(64, 64),
            Residual(64, 128, (2, 1)),
            Residual(128, 128),
            Residual(128, 192, (2, 1)),
        )
        self.fold = nn.Sequential(nn.Conv2d(192, 224, (3, 1), bias=False), nn.BatchNorm2d(224), nn.ReLU())
        self.along = nn.Sequential(_Along(224, 7), _Along(224, 5))
        self.out = nn.Linear(224, classes)

    def forward(self, crops: Tensor) -> Tensor:
        """Return log probabilities."""
        x = levelled(crops).contiguous(memory_format=torch.channels_last)
        line = self.along(self.fold(self.body(x)).squeeze(2))
        line = functional.dropout(line, 0.1, self.training)
        logits: Tensor = self.out(line.transpose(1, 2)).float()
        return functional.log_softmax(logits, dim=2)


class SecondNet(ReaderNet):
    """The second reader: it sees strokes as the first does, and learns anew what characters they make.

    The layers near the picture are the first reader's and stay so; those behind them begin at random weights.
    """

    KEPT, BEGUN = 3, 4
    """So many blocks of the body are the first reader's and do not learn; so many begin as the first reader's."""

    def __init__(self, classes: int = 37) -> None:
        super().__init__(classes)
        self.body[: self.KEPT].requires_grad_(requires_grad=False)

    def begin_as(self, first: ReaderNet) -> None:
        """Take over the layers near the picture."""
        self.body[: self.BEGUN].load_state_dict(first.body[: self.BEGUN].state_dict())

    def train(self, mode: bool = True) -> SecondNet:
        """As nn.Module says; what does not learn does not measure its spreads anew either."""
        super().train(mode)
        self.body[: self.KEPT].eval()
        return self


class StateNet(nn.Module):
    """Crops of 48 x 160 in, log probabilities of the states out."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            _conv(3, 32, 3, 2), Residual(32, 64, 2), Residual(64, 96, 2), Residual(96, 160, 2), Residual(160, 160)
        )
        self.out = nn.Linear(160 * 3 * 5, classes)

    def forward(self, crops: Tensor) -> Tensor:
        """Return log probabilities."""
        x = levelled(crops).contiguous(memory_format=torch.channels_last)
        cells = functional.avg_pool2d(self.body(x), (1, 2))
        cells = functional.dropout(cells.flatten(1), 0.4, self.training)
        return functional.log_softmax(self.out(cells).float(), dim=1)


class DetectorNet(nn.Module):
    """Grey pictures (N x H x W, 0 to 255, sides of multiples of 32) in; a map at an eighth of the size out.

    Nine channels: the probability of a plate's middle, then the four corners' offsets from the cell's center in units
    of 32 pixels, x and y from the upper left clockwise.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(_conv(1, 16, 5, 2), _conv(16, 32, 3, 2), _conv(32, 32))
        self.eighth = nn.Sequential(Residual(32, 64, 2), Residual(64, 64))
        self.sixteenth = nn.Sequential(Residual(64, 96, 2), Residual(96, 96))
        self.thirtieth = nn.Sequential(Residual(96, 128, 2), Residual(128, 128))
        self.lateral = nn.ModuleList([nn.Conv2d(64, 64, 1), nn.Conv2d(96, 64, 1), nn.Conv2d(128, 64, 1)])
        self.head = _conv(64, 64)
        self.out = nn.Conv2d(64, 9, 1)
        with torch.no_grad():
            self.out.bias[0] = -4.0  # nearly every cell is no plate

    def forward(self, pictures: Tensor) -> Tensor:
        """Return N x 9 x H/8 x W/8: the logit of the heat, then the offsets."""
        x = (pictures.float().unsqueeze(1) / 255 - 0.45) * 4
        eighth = self.eighth(self.stem(x.contiguous(memory_format=torch.channels_last)))
        sixteenth = self.sixteenth(eighth)
        deep = self.lateral[2](self.thirtieth(sixteenth))
        deep = self.lateral[1](sixteenth) + functional.interpolate(deep, scale_factor=2.0)
        deep = self.lateral[0](eighth) + functional.interpolate(deep, scale_factor=2.0)
        result: Tensor = self.out(self.head(functional.relu(deep))).float()
        return result
