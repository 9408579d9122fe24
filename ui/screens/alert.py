"""The alert: one hit, all that is needed to look at the right vehicle, and what to do next."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import ConfirmAlertShown, Follow
from mdt_app.domain.match_kinds import KINDS, MatchKind
from mdt_app.domain.matching import Match, StateAgreement
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.plates import grouped
from mdt_app.domain.reads import OTHER_CAMERA
from ui.cards import Card
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.picture import PLATE_VEIL, Picture
from ui.widgets.plate_text import PlateText
from ui.widgets.text import label, panel, set_look
from ui.words import STATE_AGREEMENTS, age, filled, translated, vehicle

_PULSE_MS, _PULSES = 250, 12
"""The frame changes every 250 ms, which is 2 Hz, for 3 s; then it stands still."""


class AlertScreen(Screen):
    """Takes the screen and stays until it is answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._told: set[str] = set()
        self._painted = ""
        self.stands: tuple[str, float] = ("", 0.0)
        """The hit that stood there last, painted whole, and since when (monotonic seconds)."""
        self._pulse = QTimer(self, interval=_PULSE_MS)
        self._pulse.timeout.connect(self._beat)
        self._beats = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(self._pictures(), 9)
        middle.addLayout(self._facts(), 11)
        column.addLayout(middle, 1)
        column.addWidget(self._caveat())

    def open(self, hit_id: str) -> None:
        """Show this hit; the frame pulses when it is new."""
        super().open(hit_id)
        if hit_id not in self._told:
            self._beats = _PULSES
            self._pulse.start()

    def hear(self, notice: object) -> None:
        """Its record is written: now it can be said that it was shown."""
        if isinstance(notice, HitRaised) and notice.hit.hit_id == self.hit_id:
            self.tell_shown()

    def refresh(self) -> None:
        """Show the hit as it is now."""
        if self.card is not None:
            self._show_head(self.card)
            self._show_pictures(self.card)
            self._show_facts(self.card.hit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is painted stands there once all parts of the screen are; Qt paints them in this turn."""
        super().paintEvent(event)
        self._painted = self.hit_id
        if self.hit_id not in self._told:
            QTimer.singleShot(0, self.tell_shown)

    def tell_shown(self) -> None:
        """The first time that a hit stands on the screen goes on record, with how long that took (ALR-1)."""
        card = self.card
        if card is None or self._painted != self.hit_id or self.hit_id in self._told:
            return
        if self.stands[0] != self.hit_id:
            self.stands = self.hit_id, time.monotonic()
        if card.recorded and not card.coming and not card.hit.ended:
            self._told.add(self.hit_id)
            since = time.monotonic() - self.stands[1]
            delay = (self.desk.context.now() - card.hit.read.captured_at).total_seconds() - since
            self.desk.send(ConfirmAlertShown(self.hit_id, max(0.0, delay)))

    def acts(self) -> tuple[Act, ...]:
        """Dismiss, follow, the next hit, and verify. One that is not on record can only be put aside."""
        others = [card for card in self.desk.model.waiting() if card.hit.hit_id != self.hit_id]
        following: tuple[Act, ...] = ()
        if others:
            words = translated(others[0].hit.row.words, "alerts")
            text = self.tr("Next: %1 (%2)").replace("%1", words).replace("%2", str(len(others)))
            following = (Act("next", text, "N", lambda: self._next(others[0]), "hit", right=True),)
        back = Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet")
        if self.card is not None and not self.card.recorded:
            return back, self._dismissal(), *following
        return (
            back,
            Act("dismiss", self.tr("Dismiss ..."), "D", lambda: self.desk.go("reasons", self.hit_id), "quiet"),
            Act("follow", self.tr("Follow, can't verify"), "F", self._follow),
            *following,
            Act("verify", self.tr("VERIFY"), "Return", self._verify, "main", right=True, hint="Enter"),
        )

    def _dismissal(self) -> Act:
        words, beneath = self.tr("Dismiss here"), self.tr("D · not recorded")
        return Act("dismiss-here", words, "D", self._dismiss_here, "quiet", hint=beneath)

    def _head(self) -> QFrame:
        self._bar = QFrame()
        self._bar.setProperty("role", "alert")
        grid = QGridLayout(self._bar)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        self._title, self._kind, self._seen = label("", "title"), label("", "lead"), label("", "body")
        grid.addWidget(self._title, 0, 0, 2, 1)
        for line, part in enumerate((self._kind, self._seen)):
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(part, line, 1)
        return self._bar

    def _pictures(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self._crop = Picture(self.desk.theme, empty=self.tr("No picture of the plate"), veil=PLATE_VEIL)
        self._context = Picture(self.desk.theme, empty=self.tr("No picture of the vehicle"))
        for picture, share in ((self._crop, 4), (self._context, 6)):
            frame, inside = panel(margin=4)
            inside.addWidget(picture)
            column.addWidget(frame, share)
        return column

    def _facts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        self._plate = PlateText(self.desk.theme, 96)
        self._state, self._agreement = label("", "state"), label("", "lead")
        self._caution_frame, caution = panel("alert", margin=8)
        self._caution = label("", "lead", wrap=True)
        caution.addWidget(self._caution)
        self._vehicle = label("", "head", wrap=True)
        for part in (self._plate, self._state, self._agreement, self._caution_frame, self._vehicle):
            column.addWidget(part)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        self._rows: dict[str, QLabel] = {}
        for name, words in self._row_names():
            self._rows[name] = label("", "fact", wrap=True)
            form.addRow(label(words, "fact", "dim"), self._rows[name])
        set_look(self._rows["false"], tone="owed")
        self._form = form
        column.addLayout(form)
        column.addStretch(1)
        return column

    def _row_names(self) -> tuple[tuple[str, str], ...]:
        return (
            ("false", self.tr("WRONG BEFORE")),
            ("read", self.tr("Reader")),
            ("differs", self.tr("Differs")),
            ("words", self.tr("List says")),
            ("list", self.tr("List")),
            ("ori", self.tr("Entered by")),
            ("nic", self.tr("NIC")),
            ("others", self.tr("Also listed")),
        )

    def _caveat(self) -> QFrame:
        frame, column = panel("owed", margin=10)
        self._never = label("", "lead", "hit", wrap=True)
        self._elsewhere = label("", "lead", "owed", wrap=True)
        self._warning = label("", "lead", "owed", wrap=True)
        for part in (self._never, self._elsewhere, self._warning):
            column.addWidget(part)
        return frame

    def _show_head(self, card: Card) -> None:
        hit, row = card.hit, card.hit.row
        self._title.setText(f"{row.shape} {translated(row.words, 'alerts').upper()}")
        self._kind.setText(self._match_words(hit))
        last = hit.latest or hit.read
        ago = age(self.desk.context.now() - last.captured_at)
        self._seen.setText(filled(self.tr("camera %1 · %2 ago · seen %3×"), last.camera_id, ago, str(hit.sightings)))
        elsewhere = self.tr("▲ READ BY ANOTHER CAMERA (%1), %2 ago · look for yourself")
        self._elsewhere.setText(filled(elsewhere, last.camera_id, ago))
        self._elsewhere.setVisible(last.feed == OTHER_CAMERA)
        old = age(self.desk.context.now() - hit.list_extracted_at)
        caveat = self.tr("■ A hit may not come from live NCIC data (this extract is %1 old). Verify before acting.")
        unrecorded = self.tr("▲ NOT RECORDED: the store failed. The gate stays shut; work by radio.")
        self._warning.setText(caveat.replace("%1", old) if card.recorded else unrecorded)
        set_look(self._warning, tone="owed" if card.recorded else "hit")
        kind = next((u for u in card.decision.unmet if u.name == "exact_match"), None)
        never = self.tr("▲ NEVER A STOP. %1")
        told = f"{translated(kind.words, 'gate')} {translated(kind.remedy, 'gate')}" if kind else ""
        self._never.setText(never.replace("%1", told))
        self._never.setVisible(kind is not None)

    def _match_words(self, hit: Hit) -> str:
        """How the read stands to the entry: a plate is its state, too, and the same number elsewhere is no match."""
        if hit.match.kind is MatchKind.EXACT and hit.match.state is StateAgreement.DIFFERS:
            return self.tr("≠ same number, other state")
        return translated(KINDS[hit.match.kind].mark, "matches")

    def _show_pictures(self, card: Card) -> None:
        read = card.hit.read
        self._crop.show_jpeg(card.pictures.crop)
        boxes = (read.box,) if read.box else ()
        view, text = card.pictures, (grouped(read.raw_text),)
        self._context.show_jpeg(view.context, boxes, text, tone="hit", glance=view.glance)

    def _show_facts(self, hit: Hit) -> None:
        entry, codes = hit.match.entry, self.desk.context.codes
        self._plate.show_plate(hit.read.raw_text, hit.read.characters)
        self._state.setText(codes.state_name(entry.state).upper() if entry.state else self.tr("STATE NOT ON THE LIST"))
        self._agreement.setText(self._reader_said(hit))
        set_look(self._agreement, tone={"agrees": "verified", "differs": "hit", "unknown": "owed"}[hit.match.state])
        cautions = ", ".join(codes.caution(code) for code in entry.cautions)
        self._caution.setText(self.tr("CAUTION: %1").replace("%1", cautions))
        self._caution_frame.setVisible(bool(cautions))
        self._vehicle.setText(vehicle(hit, codes))
        others = ", ".join(self._other(match) for match in hit.others)
        differs = self.tr("place %1: read %2, listed %3")
        places = (
            differs.replace("%1", str(place + 1)).replace("%2", read or "-").replace("%3", listed or "-")
            for place, read, listed in hit.match.differs
        )
        values = {
            "false": self._wrong_before(hit),
            "read": self._read_words(hit),
            "differs": "; ".join(places),
            "words": entry.words,
            "list": f"{hit.list_name}, " + self.tr("%1 old").replace("%1", self._list_age(hit)),
            "ori": entry.ori,
            "nic": entry.nic,
            "others": others,
        }
        for name, value in values.items():
            self._rows[name].setText(value)
            self._form.setRowVisible(self._rows[name], bool(value))

    def _wrong_before(self, hit: Hit) -> str:
        """What a dispute found on this plate: a warning before the eyes look, never a reason to look away."""
        known = hit.known_false
        if known is None:
            return ""
        words = self.tr("%1 (known false hit until %2)")
        return words.replace("%1", known.evidence).replace("%2", f"{known.expires_at:%m/%d/%Y}")

    def _other(self, match: Match) -> str:
        name = self.desk.context.codes.state_name(match.entry.state) if match.entry.state else ""
        words = translated(ALERTS[match.entry.category].words, "alerts")
        return f"{words} ({name})" if name else words

    def _reader_said(self, hit: Hit) -> str:
        said = self.tr("The reader %1").replace("%1", translated(STATE_AGREEMENTS[hit.match.state]))
        name = self.desk.context.codes.state_name(hit.read.state) if hit.read.state else ""
        return f"{said}: {name}." if hit.match.state == "differs" else f"{said}."

    def _read_words(self, hit: Hit) -> str:
        sure = self.tr("confidence %1").replace("%1", f"{hit.read.confidence:.2f}") if hit.read.confidence else ""
        return ", ".join(part for part in (hit.read.raw_text, sure) if part)

    def _list_age(self, hit: Hit) -> str:
        return age(self.desk.context.now() - hit.list_extracted_at)

    def _beat(self) -> None:
        self._beats -= 1
        set_look(self._bar, pulse="on" if self._beats % 2 else "off")
        if self._beats <= 0:
            self._pulse.stop()

    def _verify(self) -> None:
        self.desk.go("verify", self.hit_id)

    def _dismiss_here(self) -> None:
        self.desk.model.dismiss(self.hit_id)
        self.desk.go("patrol", "")
        self.desk.refresh()

    def _follow(self) -> None:
        self.desk.send(Follow(self.hit_id))
        self.desk.go("patrol", "")

    def _next(self, card: Card) -> None:
        self.desk.go("alert", card.hit.hit_id)
