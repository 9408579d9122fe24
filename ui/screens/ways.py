"""Other ways than the steps: those that the policy has, and those that it lacks, with its clause."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.commands import Ground, StateGround
from mdt_app.domain.policy import Policy
from mdt_app.services.on_stops import ground_rule
from ui.screens.choice import ChoiceScreen
from ui.screens.screen import Desk
from ui.statements import STATEMENTS, Ask, Wanted
from ui.widgets.choices import Choice
from ui.words import translated


class WaysScreen(ChoiceScreen):
    """Each way leads to its statement; one that the policy lacks is shown, and can't be pressed."""

    def __init__(self, desk: Desk) -> None:
        policy, tr = desk.context.policy, QCoreApplication.translate  # the object's own tr() waits for its base
        note = tr("WaysScreen", "Each wants the facts in your own words. An answer that differs is never gone around.")
        if not any(ground_rule(policy, ground).value for ground in Ground):
            note = tr("WaysScreen", "This policy has no other way. Take the steps; follow as long as you can't.")
        title, choices = tr("WaysScreen", "Which way, other than the steps?"), [_choice(policy, g) for g in Ground]
        super().__init__(desk, title, choices, self._chosen, "verify", columns=1, note=note)

    def _chosen(self, hit_id: str, value: str) -> None:
        ground = Ground(value)

        def done(words: str) -> None:
            self.desk.send(StateGround(hit_id, ground, words))
            self.desk.go("verify", hit_id)

        clause = ground_rule(self.desk.context.policy, ground).clause
        self.desk.ask(Ask(hit_id, Wanted(value), clause, done, "ways"))


def _choice(policy: Policy, ground: Ground) -> Choice:
    rule, row = ground_rule(policy, ground), STATEMENTS[Wanted(ground.value)]
    lacking = QCoreApplication.translate("WaysScreen", "not in this policy (%1)").replace("%1", rule.clause)
    hint = f"{translated(row.follows, 'statements')} ({rule.clause})" if rule.value else lacking
    return Choice(ground.value, translated(row.title, "statements"), hint, shut=not rule.value)
