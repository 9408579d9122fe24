"""The Administrator's desk: what is due, the policy in force beside the model policy, and everybody's alert profile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.alert_table import ALERTS
from mdt_app.sync.overview_wire import AlertProfile, DueRecord, PolicyInForce, PolicyValue
from ui.console import words as w
from ui.console.parts import divided
from ui.console.screen import Console, DeskScreen
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.widgets.text import label
from ui.words import filled, translated


class OverviewScreen(DeskScreen):
    """Above what is due over all registers, below the policy with its clauses, at the bottom the profiles."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._all = False
        self.due = DeskTable(console.theme, self.tr("Due"), self._due_columns())
        self._policy = label("", "lead", wrap=True)
        self.policy = DeskTable(console.theme, self.tr("Policy in force"), self._policy_columns())
        self.profiles = DeskTable(console.theme, self.tr("Alert profiles and exceptions"), self._profile_columns())
        split = divided((self.due, 3), (self.policy, 2), (self.profiles, 2))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(self._policy)
        column.addWidget(split, 1)

    @property
    def owed(self) -> int:
        """How much is overdue."""
        return sum(record.overdue for record in self.console.model.due)

    def open(self) -> None:
        """Come to the front, what is due in hand."""
        self.due.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what headquarters said last."""
        model = self.console.model
        self.due.put([self._due_row(record) for record in model.due])
        self.profiles.put([self._profile_row(profile) for profile in model.profiles])
        if model.policy is not None:
            rows = [_policy_row(value) for value in self._values(model.policy)]
            same = "" if rows else f" · {self.tr('in every value as the model policy')}"
            self._policy.setText(f"{_named(model.policy)}{same}")
            self.policy.put(rows)
            self.policy.setVisible(bool(rows))

    def acts(self) -> tuple[Act, ...]:
        """All values of the policy, or only those in which it differs from the model policy."""
        if self._all:
            return (Act("differing", self.tr("Only what differs"), "Ctrl+D", self._turn),)
        return (Act("values", self.tr("All values"), "Ctrl+D", self._turn),)

    def _turn(self) -> None:
        self._all = not self._all
        self.refresh()
        self.console.acts_changed()

    def _values(self, policy: PolicyInForce) -> Sequence[PolicyValue]:
        return policy.values if self._all else [value for value in policy.values if value.model]

    def _due_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("By"), 130),
            Column(self.tr("Register"), 220),
            Column(self.tr("Record")),
            Column(self.tr("Stands"), 260),
        )

    def _policy_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Value"), 280),
            Column(self.tr("Is")),
            Column(self.tr("Clause"), 240),
            Column(self.tr("Model policy"), 280),
        )

    def _profile_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Member"), 160),
            Column(self.tr("Is alerted of")),
            Column(self.tr("Since"), 172),
            Column(self.tr("Excepted"), 420),
        )

    def _due_row(self, record: DueRecord) -> Row:
        late = f"▲ {record.due}" if record.overdue else f"■ {record.due}"
        cells = (late, record.register_name, record.title, record.state)
        return Row(f"{record.register_id} {record.record_id}", cells, ((0, "hit" if record.overdue else "owed"),))

    def _profile_row(self, profile: AlertProfile) -> Row:
        excepted = "; ".join(
            f"{_categories(one.categories)} {self.tr('until')} {w.moment(one.until)}: {one.reason}"
            for one in profile.exceptions
        )
        since = w.moment(profile.chosen_at) or self.tr("■ none chosen")
        cells = (profile.user_id, _categories(profile.categories), since, excepted)
        return Row(profile.user_id, cells, ((2, "text" if profile.chosen_at else "owed"), (3, "owed")))


def _named(policy: PolicyInForce) -> str:
    words, unset = translated("in force since %1, review due %2"), translated("not set")
    dates = filled(words, str(policy.effective or unset), str(policy.review_due or unset))
    return " · ".join((f"{policy.name} {policy.version}", dates, *policy.overlays))


def _policy_row(value: PolicyValue) -> Row:
    return Row(value.key, (value.key, value.value, value.clause, value.model), ((3, "owed"),))


def _categories(names: Sequence[str]) -> str:
    known = (translated(ALERTS[name].words, "alerts") if name in ALERTS else name for name in names)
    return ", ".join(known)
