"""Words for values: every text that comes from a table or a time goes through translation here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from mdt_app.domain.alerts import Feature, Hit, NoStopReason
from mdt_app.domain.devices import DeviceState
from mdt_app.domain.matching import StateAgreement
from mdt_app.domain.records_check import CheckAnswer
from ui.context import Codes

REASONS: Mapping[NoStopReason, str] = {
    NoStopReason.MISREAD: QT_TRANSLATE_NOOP("words", "Misread: other characters"),
    NoStopReason.WRONG_STATE: QT_TRANSLATE_NOOP("words", "Other state"),
    NoStopReason.OTHER_VEHICLE: QT_TRANSLATE_NOOP("words", "Other vehicle"),
    NoStopReason.NOT_ACTIVE: QT_TRANSLATE_NOOP("words", "Not active any more"),
    NoStopReason.COULD_NOT_VERIFY: QT_TRANSLATE_NOOP("words", "Could not verify"),
    NoStopReason.OFFICER_DECISION: QT_TRANSLATE_NOOP("words", "Officer's decision"),
}
FEATURES: Mapping[Feature, str] = {
    Feature.MAKE: QT_TRANSLATE_NOOP("words", "Make"),
    Feature.MODEL: QT_TRANSLATE_NOOP("words", "Model"),
    Feature.COLOR: QT_TRANSLATE_NOOP("words", "Color"),
    Feature.STYLE: QT_TRANSLATE_NOOP("words", "Body"),
}
ANSWERS: Mapping[CheckAnswer, str] = {
    CheckAnswer.ACTIVE: QT_TRANSLATE_NOOP("words", "Active"),
    CheckAnswer.NO_RECORD: QT_TRANSLATE_NOOP("words", "No record"),
    CheckAnswer.OTHER_RECORD: QT_TRANSLATE_NOOP("words", "Record of another plate or state"),
    CheckAnswer.NO_RESPONSE: QT_TRANSLATE_NOOP("words", "No response"),
    CheckAnswer.MALFORMED: QT_TRANSLATE_NOOP("words", "Answer not understood"),
}
DEVICE_STATES: Mapping[DeviceState, str] = {
    DeviceState.STARTING: QT_TRANSLATE_NOOP("words", "starting"),
    DeviceState.OK: QT_TRANSLATE_NOOP("words", "ok"),
    DeviceState.SILENT: QT_TRANSLATE_NOOP("words", "silent"),
    DeviceState.FAULT: QT_TRANSLATE_NOOP("words", "fault"),
    DeviceState.ENDED: QT_TRANSLATE_NOOP("words", "ended"),
    DeviceState.STOPPED: QT_TRANSLATE_NOOP("words", "stopped"),
}
STATE_AGREEMENTS: Mapping[StateAgreement, str] = {
    StateAgreement.AGREES: QT_TRANSLATE_NOOP("words", "read the same state"),
    StateAgreement.DIFFERS: QT_TRANSLATE_NOOP("words", "READ ANOTHER STATE"),
    StateAgreement.UNKNOWN: QT_TRANSLATE_NOOP("words", "could not read the state"),
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
