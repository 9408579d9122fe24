"""The vendor's store of bulk reads put together: its request, headquarters' grant, and what it keeps of it (REC-4)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from cache.keys import obtain_key
from mdt_app.domain.errors import BadInput
from mdt_app.hq.store import open_store
from mdt_app.hq.store_trust import accepted, granted, requested
from mdt_app.sync.store_wire import StoreGrant, StoreRequest
from mdt_app.sync.wire import Message

MessageT = TypeVar("MessageT", bound=Message)
_FILE_MOST = 64 << 10


def ask_grant(folder: Path, hosts: Sequence[str], database: str | None, *, allow_key_file: bool) -> str:
    """At the vendor: make the store in `folder`, and return the request for headquarters as JSON. Raises MdtError."""
    key = obtain_key(folder, allow_file=allow_key_file).raw
    with closing(open_store(folder, database=database, key=key, create=True)) as store:
        store.upgrade()
        return requested(store, key, hosts).model_dump_json()


def give_grant(folder: Path, request: Path, database: str | None, *, allow_key_file: bool) -> str:
    """At headquarters: certify the store of this request; return the grant as JSON. Raises BadInput."""
    key = obtain_key(folder, allow_file=allow_key_file).raw
    with closing(open_store(folder, database=database, key=key)) as store:
        store.require_current()
        return granted(store, key, _read(request, StoreRequest)).model_dump_json()


def keep_grant(folder: Path, grant: Path, database: str | None, *, allow_key_file: bool) -> str:
    """At the vendor: keep headquarters' grant; return the agency's ORI. Raises BadInput for another store's grant."""
    key = obtain_key(folder, allow_file=allow_key_file).raw
    with closing(open_store(folder, database=database, key=key)) as store:
        store.require_current()
        given = _read(grant, StoreGrant)
        accepted(store, key, given)
        return given.ori


def _read(path: Path, kind: type[MessageT]) -> MessageT:
    try:
        with path.open("rb") as file:
            return kind.model_validate_json(file.read(_FILE_MOST))
    except (OSError, ValueError) as fault:
        raise BadInput(f"{path.name} can't be read.", "Bring the file again, unchanged.") from fault
