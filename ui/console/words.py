"""The console's words: what stands in tables of headquarters, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import Step
from mdt_app.domain.errors import MdtError
from mdt_app.domain.outcomes import OUTCOMES, NoStopReason
from mdt_app.sync.desk_wire import PurposeChoice
from mdt_app.sync.entry_wire import EntryCheck, EntryDraftMessage
from mdt_app.sync.proved_file import ProvedFile
from ui.context import Codes
from ui.words import ANSWERS, translated

STEPS: Mapping[Step, str] = {
    Step.REQUESTED: "requested",
    Step.UPDATED: "changed",
    Step.RENEWED: "renewal asked",
    Step.CHECKED: "checked with CJIS/NCIC",
    Step.APPROVED: "approved",
    Step.REFUSED: "refused",
    Step.ACTIVATED: "put in force",
    Step.EXPIRED: "expired",
    Step.REMOVED: "removed",
}
ROLES: Mapping[str, str] = {
    Role.OFFICER: "Officer",
    Role.SUPERVISOR: "Supervisor",
    Role.ADMINISTRATOR: "Administrator",
    Role.TRAINER: "Trainer",
    Role.CRIME_ANALYST: "Crime analyst",
    Role.COMMUNICATIONS: "Communications",
    Role.AUDITOR: "Auditor",
}
FLAGS: Mapping[str, str] = {
    "exigent_stop": "Exigent stop, steps still owed",
    "status_owed": "Stop before the status; status owed",
    "store_damaged": "A car's store was damaged or replaced",
    "server_refused": "Another server answered a car in headquarters' place",
    "basis_fell": "A stop's basis fell",
    "enforced_unconfirmed": "Enforced, not confirmed by a person",
    "prohibited_use": "Prohibited use refused",
    "entry_removal": "Vehicle located, entry removed",
    "entry_notice": "Owner of an entry to be told",
    "key_cloned": "Copied security key refused",
}
ENDS: Mapping[str, str] = {
    "open": "■ open",
    "stopped": "✓ stop recorded",
    **{reason.value: f"✗ {OUTCOMES[reason].words}" for reason in NoStopReason},
}


def save_file(tell: Callable[[str, str], None], path: Path, file: ProvedFile) -> None:
    """Save what headquarters made, its proof beside it, and say how that went."""
    try:
        file.save(path)
    except OSError as fault:
        tell(translated("✗ It can't be written there: %1").replace("%1", fault.strerror or ""), "hit")
        return
    tell(translated("✓ Saved, with its proof beside it: %1").replace("%1", str(path)), "verified")


def refusal(fault: MdtError) -> str:
    """What headquarters or this desk refused, and what to do next: '✗ This record is closed. Open a new one.'"""
    words, remedy = (translated(said, "refusals") for said in (fault.words, fault.remedy))
    return f"✗ {words} {remedy}".rstrip()


def purpose(one: PurposeChoice) -> str:
    """A purpose as it is offered: what the policy refuses says so, and what wants a citation too."""
    words = translated(one.words, "policy")
    if one.citations:
        return words + translated(" (with a citation)")
    return translated("refused: ") + words if one.prohibited else words


def moment(at: datetime | None) -> str:
    """A time at this desk: '2026-11-22 21:14'."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else ""


def vehicle(draft: EntryDraftMessage, codes: Codes) -> str:
    """The vehicle in one line: '2014 Ford FUS, black, 4-door'."""
    named = " ".join(filter(None, (draft.year, codes.make(draft.make), draft.model)))
    return ", ".join(filter(None, (named, codes.color(draft.color), codes.style(draft.style))))


def answer(check: EntryCheck | None) -> tuple[str, str]:
    """CJIS/NCIC's answer in words, and its tone."""
    if check is None:
        return "■ " + translated("Not checked yet"), "owed"
    tone = {"active": "hit", "no_record": "verified", "other_record": "owed"}.get(check.answer, "hit")
    return f"{translated(ANSWERS[check.answer])} · {moment(check.answered_at)}", tone


def person(user_id: str, role: str) -> str:
    """'rdoe (Officer)'."""
    return f"{user_id} ({translated(ROLES.get(role, role))})"
