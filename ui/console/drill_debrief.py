"""The debrief: passed or not and why, the time line with each decision's clause, and the pictures of that moment."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mdt_app.domain.errors import MdtError
from mdt_app.domain.marking import MISTAKES, Verdict
from ui.console.drill_bench import DrillBench
from ui.console.drill_lines import DrillLines, why_of, words_of
from ui.console.errand import Errand
from ui.console.words import refusal
from ui.theme import Theme
from ui.widgets.acts import Act
from ui.widgets.picture import Picture
from ui.widgets.text import label, panel, set_look
from ui.words import counted, filled, translated


class DrillDebrief(QWidget):
    """Shows what the drill came to. `leave` goes back to the drills, `turned` hears when the acts change."""

    def __init__(self, theme: Theme, bench: DrillBench, leave: Callable[[], None], turned: Callable[[], None]) -> None:
        super().__init__()
        self._bench, self._leave = bench, leave
        self.errand = Errand(self, self._say, turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        self._result, self._why = label("", "head"), label("", "lead", wrap=True)
        self._told = label("", "body", "dim", wrap=True)
        for part in (self._result, self._why, self._told):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.lines = DrillLines(theme, self.tr("Time line"), whole=True)
        self.lines.chosen.connect(self._show_moment)
        row.addWidget(self.lines, 15)
        side = QVBoxLayout()
        self._crop = Picture(theme, self.tr("Plate"), empty=self.tr("No picture of this moment"))
        self._view = Picture(theme, self.tr("View"), empty=self.tr("No picture of this moment"))
        for picture, share in ((self._crop, 2), (self._view, 3)):
            frame, inside = panel(margin=4)
            inside.addWidget(picture)
            side.addWidget(frame, share)
        row.addLayout(side, 7)
        column.addLayout(row, 1)
        self._moment = label("", "body", wrap=True)
        column.addWidget(self._moment)

    def open(self) -> None:
        """Show the drill that has just ended; the cursor is on the first mistake, else on the first moment."""
        verdict, rows = self._bench.verdict(), self._bench.lines()
        self._result.setText(self.tr("✓ PASSED") if verdict.passed else self.tr("✗ FAILED"))
        set_look(self._result, tone="verified" if verdict.passed else "hit")
        self._why.setText(self._why_of(verdict))
        if self._bench.cut_short():
            self._result.setText(self.tr("■ ENDED EARLY"))
            set_look(self._result, tone="owed")
            self._why.setText(
                self.tr("Not all listed cars came by: this says nothing of the trainee, and goes on no record.")
            )
        self._told.setText("")
        self.lines.show_rows(rows)
        first = next((str(number) for number, row in enumerate(rows) if row.verdict == "wrong"), "0")
        self.lines.choose(first)
        self.lines.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _why_of(self, verdict: Verdict) -> str:
        """The first mistake, the time to verify, and how many mistakes there are."""
        why = "" if verdict.passed else translated(MISTAKES[verdict.reason].words, "drills")
        took = self.tr("Not answered for good.")
        if verdict.verify_s is not None:
            took = filled(self.tr("Time to verify: %1 s."), f"{verdict.verify_s:.0f}")
        count = counted(len(verdict.mistakes), "mistake", "mistakes")
        return f"{why} {took} {count}.".lstrip()

    def acts(self) -> tuple[Act, ...]:
        """Another drill, replay, keep the report, put the result on record."""
        if self.errand.busy:
            return (Act("leave", self.tr("Leave it"), "Esc", self.errand.leave, "quiet"),)
        return (
            Act("back", self.tr("Back"), "Esc", self._leave, "quiet"),
            Act("replay", self.tr("Replay from here"), "F7", self._replay),
            Act("report", self.tr("Keep the report"), "F2", self._keep),
            Act("record", self.tr("PUT ON TRAINING RECORD"), "F4", self._record, "main", right=True),
        )

    def _keep(self) -> None:
        try:
            self._done(self._bench.report())
        except MdtError as error:
            self._failed(error)

    def _record(self) -> None:
        self.errand.start(self.tr("Headquarters is asked …"), self._bench.put_on_record, self._done, self._failed)

    def _done(self, words: str) -> None:
        self._say(translated(words, "drills"), "verified")

    def _failed(self, error: MdtError) -> None:
        self._say(refusal(error), "hit")

    def _say(self, words: str, tone: str = "owed") -> None:
        self._told.setText(words)
        set_look(self._told, tone=tone)

    def _replay(self) -> None:
        row = self.lines.row
        self._bench.replay(row.at_s if row is not None else 0.0)

    def _show_moment(self, _: str) -> None:
        """The pictures of the moment that the cursor is on, and all of its words: the table cuts long ones."""
        row = self.lines.row
        why = f" {why_of(row)} ({row.clause})" if row is not None and row.why else ""
        self._moment.setText(f"{row.at_s:.0f} s: {words_of(row)}.{why}" if row is not None else "")
        shown = self._bench.pictures(row.about if row is not None else "")
        self._crop.show_jpeg(shown.crop)
        self._view.show_jpeg(shown.context)
