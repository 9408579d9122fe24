"""Row 17 of the fault table: every attack on the trail is located to its row, in the car or in an exported file."""

from __future__ import annotations

import csv
import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cache.db import open_database
from cache.store import CacheStore
from cache.vault import StoreVault
from mdt_app.cli import app
from mdt_app.domain import audit
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.reads import Pictures
from mdt_app.services.case_files import check_case, export_case
from mdt_app.services.head_receipts import sign_receipt
from mdt_app.services.signing import Signer
from mdt_app.services.trail_files import check_file, export_trail
from tests.fakes.car import KEY, make_read
from tests.fakes.terminal import Terminal

NOW = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
ROWS = 12


@pytest.fixture
def store(tmp_path):
    """A store with twelve rows on its trail, four of them about a read with a picture."""
    made = CacheStore(tmp_path / "car" / "store.db", KEY) if (tmp_path / "car").mkdir() is None else None
    with made.transaction() as tx:
        for number in range(ROWS):
            subject, body = f"read-{number % 3}", {"plate": "4BXR91", "number": number}
            event = Event(f"e{number}", EventKind.READ, NOW, "system", "rdoe", "CAR12", subject, body)
            if number < 3:
                read = make_read("4BXR91")
                object.__setattr__(read, "read_id", subject)
                tx.reads.add(read, Pictures(b"\xff\xd8crop", b"\xff\xd8view"), event)
            tx.record(event)
    yield made
    made.close()


@pytest.fixture
def exported(store, tmp_path):
    """The trail as JSON and CSV, and the device's public key."""
    with closing(store.reader()) as reader:
        for ending in ("json", "csv"):
            export_trail(reader.trail, tmp_path / f"trail.{ending}", NOW)
    return store.public_key


def edit(rows: list[dict]) -> None:
    rows[4]["actor"] = "somebody"


def edit_body(rows: list[dict]) -> None:
    rows[4]["body"] = '{"plate":"7JKT20"}'


def drop_body(rows: list[dict]) -> None:
    rows[4]["body"] = ""


def swap_body(rows: list[dict]) -> None:
    rows[4]["body"], rows[5]["body"] = rows[5]["body"], rows[4]["body"]


def remove(rows: list[dict]) -> None:
    del rows[4]


def reorder(rows: list[dict]) -> None:
    rows[4], rows[5] = rows[5], rows[4]


def double(rows: list[dict]) -> None:
    rows.insert(4, rows[3])


def renumber(rows: list[dict]) -> None:
    del rows[4]
    for number, row in enumerate(rows, 1):
        row["sequence"] = number


def cut_tail(rows: list[dict]) -> None:
    del rows[9:]


def garbage(rows: list[dict]) -> None:
    rows[4]["at"] = "yesterday"


ATTACKS = {
    edit: 5,
    edit_body: 5,
    drop_body: 5,
    swap_body: 5,
    remove: 6,
    reorder: 6,
    double: 4,
    renumber: 5,
    cut_tail: 10,
}


def read_rows(path: Path) -> list[dict]:
    if path.suffix == ".json":
        return json.loads(path.read_text())
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict]) -> None:
    if path.suffix == ".json":
        path.write_text(json.dumps(rows))
        return
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.clause("AUD-1", "AUD-3")
@pytest.mark.parametrize("ending", ["json", "csv"])
@pytest.mark.parametrize("attack", [*ATTACKS, garbage])
def test_an_attack_on_an_export_is_located(exported, tmp_path, attack, ending):
    """With the public key alone, each attack on an exported file is named at its very row."""
    path = tmp_path / f"trail.{ending}"
    assert check_file(path, exported).words == "ok"
    rows = read_rows(path)
    attack(rows)
    write_rows(path, rows)
    verdict = check_file(path, exported)
    assert verdict.wrong_sequence == ATTACKS.get(attack, 5), verdict.words
    assert verdict.reason


def test_rewriting_an_untouched_export_is_seen_as_well(exported, tmp_path):
    """Even a change of blanks in the file is found, though no row is wrong; a foreign key or proof proves nothing."""
    path = tmp_path / "trail.json"
    original = path.read_text()
    path.write_text(original + " ")
    assert check_file(path, exported).reason == "the file was changed after it was exported"
    for cut in (original[:-3], original[:-40], original[1:]):
        path.write_text(cut)
        with pytest.raises(BadInput, match="not valid JSON"):
            check_file(path, exported)
    path.write_text(original)
    assert check_file(path, "ab" * 32).wrong_sequence is not None
    (tmp_path / "trail.json.proof.json").unlink()
    with pytest.raises(BadInput, match="proof"):
        check_file(path, exported)
    with pytest.raises(BadInput, match="no public key"):
        check_file(path, "key")


