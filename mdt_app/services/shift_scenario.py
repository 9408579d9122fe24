"""A real shift made into a drill: plates and places are made up, people and pictures left out, times drawn together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from mdt_app.domain.alerts import Feature, Hit, Seen, asked_features
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.outcomes import Disposition
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Read
from mdt_app.domain.records_check import BY_RADIO, CheckAnswer, StatusAnswer
from mdt_app.services.disguise import Disguise

APART_S = (5.0, 12.0)
"""Two cars of the drill come at least, and at most, so many seconds after one another."""
CARS_MOST = 40
_BEFORE = 3
"""So many ordinary cars before each hit stay in the drill."""
_PLACE, _STEP = (41.2, -72.9), 0.0004
"""Where the made-up way begins, and how many degrees north each car is after the one before."""
_AFTER_S = 150.0
_OTHER = {"make": ("FORD", "TOYT"), "style": ("PK", "4D"), "color": ("BLU", "RED"), "model": ("XXX", "YYY")}
"""What stands for a feature that the officer saw to differ: the first, or the second where that is the entry's."""
_RECORDS = {
    CheckAnswer.ACTIVE: "active",
    CheckAnswer.NO_RECORD: "no record",
    CheckAnswer.OTHER_RECORD: "other record",
    CheckAnswer.NO_RESPONSE: "silence",
    CheckAnswer.MALFORMED: "garbled",
}


@dataclass(frozen=True, slots=True)
class Shift:
    """What a shift leaves: its reads and its hits, in any order."""

    reads: Sequence[Read]
    hits: Sequence[Hit]

    @property
    def plates(self) -> set[str]:
        """Every plate in it, as it was read, listed or seen."""
        seen = {hit.verification.plate_seen or "" for hit in self.hits}
        listed = {match.entry.plate for hit in self.hits for match in (hit.match, *hit.others)}
        return {*(read.raw_text for read in self.reads), *listed, *seen} - {""}


def shift_scenario(shift: Shift, title: str, policy: str, disguise: Disguise) -> str:
    """Return the scenario's text (TOML). Without a hit there is no drill."""
    hits = {hit.read.read_id: hit for hit in shift.hits}
    rows = list(_timed(_chosen(shift, hits)))
    lists = {hit.list_name: hit.raised_at - hit.list_extracted_at for hit in hits.values()}
    last = rows[-1][0] if rows else 0.0
    head = {
        "title": title,
        "story": "Made from a shift. Plates and places are made up.",
        "policy": policy,
        "seconds": round(last + _AFTER_S),
    }
    parts = [_pairs(head)]
    parts += [f"[lists.{json.dumps(name)}]\nage_hours = {_hours(old)}" for name, old in lists.items()]
    parts += [_table("entries", _entry(hit, disguise)) for hit in hits.values()]
    for second, read in rows:
        parts.append(_table("cars", _car(second, read, hits.get(read.read_id), disguise)))
    parts += [_table("track", _point(number, second)) for number, (second, _) in enumerate(rows)]
    parts += [_table("expected", _expected(hit, disguise)) for hit in hits.values()]
    acts = [act for hit in hits.values() for act in _acts(hit, disguise)]
    parts.append(f"[trainee.right]\n{_pairs({'does': acts})}")
    parts.append(f"[trainee.wrong]\n{_pairs({'does': [], 'fails': 'not_answered'})}")
    return "\n\n".join(parts) + "\n"


def _chosen(shift: Shift, hits: dict[str, Hit]) -> list[Read]:
    """The hits' reads and the ordinary ones right before each, in the order of their coming."""
    every = {read.read_id: read for read in (*shift.reads, *(hit.read for hit in shift.hits))}
    reads = sorted(every.values(), key=lambda read: read.captured_at)
    keep = {n + back for n, read in enumerate(reads) if read.read_id in hits for back in range(-_BEFORE, 1)}
    return [reads[n] for n in sorted(keep) if n >= 0][:CARS_MOST]


def _timed(reads: Sequence[Read]) -> Iterator[tuple[float, Read]]:
    second, before = 0.0, None
    for read in reads:
        gap = (read.captured_at - before).total_seconds() if before else APART_S[0]
        second += min(max(gap, APART_S[0]), APART_S[1])
        before = read.captured_at
        yield round(second, 1), read


def _entry(hit: Hit, disguise: Disguise) -> dict[str, object]:
    entry, seen = hit.match.entry, hit.verification
    electronic = seen.status if seen.status is not None and seen.status.source != BY_RADIO else None
    denied = entry.entry_id in hit.denied
    return {
        "list": hit.list_name,
        "plate": disguise.plate(entry.plate),
        "state": entry.state,
        "category": entry.category,
        "vehicle": _vehicle(entry.vehicle),
        "cautions": list(entry.cautions),
        "record": _RECORDS[electronic.answer] if electronic else "no record" if denied else "active",
        "record_after": _took(electronic),
        "dispatch": _RECORDS[seen.radio.answer] if seen.radio else "no record" if denied else "active",
    }


