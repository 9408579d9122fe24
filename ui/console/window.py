"""The console's one window: whose desk above, the screens by F1 to F5 and Ctrl+N, acts below, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mdt_app.domain.accounts import Role
from mdt_app.domain.security_keys import KeyReader
from mdt_app.sync.account_wire import AccountLines
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.desk_wire import DeskInfo
from ui.console import words as w
from ui.console.accounts import AccountsScreen
from ui.console.disputes import DisputesScreen
from ui.console.held import EntriesScreen
from ui.console.hits import HitsScreen
from ui.console.link import DeskLink
from ui.console.live import LiveScreen
from ui.console.look import DeskTheme
from ui.console.new_entry import NewEntryScreen
from ui.console.overview import OverviewScreen
from ui.console.proof import ProofScreen
from ui.console.register_words import in_own_words
from ui.console.registers import RegistersScreen
from ui.console.reports import ReportsScreen
from ui.console.requests import RequestsScreen
from ui.console.review import FlagsScreen
from ui.console.screen import Console, ConsoleModel, DeskScreen
from ui.console.search import SearchScreen
from ui.console.watch import WatchScreen
from ui.context import Codes, Tiles
from ui.garbage import collect_in_qt_thread
from ui.idle import IdleLock
from ui.language import CodesInWords
from ui.widgets.acts import ActBar
from ui.widgets.text import label, set_look
from ui.words import translated

LEAST_SIZE = (1024, 640)
SIZE = (1280, 800)
POLL_MS = 4000
_TABS_A_ROW = 7
_OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
_ENTERING = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CRIME_ANALYST, Role.COMMUNICATIONS})
_ON_ACCOUNTS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
SCREENS: Mapping[str, tuple[str, str, frozenset[Role], Callable[[Console], DeskScreen]]] = {
    "requests": ("Requests", "F1", frozenset({Role.SUPERVISOR}), RequestsScreen),
    "entries": ("Entries", "F2", _OVERSEERS | _ENTERING, EntriesScreen),
    "flags": ("To review", "F3", _OVERSEERS, FlagsScreen),
    "hits": ("Hits", "F4", _OVERSEERS, HitsScreen),
    "live": ("Cars", "F5", _OVERSEERS, LiveScreen),
    "search": ("Search", "F12", _ENTERING, SearchScreen),
    "registers": ("Registers", "Ctrl+F6", _OVERSEERS, RegistersScreen),
    "reports": ("Reports", "Ctrl+F7", _ON_ACCOUNTS, ReportsScreen),
    "new": ("New entry", "Ctrl+N", _ENTERING, NewEntryScreen),
    "disputes": ("Disputes", "F11", _OVERSEERS | {Role.OFFICER, Role.COMMUNICATIONS}, DisputesScreen),
    "overview": ("Desk", "Ctrl+O", _ON_ACCOUNTS, OverviewScreen),
    "accounts": ("Accounts", "F9", _ON_ACCOUNTS, AccountsScreen),
    "watch": ("Watch", "F10", _ON_ACCOUNTS, WatchScreen),
}
"""Each screen: its words, its key, and the roles that have it."""


class ConsoleWindow(QWidget):
    """Shows what headquarters says, and sends what is decided. It decides nothing itself."""

    def __init__(
        self,
        client: DeskClient,
        codes: Codes,
        now: Callable[[], datetime],
        theme: str = "night",
        keys: KeyReader | None = None,
        tiles: Tiles | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Patrol MDT console"))
        self.theme, self.model, self.link = DeskTheme(theme), ConsoleModel(), DeskLink(client)
        self.console = Console(
            self.theme,
            CodesInWords(codes),
            self.model,
            self.link,
            now,
            self.tell,
            self.ask_all,
            self.refresh,
            self._show_acts,
            keys,
            tiles,
            self.hand,
        )
        self.screens: dict[str, DeskScreen] = {}
        self.front = self._proving_from = ""
        self._out = False
        self._tabs: dict[str, QPushButton] = {}
        self._build()
        self.link.told.connect(self.tell)
        self.link.reached.connect(self._reached)
        self.link.proof_wanted.connect(self._want_proof)
        self.link.signed_out.connect(self._sign_in)
        collect_in_qt_thread(self)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._ask_quietly)
        self.resize(*SIZE)
        self.setStyleSheet(self.theme.sheet())

    def start(self) -> None:
        """Ask headquarters whose desk this is; the screens follow from the role."""
        self.link.start()
        self.link.call(self.tr("Headquarters is asked …"), DeskClient.info, self._seated)
        self._poll.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread with the window."""
        self._poll.stop()
        self.link.stop()
        super().closeEvent(event)

    def go(self, name: str) -> None:
        """Bring a screen to the front."""
        if name not in self.screens or (self._out and name != "proof"):
            return
        self.front = name
        self._stack.setCurrentWidget(self.screens[name])
        for other, tab in self._tabs.items():
            tab.setChecked(other == name)
        self.screens[name].refresh()
        self.screens[name].open()
        self._show_acts()

    def hand(self, name: str, subject: object) -> None:
        """Have a screen take something up, and bring it to the front."""
        if name in self.screens and not self._out:
            self.screens[name].take_up(subject)
            self.go(name)

    def tell(self, words: str, tone: str = "dim") -> None:
        """Say something in the line above the acts; empty: nothing to say, unless something went wrong before."""
        self._line.setText(words)
        set_look(self._line, tone=tone)

    def ask_all(self) -> None:
        """Have all that the screens show asked anew."""
        for job, then in self._jobs():
            self.link.call("", job, then)

    def refresh(self) -> None:
        """Show the model as it is now."""
        if self.front:
            self.screens[self.front].refresh()
        for name, tab in self._tabs.items():
            owed = self.screens[name].owed
            tab.setText(f"{translated(SCREENS[name][0])}{f' ({owed})' if owed else ''}  {SCREENS[name][1]}")
        self._show_acts()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setMinimumSize(*LEAST_SIZE)
        self._who, self._reach = label("", "lead"), label("", "body", "dim")
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QHBoxLayout(bar)
        head.setContentsMargins(16, 6, 16, 0)
        head.addWidget(self._who)
        head.addStretch(1)
        head.addWidget(self._reach)
        self._tab_rows = QGridLayout()
        self._tab_bar = tabs = QFrame()
        tabs.setProperty("role", "bar")
        self._tab_rows.setContentsMargins(8, 0, 16, 0)
        self._tab_rows.setHorizontalSpacing(4)
        self._tab_rows.setVerticalSpacing(0)
        self._tab_rows.setColumnStretch(_TABS_A_ROW, 1)
        tabs.setLayout(self._tab_rows)
        self._stack = QStackedWidget()
        self._line = label("", "body", wrap=True)
        self._line.setContentsMargins(16, 0, 16, 6)
        self.act_bar = ActBar(self)
        for part in (bar, tabs):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self._line)
        column.addWidget(self.act_bar)

    def _seated(self, info: DeskInfo) -> None:
        """The role is known: its screens are made."""
        self.model.info = info
        self._who.setText(f"{self.tr('Console')} · {w.person(info.holder, info.role)} · {info.ori} · {info.policy}")
        for name, (words, key, roles, make) in SCREENS.items():
            if info.role in roles:
                self.screens[name] = make(self.console)
                self._stack.addWidget(self.screens[name])
                self._add_tab(name, words, key)
        self._proof = self.screens["proof"] = ProofScreen(
            self.console, lambda: self.go(self._proving_from), self._signed_in
        )
        self._stack.addWidget(self._proof)
        self.idle = IdleLock(self, info.idle_minutes * 60, self._nobody_here, self.link.touched)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._find)
        if not self._tabs:
            self.tell(self.tr("✗ This role has no work at the console. Ask the Administrator."), "hit")
            return
        self.go(next(iter(self.screens)))
        self.ask_all()

    def _want_proof(self, why: str, again: Callable[[], None]) -> None:
        """A privileged act asks who sits here; the screen in hand waits behind."""
        if self.front != "proof":
            self._proving_from = self.front
        self.tell("")
        self._proof.ask(why, again)
        self.go("proof")

    def _sign_in(self, why: str, again: Callable[[], None] | None) -> None:
        """Nobody is signed in: everything is hidden until whoever sits here proves who they are, and then goes on."""
        if self._out:
            return
        if self.front != "proof":
            self._proving_from = self.front
        self._out = True
        self._poll.stop()
        self._tab_bar.hide()
        self.tell("")
        self._proof.ask(why, again, must=True)
        self.go("proof")

    def _signed_in(self) -> None:
        if not self._out:
            return
        self._out = False
        self._tab_bar.show()
        self._poll.start()
        self.ask_all()

    def _nobody_here(self) -> None:
        """Nobody touched this desk for the policy's minutes: the session ends, also where headquarters is away."""
        if self._out or not self.front:
            return
        self.link.call("", DeskClient.leave, lambda _: None, lambda _: None)
        self._sign_in(self.tr("✗ Nobody has touched this desk for a while."), None)

    def _add_tab(self, name: str, words: str, key: str) -> None:
        tab = QPushButton(f"{translated(words)}  {key}")
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        tab.clicked.connect(partial(self._pressed, name))
        QShortcut(QKeySequence(key), self).activated.connect(partial(self._pressed, name))
        self._tab_rows.addWidget(tab, *divmod(len(self._tabs), _TABS_A_ROW))
        self._tabs[name] = tab

    def _pressed(self, name: str, _checked: bool = False) -> None:
        """Somebody turns to a screen: what was said last belongs to the one before."""
        if name != self.front:
            self.tell("")
        self.go(name)

    def _find(self) -> None:
        if self._out:
            return
        table = getattr(self.screens[self.front], "table", None) or getattr(self.screens[self.front], "hits", None)
        if table is not None:
            table.filter.setFocus()

    def _jobs(self) -> list[tuple[Callable[[DeskClient], object], Callable[[object], None]]]:
        jobs: list[tuple[Callable[[DeskClient], object], Callable[[object], None]]] = [
            (lambda desk: desk.entries().entries, partial(self._take, "entries"))
        ]
        if self.model.is_one_of(*_OVERSEERS):
            jobs += [
                (lambda desk: desk.flags().flags, partial(self._take, "flags")),
                (lambda desk: desk.hits().hits, partial(self._take, "hits")),
                (lambda desk: desk.reliability().lines, partial(self._take, "reliability")),
                (lambda desk: desk.cars().cars, partial(self._take, "cars")),
                (lambda desk: desk.disputes().disputes, partial(self._take, "disputes")),
                (lambda desk: desk.notices().notices, partial(self._take, "notices")),
                (lambda desk: tuple(map(in_own_words, desk.registers().registers)), partial(self._take, "registers")),
            ]
        if self.model.is_one_of(*_ON_ACCOUNTS):
            jobs += [
                (lambda desk: desk.accounts(), self._take_accounts),
                (lambda desk: desk.findings().findings, partial(self._take, "findings")),
                (lambda desk: desk.security_events().events, partial(self._take, "security")),
                (lambda desk: desk.due().records, partial(self._take, "due")),
                (lambda desk: desk.policy(), partial(self._take, "policy")),
                (lambda desk: desk.alert_profiles().profiles, partial(self._take, "profiles")),
            ]
        return jobs

    def _take_accounts(self, held: object) -> None:
        if isinstance(held, AccountLines):
            self.model.topics = held.topics
            self._take("accounts", held.accounts)

    def _take(self, name: str, held: object) -> None:
        if getattr(self.model, name) != held:
            setattr(self.model, name, held)
            self.refresh()

    def _ask_quietly(self) -> None:
        if not self.link.idle:
            return
        if self.model.info is None:
            self.link.call("", DeskClient.info, self._seated)
        else:
            self.ask_all()

    def _reached(self, there: bool) -> None:
        words = self.tr("✓ Headquarters ok, %1") if there else self.tr("▲ Headquarters does not answer since %1")
        if there or self._reach.property("tone") != "hit":
            self._reach.setText(words.replace("%1", self.console.now().astimezone().strftime("%H:%M:%S")))
        if there and self._reach.property("tone") == "hit":
            self.tell("")
        set_look(self._reach, tone="verified" if there else "hit")

    def _show_acts(self) -> None:
        if self.front:
            self.act_bar.show_acts(self.screens[self.front].acts())
