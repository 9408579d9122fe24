"""The sentence for a report, affidavit or application: that ALPR data was used, and what truly came before the stop."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.alerts import StopTaken, Verification
from mdt_app.domain.commands import Ground
from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.records_check import CheckAnswer
from ui.gate_view import statements
from ui.words import FELL, clock, steps, translated

_BY_EYE = {"plate_confirmed", "state_confirmed"}
_BY_STATUS = {"status_verified", "still_active"}


def report_sentence(stop: StopTaken, seen: Verification) -> str:
    """Say how the stop came about. It claims nothing that is not on record, and names what is owed."""
    parts = (
        _tr("ALPR data was used: a plate reader alerted on the vehicle."),
        *_ways(stop, seen),
        *_by_eye(stop, seen),
        *_status(stop, seen),
        *_confirmed(seen),
        *_open_ends(stop),
    )
    return " ".join(parts)


def _ways(stop: StopTaken, seen: Verification) -> Iterator[str]:
    words = {
        Ground.SUSPICION: _tr("I stopped it on independent reasonable suspicion, put on record at %1."),
        Ground.EXIGENT: _tr("Exigent circumstances, put on record at %1, went before the steps."),
        Ground.STATUS_NOT_POSSIBLE: _tr("Its status could not be asked before the stop; why is on record since %1."),
    }
    said = statements(seen)
    for name in stop.excuses:
        ground = Ground(name)
        yield words[ground].replace("%1", clock(said[ground].at) if ground in said else "")


def _by_eye(stop: StopTaken, seen: Verification) -> Iterator[str]:
    """What the stop rested on stays told, whatever was answered since; an owed step once it bore out."""
    if _untold(stop, _BY_EYE):
        return
    if stop.seen_at is not None:
        words = _tr("I confirmed the plate and the issuing state by eye at %1, before the stop.")
        yield words.replace("%1", clock(stop.seen_at))
    elif seen.seen_at is not None and seen.seen_at > stop.at and seen.seen_by == stop.by and not _BY_EYE & {*stop.fell}:
        words = _tr("I confirmed the plate and the issuing state by eye at %1, after the stop.")
        yield words.replace("%1", clock(seen.seen_at))


def _status(stop: StopTaken, seen: Verification) -> Iterator[str]:
    if _untold(stop, _BY_STATUS):
        return
    status = seen.status
    if stop.checked_at is not None:
        words = _tr("Its status was verified through %1 at %2, before the stop.")
        yield words.replace("%1", stop.check_source).replace("%2", clock(stop.checked_at))
    elif status is not None and status.answer is CheckAnswer.ACTIVE and not _BY_STATUS & {*stop.fell}:
        words = _tr("Its status was verified through %1 at %2, after the stop.")
        yield words.replace("%1", status.source).replace("%2", clock(status.answered_at))


def _untold(stop: StopTaken, names: set[str]) -> bool:
    """A step that is owed yet, or that the stop went before and that then spoke against it: nothing to claim."""
    went_before = {Ground.EXIGENT, Ground.STATUS_NOT_POSSIBLE} & {Ground(name) for name in stop.excuses}
    return bool(names & {*stop.owed} or (went_before and names & {*stop.fell}))


def _confirmed(seen: Verification) -> Iterator[str]:
    reply = seen.confirmation.reply
    if reply is not None and reply.answer is ConfirmationAnswer.CONFIRMED:
        words = _tr("The entering agency (%1) confirmed the hit at %2.")
        yield words.replace("%1", reply.who).replace("%2", clock(reply.at))


def _open_ends(stop: StopTaken) -> Iterator[str]:
    if stop.fell:
        fell = ", ".join(dict.fromkeys(translated(FELL[name]).lower() for name in stop.fell))
        yield _tr("After the stop it was found: %1.").replace("%1", fell)
    if stop.owed:
        yield _tr("Not confirmed yet, still owed: %1.").replace("%1", steps(stop.owed))


def _tr(text: str) -> str:
    return QCoreApplication.translate("report", text)
