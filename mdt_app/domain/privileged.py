"""Privileged acts: what asks once more who is there, in the car and on its folder (CJIS IA-11).

Headquarters' are in hq/privileged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mdt_app.domain.accounts import Role, Session
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy
from mdt_app.domain.retention import PreserveData, ReleaseCase
from mdt_app.domain.security_keys import KeyAnswer

PROVE_AGAIN = "prove_again"
"""The reason of a refusal that a fresh proof lifts: screens know it, ask for the proof, and send the act again."""

SIGN_IN = "sign_in"
"""The reason of a desk's refusal that a proof lifts, too: nobody is signed in there, or the session has ended."""

PROOF_LIFTS = frozenset({PROVE_AGAIN, SIGN_IN})

PRIVILEGED: Mapping[type, str] = {
    PreserveData: "Taking data into a case",
    ReleaseCase: "Releasing a case's data",
}
"""Each privileged command in words. A locked account's release is proved by headquarters' code, a purge is nobody's."""


class StoreAct(StrEnum):
    """What the command line does on a car's folder that takes data or keys out of it."""

    EXPORT_TRAIL = "export_trail"
    EXPORT_CASE = "export_case"
    MAKE_DRILL = "make_drill"
    NEW_KEY = "new_key"
    RECOVERY_KEY = "recovery_key"
    ESCROW = "escrow"
    RECOVER = "recover"


@dataclass(frozen=True, slots=True)
class ActRule:
    """The act in words, whose it is, and as what it goes on record."""

    words: str
    roles: frozenset[Role]
    kind: EventKind


_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
STORE_ACTS: Mapping[StoreAct, ActRule] = {
    StoreAct.EXPORT_TRAIL: ActRule("Exporting the trail", _ADMINISTRATOR | {Role.AUDITOR}, EventKind.EXPORTED),
    StoreAct.EXPORT_CASE: ActRule("Exporting a case", _ADMINISTRATOR | {Role.SUPERVISOR}, EventKind.EXPORTED),
    StoreAct.MAKE_DRILL: ActRule(
        "Making a drill of a shift", _ADMINISTRATOR | {Role.TRAINER, Role.SUPERVISOR}, EventKind.EXPORTED
    ),
    StoreAct.NEW_KEY: ActRule("Changing the store's key", _ADMINISTRATOR, EventKind.STORE_KEY),
    StoreAct.RECOVERY_KEY: ActRule("Making a recovery key", _ADMINISTRATOR, EventKind.STORE_KEY),
    StoreAct.ESCROW: ActRule("Sealing the store's key", _ADMINISTRATOR, EventKind.STORE_KEY),
    StoreAct.RECOVER: ActRule("Recovering the store's key", _ADMINISTRATOR, EventKind.STORE_KEY),
}


@dataclass(frozen=True, slots=True)
class ActOnStore:
    """A person at the command line acts on this car's folder: who, the proof, what, and what goes on record of it."""

    user_id: str
    password: str = field(repr=False)
    act: StoreAct
    subject: str = ""
    body: Mapping[str, object] = field(default_factory=dict)
    code: str = field(default="", repr=False)
    key: KeyAnswer | None = None


def away_s(session: Session, monotonic: float, now: datetime) -> float:
    """Seconds since the person proved to be there: the monotonic clock may stand still while a laptop sleeps."""
    slept_s = (now - session.fresh_at).total_seconds() if session.fresh_at else 0.0
    return max(monotonic - session.fresh_since, slept_s)


def stale(act: str, away: float, policy: Policy) -> Refused | None:
    """Why an act can't be done on a proof of `away` seconds ago; None: it is fresh enough."""
    minutes = policy.sign_in.privileged_minutes.value
    if away <= minutes * 60:
        return None
    words = f"{act} asks again who you are: there is no proof of the last {minutes} minutes."
    return Refused(PROVE_AGAIN, words, "Give your password and your second factor.")
