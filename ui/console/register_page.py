"""One record of a register: its form, what can be done with it, and what is on record of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mdt_app.domain.registers import CHANGED
from mdt_app.sync.register_wire import (
    MoveShape,
    RecordAct,
    RecordHistory,
    RecordOpened,
    RegisterRecord,
    RegisterShape,
    StateShape,
)
from ui.console import words as w
from ui.console.parts import Story
from ui.console.reason import ReasonLine
from ui.console.register_form import RecordForm
from ui.console.screen import Console
from ui.console.share_package import PackageMaker
from ui.widgets.acts import Act
from ui.widgets.text import label

_SHOWN_MOST = 60


class RecordPage(QWidget):
    """`leave` brings the list back; `done` follows an act that headquarters has on record."""

    def __init__(
        self, console: Console, reason: ReasonLine, leave: Callable[[], None], done: Callable[[], None]
    ) -> None:
        super().__init__()
        self.console, self._reason, self._leave, self._done = console, reason, leave, done
        self._shape: RegisterShape | None = None
        self._record: RegisterRecord | None = None
        self._new_id = ""
        self.judge: Callable[[RegisterRecord], None] | None = None
        """Shows what an audit has drawn."""
        self._packages = PackageMaker(console, reason, done)
        self.form, self.head = RecordForm(), label("", "lead", wrap=True)
        self.story = Story(console.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.form, 3)
        column.addWidget(self.story, 2)

    def show_new(self, shape: RegisterShape) -> None:
        """An empty form."""
        self._shape, self._record, self._new_id = shape, None, str(uuid4())
        self.head.setText(self.tr("%1: new record").replace("%1", shape.name))
        self.form.show_record(shape, {}, enabled=True)
        self.story.hide()
        self.form.take()

    def show_history(self, shape: RegisterShape, history: RecordHistory) -> None:
        """A record as it stands, and its versions, the newest first."""
        self._shape, self._record = shape, history.record
        record, state = history.record, _state(shape, history.record)
        due = f" · {self.tr('due')} {record.due}" if record.due else ""
        self.head.setText(f"{shape.name} · {record.values.get(shape.title, '')[:_SHOWN_MOST]} · {state.words}{due}")
        self.form.show_record(shape, record.values, enabled=bool(self._moves()) or self._may_save())
        acts = {move.name: move.words for move in shape.moves}
        newest = reversed(history.versions)
        self.story.tell((w.moment(v.at), acts.get(v.act, v.act), v.by, _told(history, v.version)) for v in newest)
        self.story.show()
        self.form.take()

    def acts(self) -> tuple[Act, ...]:
        """Back, what is saved, and the moves that this desk has from here."""
        back = Act("back", self.tr("Back"), "Esc", self._leave)
        if self._record is None:
            return (back, Act("save", self.tr("Put on record"), "Ctrl+Return", self._open, "main", right=True))
        save = Act("save", self.tr("Save changes"), "Ctrl+Return", partial(self._send, CHANGED, ""), right=True)
        moves = (
            Act(move.name, move.words, f"Ctrl+{number}", partial(self._move, move), "main", right=True)
            for number, move in enumerate(self._moves(), 1)
        )
        return (back, *self._own_acts(), *((save,) if self._may_save() else ()), *moves)

    def _own_acts(self) -> tuple[Act, ...]:
        """What an audit and a request for data have beside the moves."""
        record, judge, shape = self._record, self.judge, self._shape
        if record is None or shape is None:
            return ()
        if judge is None or not record.values.get("drawn"):
            return self._packages.acts(shape.register_id, record) if self._moves() else ()
        return (Act("judge", self.tr("The queries"), "Ctrl+J", partial(judge, record)),)

    def _moves(self) -> list[MoveShape]:
        record, shape = self._record, self._shape
        return [m for m in shape.moves if m.mine and record.state in m.of] if record and shape else []

    def _may_save(self) -> bool:
        record, shape = self._record, self._shape
        return record is not None and shape is not None and shape.may_change and _state(shape, record).open

    def _open(self) -> None:
        shape = self._shape
        if shape is None:
            return
        self.form.mark(tuple(field.name for field in shape.fields if field.required))
        values = {name: said for name, said in self.form.values().items() if said}
        asked = RecordOpened(record_id=self._new_id, values=values)
        self.console.link.call(
            self.tr("It is sent …"), lambda desk: desk.open_record(shape.register_id, asked), self._on_record
        )

    def _move(self, move: MoveShape) -> None:
        self.form.mark(move.needs)
        said = self.form.values()
        if not all(said.get(name) for name in move.needs):
            self.console.tell(self.tr("✗ Fill in what is marked first."), "hit")
        elif move.reason:
            self._reason.ask(f"{move.words}: {self.tr('why?')}", partial(self._send, move.name))
        else:
            self._send(move.name, "")

    def _send(self, act: str, words: str) -> None:
        record, shape = self._record, self._shape
        if record is None or shape is None:
            return
        asked = RecordAct(version=record.version, act=act, values=self.form.changes(), words=words)
        self.console.link.call(
            self.tr("It is sent …"),
            lambda desk: desk.act_on_record(shape.register_id, record.record_id, asked),
            self._on_record,
        )

    def _on_record(self, _record: RegisterRecord) -> None:
        self._done()


def _state(shape: RegisterShape, record: RegisterRecord) -> StateShape:
    return next(state for state in shape.states if state.name == record.state)


def _told(history: RecordHistory, version: int) -> str:
    """What was said at a version, and which fields it changed."""
    now = history.versions[version - 1]
    before = history.versions[version - 2].values if version > 1 else {}
    names = dict.fromkeys((*before, *now.values))
    changed = (n for n in names if now.values.get(n) != before.get(n))
    parts = (now.words, *(f"{name.replace('_', ' ')}: {now.values.get(name, '')}" for name in changed))
    return " · ".join(filter(None, parts)).replace("\n", " ")
