"""Packages and backups as they are typed, with the car's real encrypted store and a real headquarters."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cache.keys import obtain_key
from cache.recovery import new_recovery_key
from cache.store import CacheStore
from cache.vault import StoreVault
from mdt_app.cli import app
from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryDraft, EntryState, Person
from mdt_app.domain.entry_requests import AskedEntry
from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.orders import OrderKind
from mdt_app.hq import entry_records
from mdt_app.hq.entries import decide
from mdt_app.hq.serving import serve
from mdt_app.hq.store import open_store
from mdt_app.services.sole_use import SoleUse
from mdt_app.wiring.enrolment import Headquarters as Place
from mdt_app.wiring.enrolment import order_car
from tests.fakes.desk_people import seat
from tests.fakes.headquarters import ORI, POLICY, Serving, an_event

DRAFT = EntryDraft(
    plate="7JKT20",
    state="CT",
    purpose="investigation",
    offense="Burglary",
    officer_name="Ofc. rdoe",
    facts="Seen leaving two burglaries on Elm Street",
    vehicle=Vehicle("2014", "FORD"),
    expires_at=datetime.now(UTC) + timedelta(days=10),
)


@dataclass(frozen=True)
class Agency:
    """A headquarters that serves nobody, and a car that was enrolled when it did."""

    folder: Path

    @property
    def hq(self) -> Path:
        return self.folder / "hq"

    @property
    def car(self) -> Path:
        return self.folder / "car"

    def run(self, *words: object, typed: str = "") -> Result:
        """Run `mdt`; errors of ours are raised."""
        return CliRunner().invoke(app, [*map(str, words), "--key-file"], input=typed, catch_exceptions=False)

    def at_hq(self, *words: object, folder: Path | None = None, typed: str = "") -> Result:
        return self.run("hq", *words, "--folder", folder or self.hq, typed=typed)

    def sync(self, what: str, file: Path, car: Path | None = None) -> Result:
        return self.run("sync", what, file, "--settings", self.folder / "car.toml", "--folder", car or self.car)

    def work(self, count: int) -> None:
        """The car's store records acts, each with its link and its outbox row."""
        with self._store() as store, store.transaction() as tx:
            for _ in range(count):
                tx.record(an_event(EventKind.MUTED))

    def ask_for(self, entry_id: str, user_id: str) -> None:
        """An officer's request for an entry waits in the car's store."""
        with self._store() as store, store.transaction() as tx:
            tx.entries.put(AskedEntry(entry_id, user_id, DRAFT, datetime.now(UTC)))

    def requests(self) -> dict[str, tuple[EntryState | None, str]]:
        with self._store() as store, closing(store.reader()) as reader:
            return {asked.entry_id: (asked.state, asked.words) for asked in reader.entry_requests()}

    def waiting(self) -> int:
        with self._store() as store, closing(store.reader()) as reader:
            return reader.outbox.count()

    def _store(self) -> closing[CacheStore]:
        return closing(CacheStore(self.car / "store.db", obtain_key(self.car, allow_file=True).raw))


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    there = Agency(tmp_path)
    there.at_hq("init", "--ori", ORI)
    key = obtain_key(there.hq, allow_file=True).raw
    with Serving(serve, there.hq, "127.0.0.1", 0, key=key, switch_address=None, policy=POLICY) as serving:
        code = there.at_hq("enrol", "CAR12").stdout.splitlines()[-1]
        words = ("enrol", "--headquarters", f"https://127.0.0.1:{serving.port}", "--code", code, "--folder", there.car)
        lines = there.run(*words).stdout
    known = [line for line in lines.splitlines() if " = " in line]
    (tmp_path / "car.toml").write_text("\n".join([*known, 'unit = "12"']))
    return there


