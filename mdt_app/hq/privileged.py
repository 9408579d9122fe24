"""Headquarters' privileged acts: each route that wants a fresh proof of identity of the person at the desk (IA-11).

The car's are in `domain/privileged`. A test holds this table against all routes: a new one has to be put somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from mdt_app.services.register_files import load_registers
from mdt_app.sync.wire import PREFIX

OF_ONESELF = "Changing your own password"
_ACTS: Mapping[tuple[str, str], str] = {
    ("POST", "/accounts"): "Issuing an account",
    ("PUT", "/accounts/{user_id}/state"): "Suspending or restoring an account",
    ("PUT", "/accounts/{user_id}/password"): "Setting a password",
    ("POST", "/accounts/{user_id}/second-factor"): "Renewing a second factor",
    ("PUT", "/desk/password"): OF_ONESELF,
    ("POST", "/accounts/{user_id}/release"): "Releasing a locked account",
    ("POST", "/accounts/{user_id}/release-code"): "Giving out a release code",
    ("PUT", "/accounts/{user_id}/training"): "Recording training, which opens access",
    ("PUT", "/accounts/{user_id}/alert-exceptions"): "Changing the exceptions of an alert profile",
    ("POST", "/accounts/{user_id}/keys/question"): "Registering a security key",
    ("POST", "/accounts/{user_id}/keys"): "Registering a security key",
    ("POST", "/accounts/{user_id}/keys/withdrawal"): "Withdrawing a security key",
    ("POST", "/entries/{entry_id}/decision"): "Deciding on an entry",
    ("POST", "/retention"): "Purging by hand",
    ("POST", "/cars/{car_id}/chain/begin"): "Letting a car's record begin anew",
    ("POST", "/cars/{car_id}/recovery/release"): "Taking out a car's recovery key",
    ("POST", "/devices/{car_id}/enrolment"): "Enrolling a car",
    ("POST", "/devices/{car_id}/revocation"): "Revoking a car",
    ("POST", "/devices/{car_id}/orders"): "Locking or wiping a car",
    ("POST", "/readers"): "Letting a reader send",
    ("POST", "/readers/{reader_id}/end"): "Ending a reader",
    ("POST", "/searches/{search_id}/case"): "Taking reads into a case, which gives them out",
    ("POST", "/cases/{case_number}/release"): "Letting go of what a case holds",
    ("POST", "/alert-routes"): "Saying who is told of alerts",
    ("POST", "/alert-routes/{position}/end"): "Ending who is told of alerts",
    ("POST", "/sharing/{record_id}/package"): "Giving data to another agency",
    ("POST", "/findings/{position}/review"): "Deciding on unusual use",
    **{
        ("POST", f"/registers/{one.register_id}{record}"): f"Keeping the register '{one.name}'"
        for one in load_registers().values()
        for record in ("", "/{record_id}")
        if one.proof
    },
}

PRIVILEGED: Mapping[tuple[str, str], str] = {(method, PREFIX + path): act for (method, path), act in _ACTS.items()}
"""Method and path -> the act in words."""
