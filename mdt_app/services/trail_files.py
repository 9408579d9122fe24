"""The trail as files that leave the car (AUD-3): CSV, JSON or PDF, with the proof beside, and their check elsewhere.

`trail.csv` comes with `trail.csv.proof.json`. Whoever has the device's public key can check both on any machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from mdt_app.domain import register_chain
from mdt_app.domain.audit import AuditRow, Verdict, whole
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import Proof, SealedRow, SignedHead, check_head, check_proof, check_rows, public_key
from mdt_app.services.table_files import Rows, read_csv, write_csv, write_json
from mdt_app.services.trail_pdf import write_pdf

COLUMNS = (
    *("sequence", "at", "clock", "kind", "actor", "device", "subject", "event_id", "body"),
    *("payload_mac", "previous", "digest", "seal"),
)
PURGED = ""
"""Stands for a body that retention removed, or that was left out."""

_PROOF = TypeAdapter(Proof)


class TrailSource(Protocol):
    """Where the sealed trail comes from."""

    def head(self) -> SignedHead:
        """The signed head. Raises BadInput before the first row."""

    def rows(self, only: frozenset[str] | None = None) -> Iterable[SealedRow]:
        """All rows, sealed; with `only`, the bodies of these subjects alone."""

    def prove(self, made_at: datetime, head: SignedHead, file_sha256: str) -> Proof:
        """Sign the hash of a file that was written from these rows."""


def export_trail(trail: TrailSource, path: Path, made_at: datetime, only: frozenset[str] | None = None) -> Proof:
    """Write the trail to `path`, whose ending says how (.csv, .json, .pdf), and its proof beside it.

    Raises BadInput for another ending, OSError when the place can't be written.
    """
    write = _WRITERS.get(path.suffix)
    if write is None:
        raise BadInput(f"'{path.suffix}' is no kind of export.", f"Let the name end in {', '.join(_WRITERS)}.")
    head = trail.head()
    write(path, (_fields(row) for row in trail.rows(only)), head)
    return prove_file(trail, path, made_at, head)


def prove_file(trail: TrailSource, path: Path, made_at: datetime, head: SignedHead) -> Proof:
    """Write the signed proof of a file beside it."""
    proof = trail.prove(made_at, head, sha256_of(path))
    _proof_path(path).write_bytes(_PROOF.dump_json(proof, indent=1))
    return proof


def check_file(path: Path, public_hex: str) -> Verdict:
    """Check an exported file with the public key alone; its first wrong row is named. Row 0 stands for the file.

    The file is a device's trail, or a register of headquarters.

    Raises BadInput when the file, its proof or the key can't be understood.
    """
    key, proof = public_key(public_hex), _proof(path)
    read = _READERS.get(path.suffix)
    if read:
        verdict = _check_each(read(path), proof, public_hex)
        if verdict.wrong_sequence is not None:
            return verdict
    wrong = check_proof(proof, key, sha256_of(path))
    return Verdict(proof.head.sequence, proof.head.digest, 0 if wrong else None, wrong)


def links_of(path: Path) -> tuple[ChainLink, ...]:
    """The links of an exported file that was checked. Raises BadInput for a PDF, which has them for the eye alone."""
    if path.suffix not in _READERS:
        raise BadInput(f"{path.name} can't be held against a receipt.", "Export the trail as CSV or JSON.")
    return tuple(_row(record).row.link for record in _READERS[path.suffix](path))


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_each(records: Iterable[Mapping[str, Any]], proof: Proof, public_hex: str) -> Verdict:
    first, records = _peeked(records)
    if set(first) == set(register_chain.COLUMNS):
        verdict = register_chain.check(records)
        return verdict if verdict.wrong_sequence else check_head(verdict, proof.head, public_key(public_hex))
    rows: list[SealedRow] = []
    for number, record in enumerate(records, 1):
        try:
            rows.append(_row(record))
        except (KeyError, ValueError, TypeError):
            return Verdict(number - 1, "", number, "it can't be read")
    return check_rows(rows, proof.head, public_key(public_hex))


def _peeked(records: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], Iterable[Mapping[str, Any]]]:
    """The first record, and all of them."""
    waiting = iter(records)
    first = next(waiting, None)
    return ({}, ()) if first is None else (first, chain((first,), waiting))


def _fields(sealed_row: SealedRow) -> dict[str, Any]:
    row = sealed_row.row
    event, link = row.event, row.link
    body = PURGED if row.purged else whole(event).decode()
    values = (
        *(link.sequence, event.at.isoformat(), event.clock, event.kind.value, event.actor, event.device),
        *(event.subject, event.event_id, body, link.payload_mac, link.previous, link.digest, sealed_row.seal),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _row(record: Mapping[str, Any]) -> SealedRow:
    text = {name: str(record[name]) for name in COLUMNS}
    body = json.loads(text["body"]) if text["body"] else {}
    about = (text["clock"], text["actor"], text["device"], text["subject"])
    event = Event(text["event_id"], EventKind(text["kind"]), datetime.fromisoformat(text["at"]), *about, body)
    link = ChainLink(int(text["sequence"]), text["payload_mac"], text["previous"], text["digest"])
    return SealedRow(AuditRow(event, link, purged=text["body"] == PURGED), text["seal"])


def _write_csv(path: Path, rows: Rows, _: SignedHead) -> None:
    write_csv(path, COLUMNS, rows)


def _write_json(path: Path, rows: Rows, _: SignedHead) -> None:
    write_json(path, rows)


def _read_json(path: Path) -> Rows:
    try:
        return list(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise BadInput(
            f"{path.name} is not valid JSON any more.", "It was changed or cut; get a new export."
        ) from error


def _write_pdf(path: Path, rows: Rows, head: SignedHead) -> None:
    write_pdf(path, rows, head)


def _proof(path: Path) -> Proof:
    if not path.exists():
        raise BadInput(f"There is no {path}.", "Check the path.")
    try:
        return _PROOF.validate_json(_proof_path(path).read_bytes())
    except (OSError, ValidationError) as error:
        words = f"The proof of {path.name} is missing or damaged."
        raise BadInput(words, f"Put {_proof_path(path).name} beside it.") from error


def _proof_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.proof.json")


_WRITERS: Mapping[str, Callable[[Path, Rows, SignedHead], None]] = {
    ".csv": _write_csv,
    ".json": _write_json,
    ".pdf": _write_pdf,
}
_READERS: Mapping[str, Callable[[Path], Rows]] = {".csv": read_csv, ".json": _read_json}
