"""Whoever sits at the terminal of a car's folder: accounts in its store, its settings, and what the person types."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyotp
from click.testing import Result
from typer.testing import CliRunner

from cache.store import CacheStore
from mdt_app.cli import app
from mdt_app.domain.accounts import Role
from mdt_app.domain.sign_in import Attempts
from mdt_app.services.passwords import Argon2Passwords
from tests.fakes.car import SECRET, SIGNER, issued, officer
from tests.fakes.security_key import SoftwareKey, enrolled

PASSWORD = "correct horse battery"
_HASHED = Argon2Passwords().hashed(PASSWORD)
_ROLES = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)


class Terminal:
    """The terminal at a car's folder that has its store already. Each account is named as its role."""

    def __init__(self, car: Path, key: bytes) -> None:
        self.car, self.key, self.settings = car, key, car.parent / "car.toml"
        self.security_key = SoftwareKey()
        self.settings.write_text(
            f'car_id = "CAR12"\nunit = "12"\nori = "CT0123400"\npolicy = "postc"\nheadquarters = "https://hq.example"\n'
            f'headquarters_key = "{SIGNER.public}"\n'
        )
        self.give(datetime.now(UTC))

    def store(self) -> CacheStore:
        """The car's store."""
        return CacheStore(self.car / "store.db", self.key)

    def give(self, at: datetime) -> None:
        """Have headquarters issue the accounts at this time."""
        key = enrolled(self.security_key)
        people = (officer(role, role=role, password_hash=_HASHED, security_keys=(key,)) for role in _ROLES)
        accounts = issued(*people, at=at)
        with closing(self.store()) as store, store.transaction() as tx:
            tx.accounts.put_bundle(accounts.content, accounts.signature, at)

    def forget(self, user: str) -> None:
        """Forget which codes this person has used, as half a minute does."""
        with closing(self.store()) as store, store.transaction() as tx:
            tx.accounts.put_attempts(user, Attempts())

    def run(
        self,
        *words: object,
        user: str = Role.ADMINISTRATOR,
        password: str = PASSWORD,
        code: str = "",
        first: tuple[str, ...] = (),
    ) -> Result:
        """Run a command and answer what it asks: `first`, then who, password and code."""
        answers = [*first, user, password, code or pyotp.TOTP(SECRET).now(), ""]
        command = [*map(str, words), "--settings", str(self.settings), "--key-file"]
        return CliRunner().invoke(app, command, input="\n".join(answers))
