"""Privileged acts on a car's folder from the command line: who is there is proved and on record first (IA-11)."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from click.testing import Result

from cache.keys import obtain_key
from cache.recovery import add_recipient, new_recovery_key
from mdt_app.domain.accounts import Role
from mdt_app.domain.alerts import Hit
from mdt_app.domain.errors import MdtError, Refused
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import Match, StateAgreement
from mdt_app.domain.privileged import STORE_ACTS, StoreAct
from mdt_app.domain.reads import Pictures
from mdt_app.services.settings import read_settings
from mdt_app.wiring.store_person import Actor, Person
from tests.fakes.car import SECRET, SIGNER, make_entry, make_read
from tests.fakes.security_key import SoftwareKey, reader_of
from tests.fakes.terminal import PASSWORD, Terminal

KEPT = (".json", ".key", ".next")
COMMANDS: dict[StoreAct, tuple[str, ...]] = {
    StoreAct.EXPORT_TRAIL: ("audit", "export", "CAR", "OUT/trail.json"),
    StoreAct.EXPORT_CASE: ("case", "export", "CAR", "26-1234", "OUT/case"),
    StoreAct.MAKE_DRILL: ("store", "drill", "CAR", "OUT/drill.toml"),
    StoreAct.NEW_KEY: ("store", "rekey", "CAR"),
    StoreAct.RECOVERY_KEY: ("store", "recovery-key", "CAR"),
    StoreAct.ESCROW: ("store", "escrow", "CAR", new_recovery_key()[1]),
    StoreAct.RECOVER: ("store", "recover", "CAR"),
}


class Folder(Terminal):
    """A car's folder with a case in its store and a recovery key, and its terminal."""

    def __init__(self, at: Path) -> None:
        (at / "car").mkdir()
        super().__init__(at / "car", obtain_key(at / "car", allow_file=True).raw)
        self.out = at / "out"
        self.out.mkdir()
        read, now = make_read("4BXR91"), datetime.now(UTC)
        with closing(self.store()) as store, store.transaction() as tx:
            tx.reads.add(
                read, Pictures(), Event("e1", EventKind.READ, now, "system", "rdoe", "CAR12", read.read_id, {})
            )
            seen = make_read("KLM204", captured_at=now)
            match = Match(make_entry("KLM204", "CT"), MatchKind.EXACT, StateAgreement.AGREES)
            tx.hits.put(Hit("h1", seen, match, now, "NCIC", now))
            tx.retention.preserve(read.read_id, "26-1234", "rdoe", "robbery", now)
        self.words, public = new_recovery_key()
        add_recipient(self.car, public, self.key)

    def do(self, act: StoreAct, user: str, password: str = PASSWORD, code: str = "") -> Result:
        """Run an act's command, and answer what it asks."""
        words = [word.replace("CAR", str(self.car)).replace("OUT", str(self.out)) for word in COMMANDS[act]]
        first = (self.words,) if act is StoreAct.RECOVER else ()
        return self.run(*words, user=user, password=password, code=code, first=first)

    def on_record(self) -> list[tuple[str, str, dict]]:
        """Actor, kind and body of each event, in their order."""
        with closing(self.store()) as store, closing(store.reader()) as reader:
            events = (row.event for row in reader.outbox.pending(1000))
            return [(event.actor, event.kind, dict(event.body)) for event in events]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr("keyring.backend.get_all_keyring", list)
    return Folder(tmp_path)


@pytest.mark.clause("AUD-1", "ACC-5")
@pytest.mark.parametrize("act", StoreAct)
def test_each_act_wants_password_and_code_of_the_right_person(folder: Folder, act: StoreAct) -> None:
    """A wrong code and an officer's own proof leave nothing behind but the refusal on record."""
    before = sorted(path.name for path in folder.car.iterdir() if path.suffix in KEPT)
    for user, code, reason in (("administrator", "000000", "wrong_credentials"), ("officer", "", "role")):
        result = folder.do(act, user, code=code)
        assert isinstance(result.exception, Refused), repr(result.exception)
        assert result.exception.reason == reason
    refused = [actor for actor, kind, _ in folder.on_record() if kind == EventKind.SIGN_IN_REFUSED]
    assert refused == ["administrator", "officer"]
    assert [event for event in folder.on_record() if event[1] == STORE_ACTS[act].kind] == []
    assert sorted(path.name for path in folder.car.iterdir() if path.suffix in KEPT) == before
    assert not list(folder.out.iterdir())


