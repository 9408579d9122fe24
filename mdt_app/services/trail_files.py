"""The trail as files that leave the car (AUD-3): CSV, JSON or PDF, with the proof beside, and their check elsewhere.

`trail.csv` comes with `trail.csv.proof.json`. Whoever has the device's public key can check both on any machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from mdt_app.domain import register_chain
from mdt_app.domain.audit import GENESIS, Verdict
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink
from mdt_app.domain.evidence import (
    Proof,
    SignedHead,
    TrailRow,
    check_head,
    check_rows,
    mark,
    proof_holds,
    public_key,
)
from mdt_app.services.progress import Progress, watched
from mdt_app.services.table_files import Rows, drafted, read_csv, read_json, write_csv_rows, write_json
from mdt_app.services.trail_pdf import write_pdf

_PROOF = TypeAdapter(Proof)


class TrailSource(Protocol):
    """Where the trail comes from."""

    def head(self) -> SignedHead:
        """The signed head. Raises BadInput before the first row."""

    def rows(self, head: SignedHead, only: frozenset[str] | None = None) -> Iterable[TrailRow]:
        """All rows up to `head`, as they are read; with `only`, the bodies of these subjects alone."""

    def prove(self, made_at: datetime, head: SignedHead, file_sha256: str, marks: bytes = b"") -> Proof:
        """Sign the hash of a file that was written from these rows, and the rows' marks."""


def export_trail(
    trail: TrailSource,
    path: Path,
    made_at: datetime,
    only: frozenset[str] | None = None,
    progress: Progress | None = None,
    head: SignedHead | None = None,
) -> Proof:
    """Write the trail to `path`, whose ending says how (.csv, .json, .pdf), and its proof beside it.

    Row by row, whatever their number, up to `head`; without it, to the head of now. An export that is stopped leaves
    nothing, and what was there before as it was. Raises BadInput for another ending, OSError when the place can't be
    written.
    """
    write = _WRITERS[layout_of(path)]
    head, marks = head or trail.head(), bytearray()
    rows = watched(trail.rows(head, only), head.sequence, progress)
    with drafted(path) as draft:
        write(draft, _marked(rows, marks) if path.suffix in _READERS else rows, head)
        proof = trail.prove(made_at, head, sha256_of(draft), bytes(marks))
    _proof_path(path).write_bytes(_PROOF.dump_json(proof, indent=1))
    return proof


def layout_of(path: Path) -> str:
    """The ending that says how a file is written. Raises BadInput for one that says nothing."""
    if path.suffix not in _WRITERS:
        raise BadInput(f"'{path.suffix}' is no kind of export.", f"Let the name end in {', '.join(_WRITERS)}.")
    return path.suffix


def layouts_of(paths: Sequence[Path]) -> str:
    """The endings of files that are written at once, as they go on record. Raises BadInput, also for one file twice."""
    if len({path.resolve() for path in paths}) < len(paths):
        raise BadInput("Two of these files are one.", "Give each a name of its own.")
    return " ".join(map(layout_of, paths))


def prove_file(trail: TrailSource, path: Path, made_at: datetime, head: SignedHead) -> Proof:
    """Write the signed proof of a file beside it."""
    proof = trail.prove(made_at, head, sha256_of(path))
    _proof_path(path).write_bytes(_PROOF.dump_json(proof, indent=1))
    return proof


def check_file(path: Path, public_hex: str, progress: Progress | None = None) -> Verdict:
    """Check an exported file with the public key alone; its first wrong row is named. Row 0 stands for the file.

    The file is a device's trail, or a register of headquarters, read row by row; or a file that holds no chain, as a
    roster does: then the signature over the whole of it is all that there is to check.

    Raises BadInput when the file, its proof or the key can't be understood.
    """
    key, proof = public_key(public_hex), _proof(path)
    if not proof_holds(proof, key):
        return Verdict(0, "", 0, "the proof is not signed by this device")
    verdict = Verdict(proof.head.sequence, proof.head.digest)
    chained = proof.head.digest != GENESIS
    if chained and (read := _READERS.get(path.suffix)):
        verdict = _check_each(watched(read(path), proof.head.sequence, progress), proof, public_hex)
    if verdict.wrong_sequence is None and proof.file_sha256 != sha256_of(path):
        return Verdict(proof.head.sequence, proof.head.digest, 0, "the file was changed after it was exported")
    return verdict


def links_of(path: Path) -> Iterator[ChainLink]:
    """The links of an exported file that was checked. Raises BadInput for a PDF, which has them for the eye alone."""
    if path.suffix not in _READERS:
        raise BadInput(f"{path.name} can't be held against a receipt.", "Export the trail as CSV or JSON.")
    return (TrailRow.of(record).link for record in _READERS[path.suffix](path))


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_each(records: Rows, proof: Proof, public_hex: str) -> Verdict:
    first, records = _peeked(records)
    if set(first) == set(register_chain.COLUMNS):
        verdict = register_chain.check(records)
        return verdict if verdict.wrong_sequence else check_head(verdict, proof.head, public_key(public_hex))
    return check_rows(records, proof, public_key(public_hex))


def _peeked(records: Rows) -> tuple[Mapping[str, Any], Rows]:
    """The first record, and all of them."""
    waiting = iter(records)
    first = next(waiting, None)
    return ({}, ()) if first is None else (first, chain((first,), waiting))


def _marked(rows: Iterable[TrailRow], marks: bytearray) -> Iterator[TrailRow]:
    """Pass the rows on, and note their marks."""
    for row in rows:
        marks += mark(row)
        yield row


def _write_csv(path: Path, rows: Iterable[TrailRow], _: SignedHead) -> None:
    write_csv_rows(path, TrailRow._fields, rows)


def _write_json(path: Path, rows: Iterable[TrailRow], _: SignedHead) -> None:
    write_json(path, (row._asdict() for row in rows))


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


_WRITERS: Mapping[str, Callable[[Path, Iterable[TrailRow], SignedHead], None]] = {
    ".csv": _write_csv,
    ".json": _write_json,
    ".pdf": write_pdf,
}
_READERS: Mapping[str, Callable[[Path], Rows]] = {".csv": read_csv, ".json": read_json}
