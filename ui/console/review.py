"""Flags to review: exigent stops, steps still owed, refused uses; each is closed with words, by somebody else."""

from __future__ import annotations

from mdt_app.domain.accounts import Role
from mdt_app.domain.plates import grouped
from mdt_app.sync.desk_wire import RecordLines
from mdt_app.sync.keeping_wire import FlagMessage
from ui.console import words as w
from ui.console.parts import ListScreen, Story, divided
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.words import age, translated

_URGENT = frozenset({"exigent_stop", "store_damaged", "basis_fell", "prohibited_use", "enforced_unconfirmed"})


class FlagsScreen(ListScreen):
    """The open flags, the oldest first."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        columns = (
            Column(self.tr("Raised"), 160),
            Column(self.tr("Open for"), 110),
            Column(self.tr("What")),
            Column(self.tr("Car"), 110),
            Column(self.tr("Who"), 140),
            Column(self.tr("About"), 300),
        )
        self.table = DeskTable(console.theme, self.tr("To review"), columns)
        self.table.chosen.connect(lambda _: self._chosen())
        self.story = Story(console.theme)
        self._subject = ""
        self.lay_out(divided((self.table, 3), (self.story, 2)))

    @property
    def owed(self) -> int:
        """How many are open."""
        return len(self.console.model.flags)

    @property
    def flag(self) -> FlagMessage | None:
        """The flag in hand."""
        return next((f for f in self.console.model.flags if str(f.position) == self.table.key), None)

    def refresh(self) -> None:
        """Show the open flags."""
        self.table.put([self._row(flag) for flag in self.console.model.flags])
        self.console.acts_changed()

    def acts(self) -> tuple[Act, ...]:
        """Close with words; shut for one's own act."""
        flag = self.flag
        if (
            flag is None
            or not self.reason.isHidden()
            or not self.console.model.is_one_of(Role.SUPERVISOR, Role.ADMINISTRATOR)
        ):
            return ()
        own = flag.actor == self.console.model.holder
        words = self.tr("Close: shut") if own else self.tr("Close with words")
        hint = self.tr("Your own act: another supervisor closes it") if own else ""
        role = "shut" if own else "main"
        return (Act("close", words, "Ctrl+Return", self._close, role, right=True, hint=hint),)

    def _chosen(self) -> None:
        """What the reviewer needs beside the flag: the facts that were stated, the steps, the answers."""
        self.console.acts_changed()
        subject = self.flag.subject if self.flag else ""
        if subject == self._subject:
            return
        self._subject = subject
        self.story.put([])
        if subject:
            self.console.link.call("", lambda desk: desk.history(subject), self._told)

    def _told(self, told: RecordLines) -> None:
        self.story.tell((w.moment(x.at), x.kind.replace(".", " "), x.by, x.words) for x in told.lines)

    def _row(self, flag: FlagMessage) -> Row:
        words = translated(w.FLAGS.get(flag.reason, flag.reason.replace("_", " ")))
        urgent = flag.reason in _URGENT
        cells = (
            w.moment(flag.raised_at),
            age(self.console.now() - flag.raised_at),
            f"▲ {words}" if urgent else f"■ {words}",
            flag.car_id or self.tr("desk"),
            flag.actor,
            self._about(flag.subject),
        )
        return Row(str(flag.position), cells, ((2, "hit" if urgent else "owed"), (5, "dim")))

    def _about(self, subject: str) -> str:
        """The plate of the hit or entry that a flag is about, where it is known here; else its id."""
        model = self.console.model
        plates = {hit.hit_id: f"{grouped(hit.plate)} {hit.state}" for hit in model.hits}
        plates |= {e.entry_id: f"{grouped(e.draft.plate)} {e.draft.state}" for e in model.entries}
        return plates.get(subject, subject)

    def _close(self) -> None:
        flag = self.flag
        if flag is None:
            return
        if flag.actor == self.console.model.holder:
            self.console.tell(self.tr("✗ Nobody closes what their own act raised."), "hit")
            return
        self.reason.ask(
            self.tr("What was found?"),
            lambda words: self.console.link.call(
                self.tr("The review is sent …"), lambda desk: desk.close_flag(flag.position, words), self._closed
            ),
        )

    def _closed(self, flag: FlagMessage) -> None:
        model = self.console.model
        model.flags = tuple(f for f in model.flags if f.position != flag.position)
        self.console.tell(self.tr("✓ The review is on record."), "verified")
        self.console.refresh()
