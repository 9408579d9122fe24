"""Decoding of the reader's output: a beam search over each view, then all views weighed together.

The letter O and the digit 0 are one character while candidates are weighed, as they are for matching; which of the two
was seen is decided at the end and kept.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from devices.recogniser.alphabet import ALPHABET
from devices.recogniser.patterns import letter_expected
from mdt_app.domain.reads import CharacterRead

Columns = npt.NDArray[np.float32]
"""Probabilities, time steps x 37: column 0 is 'no character', the others are ALPHABET's."""

_FLOOR = 1e-6
_LEAST_LIKELY = 0.004
_EMPTY_STEP = 0.997
"""A step that says 'no character' so surely changes no text: it is left out of the search."""
_MOST_BEHIND = -3.0
"""How far a text may fall behind in one view: one spoilt view must not outvote the others."""
_ZERO, _O = 1 + ALPHABET.index("0"), 1 + ALPHABET.index("O")
_HINT = 2.0
"""How many times likelier a letter is than the look-alike digit where every pattern that fits has a letter."""


def folded(columns: Columns) -> Columns:
    """Return the columns with the letter O counted as the digit 0."""
    one = columns.copy()
    one[..., _ZERO] += one[..., _O]
    one[..., _O] = 0
    return one


def beam(columns: Columns, width: int = 6) -> list[tuple[str, float]]:
    """Return the likeliest texts with their log probabilities, best first (CTC prefix beam search)."""
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for step in _told(columns):
        likely = [int(i) for i in np.flatnonzero(step > _LEAST_LIKELY) if i]
        grown: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for text, (ended, open_) in beams.items():
            grown[text][0] += (ended + open_) * float(step[0])
            for index in likely:
                _grow(grown, text, ALPHABET[index - 1], float(step[index]), ended, open_)
        best = sorted(grown.items(), key=lambda item: -sum(item[1]))[:width]
        beams = {text: (ended, open_) for text, (ended, open_) in best}
    return [(text, math.log(max(sum(p), 1e-30))) for text, p in beams.items()]


def _told(columns: Columns) -> Columns:
    """Return the steps that say something, and one empty step of each run between them (it parts doubled letters)."""
    empty = columns[:, 0] > _EMPTY_STEP
    return columns[~(empty & np.roll(empty, 1))]


def _grow(grown: dict[str, list[float]], text: str, character: str, p: float, ended: float, open_: float) -> None:
    if text.endswith(character):
        grown[text][1] += open_ * p
        grown[text + character][1] += ended * p
    else:
        grown[text + character][1] += (ended + open_) * p


def _path(text: str) -> list[int]:
    path = [0]
    for character in text:
        path += [ALPHABET.index(character) + 1, 0]
    return path


