"""The Administrator's watch: unusual use to be judged, and security events as they come in (AUD-8)."""

from __future__ import annotations

from collections.abc import Mapping

from mdt_app.domain.accounts import Role
from mdt_app.domain.unusual import NAMES
from mdt_app.sync.desk_wire import RecordLines
from mdt_app.sync.oversight_wire import FindingMessage, FindingVerdict, SecurityEvent
from ui.console import words as w
from ui.console.parts import ListScreen, divided
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.words import age, translated

EVENTS: Mapping[str, tuple[str, str]] = {
    "sign_in_refused": ("■ Sign-in refused", "owed"),
    "account_locked": ("▲ Account locked", "hit"),
    "account_released": ("○ Account released", "text"),
    "account_suspended": ("○ Account suspended", "text"),
    "exception_granted": ("○ Exception granted", "text"),
    "key_cloned": ("▲ Copied security key", "hit"),
    "purpose_refused": ("▲ Prohibited use refused", "hit"),
    "sharing_refused": ("▲ Sharing refused", "hit"),
    "data_exported": ("○ Data exported", "text"),
    "car_locked": ("■ Car locked", "owed"),
    "car_wiped": ("▲ Car wiped", "hit"),
    "car_revoked": ("■ Car revoked", "owed"),
    "store_damaged": ("▲ Store damaged or replaced", "hit"),
    "server_refused": ("▲ Another server in headquarters' place", "hit"),
    "turned_away": ("■ Turned away", "owed"),
    "exigent_stop": ("▲ Exigent stop", "hit"),
    "unusual_use": ("■ Unusual use", "owed"),
}


class WatchScreen(ListScreen):
    """Findings above, the searches behind the one in hand beneath, and what happened last at the bottom."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.table = DeskTable(console.theme, self.tr("Unusual use"), self._finding_columns())
        self.table.chosen.connect(lambda _: self._chosen())
        self.story = DeskTable(console.theme, self.tr("The searches behind it"), self._search_columns(), filtered=False)
        self.events = DeskTable(console.theme, self.tr("Security events"), self._event_columns())
        self._position = 0
        self.lay_out(divided((self.table, 3), (self.story, 2), (self.events, 3)))

    @property
    def owed(self) -> int:
        """How many findings wait."""
        return len(self.console.model.findings)

    @property
    def finding(self) -> FindingMessage | None:
        """The finding in hand."""
        return next((f for f in self.console.model.findings if str(f.position) == self.table.key), None)

    def refresh(self) -> None:
        """Show what headquarters said last."""
        self.table.put([self._finding_row(finding) for finding in self.console.model.findings])
        self.events.put([self._event_row(n, event) for n, event in enumerate(self.console.model.security)])
        self.console.acts_changed()

    def acts(self) -> tuple[Act, ...]:
        """Dismiss with the reason, or make it a violation; shut for one's own searches."""
        finding = self.finding
        if finding is None or not self.reason.isHidden() or not self.console.model.is_one_of(Role.ADMINISTRATOR):
            return ()
        if finding.person == self.console.model.holder:
            hint = self.tr("Your own searches: somebody else reviews them")
            return (Act("own", self.tr("Review: shut"), "Ctrl+Return", self._own, "shut", right=True, hint=hint),)
        return (
            Act("violation", self.tr("A violation"), "Ctrl+D", self._violation, "hit"),
            Act("dismiss", self.tr("Dismiss with the reason"), "Ctrl+Return", self._dismiss, "main", right=True),
        )

    def _finding_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Found"), 172),
            Column(self.tr("Open for"), 90),
            Column(self.tr("What"), 290),
            Column(self.tr("Whose"), 150),
            Column(self.tr("Facts on record")),
        )

    def _search_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("When"), 172),
            Column(self.tr("Where"), 120),
            Column(self.tr("Who"), 150),
            Column(self.tr("Asked for")),
        )

    def _event_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("When"), 172),
            Column(self.tr("What"), 250),
            Column(self.tr("Who"), 150),
            Column(self.tr("Where"), 120),
            Column(self.tr("Words")),
        )

    def _finding_row(self, finding: FindingMessage) -> Row:
        since = age(self.console.now() - finding.found_at)
        what = f"■ {translated(NAMES.get(finding.rule, finding.rule))}"
        cells = (w.moment(finding.found_at), since, what, finding.person, finding.words)
        return Row(str(finding.position), cells, ((2, "owed"),))

    def _event_row(self, number: int, event: SecurityEvent) -> Row:
        words, tone = EVENTS.get(event.what, (f"■ {event.what.replace('_', ' ')}", "owed"))
        return Row(str(number), (w.moment(event.at), words, event.person, event.place, event.words), ((1, tone),))

    def _chosen(self) -> None:
        """The facts alone decide nothing: what was searched for, and why, stands beside them."""
        self.console.acts_changed()
        position = self.finding.position if self.finding else 0
        if position == self._position:
            return
        self._position = position
        self.story.put([])
        if position:
            self.console.link.call("", lambda desk: desk.finding_searches(position), self._told)

    def _told(self, told: RecordLines) -> None:
        lines = enumerate(told.lines)
        self.story.put([Row(str(place), (w.moment(x.at), x.car_id, x.by, x.words)) for place, x in lines])

    def _own(self) -> None:
        self.console.tell(self.tr("✗ Nobody reviews a finding about themselves."), "hit")

    def _dismiss(self) -> None:
        self._ask(self.tr("Why is this in order?"), FindingVerdict.DISMISSED)

    def _violation(self) -> None:
        self._ask(self.tr("What was violated? The Chief is told."), FindingVerdict.VIOLATION)

    def _ask(self, question: str, verdict: FindingVerdict) -> None:
        finding = self.finding
        if finding is not None:
            self.reason.ask(
                question,
                lambda words: self.console.link.call(
                    self.tr("The review is sent …"),
                    lambda desk: desk.review_finding(finding.position, verdict, words),
                    self._reviewed,
                ),
            )

    def _reviewed(self, finding: FindingMessage) -> None:
        model = self.console.model
        model.findings = tuple(f for f in model.findings if f.position != finding.position)
        self.console.tell(self.tr("✓ The review is on record."), "verified")
        self.console.refresh()
