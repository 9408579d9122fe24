"""Words for values: every text that comes from a table or a time goes through translation here.

The tables' texts are sources of the translation's context 'words'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.alerts import Feature, Hit
from mdt_app.domain.commands import Ground
from mdt_app.domain.debrief_words import PHRASES, TRAINER
from mdt_app.domain.devices import DeviceState
from mdt_app.domain.entries import EntryState
from mdt_app.domain.matching import StateAgreement
from mdt_app.domain.outcomes import OUTCOMES, NoStopReason
from mdt_app.domain.records_check import CheckAnswer
from ui.context import Codes

REASONS: Mapping[NoStopReason, str] = {reason: OUTCOMES[reason].words for reason in NoStopReason}
STEPS: Mapping[str, str] = {
    "plate_confirmed": "plate",
    "state_confirmed": "state",
    "vehicle_confirmed": "vehicle",
    "status_verified": "status",
    "still_active": "still active",
}
"""The gate's steps that can stay owed after a stop, in short."""
FELL: Mapping[str, str] = {
    "plate_confirmed": "Plate differs",
    "state_confirmed": "State differs",
    "vehicle_confirmed": "Vehicle differs",
    "status_verified": "Not active",
    "still_active": "Not active",
}
GROUNDS: Mapping[Ground, str] = {
    Ground.SUSPICION: "Independent suspicion",
    Ground.EXIGENT: "Exigent circumstances",
    Ground.STATUS_NOT_POSSIBLE: "Status not possible before",
}
FEATURES: Mapping[Feature, str] = {
    Feature.MAKE: "Make",
    Feature.MODEL: "Model",
    Feature.COLOR: "Color",
    Feature.STYLE: "Body",
}
ANSWERS: Mapping[CheckAnswer, str] = {
    CheckAnswer.ACTIVE: "Active",
    CheckAnswer.NO_RECORD: "No record",
    CheckAnswer.OTHER_RECORD: "Record of another plate or state",
    CheckAnswer.NO_RESPONSE: "No response",
    CheckAnswer.MALFORMED: "Answer not understood",
}
DEVICE_STATES: Mapping[DeviceState, str] = {
    DeviceState.STARTING: "starting",
    DeviceState.OK: "ok",
    DeviceState.SILENT: "silent",
    DeviceState.FAULT: "fault",
    DeviceState.ENDED: "ended",
    DeviceState.STOPPED: "stopped",
}
STATE_AGREEMENTS: Mapping[StateAgreement, str] = {
    StateAgreement.AGREES: "read the same state",
    StateAgreement.DIFFERS: "READ ANOTHER STATE",
    StateAgreement.UNKNOWN: "could not read the state",
}
ENTRY_STATES: Mapping[EntryState | None, str] = {
    None: "■ waits for the link",
    EntryState.REQUESTED: "■ not verified",
    EntryState.VERIFIED: "■ to decide",
    EntryState.APPROVED: "✓ approved",
    EntryState.REFUSED: "✗ refused",
    EntryState.ACTIVE: "✓ active",
    EntryState.EXPIRED: "○ expired",
    EntryState.REMOVED: "○ removed",
}
"""Where an entry stands; None: headquarters has not heard of it yet."""
ENTRY_TONES: Mapping[EntryState | None, str] = {
    None: "owed",
    EntryState.REQUESTED: "owed",
    EntryState.VERIFIED: "owed",
    EntryState.APPROVED: "verified",
    EntryState.ACTIVE: "verified",
    EntryState.REFUSED: "hit",
}


TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "gate": (
        "Not permitted: %1.",
        "Refused, unless cited: %1.",
        "Facts missing: %1.",
        "This kind of match can't open a stop.",
        "Reasonable suspicion missing.",
        "State it in your own words.",
        "Offense type missing.",
        "Vehicle description missing.",
        "Officer's name missing.",
        "Fill it in.",
        "The entry names no issuing state.",
        "Ask the entry's owner, then dispatch.",
    ),
    "faults": ("%1 % are here",),
    "refusals": (
        "The accounts in this car are older than %1 hours.",
        "Take the steps (%1).",
        "%1 asks again who you are: there is no proof of the last %2 minutes.",
        "This sign-in is older than %1 hours.",
        "Nobody has touched this desk for %1 minutes.",
        "The expiration is no date.",
        "Write it as 2026-12-31.",
        "The hours can't be understood.",
        "Write them as 22:00-06:00 America/New_York.",
        "The area can't be understood.",
        "Write it as latitude,longitude,radius: 41.7658,-72.6734,2 mi, or in metres without a unit.",
        "The entry can't be sent: plate, state or another field does not fit.",
        "Plate: 1 to 10 letters and digits. State: choose it.",
        "Check the folder %1.",
        "The progress of %1 can't be read.",
        "Check %1; take it away to begin anew.",
        "The reader can't read the car at %1 s on this road.",
        "The reader takes the car at %1 s for %2, not %3: no alert would come.",
        "%1 can't be written.",
    ),
    "devices": (
        "The clock differs from the position's by %1 s",
        "No picture for %1 s",
        "No answer from %1 within %2 s.",
    ),
    "drills": (
        *(words for words, _ in PHRASES.values()),
        TRAINER,
        "Kept as %1, with headquarters' proof beside it.",
        "Kept as %1.",
        "On the training record of %1: %2.",
        "On the training record of %1.",
    ),
    "findings": (
        "blur %1, at most %2",
        "burnt out %1, at most %2; spans %3 levels, at least %4",
        "without structure %1, at most %2",
        "it is light: mean level %1",
        "lit %1 levels above the dark, at least %2; noise %3",
        "shifted %1 degrees %2, %3 %4, at most %5; tilted %6, at most %7",
        "%1 read at %2 m",
        "%1 read at %2 m, %3",
        "%1 not read at %2 m",
        "%1 dB above the quiet, at least %2",
    ),
}
"""Texts that the core and the devices put together where they are needed; %1 and %2 stand for values."""


