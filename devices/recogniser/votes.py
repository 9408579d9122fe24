"""The vote over a track: many readings of one plate become one, character by character."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from devices.recogniser.port import PlateReading
from mdt_app.domain.reads import CharacterRead, Seen, SeenVehicle

_Key = TypeVar("_Key", bound=Hashable)


def vote(readings: Sequence[PlateReading]) -> PlateReading:
    """Return what at least one reading of the same plate says, weighed together; its box is the best reading's.

    The length with the most belief wins, then each place of it. Nothing but what was read can come out of a vote:
    no pattern of a state takes part. Needs at least one reading.
    """
    if len(readings) == 1:
        return readings[0]
    lengths = _sums((len(r.text), r.confidence) for r in readings)
    length = max(lengths, key=lambda n: lengths[n])
    fitting = [r for r in readings if len(r.text) == length]
    places = tuple(_place([r.characters[i] for r in fitting]) for i in range(length))
    text = "".join(place.character for place in places)
    share = lengths[length] / max(1e-9, sum(lengths.values()))
    mean = sum(place.confidence for place in places) / max(1, length)
    best = max(readings, key=lambda r: (r.text == text, r.confidence))
    state, convincing = _state(readings)
    others = _sums((other, r.confidence) for r in readings for other in (r.text, *r.candidates) if other != text)
    ranked = tuple(sorted(others, key=lambda other: -others[other])[:3])
    sure = round(share * mean, 4)
    return PlateReading(text, sure, places, best.box, state, convincing, ranked, _vehicle(readings))


def _place(seen: Sequence[CharacterRead]) -> CharacterRead:
    """Return the character with the most belief; its confidence is the mean over all frames.

    A frame that reads something else counts as 0, and a sure frame counts for more than a doubtful one.
    """
    beliefs = _sums((c.character, c.confidence) for c in seen)
    best = max(beliefs, key=lambda c: beliefs[c])
    others = {c for c in beliefs if c != best} | {c for one in seen for c in one.alternatives if c != best}
    ranked = tuple(sorted(others, key=lambda c: (-beliefs.get(c, 0.0), c))[:3])
    squares = sum(c.confidence**2 for c in seen if c.character == best)
    return CharacterRead(best, round(squares / max(1e-9, sum(beliefs.values())), 4), ranked)


def _state(readings: Sequence[PlateReading]) -> tuple[str | None, float | None]:
    """Return the state that was named, when no other was named about as well; unknown otherwise."""
    beliefs = _sums((r.state, r.state_confidence or 0.0) for r in readings if r.state is not None)
    if not beliefs:
        return None, None
    best = max(beliefs, key=lambda s: beliefs[s])
    if beliefs[best] < 2 * (sum(beliefs.values()) - beliefs[best]):
        return None, None
    return best, max(r.state_confidence or 0.0 for r in readings if r.state == best)


def _vehicle(readings: Sequence[PlateReading]) -> SeenVehicle | None:
    """Return the color that most frames saw, with the share of their belief that it has; None when none saw any."""
    colors = [r.vehicle.color for r in readings if r.vehicle is not None and r.vehicle.color is not None]
    beliefs = _sums((color.value, color.confidence or 0.0) for color in colors)
    if not beliefs:
        return None
    best = max(beliefs, key=lambda value: beliefs[value])
    return SeenVehicle(color=Seen(best, round(beliefs[best] / len(colors), 4)))


def _sums(pairs: Iterable[tuple[_Key, float]]) -> Mapping[_Key, float]:
    sums: defaultdict[_Key, float] = defaultdict(float)
    for key, weight in pairs:
        sums[key] += weight
    return sums