def test_records_go_out_by_hand_and_leave_the_car_once_the_answer_is_back(agency: Agency, tmp_path: Path) -> None:
    """Out, through headquarters, back: the outbox is empty then and not before; old and cut ones are refused."""
    agency.work(5)
    order_car(Place(agency.hq, key_file=True), "CAR12", OrderKind.LOCK, "lost")
    out, answer = tmp_path / "out.mdt", tmp_path / "answer.mdt"
    assert "5 records" in agency.sync("export", out).stdout
    assert agency.waiting() == 5
    assert "5 records kept, 0 refused" in agency.at_hq("take", out, answer, "--policy", "newtown").stdout
    whole = answer.read_bytes()
    answer.write_bytes(whole[:-100])
    with pytest.raises(BadInput, match="damaged, cut off"):
        agency.sync("import", answer)
    assert agency.waiting() == 5
    answer.write_bytes(whole)
    running = SoleUse(agency.car)
    with pytest.raises(MdtError, match="is running"):
        agency.sync("import", answer)
    running.end()
    assert "5 records delivered" in agency.sync("import", answer).stdout
    vault = StoreVault(agency.car / "store.db", obtain_key(agency.car, allow_file=True).raw)
    assert b"Newtown" in (vault.read("policy") or b"")
    assert agency.waiting() == 1  # that the order has locked the car is a record of its own
    assert "taken before" in agency.sync("import", answer).output
    newer, back = tmp_path / "newer.mdt", tmp_path / "newer-answer.mdt"
    agency.sync("export", newer)
    agency.at_hq("take", newer, back)
    agency.sync("import", back)
    with pytest.raises(Refused, match="older"):
        agency.sync("import", answer)
    devices = agency.at_hq("devices").stdout
    assert "lock, done" in devices  # told by the second package


@pytest.mark.clause("HOT-3", "HOT-9")
def test_requests_for_entries_go_out_by_hand_and_their_answers_come_back(agency: Agency, tmp_path: Path) -> None:
    """A request reaches the supervisors once, however often it is brought; their word reaches the car."""
    agency.ask_for("mine", "rdoe")
    agency.ask_for("stranger's", "nobody")

    def carried(name: str) -> None:
        out, answer = tmp_path / f"{name}.mdt", tmp_path / f"{name}-answer.mdt"
        agency.sync("export", out)
        agency.at_hq("take", out, tmp_path / f"{name}-lost.mdt")
        said = agency.at_hq("take", out, answer).stdout
        agency.sync("import", answer)
        assert "requests for entries go back" in said

    key = obtain_key(agency.hq, allow_file=True).raw
    with closing(open_store(agency.hq, database=None, key=key)) as store:
        seat(store, "rdoe", Role.OFFICER)
        carried("first")
        held = agency.requests()
        assert held["mine"] == (EntryState.REQUESTED, "")
        assert held["stranger's"][0] is EntryState.REFUSED
        assert "knows no such officer" in held["stranger's"][1]
        (record,) = entry_records.records(store).entries
        assert (record.entry_id, record.asked_by, record.version) == ("mine", "rdoe", 1)
        decide(store, POLICY, "mine", 1, False, "The vehicle is too vague", Person("sgt", Role.SUPERVISOR))
        carried("second")
    assert agency.requests()["mine"] == (EntryState.REFUSED, "The vehicle is too vague")


def test_a_package_is_written_whole_or_not_at_all(agency: Agency, tmp_path: Path) -> None:
    """An existing file is never written over; a folder that is not there is said in words; nothing half is left."""
    there = tmp_path / "there.mdt"
    there.write_bytes(b"mine")
    with pytest.raises(BadInput, match="already"):
        agency.sync("export", there)
    assert there.read_bytes() == b"mine"
    with pytest.raises(MdtError, match="can't be written"):
        agency.sync("export", tmp_path / "no folder" / "out.mdt")
    assert not [*tmp_path.glob("*.draft")]


def test_a_backup_by_the_commands_comes_back_with_its_key(agency: Agency, tmp_path: Path) -> None:
    """By a recovery key's words, and by a passphrase; the restored headquarters knows its cars and takes a package."""
    words, public = new_recovery_key()
    file, new = tmp_path / "backup.mdt", tmp_path / "new"
    said = agency.at_hq("backup", file, "--to", public).stdout
    assert "0 events" in said
    agency.work(2)
    shutil.rmtree(agency.hq)
    assert ORI in agency.at_hq("restore", file, folder=new, typed=f"{words}\n").stdout
    assert "CAR12" in agency.at_hq("devices", folder=new).stdout
    out = tmp_path / "out.mdt"
    agency.sync("export", out)
    assert "2 records kept" in agency.at_hq("take", out, tmp_path / "answer.mdt", folder=new).stdout
    phrase = "horses carry batteries slowly"
    second = tmp_path / "second.mdt"
    agency.at_hq("backup", second, "--passphrase", folder=new, typed=f"{phrase}\n{phrase}\n")
    other = tmp_path / "other"
    with pytest.raises(BadInput, match="does not open"):
        agency.at_hq("restore", second, "--passphrase", folder=other, typed="another one of that length\n")
    agency.at_hq("restore", second, "--passphrase", folder=other, typed=f"{phrase}\n")
    assert "CAR12" in agency.at_hq("devices", folder=other).stdout
