"""What the measurements of a car share: a core on an encrypted store, and somebody whom it lets in."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cache.store import CacheStore
from devices.drive.drive import DRIVE_PLATES
from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.commands import ApplyAccounts, SignIn
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy, Ruled
from mdt_app.domain.sign_in import AccountBundle
from mdt_app.services.bundles import SignedBundles
from mdt_app.services.clock import SystemClock
from mdt_app.services.context import Identity
from mdt_app.services.core import Core
from mdt_app.services.list_blocks import prepared
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.services.policies import load_policy
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys
from mdt_app.services.signing import Signer
from mdt_app.sync.account_wire import AccountBundleMessage

CAR = "BENCH"
_USER, _PASSWORD = "bench", "bench-of-this-car"


def bench_policy() -> Policy:
    """The model policy, with every read an alert anew, and without a second factor: nobody is there to type one."""
    policy = load_policy("postc")
    no_code = replace(policy.sign_in, second_factor=Ruled(False, "bench"))
    return replace(policy, sign_in=no_code, repeat_minutes=0, past_hours=0)


def bench_core(folder: Path, policy: Policy, signer: Signer) -> Core:
    """A core on a new encrypted store in this folder, not started yet."""
    return core_on(CacheStore(folder / "store.db", secrets.token_bytes(32)), policy, signer)


def core_on(store: CacheStore, policy: Policy, signer: Signer) -> Core:
    """A core on this store, which it closes in the end; not started yet."""
    return Core(
        store,
        SystemClock(),
        policy,
        Identity(CAR, "CT0056700"),
        Argon2Passwords(),
        TotpSecondFactor(),
        FidoSecurityKeys(),
        SignedBundles(signer.public),
    )


def prepare_core(core: Core, policy: Policy, signer: Signer) -> None:
    """An account, and a list with every plate of the drive."""
    bring_account(core, policy, signer)
    entries = [
        Entry(f"bench:{car.plate}", "bench", "stolen_vehicle", car.plate, match_key(car.plate), car.state)
        for car in DRIVE_PLATES
    ]
    hotlist = HotList("bench", "Bench", "Bench", datetime.now(UTC), len(entries), "0" * 64)
    core.submit(prepared(hotlist, entries)).result(10)


def bring_account(core: Core, policy: Policy, signer: Signer) -> None:
    """The account that `sign_in` is for."""
    hashed = Argon2Passwords().hashed(_PASSWORD)
    account = Account(_USER, "Bench", Role.OFFICER, hashed, training=frozenset(policy.training))
    bundle = AccountBundle(CAR, datetime.now(UTC), (account,), bytes(32))
    content = AccountBundleMessage.of(bundle).model_dump_json().encode()
    core.submit(ApplyAccounts(content, signer.sign(content))).result(10)


def sign_in(core: Core) -> None:
    """Let the account in."""
    core.submit(SignIn(_USER, _PASSWORD, notice_acknowledged=True)).result(10)