def test_a_forged_head_is_refused(exported, tmp_path):
    """A tail cut off together with the head's number still lacks the device's signature."""
    path, proof_path = tmp_path / "trail.json", tmp_path / "trail.json.proof.json"
    rows, proof = read_rows(path)[:9], json.loads(proof_path.read_text())
    write_rows(path, rows)
    forged = {**proof["head"], "sequence": 9, "digest": rows[-1]["digest"]}
    for change in ({"head": forged}, {"marks": proof["marks"][:96]}):
        proof_path.write_text(json.dumps(proof | change))
        assert check_file(path, exported).reason == "the proof is not signed by this device"


@pytest.mark.parametrize("hashed", [True, False], ids=["as it is", "without the hash"])
def test_row_17_a_trail_whose_rows_do_not_hang_together_is_found_out(monkeypatch, hashed):
    """Edit, removal and reorder are located at their rows; negative control: without the hash an edit goes unseen."""
    if not hashed:
        monkeypatch.setattr(audit, "digest", lambda *_: "0" * 64)
    rows, previous = [], audit.GENESIS
    for number in range(1, ROWS + 1):
        event = Event(f"e{number}", EventKind.READ, NOW, "system", "rdoe", "CAR12", "s", {"number": number})
        rows.append(audit.AuditRow(event, audit.link(event, KEY, number, previous)))
        previous = rows[-1].link.digest
    assert audit.verify(rows).words == "ok"
    edited = [*rows[:4], replace(rows[4], event=replace(rows[4].event, actor="somebody")), *rows[5:]]
    assert audit.verify(edited).wrong_sequence == (5 if hashed else None)
    swapped = [*rows[:4], rows[5], rows[4], *rows[6:]]
    assert audit.verify(swapped).wrong_sequence is not None


DIRECT = {
    "UPDATE audit SET actor = 'x' WHERE sequence = 5": 5,
    "UPDATE audit_bodies SET body = '{}' WHERE sequence = 5": 5,
    "DELETE FROM audit_bodies; DELETE FROM audit WHERE sequence = 5": 6,
    "DELETE FROM audit_bodies; DELETE FROM audit WHERE sequence > 9": 10,
    "DELETE FROM audit_bodies; DELETE FROM audit WHERE sequence > 9; DELETE FROM audit_head": 10,
    "DELETE FROM audit_head": 13,
    "UPDATE audit_head SET sequence = 11": 13,
}


@pytest.mark.clause("AUD-1")
@pytest.mark.parametrize("attack", DIRECT)
def test_an_attack_inside_the_store_is_located(store, tmp_path, attack):
    """Somebody with the store's key, the triggers dropped: edit, body, gap, cut tail, lost or false head."""
    with closing(open_database(tmp_path / "car" / "store.db", KEY)) as db:
        db.conn.executescript(f"DROP TRIGGER audit_stands; DROP TRIGGER audit_stays; {attack}")
    with closing(store.reader()) as reader:
        assert reader.verify_audit().wrong_sequence == DIRECT[attack]


@pytest.mark.clause("AUD-1")
def test_a_chain_rewritten_with_the_stolen_key_meets_the_witness(store, tmp_path):
    """Whoever holds store key and device key can write a chain that holds; it is not the one noted beside it."""
    other = CacheStore(shutil.copytree(tmp_path / "car", tmp_path / "other") / "store.db", KEY)
    with closing(open_database(tmp_path / "other" / "store.db", KEY)) as db:
        db.conn.executescript(
            "DROP TRIGGER audit_stays; DELETE FROM audit_bodies; DELETE FROM audit; DELETE FROM audit_head"
        )
    with other.transaction() as tx:
        for number in range(ROWS):
            tx.record(Event(f"x{number}", EventKind.READ, NOW, "system", "rdoe", "CAR12", "s", {}))
    with closing(other.reader()) as reader:
        assert reader.verify_audit().words == "ok"
    other.close()
    store.close()
    shutil.copy(tmp_path / "other" / "store.db", tmp_path / "car" / "store.db")
    assert "not the one" in CacheStore(tmp_path / "car" / "store.db", KEY).findings[0]


