"""Handlers of a person's session: sign-in, lock and release, sign-out, alert profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.accounts import Account, Session
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.alerts import Hit, taken_up
from mdt_app.domain.commands import (
    AskKey,
    LockCar,
    LockScreen,
    ProveIdentity,
    ReleaseAccount,
    SetAlertProfile,
    SignIn,
    SignOut,
    UnlockScreen,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import (
    AccountLocked,
    CommandRefused,
    HitRaised,
    KeyAsked,
    Notice,
    ProfileChanged,
    ProvedAgain,
    ScreenLocked,
    ScreenUnlocked,
    SignedIn,
    SignedOut,
)
from mdt_app.domain.policy import Factor
from mdt_app.domain.privileged import STORE_ACTS, ActOnStore, StoreAct
from mdt_app.domain.profiles import chosen, silence
from mdt_app.domain.sign_in import AccountBundle, Attempts, locked, outdated, unfit, worn
from mdt_app.services.context import RUN, Context, Outcome
from mdt_app.services.on_drafts import draft_of
from mdt_app.services.proving import LOCKED, WRONG, Given, Moment, Prover
from mdt_app.services.second_factor import STEP_S
from mdt_app.services.security_keys import question

_WHOLE_CAR = "(the whole car)"
"""Under this name, which no account can have, stands whether headquarters has locked the car."""
_NO_KEYS = Refused("no_keys", "Security keys do not open this car.", "Use the code of your authenticator.")


def sign_in(ctx: Context, command: SignIn) -> Outcome:
    """Open a session for a person whom headquarters has designated (ACC-1), once the notice is acknowledged (ACC-6)."""
    if ctx.session is not None:
        raise Refused("already_signed_in", "Somebody is signed in.", "Sign out first.")
    if not command.notice_acknowledged:
        raise Refused("notice_not_acknowledged", "The notice is not acknowledged.", "Read it and acknowledge it.")
    _require_person(command.user_id)
    bundle = _bundle(ctx)
    if ctx.tx.accounts.attempts(_WHOLE_CAR).locked_at is not None:
        bundle = Refused("car_locked", "Headquarters has locked this car.", "Call the Administrator.")
    if isinstance(bundle, Refused):
        return _refused(ctx, "SignIn", command.user_id, bundle)
    account = _account(bundle, command.user_id)
    if refusal := _proved(ctx, account, command.user_id, _given(command)):
        return _refused(ctx, "SignIn", command.user_id, refusal)
    now = ctx.clock.now()
    if account is None or (refusal := unfit(ctx.policy, account, now.date()) or worn(ctx.policy, account, now)):
        return _refused(ctx, "SignIn", command.user_id, refusal or WRONG)
    return _begun(ctx, account)


def lock_screen(ctx: Context, command: LockScreen) -> Outcome:
    """Lock the screen; whoever is signed in stays so, and alerts go on."""
    session = replace(ctx.signed_in, locked=True)
    ctx.tx.record(ctx.event(EventKind.SCREEN_LOCKED, session.session_id, {"reason": command.reason}))
    return Outcome((ScreenLocked(session, command.reason),), session=session)


def unlock_screen(ctx: Context, command: UnlockScreen) -> Outcome:
    """The person of this session proves to be there, by the same proofs as at sign-in (IA-11)."""
    session = ctx.signed_in
    if refusal := _proved_again(ctx, session, _given(command)):
        return _refused(ctx, "UnlockScreen", session.user_id, refusal)
    back = replace(_fresh(ctx, session), locked=False)
    ctx.tx.record(ctx.event(EventKind.SCREEN_UNLOCKED, session.session_id, {}))
    return Outcome((ScreenUnlocked(back),), session=back)


def prove_identity(ctx: Context, command: ProveIdentity) -> Outcome:
    """The person who is there proves it once more for a privileged act, by the same proofs as at sign-in (IA-11)."""
    session = ctx.person
    if refusal := _proved_again(ctx, session, _given(command)):
        return _refused(ctx, "ProveIdentity", session.user_id, refusal)
    fresh = _fresh(ctx, session)
    ctx.tx.record(ctx.event(EventKind.PROVED_AGAIN, session.session_id, {}))
    return Outcome((ProvedAgain(fresh),), session=fresh)


def ask_key(ctx: Context, command: AskKey) -> Outcome:
    """Make a challenge for a security key of this person; an account without one is asked just the same."""
    _require_person(command.user_id)
    bundle = _bundle(ctx)
    if isinstance(bundle, Refused):
        return _refused(ctx, "AskKey", command.user_id, bundle)
    account, attempts = _account(bundle, command.user_id), ctx.tx.accounts.attempts(command.user_id)
    if Factor.SECURITY_KEY not in ctx.policy.sign_in.factors.value:
        return _refused(ctx, "AskKey", command.user_id, _NO_KEYS)
    if locked(attempts, account):
        return _refused(ctx, "AskKey", command.user_id, LOCKED)
    challenge, asked = _prover(ctx).asked(attempts, _moment(ctx))
    ctx.tx.accounts.put_attempts(command.user_id, asked)
    keys = account.security_keys if account else ()
    return Outcome((KeyAsked(command.user_id, question(keys, challenge, command.user_id, bundle.release_secret)),))


def act_on_store(ctx: Context, command: ActOnStore) -> Outcome:
    """Let a person at the command line act on this car's folder, proved as at sign-in, and put it on record (IA-11).

    Recovering takes accounts of any age: new ones can come only once the store opens again.
    """
    _require_person(command.user_id)
    rule, recovering = STORE_ACTS[command.act], command.act is StoreAct.RECOVER
    bundle = _bundle(ctx, of_any_age=recovering)
    if isinstance(bundle, Refused):
        return _refused(ctx, "ActOnStore", command.user_id, bundle)
    account = _account(bundle, command.user_id)
    if refusal := _proved(ctx, account, command.user_id, _given(command)):
        return _refused(ctx, "ActOnStore", command.user_id, refusal)
    if account is None or account.role not in rule.roles:
        others = Refused("role", f"{rule.words} is not for this account.", "Ask the Administrator.")
        return _refused(ctx, "ActOnStore", command.user_id, others)
    if not recovering and (refusal := worn(ctx.policy, account, ctx.clock.now())):
        return _refused(ctx, "ActOnStore", command.user_id, refusal)
    body = {"act": command.act, **command.body}
    ctx.tx.record(ctx.event(rule.kind, command.subject, body, actor=account.user_id))
    return Outcome()


def lock_car(ctx: Context, command: LockCar) -> Outcome:
    """Obey headquarters: the session ends, and nobody signs in before the car is opened again."""
    held = Attempts(locked_at=ctx.clock.now()) if command.locked else Attempts()
    ctx.tx.accounts.put_attempts(_WHOLE_CAR, held)
    kind = EventKind.CAR_LOCKED if command.locked else EventKind.CAR_RELEASED
    ctx.tx.record(ctx.event(kind, ctx.identity.car_id, {}, actor="headquarters"))
    if command.locked and ctx.session is not None:
        ctx.tx.record(ctx.event(EventKind.SIGNED_OUT, ctx.session.session_id, {"reason": "car_locked"}))
        return Outcome((SignedOut(),), signed_out=True)
    return Outcome()


def release_account(ctx: Context, command: ReleaseAccount) -> Outcome:
    """Open a locked account by headquarters' code for its challenge. A wrong code makes a new challenge."""
    _require_person(command.user_id)
    bundle, attempts = _bundle(ctx), ctx.tx.accounts.attempts(command.user_id)
    if isinstance(bundle, Refused):
        return _refused(ctx, "ReleaseAccount", command.user_id, bundle)
    secret = bundle.release_secret
    if attempts.locked_at is None or not ctx.second_factor.releases(
        secret, command.user_id, attempts.challenge, command.code
    ):
        again = replace(attempts, challenge=ctx.second_factor.challenge() if attempts.locked_at else "")
        ctx.tx.accounts.put_attempts(command.user_id, again)
        wrong = Refused("wrong_release", "This code does not open the account.", "Read out the new challenge.")
        return _refused(ctx, "ReleaseAccount", command.user_id, wrong)
    # A used step from the future is what a clock that ran ahead has left behind: it would lock the person out.
    present = int(ctx.clock.now().timestamp()) // STEP_S + 1
    opened = Attempts(last_step=min(attempts.last_step, present), counters=attempts.counters)
    ctx.tx.accounts.put_attempts(command.user_id, opened)
    ctx.tx.record(ctx.event(EventKind.ACCOUNT_RELEASED, command.user_id, {}, actor=command.user_id))
    return Outcome()


