"""Messages about accounts: what the Administrator issues, and the signed bundle for a car."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from mdt_app.domain.accounts import Account, AlertException, Role
from mdt_app.domain.sign_in import AccountBundle
from mdt_app.sync.drill_wire import DrillResultMessage
from mdt_app.sync.key_wire import SecurityKeyMessage
from mdt_app.sync.wire import Code32, Count, Digest, Identifier, Message, Moment, Name, Text, values_of


class AlertExceptionMessage(Message):
    """An exception from the alert schedule, as AlertException has it."""

    categories: tuple[Identifier, ...] = Field(min_length=1, max_length=40)
    reason: Name = Field(min_length=1)
    until: Moment
    by: Identifier


class ExceptionGrant(Message):
    """What the Administrator grants a user."""

    categories: tuple[Identifier, ...] = Field(min_length=1, max_length=40)
    reason: Name = Field(min_length=1)
    until: Moment


class AccountMessage(Message):
    """One account as headquarters issued it."""

    user_id: Identifier
    name: Name
    role: Role
    password_hash: Text = Field(repr=False)
    active: bool = True
    exceptions: tuple[AlertExceptionMessage, ...] = ()
    totp_secret: Code32 = Field(default="", repr=False)
    training: tuple[Identifier, ...] = ()
    releases: Count = 0
    security_keys: tuple[SecurityKeyMessage, ...] = ()
    password_set_at: Moment | None = None
    training_due: dict[Identifier, date] = Field(default_factory=dict, max_length=40)

    @model_serializer(mode="wrap")
    def _told(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Nothing due is left out: a car of an earlier release knows no such field, and would refuse the accounts."""
        told: dict[str, Any] = whole(self)
        if not self.training_due:
            told.pop("training_due", None)
        return told

    @classmethod
    def of(cls, account: Account) -> Self:
        """Make the message from an account."""
        values = {name: getattr(account, name) for name in _ACCOUNT_FIELDS}
        held = (AlertExceptionMessage(**values_of(e, AlertException)) for e in account.exceptions)
        keys = tuple(map(SecurityKeyMessage.of, account.security_keys))
        training = tuple(sorted(account.training))
        due = dict(account.training_due)
        return cls(**values, exceptions=tuple(held), training=training, training_due=due, security_keys=keys)

    def to_account(self) -> Account:
        """Return the account."""
        values = {name: getattr(self, name) for name in _ACCOUNT_FIELDS}
        held = (AlertException(**values_of(e, AlertException)) for e in self.exceptions)
        keys = tuple(message.to_key() for message in self.security_keys)
        training, due = frozenset(self.training), tuple(sorted(self.training_due.items()))
        return Account(**values, exceptions=tuple(held), training=training, training_due=due, security_keys=keys)


_ACCOUNT_FIELDS = tuple(set(Account.__slots__) - {"exceptions", "training", "training_due", "security_keys"})


class AccountBundleMessage(Message):
    """The accounts for one car; its JSON is what headquarters signs."""

    car_id: Identifier
    issued_at: Moment
    accounts: tuple[AccountMessage, ...]
    release_secret: Digest = Field(repr=False)

    @classmethod
    def of(cls, bundle: AccountBundle) -> Self:
        """Make the message from the accounts."""
        accounts = tuple(map(AccountMessage.of, bundle.accounts))
        secret = bundle.release_secret.hex()
        return cls(car_id=bundle.car_id, issued_at=bundle.issued_at, accounts=accounts, release_secret=secret)

    def to_bundle(self) -> AccountBundle:
        """Return the accounts."""
        accounts = tuple(message.to_account() for message in self.accounts)
        return AccountBundle(self.car_id, self.issued_at, accounts, bytes.fromhex(self.release_secret))


class AccountLine(Message):
    """An account as the Administrator's console shows it: no secrets."""

    user_id: Identifier
    name: Name
    role: Role
    active: bool
    training: tuple[Identifier, ...]
    security_keys: tuple[SecurityKeyMessage, ...]


class AccountLines(Message):
    """Every account, by user id, and the topics that training wants."""

    accounts: tuple[AccountLine, ...]
    topics: tuple[Identifier, ...]


class NewAccount(Message):
    """An account that the Administrator issues."""

    user_id: Identifier
    name: Name = Field(min_length=1)
    role: Role
    password: Text = Field(repr=False)


class NewPassword(Message):
    """A new password for an account."""

    password: Text = Field(repr=False)


class AccountIssued(Message):
    """An account's new second factor, told once: the secret in base32, and the address for an authenticator."""

    user_id: Identifier
    totp_secret: Code32 = Field(repr=False)
    enrolment: Text = Field(repr=False)


class AccountState(Message):
    """Whether an account is in force, and why that changes."""

    active: bool
    reason: Name = Field(min_length=1)


class ReleaseRequest(Message):
    """The challenge that a locked car shows."""

    car_id: Identifier
    challenge: Annotated[str, Field(pattern=r"^[0-9]{8}$")]


class ReleaseCode(Message):
    """The code that opens the account in that car."""

    code: str = Field(repr=False)


class TrainingRecord(Message):
    """Topics of the standardized training that a person has completed.

    `lessons`: topic -> version of those that rest on the program's own lesson, `drills`: what was passed with them.
    Topics without a lesson here are the trainer's own word.
    """

    topics: tuple[Identifier, ...] = Field(min_length=1, max_length=40)
    trainer: Name = Field(min_length=1)
    completed_on: date
    lessons: dict[Identifier, Count] = Field(default_factory=dict, max_length=40)
    drills: Annotated[tuple[DrillResultMessage, ...], Field(max_length=80)] = ()
