"""What has changed, for each car: one small answer in place of many, most of it worked out once for all cars.

A worker looks into the database at most once in REFRESH_S, whatever the number of cars that ask. A tag changes with
what it stands for; that it may change without need, as between two workers, costs a fetch and nothing else.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection, func, or_, select
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.orders import OrderState
from mdt_app.hq import disputes, entries, lists, live
from mdt_app.hq.access import CAR, admit
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.hq.tables import (
    account_acts,
    alert_exceptions,
    car_duties,
    confirmation_replies,
    entry_acts,
    orders,
    reader_hits,
    register_versions,
)
from mdt_app.services.signing import Signer
from mdt_app.sync.news_wire import ISSUED_AT, NewsMessage, Subject, signed_news, tags_digest
from mdt_app.sync.wire import PREFIX, SIGNATURE

REFRESH_S = 1.0
SHUTTING = ("training_changes", "vendors")
"""Registers whose records decide who may sign in."""

router = APIRouter(prefix=PREFIX)


@dataclass(frozen=True, slots=True)
class _Fleet:
    """What stands now: tags that are the same for all cars, and by car what is not."""

    shared: Mapping[Subject, str]
    orders: Mapping[str, str]
    areas: Mapping[str, int]
    """The newest hit of other cameras by area."""


@dataclass(slots=True)
class NewsDesk:
    """One worker's view of the news. `policy` is the tag of the cars' policy, '' where it gives none."""

    store: Store
    signer: Signer
    policy: str = ""
    _fleet: _Fleet | None = None
    _until: float = 0.0
    _answers: dict[str, int] = field(default_factory=dict)
    _heard_to: int = 0
    _duties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _duties_at: tuple[int, datetime | None] = (0, None)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tags(self, car_id: str, *, revoked: bool) -> NewsMessage:
        """Return the tags for a car; one that was revoked has its orders alone. Raises StorageFault."""
        async with self._lock:
            if self._fleet is None or time.monotonic() >= self._until:
                self._fleet = await run_in_threadpool(self._look)
                self._until = time.monotonic() + REFRESH_S
        fleet = self._fleet
        own = {Subject.ORDERS: fleet.orders.get(car_id, "")}
        if revoked:
            return NewsMessage(tags=own)
        own[Subject.ANSWERS] = str(self._answers.get(car_id, 0))
        own[Subject.READINGS] = ",".join(str(fleet.areas.get(area, 0)) for area in self._duties.get(car_id, ()))
        return NewsMessage(tags={**fleet.shared, **own})

    def _look(self) -> _Fleet:
        entries.expire_due(self.store)
        words = [f"{one.list_id} {one.sha256}" for one in lists.manifests(self.store)]
        words += [one.model_dump_json() for one in disputes.known_false_hits(self.store).plates]
        exigent = [one.model_dump_json() for one in live.exigent_stops(self.store, "").stops]
        with self.store.reading() as connection:
            self._hear_answers(connection)
            self._hear_duties(connection)
            acts = connection.scalar(select(func.count()).select_from(entry_acts))
            shared = {
                Subject.LISTS: _tag(words),
                Subject.ACCOUNTS: _accounts(connection),
                Subject.POLICY: self.policy,
                Subject.ENTRIES: str(acts),
                Subject.ELSEWHERE: _tag(exigent),
            }
            newest = select(reader_hits.c.area, func.max(reader_hits.c.position)).group_by(reader_hits.c.area)
            return _Fleet(shared, _orders(connection), {row[0]: row[1] for row in connection.execute(newest)})

    def _hear_answers(self, connection: Connection) -> None:
        """Only what came since the last look: they are numbered in the order in which they come to light."""
        table = confirmation_replies
        new = select(table.c.car_id, func.max(table.c.position)).where(table.c.position > self._heard_to)
        for car_id, position in connection.execute(new.group_by(table.c.car_id)):
            self._answers[car_id] = position
            self._heard_to = max(self._heard_to, position)

    def _hear_duties(self, connection: Connection) -> None:
        at = connection.execute(select(func.count(), func.max(car_duties.c.at)).select_from(car_duties)).one()
        if tuple(at) != self._duties_at:
            rows = connection.execute(select(car_duties.c.car_id, car_duties.c.areas))
            self._duties = {row.car_id: tuple(json.loads(row.areas)) for row in rows}
            self._duties_at = (at[0], at[1])


@router.get("/cars/{car_id}/news", response_model=NewsMessage, responses={304: {"description": "Nothing has changed."}})
async def car_news(request: Request, car: Annotated[Identity, Depends(admit(CAR, even_revoked=True))]) -> Response:
    """Say what has changed since a car asked last, signed for this car at this moment."""
    desk: NewsDesk = request.app.state.news
    revoked = car.device is not None and car.device.revoked
    content = (await desk.tags(car.holder, revoked=revoked)).model_dump_json().encode()
    digest, issued_at = tags_digest(content), datetime.now(UTC)
    signature = desk.signer.sign(signed_news(car.holder, digest, issued_at)).hex()
    headers = {"etag": f'"{digest}"', ISSUED_AT: issued_at.isoformat(), SIGNATURE: signature}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


def _orders(connection: Connection) -> dict[str, str]:
    """By car: what it has not confirmed as done."""
    waiting = or_(orders.c.state.is_(None), orders.c.state != OrderState.DONE.value)
    query = select(orders.c.car_id, func.count(), func.max(orders.c.number)).where(waiting)
    return {row[0]: f"{row[1]} {row[2]}" for row in connection.execute(query.group_by(orders.c.car_id))}


def _accounts(connection: Connection) -> str:
    """Each act on an account is a row that is only ever added, and so is each of the registers that shut people out.

    An exception ends by itself, and so does a day until which training or a contract lets people in.
    """
    acts = connection.scalar(select(func.count()).select_from(account_acts))
    shutting = register_versions.c.register.in_(SHUTTING)
    changes = connection.scalar(select(func.count()).select_from(register_versions).where(shutting))
    now = datetime.now(UTC)
    excepted = select(func.count()).select_from(alert_exceptions)
    return f"{acts} {changes} {now:%Y%m%d} {connection.scalar(excepted.where(alert_exceptions.c.until > now))}"


def _tag(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