class _Stopped(Exception):
    """Somebody pressed Ctrl+C."""


@pytest.mark.clause("AUD-3")
@pytest.mark.parametrize("ending", ["csv", "json", "pdf"])
def test_an_export_tells_how_far_it_is_and_can_be_stopped(store, tmp_path, monkeypatch, ending):
    """Row by row it tells the share that is done; stopped, it leaves the earlier file as it was and nothing else."""
    monkeypatch.setattr("mdt_app.services.progress.QUIET_S", -1.0)
    monkeypatch.setattr("mdt_app.services.progress._EVERY", 1)
    (tmp_path / "out").mkdir()
    path, shares = tmp_path / "out" / f"trail.{ending}", []
    with closing(store.reader()) as reader:
        export_trail(reader.trail, path, NOW, progress=shares.append)
        whole = path.read_bytes()

        def stop(share: float) -> None:
            if share >= 0.5:
                raise _Stopped

        with pytest.raises(_Stopped):
            export_trail(reader.trail, path, NOW, progress=stop)
    assert shares == [number / ROWS for number in range(ROWS)]
    assert path.read_bytes() == whole
    assert sorted(found.name for found in path.parent.iterdir()) == [path.name, f"{path.name}.proof.json"]
    assert check_file(path, store.public_key).words == "ok"


@pytest.mark.clause("AUD-3")
def test_a_pdf_comes_with_its_proof(store, tmp_path):
    """The PDF is for people; its proof binds every byte of it."""
    path = tmp_path / "trail.pdf"
    with closing(store.reader()) as reader:
        export_trail(reader.trail, path, NOW)
    assert path.read_bytes().startswith(b"%PDF")
    assert check_file(path, store.public_key).words == "ok"
    path.write_bytes(path.read_bytes() + b"\n")
    assert check_file(path, store.public_key).wrong_sequence == 0


@pytest.fixture
def case(store, tmp_path):
    """An exported case that holds one of the three reads."""
    with store.transaction() as tx:
        tx.retention.preserve("read-1", "26-1234", "rdoe", "robbery", NOW)
    with closing(store.reader()) as reader:
        return export_case(reader.trail.case("26-1234"), reader.trail, tmp_path / "case", NOW, "mlee")


@pytest.mark.clause("REC-2")
def test_a_case_verifies_itself(store, case):
    """Pictures, records, trail and hashes hold; only this case's bodies are in it; the draft names the right sums."""
    assert (case.reads, case.pictures) == (1, 2)
    assert check_case(case.folder, store.public_key) == ()
    rows = read_rows(case.folder / "records" / "trail.json")
    assert {row["subject"] for row in rows if row["body"]} == {"read-1"}
    assert len(rows) == ROWS
    draft = (case.folder / "CERTIFICATION-DRAFT.txt").read_text()
    assert "902(13)" in draft
    assert store.public_key in draft
    assert "{" not in draft


def change_picture(folder: Path) -> None:
    (folder / "pictures" / "read-1-plate.jpg").write_bytes(b"another")


def lose_record(folder: Path) -> None:
    (folder / "records" / "reads.json").unlink()


def add_file(folder: Path) -> None:
    (folder / "pictures" / "planted.jpg").write_bytes(b"planted")


def change_sums(folder: Path) -> None:
    change_picture(folder)
    sums = folder / "SHA256SUMS"
    sums.write_text(sums.read_text().replace("read-1-plate", "read-1-view", 1))


@pytest.mark.parametrize(
    ("attack", "named"),
    [
        (change_picture, "pictures/read-1-plate.jpg: changed"),
        (lose_record, "records/reads.json: missing"),
        (add_file, "pictures/planted.jpg: not part of the export"),
        (change_sums, "SHA256SUMS: the file was changed after it was exported"),
    ],
)
def test_a_change_in_a_case_is_named(store, case, attack, named):
    """Each change of the folder is named by its file."""
    attack(case.folder)
    assert check_case(case.folder, store.public_key) == (named,)