def sign_out(ctx: Context, command: SignOut) -> Outcome:
    """End the session."""
    body = {"reason": command.reason} if command.reason else {}
    ctx.tx.accounts.latest(ctx.clock.now())
    ctx.tx.record(ctx.event(EventKind.SIGNED_OUT, ctx.signed_in.session_id, body))
    return Outcome((SignedOut(),), signed_out=True)


def set_alert_profile(ctx: Context, command: SetAlertProfile) -> Outcome:
    """Keep the categories that are to alert this person; what the schedule forbids is refused by name (ALR-2)."""
    categories = chosen(ctx.policy, command.categories)
    unknown = [category for category in categories if category not in ALERTS]
    if unknown:
        raise Refused("profile_unknown", "This is no category of the alert table.", "Choose from the list.")
    session = replace(ctx.person, profile=categories)
    ctx.tx.profiles.put(session.user_id, categories)
    ctx.tx.record(ctx.event(EventKind.PROFILE_SET, session.user_id, {"categories": list(categories)}))
    return Outcome((ProfileChanged(session),), session=session)


def _bundle(ctx: Context, *, of_any_age: bool = False) -> AccountBundle | Refused:
    """The accounts in force, checked anew: car, age, and the signature, without which BadInput is raised.

    A refusal is returned, not raised: the latest time seen has to be committed with it.
    """
    held = ctx.tx.accounts.bundle()
    if held is None:
        return Refused("no_accounts", "No accounts have come from headquarters yet.", "Connect to headquarters.")
    bundle, now = ctx.bundles.read(*held), ctx.clock.now()
    ran = ctx.tx.retention.time()
    if ran.told_s is not None and ran.told_at == bundle.issued_at:
        # The running time since the accounts came counts as well: a clock set back does not make it less.
        now = max(now, bundle.issued_at + timedelta(seconds=ran.elapsed_s - ran.told_s))
    fault = outdated(bundle, ctx.identity.car_id, now, ctx.tx.accounts.latest(now), ctx.policy)
    return bundle if fault is None or (of_any_age and fault.reason == "accounts_old") else fault


