"""Words for values: every text that comes from a table or a time goes through translation here.

The tables' texts are sources of the translation's context 'words'.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.alerts import Feature, Hit, NoStopReason
from mdt_app.domain.devices import DeviceState
from mdt_app.domain.matching import StateAgreement
from mdt_app.domain.records_check import CheckAnswer
from ui.context import Codes

REASONS: Mapping[NoStopReason, str] = {
    NoStopReason.MISREAD: "Misread, other characters",
    NoStopReason.WRONG_STATE: "Other state",
    NoStopReason.OTHER_VEHICLE: "Other vehicle",
    NoStopReason.NOT_ACTIVE: "Not active any more",
    NoStopReason.COULD_NOT_VERIFY: "Could not verify",
    NoStopReason.OFFICER_DECISION: "Officer's decision",
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


def translated(text: str, context: str = "words") -> str:
    """A table's text in the officer's language."""
    return QCoreApplication.translate(context, text)


def age(span: timedelta) -> str:
    """A span in the units that matter: '4 s', '2 min', '3 h 12 min', '2 d'."""
    seconds = max(0, int(span.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days >= 2:
        return f"{days} d"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


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