@pytest.mark.clause("AUD-1")
def test_a_tail_that_was_cut_with_all_keys_contradicts_headquarters(store, tmp_path, monkeypatch):
    """Whoever puts an older store back, with its keys, has a whole chain; headquarters' receipt names the row."""
    folder, signer = tmp_path / "car", Signer(b"\x07" * 32)
    (folder / "keystore.json").write_text('{"backend": "key file"}')
    (folder / "store.key").write_bytes(KEY)
    monkeypatch.setattr("keyring.backend.get_all_keyring", list)
    store.close()
    shutil.copytree(folder, tmp_path / "older")
    with store.transaction() as tx:
        tx.record(Event("last", EventKind.READ, NOW, "system", "rdoe", "CAR12", "read-1", {"plate": "4BXR91"}))
    store.close()
    with closing(store.reader()) as reader:
        head = reader.trail.head()
    receipt = sign_receipt(signer, "CAR12", head.sequence, head.digest, NOW).model_dump_json().encode()
    for where in (folder, tmp_path / "older"):
        StoreVault(where / "store.db", KEY).write("receipt", receipt)

    def verify(path: Path, *others: str):
        return CliRunner().invoke(app, ["audit", "verify", str(path), *others])

    ours = ("--key-file", "--headquarters-key", signer.public)
    assert verify(folder, *ours).output.startswith(f"ok, and headquarters held row {ROWS + 1}")
    assert verify(tmp_path / "older", "--key-file").exit_code == 0
    cut = verify(tmp_path / "older", *ours)
    assert (cut.exit_code, cut.output.split(":")[0]) == (1, f"row {ROWS + 1}")
    assert verify(folder, "--key-file", "--headquarters-key", Signer(b"\x08" * 32).public).exit_code != 0
    file = tmp_path / "out.csv"
    assert Terminal(folder, KEY).run("audit", "export", folder, file).exit_code == 0
    elsewhere = ("--public-key", store.public_key, "--headquarters-key", signer.public)
    assert verify(file, *elsewhere).output.startswith(f"ok, and headquarters held row {ROWS + 1}")
    short = tmp_path / "short.csv"
    assert Terminal(tmp_path / "older", KEY).run("audit", "export", tmp_path / "older", short).exit_code == 0
    (tmp_path / "short.csv.receipt.json").write_bytes(
        sign_receipt(signer, "CAR12", 99, head.digest, NOW).model_dump_json().encode()
    )
    assert f"row {ROWS + 2}: the trail ends at {ROWS + 1}" in verify(short, *elsewhere).output


def test_the_commands_do_all_of_it(store, tmp_path, monkeypatch):
    """From the command line: three layouts at once, verify elsewhere, a case, a dry run, the doctor's table."""
    monkeypatch.setattr("keyring.backend.get_all_keyring", list)
    folder = tmp_path / "car"
    (folder / "keystore.json").write_text('{"backend": "key file"}')
    (folder / "store.key").write_bytes(KEY)
    with store.transaction() as tx:
        tx.retention.preserve("read-1", "26-1234", "rdoe", "robbery", NOW)
    store.close()
    terminal = Terminal(folder, KEY)

    def mdt(*words: object):
        return CliRunner().invoke(app, [str(word) for word in words])

    def privileged(*words: object):
        terminal.forget("administrator")
        return terminal.run(*words)

    key = mdt("audit", "key", folder, "--key-file").output.strip()
    files = [tmp_path / f"out.{ending}" for ending in ("json", "csv", "pdf")]
    assert privileged("audit", "export", folder, *files).exit_code == 0
    checked = {mdt("audit", "verify", file, "--public-key", key).output for file in files}
    assert len(checked) == 1  # all three end with the same row, the record of this export
    assert checked.pop().startswith("ok")
    assert '"layout": ".json .csv .pdf"' in read_rows(files[0])[-1]["body"]
    assert privileged("audit", "export", folder, files[0], files[0]).exit_code == 1
    assert mdt("audit", "verify", folder, "--key-file").output.startswith("ok, without a word")
    case = tmp_path / "case"
    assert privileged("case", "export", folder, "26-1234", case).exit_code == 0
    assert mdt("case", "verify", case, key).output == "ok\n"
    figures = json.loads(mdt("retention", folder, "--dry-run", "--key-file", "--json").output)
    assert figures == {"days": 30, "reads": 0, "pictures": 0, "hits": 0, "preserved": 1, "oldest_days": 0.0}
    assert privileged("store", "rekey", folder).exit_code == 0
    report = json.loads(mdt("doctor", folder, "--key-file", "--deep", "--json").output)
    states = {check["part"]: check["state"] for check in report["checks"]}
    assert {states[part] for part in ("store", "audit", "outbox", "pages")} == {"ok"}
    assert (states["key"], states["lists"]) == ("warn", "fail")
    assert all(check["do"] for check in report["checks"] if check["state"] in ("warn", "fail", "unknown"))