def _proved(ctx: Context, account: Account | None, user_id: str, given: Given) -> Refused | None:
    """Check what was given for an account; None: proved. Failures, locks and copied keys are on record at once."""
    verdict = _prover(ctx).prove(account, ctx.tx.accounts.attempts(user_id), given, _moment(ctx))
    ctx.tx.accounts.put_attempts(user_id, verdict.attempts)
    if verdict.cloned:
        ctx.tx.record(ctx.event(EventKind.KEY_CLONED, user_id, {"key": verdict.cloned}, actor=user_id))
    if verdict.locked_now:
        body = {"failures": len(verdict.attempts.failures)}
        ctx.tx.record(ctx.event(EventKind.ACCOUNT_LOCKED, user_id, body, actor=user_id))
    return verdict.refusal


def _require_person(user_id: str) -> None:
    """Whoever types the name under which the car itself is locked neither locks nor opens it. Raises Refused."""
    if user_id == _WHOLE_CAR:
        raise WRONG


def _proved_again(ctx: Context, session: Session, given: Given) -> Refused | None:
    bundle = _bundle(ctx)
    if isinstance(bundle, Refused):
        return bundle
    return _proved(ctx, _account(bundle, session.user_id), session.user_id, given)


def _fresh(ctx: Context, session: Session) -> Session:
    return replace(session, fresh_since=ctx.clock.monotonic(), fresh_at=ctx.clock.now())


def _account(bundle: AccountBundle, user_id: str) -> Account | None:
    return next((account for account in bundle.accounts if account.user_id == user_id), None)


def _prover(ctx: Context) -> Prover:
    return Prover(ctx.policy, ctx.passwords, ctx.second_factor, ctx.security_keys)


def _moment(ctx: Context) -> Moment:
    return Moment(ctx.clock.now(), RUN, ctx.clock.monotonic())


def _given(command: SignIn | UnlockScreen | ProveIdentity | ActOnStore) -> Given:
    return Given(command.password, command.code, command.key)


def _begun(ctx: Context, account: Account) -> Outcome:
    now, mono = ctx.clock.now(), ctx.clock.monotonic()
    session = Session(
        session_id=ctx.clock.new_id(),
        user_id=account.user_id,
        name=account.name,
        role=account.role,
        signed_in_at=now,
        since=mono,
        fresh_since=mono,
        fresh_at=now,
        profile=ctx.tx.profiles.get(account.user_id),
        exceptions=account.exceptions,
        training_due=account.training_due,
    )
    body: dict[str, object] = {"role": account.role, "notice_acknowledged": True}
    if account.training_due:
        body["training_due"] = {topic: last.isoformat() for topic, last in account.training_due}
    ctx.tx.record(ctx.event(EventKind.SIGNED_IN, session.session_id, body, actor=account.user_id))
    begun = replace(ctx, session=session)
    eyes_hold = timedelta(minutes=ctx.policy.stops.eyes_minutes.value)
    waiting = (hit for hit in ctx.tx.hits.not_closed() if _concerns(begun, hit, account))
    raised = tuple(_raised(begun, taken_up(hit, account.user_id, now, eyes_hold)) for hit in waiting)
    return Outcome((SignedIn(session), *raised), session=session)


def _concerns(ctx: Context, hit: Hit, account: Account) -> bool:
    """A stop concerns the one who made it; an open hit whoever its category alerts (ALR-2)."""
    if hit.stop is not None:
        return hit.stop.by == account.user_id
    person, category = ctx.signed_in, hit.match.entry.category
    return silence(ctx.policy, person.profile, person.exceptions, category, ctx.clock.now()) is None


def _refused(ctx: Context, command: str, user_id: str, refusal: Refused) -> Outcome:
    """A refusal whose traces are committed: the event, the failure, the lock."""
    ctx.tx.record(ctx.event(EventKind.SIGN_IN_REFUSED, "", {"command": command, "reason": refusal.reason}, user_id))
    notices: tuple[Notice, ...] = (CommandRefused(command, refusal.reason, refusal.words, refusal.remedy),)
    attempts = ctx.tx.accounts.attempts(user_id)
    if attempts.locked_at is not None:
        notices = (*notices, AccountLocked(user_id, attempts.challenge))
    return Outcome(notices, refusal=refusal)


def _raised(ctx: Context, hit: Hit) -> HitRaised:
    ctx.tx.hits.put(hit)
    return HitRaised(hit, ctx.decision(hit), ctx.tx.reads.pictures(hit.read.read_id), draft=draft_of(ctx, hit))
