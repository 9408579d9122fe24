"""Who works on what waits in the database: a row belongs to one worker for a while, to another once that one is dead.

A worker renews its rows while it lives, and lets go of them when it ends. A row whose time has run out is taken by
whichever worker looks first; who has lost a row can't write to it any more (`mine` is part of each such statement).
The times are those of the machines' clocks, which have to agree to a few seconds.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Table, select, update

from mdt_app.domain.errors import StorageFault
from mdt_app.hq.store import Store

LEASE = timedelta(seconds=6)
"""So long a worker that is dead, or cut off from the database, keeps its rows from the others."""
TICK_S = 1.5
"""How often a worker renews its rows and looks for such that nobody works on."""
_MOST = 50

Turn = Callable[[], Awaitable[None]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Leases:
    """One worker's hold on the rows of a table that are still open; the table has `held_by` and `held_until`.

    `holder` names this worker: by chance, so that no two are the same. `span` is how long a row is held without being
    renewed.
    """

    store: Store
    table: Table
    is_open: ColumnElement[bool]
    span: timedelta = LEASE
    holder: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def mine(self) -> ColumnElement[bool]:
        """The rows that are open and this worker's."""
        return self.is_open & (self.table.c.held_by == self.holder)

    def held(self) -> dict[str, Any]:
        """The values of a row that is this worker's from now on."""
        return {"held_by": self.holder, "held_until": datetime.now(UTC) + self.span}

    def renew(self) -> None:
        """Keep what is this worker's."""
        with self.store.writing() as connection:
            connection.execute(update(self.table).where(self.mine).values(held_until=datetime.now(UTC) + self.span))

    def let_go(self) -> None:
        """Give everything back, so that the next one need not wait."""
        with self.store.writing() as connection:
            connection.execute(update(self.table).where(self.mine).values(held_until=datetime.now(UTC)))

    def take(self, due: ColumnElement[bool] | None = None) -> Sequence[Any]:
        """Take open rows that nobody holds, and return them; `due` says which of them at all."""
        free = self.is_open & (self.table.c.held_until <= datetime.now(UTC))
        free = free if due is None else free & due
        with self.store.reading() as connection:
            seen = connection.scalars(select(self.table.c.position).where(free).limit(_MOST)).all()
        if not seen:
            return ()
        these = update(self.table).where(self.table.c.position.in_(seen), free).values(self.held())
        with self.store.writing() as connection:
            return connection.execute(these.returning(*self.table.c)).all()


async def keep_turning(turns: Sequence[Turn]) -> None:
    """Give each its turn again and again, until cancelled; one that takes long holds none of the others up."""
    await asyncio.gather(*map(_again_and_again, turns))


async def _again_and_again(turn: Turn) -> None:
    """A turn that fails is logged, and comes again."""
    while True:
        try:
            await turn()
        except StorageFault as fault:
            log.warning("turn.failed", reason=fault.words)
        except Exception as fault:  # noqa: BLE001 - a broken turn must not be the last one
            log.error("turn.failed", error=type(fault).__name__)  # noqa: TRY400 - values may hold plates
        await asyncio.sleep(TICK_S)