def log_likelihoods(views: Columns, texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return views x texts: the log probability that a view says exactly the text (CTC forward sums, all at once)."""
    longest = max(len(text) for text in texts) * 2 + 1
    paths = np.zeros((len(texts), longest), int)
    for row, text in zip(paths, texts, strict=True):
        row[: 2 * len(text) + 1] = _path(text)
    skip = np.zeros((len(texts), longest))
    skip[:, 2:] = (paths[:, 2:] != 0) & (paths[:, 2:] != paths[:, :-2])
    chosen = np.maximum(views[:, :, paths], _FLOOR)
    alpha = np.zeros((len(views), len(texts), longest + 2))
    alpha[:, :, 2] = 1.0
    total = np.zeros((len(views), len(texts)))
    for step in range(views.shape[1]):
        now = (alpha[:, :, 2:] + alpha[:, :, 1:-1] + alpha[:, :, :-2] * skip) * chosen[:, step]
        scale = now.sum(axis=2)
        total += np.log(scale)
        alpha[:, :, 2:] = now / scale[:, :, None]
    ends = np.array([2 * len(text) + 2 for text in texts])
    rows = np.arange(len(texts))
    last = alpha[:, rows, ends] + np.where(ends > 2, alpha[:, rows, ends - 1], 0.0)
    return np.asarray(total + np.log(np.maximum(last, 1e-30)))


def weigh(views: Columns, texts: Sequence[str], hints: Sequence[float] = ()) -> list[tuple[str, float]]:
    """Return the texts with their share of belief over all views of the same plate, best first; shares sum to 1.

    hints: what to add to each text's log belief, for what is known besides the picture.
    """
    logs = log_likelihoods(views, texts)
    behind = np.maximum(logs - logs.max(axis=1, keepdims=True), _MOST_BEHIND)
    scores = behind.mean(axis=0) + (np.array(hints) if len(hints) else 0.0)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    order = np.argsort(-shares)
    return [(texts[i], float(shares[i])) for i in order]


def characters(views: Columns, text: str, at: npt.NDArray[np.int64] | None = None) -> tuple[CharacterRead, ...]:
    """Return each character of the folded text as it was seen, with its mean probability over the views.

    views: not folded. at: the characters' peaks in the folded views, where they are known already. Where a 0 was seen,
    it is told whether it looked like the letter O.
    """
    one = folded(views)
    at = peaks(one, text) if at is None else at
    rows = np.arange(len(views))[:, None]
    together, apart = one[rows, at].mean(axis=0), views[rows, at].mean(axis=0)
    return tuple(_character(text, i, together[i], apart[i]) for i in range(len(text)))


def _character(text: str, place: int, peak: Columns, seen: Columns) -> CharacterRead:
    index = ALPHABET.index(text[place]) + 1
    others = [int(i) for i in np.argsort(-peak) if i not in (0, index) and peak[i] >= 0.02][:3]
    alternatives = tuple(ALPHABET[i - 1] for i in others)
    character = text[place]
    if character == "0":
        hint = {True: _HINT, False: 1 / _HINT, None: 1.0}[letter_expected(text, place)]
        character, other = ("O", "0") if seen[_O] * hint > seen[_ZERO] else ("0", "O")
        alternatives = (other, *alternatives)[:3]
    return CharacterRead(character, round(float(peak[index]), 4), alternatives)


def peaks(views: Columns, text: str) -> npt.NDArray[np.int64]:
    """Return views x characters: the step in which each peaks on a view's likeliest path (Viterbi alignment)."""
    path = np.array(_path(text))
    logs = np.log(np.maximum(views[:, :, path], _FLOOR))
    count, steps, places = logs.shape
    barred = np.full(places, -np.inf)
    barred[2:][(path[2:] != 0) & (path[2:] != path[:-2])] = 0.0
    options = np.full((3, count, places), -np.inf)
    best = np.full((count, places), -np.inf)
    best[:, :2] = logs[:, 0, :2]
    back = np.zeros((steps, count, places), int)
    for t in range(1, steps):
        options[0], options[1, :, 1:], options[2, :, 2:] = best, best[:, :-1], best[:, :-2] + barred[2:]
        came = options.argmax(axis=0)
        back[t] = np.arange(places) - came
        best = options.max(axis=0) + logs[:, t]
    return np.stack([_peaks_of(logs[view], back[:, view], best[view], len(text)) for view in range(count)])


def _peaks_of(
    logs: npt.NDArray[np.float32], back: npt.NDArray[np.int64], best: npt.NDArray[np.float64], length: int
) -> npt.NDArray[np.int64]:
    """Walk one view's likeliest path back; of each character's steps take the one that says it loudest."""
    place = len(best) - 1 if best[-1] > best[-2] else len(best) - 2
    found, height = np.zeros(length, np.int64), np.full(length, -np.inf)
    for t in range(len(logs) - 1, -1, -1):
        if place % 2 and logs[t, place] > height[place // 2]:
            found[place // 2], height[place // 2] = t, logs[t, place]
        place = int(back[t, place])
    return found
