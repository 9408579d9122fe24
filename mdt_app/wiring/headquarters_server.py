"""Headquarters' server put together: its folder and key, its policy, its mail server and its switch's dialect."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cache.keys import obtain_key
from mdt_app.domain.errors import BadInput
from mdt_app.hq.dialect_file import NCIC, load_dialect
from mdt_app.hq.mail_settings import read_mail_settings
from mdt_app.hq.serving import Part, serve
from mdt_app.services.policy_source import PolicySource

MAIL_PASSWORD = "MDT_MAIL_PASSWORD"  # noqa: S105 - the name of a variable of the environment


def serve_headquarters(
    folder: Path,
    address: tuple[str, int],
    switch: tuple[str, int] | None,
    source: PolicySource,
    database: str | None,
    *,
    plain: bool = False,
    workers: int = 1,
    part: str = Part.HEADQUARTERS,
    reads_store: str = "",
    mail: Path | None = None,
    dialect: str = NCIC,
    allow_key_file: bool,
    ready: Callable[[int], None],
    stop: threading.Event | None,
) -> None:
    """Serve over TLS, or on this machine's own addresses `plain`, until SIGINT or SIGTERM, or until `stop` is set.

    `part` is headquarters or the vendor's store, `reads_store` that store's address; `dialect` is the message switch's,
    by name or file. Raises BadInput for another part, or a dialect that is not as it must be.
    """
    if part not in set(Part):
        raise BadInput(f"'{part}' can't be served.", f"Choose one of: {', '.join(Part)}.")
    spoken = load_dialect(dialect)
    key = obtain_key(folder, allow_file=allow_key_file)
    serve(
        folder,
        *address,
        key=key.raw,
        switch_address=switch,
        policy=source.load(datetime.now(UTC).date()),
        source=source,
        database=database,
        plain=plain,
        workers=workers,
        part=Part(part),
        reads_store=reads_store,
        mail=read_mail_settings(mail, os.environ.get(MAIL_PASSWORD, "")) if mail else None,
        dialect=spoken,
        ready=ready,
        stop=stop,
    )