@pytest.mark.clause("AUD-1", "AUD-3", "ACC-5")
@pytest.mark.parametrize("act", StoreAct)
def test_each_act_is_on_record_under_the_persons_own_name(folder: Folder, act: StoreAct) -> None:
    """The Administrator's proof opens each, and the trail names the person and the act."""
    key = folder.key
    result = folder.do(act, "administrator")
    assert result.exit_code == 0, result.output
    if act is StoreAct.NEW_KEY:
        folder.key = obtain_key(folder.car, allow_file=True).raw
        assert folder.key != key
    actor, kind, body = folder.on_record()[-1]
    assert (actor, kind, body["act"]) == ("administrator", STORE_ACTS[act].kind, act)


@pytest.mark.clause("ACC-2", "AUD-3")
def test_an_act_is_open_to_its_roles_alone(folder: Folder) -> None:
    """The trail is also the auditor's, a case also the supervisor's, keys are the Administrator's alone."""
    for act, role, done in (
        (StoreAct.EXPORT_TRAIL, Role.AUDITOR, True),
        (StoreAct.EXPORT_TRAIL, Role.SUPERVISOR, False),
        (StoreAct.EXPORT_CASE, Role.SUPERVISOR, True),
        (StoreAct.EXPORT_CASE, Role.AUDITOR, False),
        (StoreAct.RECOVERY_KEY, Role.SUPERVISOR, False),
    ):
        folder.forget(role)
        assert (folder.do(act, role).exit_code == 0) is done, (act, role)


@pytest.mark.clause("ACC-1")
def test_a_code_counts_once_and_five_failures_lock(folder: Folder) -> None:
    """The rules are those of the sign-in: a used code is refused, and who guesses is locked out of the car as well."""
    code = pyotp.TOTP(SECRET).now()
    assert folder.do(StoreAct.EXPORT_TRAIL, "administrator", code=code).exit_code == 0
    assert folder.do(StoreAct.EXPORT_TRAIL, "administrator", code=code).exception.reason == "code_used"
    reasons = [folder.do(StoreAct.EXPORT_TRAIL, "nobody", "guess").exception.reason for _ in range(6)]
    assert reasons == ["wrong_credentials"] * 5 + ["account_locked"]


def test_old_accounts_export_nothing_but_let_the_store_be_recovered(folder: Folder) -> None:
    """Accounts of last week export nothing; a store that can't be opened gets no newer ones, so it can be recovered."""
    folder.give(datetime.now(UTC) - timedelta(days=7))
    assert folder.do(StoreAct.EXPORT_TRAIL, "administrator").exception.reason == "accounts_old"
    (folder.car / "store.key").unlink()
    assert folder.do(StoreAct.RECOVER, "officer").exception.reason == "role"
    assert not (folder.car / "store.key").exists()
    assert folder.do(StoreAct.RECOVER, "administrator").exit_code == 0
    assert obtain_key(folder.car, allow_file=True).raw == folder.key


def test_accounts_that_another_headquarters_signed_prove_nobody(folder: Folder) -> None:
    """The settings say whose accounts count."""
    words = folder.settings.read_text().replace(SIGNER.public, "A" * 43 + "=")
    folder.settings.write_text(words)
    assert "not signed by headquarters" in str(folder.do(StoreAct.EXPORT_TRAIL, "administrator").exception)


@pytest.mark.parametrize("right", [True, False])
def test_a_security_key_proves_as_well(folder: Folder, right: bool) -> None:
    """Without a code the person's key is asked; another key proves nobody."""
    key = folder.security_key if right else SoftwareKey()
    person = Person("administrator", PASSWORD, pin=key.pin, reader=reader_of(key))
    actor = Actor(read_settings(folder.settings), lambda: person)
    with closing(folder.store()) as store:
        if right:
            assert actor.act(store, StoreAct.ESCROW) == "administrator"
        else:
            with pytest.raises(MdtError, match="gives no proof"):
                actor.act(store, StoreAct.ESCROW)
    kinds = [kind for _, kind, _ in folder.on_record()]
    assert (EventKind.STORE_KEY in kinds) is right
