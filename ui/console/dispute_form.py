"""The form of a new dispute: plate, state, the hit where it is known, and what the driver says."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from mdt_app.domain.errors import BadInput
from mdt_app.domain.plates import written
from mdt_app.sync.desk_wire import DisputeOpened, HitLine
from ui.context import Codes
from ui.widgets.entry_form import code_choice
from ui.widgets.text import label
from ui.widgets.words_field import WordsField


class DisputeForm(QWidget):
    """A field that is wrong keeps what was typed."""

    def __init__(self, codes: Codes) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.plate, self.hit, self.account = QLineEdit(), QLineEdit(), WordsField()
        self.state = code_choice(codes.states)
        self.hit.setPlaceholderText(self.tr("its id, where it is known; chosen under Hits it is filled in"))
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(16)
        places = (
            (self.tr("Plate"), self.plate, 0, 1),
            (self.tr("State of issue"), self.state, 1, 1),
            (self.tr("Hit"), self.hit, 2, 2),
        )
        grid.addWidget(label(self.tr("A driver says that a stop was wrong"), "lead"), 0, 0, 1, 4)
        for words, field, column, span in places:
            grid.addWidget(label(words, "part"), 1, column, 1, span)
            grid.addWidget(field, 2, column, 1, span)
            field.setAccessibleName(words)
        said = self.tr("What the driver says")
        grid.addWidget(label(said, "part"), 3, 0, 1, 4)
        grid.addWidget(self.account, 4, 0, 1, 4)
        self.account.setAccessibleName(said)
        for column in range(4):
            grid.setColumnStretch(column, 1)

    def about(self, hit: HitLine) -> None:
        """Fill in what a hit says; what the driver says is still to come."""
        self.clear()
        self.plate.setText(hit.plate)
        self.state.setCurrentIndex(max(0, self.state.findData(hit.state)))
        self.hit.setText(hit.hit_id)

    def clear(self) -> None:
        """Begin anew."""
        for line in (self.plate, self.hit):
            line.clear()
        self.state.setCurrentIndex(0)
        self.account.clear()

    def opened(self, dispute_id: str) -> DisputeOpened:
        """What is on the form. Raises BadInput for a plate or state that is none."""
        try:
            return DisputeOpened(
                dispute_id=dispute_id,
                plate=written(self.plate.text()),
                state=str(self.state.currentData() or ""),
                hit_id=self.hit.text().strip(),
                account=self.account.toPlainText().strip(),
            )
        except ValueError as fault:
            words = "The dispute can't be sent: plate or state does not fit."
            raise BadInput(words, "Plate: 1 to 10 letters and digits. State: choose it.") from fault