def _took(answer: StatusAnswer | None) -> float:
    if answer is None:
        return 4.0
    return min(30.0, max(1.0, round((answer.answered_at - answer.asked_at).total_seconds(), 1)))


def _car(second: float, read: Read, hit: Hit | None, disguise: Disguise) -> dict[str, object]:
    if hit is None:
        color = read.vehicle.color.value if read.vehicle and read.vehicle.color else ""
        plain = {"color": color} if color.isalpha() and len(color) == 3 else {}
        return {"at": second, "plate": disguise.plate(read.raw_text), "state": read.state or "CT", "vehicle": plain}
    seen, entry = hit.verification, hit.match.entry
    true = disguise.like(seen.plate_seen or read.raw_text, entry.plate)
    said = disguise.like(read.raw_text, entry.plate)
    return {
        "at": second,
        "plate": true,
        "state": seen.state_seen or entry.state or read.state or "CT",
        "reads": said,
        "reads_state": read.state or "",
        "vehicle": _vehicle(_true_vehicle(hit)),
    }


def _true_vehicle(hit: Hit) -> Vehicle:
    """The entry's vehicle, but for what the officer saw to differ."""
    listed, answers = hit.match.entry.vehicle, hit.verification.features
    values = {name: getattr(listed, name) for name in Vehicle.__slots__}
    for feature in Feature:
        if answers.get(feature) is Seen.DIFFERS:
            first, second = _OTHER[feature.value]
            values[feature.value] = second if values[feature.value] == first else first
    return Vehicle(**values)


def _vehicle(vehicle: Vehicle) -> dict[str, str]:
    return {name: getattr(vehicle, name) for name in Vehicle.__slots__ if getattr(vehicle, name)}


def _point(number: int, second: float) -> dict[str, object]:
    return {"at": second, "lat": round(_PLACE[0] + number * _STEP, 5), "lon": _PLACE[1], "mph": 40.0}


def _expected(hit: Hit, disguise: Disguise) -> dict[str, object]:
    wanted: dict[str, object] = {"plate": disguise.plate(hit.match.entry.plate)}
    if hit.stop is not None:
        return wanted | {"end": "stop", "ways": list(hit.stop.excuses), "within": 300.0}
    if hit.reason is None:
        return wanted | {"end": "follow", "within": 300.0}
    told = hit.entry_act is not None
    return wanted | {"end": "no stop", "reasons": [hit.reason.value], "owner_told": told, "within": 300.0}


def _acts(hit: Hit, disguise: Disguise) -> Iterator[str]:
    """What the officer did, as the acts of the one who does it right; words of theirs are left out."""
    seen, entry = hit.verification, hit.match.entry
    yield f"verify {disguise.plate(entry.plate)}"
    ways = {"exigent": "exigent", "independent_suspicion": "suspicion", "status_when_practicable": "no status"}
    around = [ways[name] for name in (hit.stop.excuses if hit.stop else ()) if name in ways]
    for way in around:
        yield f"because {way}: the facts of that shift in your words"
    if around and hit.stop is not None:
        yield f"stop {hit.stop.purpose}"
    if seen.plate_seen and seen.state_seen:
        yield f"see {disguise.like(seen.plate_seen, entry.plate)} {seen.state_seen}"
    words = {Seen.MATCH: "match", Seen.DIFFERS: "differs", Seen.CANT_SEE: "cannot see"}
    for feature in asked_features(hit):
        if feature in seen.features:
            yield f"vehicle {feature.value} {words[seen.features[feature]]}"
    if seen.status is not None and seen.status.source != BY_RADIO:
        yield "wait answer"
    if seen.radio is not None:
        yield f"radio {_RECORDS[seen.radio.answer]} by Dispatcher 1"
    yield from _end(hit, stopped=bool(around))


def _end(hit: Hit, *, stopped: bool) -> Iterator[str]:
    seen, entry = hit.verification, hit.match.entry
    if hit.stop is not None:
        if not stopped:
            yield f"stop {hit.stop.purpose}"
        enforced = hit.stop.disposition in (Disposition.ARREST, Disposition.RECOVERED)
        outcome = hit.stop.disposition or Disposition.RELEASED
        yield f"outcome {outcome.value}" + (": on other facts of that shift" if enforced else "")
        return
    by_itself = seen.plate_seen is not None and match_key(seen.plate_seen) != match_key(entry.plate)
    other_state = seen.state_seen is not None and bool(entry.state) and seen.state_seen != entry.state
    if hit.reason is None:
        yield "follow"
    elif not (by_itself or other_state):
        yield f"end {hit.reason.value}"
    if hit.entry_act is not None:
        yield "tell owner"


def _hours(old: timedelta) -> float:
    return round(max(0.0, old.total_seconds() / 3600), 1)


def _table(name: str, values: dict[str, object]) -> str:
    return f"[[{name}]]\n{_pairs(values)}"


def _pairs(values: dict[str, object]) -> str:
    return "\n".join(f"{key} = {_toml(value)}" for key, value in values.items())


def _toml(value: object) -> str:
    """A value as TOML writes it: as JSON does, but for tables within a line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {json.dumps(text)}" for key, text in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
