"""The officer's language: Qt's translation files at work, and NCIC's codes said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from mdt_app.domain.errors import BadInput
from ui.context import Codes
from ui.words import filled, translated

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español"}
"""Code -> its own name. English is what the program is written in."""
_PROPERTY = "language"


def speak(app: QCoreApplication, language: str) -> None:
    """Have every text that is made from now on said in this language. Raises BadInput for one that is not there."""
    if language not in LANGUAGES:
        raise BadInput("There is no such language.", f"Choose one of: {', '.join(LANGUAGES)}.")
    app.setProperty(_PROPERTY, language)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language != "en":
        app.installTranslator(translator(language, app))


def spoken() -> str:
    """The language in force, by its code."""
    app = QCoreApplication.instance()
    return str(app.property(_PROPERTY) or "en") if app else "en"


def translator(language: str, parent: QObject | None = None) -> QTranslator:
    """The translation into this language. Raises BadInput when its file can't be read."""
    made = QTranslator(parent)
    with as_file(files("resources").joinpath("translations", f"mdt_{language}.qm")) as path:
        if not made.load(str(path)):
            raise BadInput(f"The translation {path.name} can't be read.", "Install the application again.")
    return made


@dataclass(frozen=True, slots=True)
class CodesInWords:
    """NCIC's code tables in the officer's language. States and makes keep the names that stand on vehicles."""

    held: Codes

    @property
    def states(self) -> Mapping[str, str]:
        """Code of the issuing state -> its full name."""
        return self.held.states

    @property
    def makes(self) -> Mapping[str, str]:
        """Code of the make -> its name, in every language."""
        return self.held.makes

    @property
    def colors(self) -> Mapping[str, str]:
        """Code of the color -> 'negro'."""
        return _said(self.held.colors)

    @property
    def styles(self) -> Mapping[str, str]:
        """Code of the body -> its words."""
        return _said(self.held.styles)

    @property
    def plate_types(self) -> Mapping[str, str]:
        """Code of the plate's type -> its words."""
        return _said(self.held.plate_types)

    @property
    def cautions(self) -> Mapping[str, str]:
        """Code of the caution -> its words."""
        return _said(self.held.cautions)

    def state_name(self, code: str) -> str:
        """'CT' -> 'Connecticut', in every language."""
        return self.held.state_name(code)

    def make(self, code: str) -> str:
        """'FORD' -> 'Ford'."""
        return self.held.make(code)

    def color(self, code: str) -> str:
        """'BLK' -> 'negro'; a vehicle of two colors has both."""
        parts = [translated(self.held.color(part), "codes") for part in code.split("/")]
        return filled(translated("%1 over %2", "codes"), *parts) if len(parts) == 2 else parts[0]

    def style(self, code: str) -> str:
        """'PK' -> 'pickup'."""
        return translated(self.held.style(code), "codes")

    def caution(self, code: str) -> str:
        """'00' -> 'armado y peligroso'."""
        return translated(self.held.caution(code), "codes")


def _said(table: Mapping[str, str]) -> Mapping[str, str]:
    return {code: translated(words, "codes") for code, words in table.items()}
