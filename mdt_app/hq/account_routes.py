"""The Administrator's routes on accounts: issue, suspend, restore, release, training, exceptions (ACC-3, ACC-4)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import BadInput
from mdt_app.hq import accounts
from mdt_app.hq.access import Rejected, admit, message_of, proofs_of, store_of
from mdt_app.hq.desk_proofs import DeskProofs
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.hq.training_records import record_training
from mdt_app.services.fido_checks import registered
from mdt_app.services.second_factor import enrolment_address
from mdt_app.sync.account_wire import (
    AccountIssued,
    AccountLine,
    AccountLines,
    AccountState,
    AlertExceptionMessage,
    ExceptionGrant,
    NewAccount,
    NewPassword,
    ReleaseCode,
    ReleaseRequest,
    TrainingRecord,
)
from mdt_app.sync.key_wire import KeyRegistration, KeyWishMessage, KeyWithdrawal, SecurityKeyMessage
from mdt_app.sync.wire import PREFIX, Done

_BYTES = 64 << 10

router = APIRouter(prefix=f"{PREFIX}/accounts")
TheStore = Annotated[Store, Depends(store_of)]
Administrator = Annotated[Identity, Depends(admit(Role.ADMINISTRATOR))]


@contextmanager
def _told() -> Iterator[None]:
    """What does not fit is turned away with its words."""
    try:
        yield
    except BadInput as fault:
        raise Rejected(422, "bad_account", str(fault)) from fault


@router.get("")
def all_accounts(
    request: Request, _: Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR))], store: TheStore
) -> AccountLines:
    """Return every account without its secrets."""
    lines = (
        AccountLine(
            user_id=account.user_id,
            name=account.name,
            role=account.role,
            active=account.active,
            training=tuple(sorted(account.training)),
            security_keys=tuple(map(SecurityKeyMessage.of, account.security_keys)),
        )
        for account in accounts.all_accounts(store)
    )
    return AccountLines(accounts=tuple(lines), topics=tuple(request.app.state.settings.policy.training))


@router.post("/{user_id}/keys/question")
def ask_new_key(user_id: str, by: Administrator, proofs: Annotated[DeskProofs, Depends(proofs_of)]) -> KeyWishMessage:
    """Return a challenge for a security key that is to be somebody's."""
    with _told():
        return KeyWishMessage.of(proofs.wish(by, user_id))


@router.post("/{user_id}/keys")
def register_key(
    user_id: str,
    by: Administrator,
    made: Annotated[KeyRegistration, Depends(message_of(KeyRegistration, _BYTES))],
    proofs: Annotated[DeskProofs, Depends(proofs_of)],
    store: TheStore,
) -> SecurityKeyMessage:
    """Put a security key of somebody on record; the cars know it at their next sync."""
    with _told():
        key = registered(proofs.wished(by, user_id), made.to_key(), made.name)
        accounts.add_key(store, user_id, key, by.holder)
    return SecurityKeyMessage.of(key)


@router.post("/{user_id}/keys/withdrawal")
def withdraw_key(
    user_id: str,
    by: Administrator,
    asked: Annotated[KeyWithdrawal, Depends(message_of(KeyWithdrawal, _BYTES))],
    store: TheStore,
) -> Done:
    """End a security key for good."""
    with _told():
        accounts.withdraw_key(store, user_id, asked.credential_id, asked.reason, by.holder)
    return Done()


@router.post("")
def issue(
    by: Administrator, new: Annotated[NewAccount, Depends(message_of(NewAccount, _BYTES))], store: TheStore
) -> AccountIssued:
    """Issue a personal account. It gives no access before its training is on record."""
    with _told():
        account = Account(new.user_id, new.name, new.role, accounts.hash_password(new.password, new.user_id, new.name))
        made = accounts.add_account(store, account, by.holder)
    enrolment = enrolment_address(made.totp_secret, made.user_id)
    return AccountIssued(user_id=made.user_id, totp_secret=made.totp_secret, enrolment=enrolment)


@router.put("/{user_id}/password")
def set_password(
    user_id: str,
    by: Administrator,
    new: Annotated[NewPassword, Depends(message_of(NewPassword, _BYTES))],
    store: TheStore,
) -> Done:
    """Set a new password for somebody who forgot theirs, or whose password is known to others."""
    with _told():
        if user_id == by.holder:
            raise BadInput("Nobody acts on their own account.", "Change your own password as your own.")
        accounts.set_password(store, user_id, new.password, by.holder)
    return Done()


@router.post("/{user_id}/second-factor")
def renew_second_factor(user_id: str, by: Administrator, store: TheStore) -> AccountIssued:
    """End somebody's lost authenticator, and return what a new one is set up with."""
    with _told():
        secret = accounts.renew_second_factor(store, user_id, by.holder)
    return AccountIssued(user_id=user_id, totp_secret=secret, enrolment=enrolment_address(secret, user_id))


@router.put("/{user_id}/state")
def set_state(
    user_id: str,
    by: Administrator,
    state: Annotated[AccountState, Depends(message_of(AccountState, _BYTES))],
    store: TheStore,
) -> Done:
    """Suspend an account, or put it back in force; the cars follow at their next sync."""
    with _told():
        accounts.set_active(store, user_id, state.active, state.reason, by.holder)
    return Done()


@router.post("/{user_id}/release")
def release(user_id: str, by: Administrator, store: TheStore) -> Done:
    """Open the account's locks in all cars at their next sync."""
    with _told():
        accounts.release(store, user_id, by.holder)
    return Done()


@router.post("/{user_id}/release-code")
def release_code(
    request: Request,
    user_id: str,
    by: Administrator,
    asked: Annotated[ReleaseRequest, Depends(message_of(ReleaseRequest, _BYTES))],
    store: TheStore,
) -> ReleaseCode:
    """Return the code that opens the account in a car without a link."""
    with _told():
        accounts.record_release_code(store, user_id, asked.car_id, by.holder)
    code: str = request.app.state.settings.bundles.release_code(asked.car_id, user_id, asked.challenge)
    return ReleaseCode(code=code)


@router.put("/{user_id}/training")
def train(
    user_id: str,
    by: Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.TRAINER))],
    done: Annotated[TrainingRecord, Depends(message_of(TrainingRecord, _BYTES))],
    request: Request,
    store: TheStore,
) -> Done:
    """Put completed topics on record, with trainer, date and the version of their lessons."""
    with _told():
        record_training(store, request.app.state.settings.trail, user_id, done, by.holder)
    return Done()


@router.put("/{user_id}/alert-exceptions")
def grant_exception(
    user_id: str,
    by: Administrator,
    granted: Annotated[ExceptionGrant, Depends(message_of(ExceptionGrant, _BYTES))],
    store: TheStore,
) -> AlertExceptionMessage:
    """Let a named user have categories that the schedule forbids, for a stated purpose, until a time (ALR-3)."""
    with _told():
        return accounts.grant_exception(store, user_id, granted, by.holder)
