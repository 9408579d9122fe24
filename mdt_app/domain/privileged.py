"""Privileged acts: what asks once more who is there, in the car (CJIS IA-11). Headquarters' are in hq/privileged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mdt_app.domain.accounts import Session
from mdt_app.domain.errors import Refused
from mdt_app.domain.policy import Policy
from mdt_app.domain.retention import PreserveData, ReleaseCase

PROVE_AGAIN = "prove_again"
"""The reason of a refusal that a fresh proof lifts: screens know it, ask for the proof, and send the act again."""

PRIVILEGED: Mapping[type, str] = {
    PreserveData: "Taking data into a case",
    ReleaseCase: "Releasing a case's data",
}
"""Each privileged command in words. A locked account's release is proved by headquarters' code, a purge is nobody's."""


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
