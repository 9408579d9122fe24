"""Decoding of the text network's output for plates: 36 characters, several crops weighed together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mdt_app.domain.reads import CharacterRead

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Columns = npt.NDArray[np.float32]
"""Probabilities, time steps x 37: column 0 is 'no character', the others are ALPHABET's."""

_FLOOR = 1e-6
_LEAST_LIKELY = 0.004
_MOST_BEHIND = -6.0
"""How far a text may fall behind in one view: one spoilt view must not outvote the others."""


def beam(columns: Columns, width: int = 8) -> list[tuple[str, float]]:
    """Return the likeliest texts with their log probabilities, best first (CTC prefix beam search)."""
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for step in columns:
        likely = [int(i) for i in np.flatnonzero(step > _LEAST_LIKELY) if i]
        grown: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for text, (ended, open_) in beams.items():
            grown[text][0] += (ended + open_) * float(step[0])
            for index in likely:
                _grow(grown, text, ALPHABET[index - 1], float(step[index]), ended, open_)
        best = sorted(grown.items(), key=lambda item: -sum(item[1]))[:width]
        beams = {text: (ended, open_) for text, (ended, open_) in best}
    return [(text, math.log(max(sum(p), 1e-30))) for text, p in beams.items()]


def _grow(grown: dict[str, list[float]], text: str, character: str, p: float, ended: float, open_: float) -> None:
    if text.endswith(character):
        grown[text][1] += open_ * p
        grown[text + character][1] += ended * p
    else:
        grown[text + character][1] += (ended + open_) * p


def log_likelihood(columns: Columns, text: str) -> float:
    """Return the log probability that these columns say exactly this text (CTC forward sum)."""
    path = [0]
    for character in text:
        path += [ALPHABET.index(character) + 1, 0]
    alpha = np.zeros(len(path))
    alpha[0] = 1.0
    may_skip = np.array([i >= 2 and path[i] != 0 and path[i] != path[i - 2] for i in range(len(path))])
    total = 0.0
    for step in columns:
        before = alpha.copy()
        alpha[1:] += before[:-1]
        alpha[2:] += np.where(may_skip[2:], before[:-2], 0.0)
        alpha *= np.maximum(step[path], _FLOOR)
        scale = float(alpha.sum())
        total += math.log(scale)
        alpha /= scale
    return total + math.log(max(float(alpha[-2:].sum()), 1e-30))


def weigh(views: Sequence[Columns], texts: Sequence[str]) -> list[tuple[str, float]]:
    """Return the texts with their share of belief over all views of the same plate, best first; shares sum to 1."""
    logs = np.array([[log_likelihood(view, text) for text in texts] for view in views])
    behind = np.maximum(logs - logs.max(axis=1, keepdims=True), _MOST_BEHIND)
    scores = behind.mean(axis=0)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    order = np.argsort(-shares)
    return [(texts[i], float(shares[i])) for i in order]


def characters(views: Sequence[Columns], text: str) -> tuple[CharacterRead, ...]:
    """Return each character of the text with its mean probability over the views, and what else it could be."""
    peaks = np.mean([_peaks(view, text) for view in views], axis=0)
    return tuple(_character(peak, ALPHABET.index(character) + 1) for peak, character in zip(peaks, text, strict=True))


def _character(peak: Columns, index: int) -> CharacterRead:
    others = [int(i) for i in np.argsort(-peak) if i not in (0, index) and peak[i] >= 0.02][:3]
    return CharacterRead(ALPHABET[index - 1], round(float(peak[index]), 4), tuple(ALPHABET[i - 1] for i in others))


def _peaks(columns: Columns, text: str) -> Columns:
    """Return the column in which each character peaks on the likeliest path (Viterbi alignment)."""
    path = [0]
    for character in text:
        path += [ALPHABET.index(character) + 1, 0]
    logs = np.log(np.maximum(columns[:, path], _FLOOR))
    best = np.full(len(path), -np.inf)
    best[:2] = logs[0, :2]
    back = np.zeros((len(columns), len(path)), int)
    for t in range(1, len(columns)):
        best, back[t] = _step(best, logs[t], path)
    place = len(path) - 1 if best[-1] > best[-2] else len(path) - 2
    found: dict[int, int] = {}
    for t in range(len(columns) - 1, -1, -1):
        if place % 2 and (place // 2 not in found or logs[t, place] > logs[found[place // 2], place]):
            found[place // 2] = t
        place = int(back[t, place])
    return np.stack([columns[found[i]] if i in found else np.zeros_like(columns[0]) for i in range(len(text))])


def _step(best: npt.NDArray[np.float64], logs: Columns, path: list[int]) -> tuple[npt.NDArray[np.float64], list[int]]:
    came: list[int] = []
    values = np.empty(len(path))
    for i in range(len(path)):
        options: list[int] = [i, i - 1] if i else [i]
        if i >= 2 and path[i] and path[i] != path[i - 2]:
            options.append(i - 2)
        source = max(options, key=lambda k: best[k])
        came.append(source)
        values[i] = best[source] + logs[i]
    return values, came
