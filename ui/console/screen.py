"""What every screen of the console has: what headquarters said last, a way to ask it, and its acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtWidgets import QWidget

from mdt_app.domain.accounts import Role
from mdt_app.domain.security_keys import KeyReader
from mdt_app.sync.account_wire import AccountLine
from mdt_app.sync.desk_wire import DeskInfo, DisputeRecord, HitLine, Reliability
from mdt_app.sync.entry_wire import EntryDetail, EntryRecord
from mdt_app.sync.field_wire import AlertNotice, CarLine
from mdt_app.sync.keeping_wire import FlagMessage
from mdt_app.sync.oversight_wire import FindingMessage, SecurityEvent
from mdt_app.sync.overview_wire import AlertProfile, DueRecord, PolicyInForce
from mdt_app.sync.register_wire import RegisterShape
from ui.console.link import DeskLink
from ui.console.look import DeskTheme
from ui.context import Codes, Tiles
from ui.widgets.acts import Act


@dataclass(slots=True)
class ConsoleModel:
    """What headquarters said last. Only the window's answers change it."""

    info: DeskInfo | None = None
    entries: tuple[EntryRecord, ...] = ()
    details: dict[str, EntryDetail] = field(default_factory=dict)
    flags: tuple[FlagMessage, ...] = ()
    hits: tuple[HitLine, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    cars: tuple[CarLine, ...] = ()
    notices: tuple[AlertNotice, ...] = ()
    accounts: tuple[AccountLine, ...] = ()
    topics: tuple[str, ...] = ()
    disputes: tuple[DisputeRecord, ...] = ()
    registers: tuple[RegisterShape, ...] = ()
    findings: tuple[FindingMessage, ...] = ()
    security: tuple[SecurityEvent, ...] = ()
    due: tuple[DueRecord, ...] = ()
    policy: PolicyInForce | None = None
    profiles: tuple[AlertProfile, ...] = ()

    @property
    def holder(self) -> str:
        """Whose desk this is."""
        return self.info.holder if self.info else ""

    def is_one_of(self, *roles: Role) -> bool:
        """Whether this desk has one of these roles."""
        return self.info is not None and self.info.role in roles


@dataclass(frozen=True, slots=True)
class Console:
    """What the window hands to its screens. `again` has everything asked anew, `refresh` shows what is known, `tell`
    says words with a tone. `keys` reads the security keys of this machine, where it can have any; `tiles` is the
    agency's map, where one was given."""

    theme: DeskTheme
    codes: Codes
    model: ConsoleModel
    link: DeskLink
    now: Callable[[], datetime]
    tell: Callable[[str, str], None]
    again: Callable[[], None]
    refresh: Callable[[], None]
    acts_changed: Callable[[], None]
    keys: KeyReader | None = None
    tiles: Tiles | None = None
    hand: Callable[[str, object], None] = lambda _name, _subject: None


class DeskScreen(QWidget):
    """A page of the console. It shows the model; what is done leaves as a call to headquarters."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.console = console
        self._asked: EntryRecord | None = None

    @property
    def owed(self) -> int:
        """How much waits here; it stands on the screen's key."""
        return 0

    def open(self) -> None:
        """Come to the front."""

    def take_up(self, subject: object) -> None:
        """Take up what another screen hands over; the screen comes to the front then."""

    def refresh(self) -> None:
        """Show the model as it is now."""

    def acts(self) -> tuple[Act, ...]:
        """What can be done here now."""
        return ()

    def detail_of(self, record: EntryRecord | None) -> EntryDetail | None:
        """What is known of an entry beyond its record; asked for when it is not known as it now is."""
        if record is None:
            return None
        known = self.console.model.details.get(record.entry_id)
        if (known is None or known.record != record) and (self._asked != record or self.console.link.idle):
            self._asked = record
            self.console.link.call("", lambda desk: desk.entry(record.entry_id), self._take)
        return known

    def changed_entry(self, detail: EntryDetail) -> None:
        """An act of this desk has changed an entry."""
        self._take(detail)
        self.console.again()

    def _take(self, detail: EntryDetail) -> None:
        model = self.console.model
        model.details[detail.record.entry_id] = detail
        others = (e for e in model.entries if e.entry_id != detail.record.entry_id)
        model.entries = tuple(sorted((detail.record, *others), key=lambda e: e.asked_at, reverse=True))
        self.console.refresh()
