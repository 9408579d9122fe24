"""NCIC's code tables, read from the resources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from mdt_app.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class CodeTables:
    """Code -> words, a mapping a field. Every look-up gives an unknown code back as it stands.

    Codes are taken as extracts write them: any case, and letter O as zero.
    """

    states: Mapping[str, str]
    colors: Mapping[str, str]
    styles: Mapping[str, str]
    makes: Mapping[str, str]
    plate_types: Mapping[str, str]
    cautions: Mapping[str, str]
    files: Mapping[str, str]

    def state_name(self, code: str) -> str:
        """Return the name of the state of issue (LIS): 'CT' -> 'Connecticut'."""
        return _words(self.states, code)

    def color(self, code: str) -> str:
        """Return the color in words (VCO): 'BLK' -> 'black', 'RED/WHI' -> 'red over white'."""
        return " over ".join(_words(self.colors, part) for part in code.split("/"))

    def style(self, code: str) -> str:
        """Return the style in words (VST): 'PK' -> 'pickup'."""
        return _words(self.styles, code)

    def make(self, code: str) -> str:
        """Return the make's name (VMA): 'TOYT' -> 'Toyota'."""
        return _words(self.makes, code)

    def plate_type(self, code: str) -> str:
        """Return the plate's type in words (LIT): 'PC' -> 'passenger'."""
        return _words(self.plate_types, code)

    def caution(self, code: str) -> str:
        """Return the caution in words (CMC): '00' -> 'armed and dangerous'."""
        return _words(self.cautions, code)

    def category(self, letter: str) -> str:
        """Return the alert table's category of a file letter: 'V' -> 'stolen_vehicle'."""
        return _words(self.files, letter)


def load_code_tables() -> CodeTables:
    """Read all code tables. Raises BadInput when one is missing or broken."""
    return CodeTables(**{name: _codes(name) for name in CodeTables.__slots__})


def _words(table: Mapping[str, str], code: str) -> str:
    key = code.strip().upper()
    return table.get(key) or table.get(key.replace("0", "O")) or code


def _codes(name: str) -> Mapping[str, str]:
    return {str(code): str(words) for code, words in _toml("ncic", name)["codes"].items()}


def _toml(folder: str, name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(files("resources").joinpath(folder, f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise BadInput(f"The table {folder}/{name} can't be read.", "Install the application again.") from fault
