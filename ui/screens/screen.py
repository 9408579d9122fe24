"""What every screen has: the shift's model, a way to send commands, a way to other screens, and its acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mdt_app.domain.commands import Command
from ui.cards import Card
from ui.context import ScreenContext
from ui.model import ShiftModel
from ui.statements import Ask
from ui.theme import Theme
from ui.widgets.acts import Act


@dataclass(frozen=True, slots=True)
class Desk:
    """What the window hands to its screens.

    `go` shows a screen by name, with the hit it is about; 'name/page' turns it to one of its pages. `ask` has the
    officer's own words typed. `changed` says that the look changed, `refresh` that the model did.
    """

    context: ScreenContext
    theme: Theme
    model: ShiftModel
    send: Callable[[Command], None]
    go: Callable[[str, str], None]
    ask: Callable[[Ask], None]
    changed: Callable[[], None]
    refresh: Callable[[], None]


class Screen(QWidget):
    """A page of the window. It shows the model; what the officer does leaves as a command."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # its ground is the sheet's, and nobody else's
        self.desk, self.hit_id = desk, ""

    @property
    def types(self) -> bool:
        """Whether it shows fields to type in, for which the window offers big keys."""
        return False

    @property
    def card(self) -> Card | None:
        """The hit that this screen is about."""
        return self.desk.model.cards.get(self.hit_id)

    def open(self, hit_id: str) -> None:
        """Come to the front, about this hit (empty: about none)."""
        self.hit_id = hit_id
        self.refresh()

    def turn_to(self, page: str) -> None:
        """Turn to one of the screen's pages by its name."""

    def refresh(self) -> None:
        """Show the model as it is now."""

    def hear(self, notice: object) -> None:
        """Take a notice that the model has taken already."""

    def acts(self) -> tuple[Act, ...]:
        """What can be done here now."""
        return ()
