"""Alerts forwarded by mail to designated people and agencies (HOT-11): queued with the hit, sent by any worker.

A mail is a row from the moment at which its notice is one, so that no crash loses it. It is tried again with growing
pauses for a day; then it is given up, and the notice at the desks stands as before. A mail says that there is an alert
and where to look; what else it says is the policy's. No log and no error says what is in it.
"""

from __future__ import annotations

import hashlib
import random
import smtplib
import ssl
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import Connection, insert, select, update
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.policy import Policy
from mdt_app.hq.leases import Leases
from mdt_app.hq.mail_settings import MailSettings
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alert_mails, events
from mdt_app.sync.event_wire import EventMessage

TRIED_FOR = timedelta(hours=24)
_FIRST_S, _MOST_S = 15.0, 1800.0
_TIMEOUT_S = 10.0
_HELD = timedelta(seconds=120)
"""Longer than one mail can take, whatever its server does."""

log = structlog.get_logger()


class MailState(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENT = "sent"
    GIVEN_UP = "given_up"


_OPEN = alert_mails.c.state == MailState.QUEUED.value

_LINES: Mapping[str, tuple[str, Callable[[Any, EventMessage | None], str]]] = {
    "category": ("Category", lambda row, _hit: str(row.category).replace("_", " ")),
    "time": ("Time (UTC)", lambda row, _hit: f"{row.at:%Y-%m-%d %H:%M:%S}"),
    "car": ("Car or reader", lambda row, _hit: str(row.car_id)),
    "number": ("Hit", lambda row, _hit: str(row.hit_id)),
    "plate": ("Plate", lambda _row, hit: _plate(hit)),
}
"""What a policy can have a mail say beyond that there is an alert."""


def queue(connection: Connection, message: EventMessage, category: str, car_id: str, address: str) -> None:
    """Put a mail of a hit in the queue where the address is one that takes mail; the same again does nothing."""
    if "@" not in address:
        return
    same = (alert_mails.c.event_id == message.event_id) & (alert_mails.c.address == address)
    if connection.execute(select(alert_mails.c.position).where(same)).first() is not None:
        return
    now = datetime.now(UTC)
    row = {"event_id": message.event_id, "hit_id": message.subject, "category": category, "car_id": car_id}
    row |= {"address": address, "state": MailState.QUEUED.value, "fault": "", "held_by": ""}
    times = {"at": now, "next_at": now, "held_until": now, "tries": 0}
    connection.execute(insert(alert_mails).values(row | times))


@dataclass(frozen=True, slots=True)
class MailDesk:
    """Sends what is queued. Without settings everything waits, and nothing is lost."""

    store: Store
    policy: Policy
    settings: MailSettings | None
    leases: Leases = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "leases", Leases(self.store, alert_mails, _OPEN, _HELD))

    async def turn(self) -> None:
        """Send what is due. Raises StorageFault."""
        if self.settings is not None:
            await run_in_threadpool(self.send_due, self.settings)

    def send_due(self, settings: MailSettings) -> int:
        """Send each that is due over one connection; return how many went."""
        due = deque(self.leases.take(alert_mails.c.next_at <= datetime.now(UTC)))
        sent = 0
        try:
            if due:
                with _connected(settings) as server:
                    while due:
                        self.leases.renew()
                        sent += self._sent(settings, server, due[0])
                        due.popleft()
        except (OSError, smtplib.SMTPException) as fault:
            for row in due:
                self._later(row, _kind(fault))
        return sent

    def _sent(self, settings: MailSettings, server: smtplib.SMTP, row: Any) -> bool:
        """Send one; one that its recipient's server refuses holds the others up no longer."""
        try:
            server.send_message(self._mail(settings, row))
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
            self._later(row, _kind(fault))
            return False
        self._keep(row, {"state": MailState.SENT.value, "tries": row.tries + 1, "fault": ""})
        log.info("mail.sent", mail=row.position)
        return True

    def _mail(self, settings: MailSettings, row: Any) -> EmailMessage:
        ruled = self.policy.alert_mail
        told = [_LINES[one] for one in ruled.contents.value] if ruled else []
        lines = [f"{name}: {words(row, self._hit(row))}" for name, words in told]
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = settings.sender, row.address, "Plate reader alert: look at the desk"
        # The same at each try: one that was sent twice because its sender died shows as one.
        known = hashlib.sha256(f"{row.event_id} {row.address}".encode()).hexdigest()[:32]
        mail["Date"], mail["Message-ID"] = format_datetime(row.at), f"<{known}@{settings.sender.partition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        text = [f"There is a new alert that you are to be told of. Look at it here: {settings.look_at}", "", *lines]
        note = "An alert is no ground for a stop: the plate is to be confirmed by eye and the status with CJIS/NCIC."
        mail.set_content("\n".join([*text, "", note]))
        return mail

    def _hit(self, row: Any) -> EventMessage | None:
        """The hit as it stands on record; None once retention has emptied it."""
        with self.store.reading() as connection:
            content = connection.scalar(select(events.c.content).where(events.c.event_id == row.event_id))
        return EventMessage.model_validate_json(content) if content else None

    def _later(self, row: Any, fault: str) -> None:
        tries, now = row.tries + 1, datetime.now(UTC)
        pause_s = min(_MOST_S, _FIRST_S * 2 ** min(row.tries, 20)) * random.uniform(0.5, 1.0)  # noqa: S311 - jitter
        over = now - row.at > TRIED_FOR
        state = MailState.GIVEN_UP if over else MailState.QUEUED
        next_at = now + timedelta(seconds=pause_s)
        self._keep(row, {"state": state.value, "tries": tries, "fault": fault, "next_at": next_at, "held_until": now})
        log.warning("mail.given_up" if over else "mail.later", mail=row.position, tries=tries, fault=fault)

    def _keep(self, row: Any, values: Mapping[str, Any]) -> None:
        with self.store.writing() as connection:
            this = self.leases.mine & (alert_mails.c.position == row.position)
            connection.execute(update(alert_mails).where(this).values(values))


@contextmanager
def _connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Give the mail server, proved and logged in. Raises OSError, SMTPException."""
    with closing(smtplib.SMTP(settings.host, settings.port, timeout=_TIMEOUT_S)) as server:
        if settings.starttls:
            context = ssl.create_default_context(cafile=settings.authority or None)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            server.starttls(context=context)
        if settings.user:
            server.login(settings.user, settings.password)
        yield server
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _kind(fault: Exception) -> str:
    """What failed, without a word of the server's own: it may repeat what was sent."""
    code = getattr(fault, "smtp_code", "")
    return f"{type(fault).__name__} {code}".strip()[:100]


def _plate(hit: EventMessage | None) -> str:
    read = hit.body.get("read") if hit else None
    return str((read or {}).get("plate", "")) if isinstance(read, dict) else ""