def translated(text: str, context: str = "words") -> str:
    """A table's text in the officer's language; one that holds values is found by its template."""
    said = QCoreApplication.translate(context, text)
    for template in TEMPLATES.get(context, ()) if said == text else ():
        pattern = re.sub(r"%\d", "(.+)", re.escape(template))
        if found := re.fullmatch(pattern, text):
            values = (_said(value, context, "policy", "alerts") for value in found.groups())
            return filled(QCoreApplication.translate(context, template), *values)
    return _with_remedy(text) if said == text and context == "refusals" else said


def _with_remedy(text: str) -> str:
    """Headquarters' refusals come as one text, the words and then the remedy: each is translated for itself."""
    for end in re.finditer(r"(?<=\.) ", text):
        words, remedy = text[: end.start()], text[end.end() :]
        if (said := translated(words, "refusals")) != words:
            return f"{said} {translated(remedy, 'refusals')}"
    return text


def _said(value: str, *contexts: str) -> str:
    """A value, or each of several, in the first context that knows it; numbers and names are known to none."""
    said = (QCoreApplication.translate(context, value) for context in contexts)
    whole = next((words for words in said if words != value), value)
    if whole != value or ", " not in value:
        return whole
    return ", ".join(_said(part, *contexts) for part in value.split(", "))


def filled(words: str, *values: str) -> str:
    """The words with %1, %2 ... replaced by these values."""
    for number, value in enumerate(values, 1):
        words = words.replace(f"%{number}", value)
    return words


def steps(names: Iterable[str]) -> str:
    """The gate's steps in one line: 'plate, state, status'."""
    return ", ".join(translated(STEPS[name]) for name in names)


def counted(count: int, one: str, many: str) -> str:
    """'1 outcome', '2 outcomes': both are sources of the translation."""
    return f"{count} {translated(one if count == 1 else many)}"


def left(span: timedelta) -> str:
    """A span that runs down, always as wide: '09:41'; an hour and more as '1:02:09'."""
    seconds = max(0, int(span.total_seconds()))
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes:02d}:{seconds % 60:02d}"


def age(span: timedelta) -> str:
    """A span in the units that matter: '4 s', '2 min', '3 h 12 min', '2 d'."""
    seconds = max(0, int(span.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days >= 2:
        return f"{days} d"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def brief_age(span: timedelta) -> str:
    """The same in its largest unit alone: '3 h'."""
    return " ".join(age(span).split(" ")[:2])


def age_of(seconds: float) -> str:
    """The same of a number of seconds."""
    return age(timedelta(seconds=seconds))


def clock(moment: datetime) -> str:
    """The time of day at the car."""
    return moment.astimezone().strftime("%H:%M:%S")


def feature_value(hit: Hit, feature: Feature, codes: Codes) -> str:
    """What the entry says of one feature, in words."""
    value: str = getattr(hit.match.entry.vehicle, feature)
    tables = {Feature.MAKE: codes.make, Feature.COLOR: codes.color, Feature.STYLE: codes.style}
    return tables[feature](value) if feature in tables else value


def vehicle(hit: Hit, codes: Codes) -> str:
    """The entry's vehicle in one line; empty when the entry says nothing of it."""
    year = hit.match.entry.vehicle.year
    parts = [feature_value(hit, feature, codes) for feature in (Feature.MAKE, Feature.MODEL)]
    looks = [feature_value(hit, feature, codes) for feature in (Feature.COLOR, Feature.STYLE)]
    named = " ".join(part for part in (year, *parts) if part)
    return ", ".join(part for part in (named, *looks) if part)
