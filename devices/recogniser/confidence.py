"""How likely a reading is right: a logistic model over what speaks for it, fitted on plates that no training saw."""

from __future__ import annotations

import math
from dataclasses import dataclass

from devices.recogniser.models import figures


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a reading.

    share: of belief among all candidates. fit: mean log probability that a cut says it. worst_character and
    mean_character: mean over the cuts of the weakest and of all characters. agreeing: share of the cuts that say it by
    themselves. heat: how sure the finder is. wide: of the plate in pixels. patterned: fits a pattern of a state.
    asked: the second reader read it too, and what is said above is of both.
    """

    share: float
    fit: float
    worst_character: float
    mean_character: float
    agreeing: float
    heat: float
    wide: float
    patterned: bool
    asked: bool = False

    def features(self) -> tuple[float, ...]:
        """Return the numbers that the logistic model weighs."""
        return (
            _logit(self.share),
            max(-8.0, self.fit),
            _logit(self.worst_character),
            _logit(self.mean_character),
            self.agreeing,
            _logit(self.heat),
            math.log(max(20.0, self.wide) / 90),
            float(self.patterned),
            float(self.asked),
        )


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def calibrated(evidence: Evidence) -> float:
    """Return the probability that the reading is exactly right, 0 to 1."""
    model = figures()["confidence"]
    score = model["bias"] + sum(w * f for w, f in zip(model["weights"], evidence.features(), strict=True))
    return float(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))))
