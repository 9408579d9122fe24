"""TOML texts of any origin: parsed or refused, and where each key stands, so that a fault can be told with its line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import Any, NamedTuple

KeyPath = tuple[str | int, ...]
_TOKEN = re.compile(
    r"(?P<skip>[ \t\r]+|\#[^\n]*)"
    r"|(?P<text>\"\"\"(?:\\.|[^\\])*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')"
    r"|(?P<mark>[\n\[\]{},=.])"
    r"|(?P<bare>[^\s\[\]{},=.\"'#]+)",
    re.DOTALL,
)


class _Token(NamedTuple):
    text: str
    line: int
    mark: bool


_END = _Token("", 0, mark=True)


def toml_values(text: str) -> dict[str, Any]:
    """Parse a TOML text. Raises tomllib.TOMLDecodeError for whatever is wrong with it.

    tomllib itself gives up on endless nesting with RecursionError, and on numbers of thousands of digits with
    ValueError.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError) as fault:
        raise tomllib.TOMLDecodeError("a value is nested too deeply, or too long") from fault


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line (from 1) of every table, key and array element of a TOML text that tomllib has accepted."""
    return _Walk(text).document()


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """Return the line of a key path, or of the nearest table around it when the key is missing. The top is line 1."""
    return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)


class _Walk:
    """One pass over the tokens. It relies on the text being valid and checks nothing."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._lines: dict[KeyPath, int] = {}
        self._arrays: Counter[KeyPath] = Counter()

    def document(self) -> dict[KeyPath, int]:
        """Walk to the end and return what was found."""
        table: KeyPath = ()
        while (token := self._peek()) is not _END:
            if token.text == "\n":
                self._next()
            elif token.text == "[" and token.mark:
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _header(self) -> KeyPath:
        line = self._next().line
        double = self._skip("[")
        *outer, last = self._keys()
        path: KeyPath = ()
        for key in outer:
            path = self._current((*path, key))
            self._lines.setdefault(path, line)
        path = (*path, last)
        if double:
            self._arrays[path] += 1
            self._lines.setdefault(path, line)
        path = self._current(path)
        self._lines.setdefault(path, line)
        while self._skip("]"):
            pass
        return path

    def _current(self, path: KeyPath) -> KeyPath:
        """A name of an array of tables means its latest table."""
        return (*path, self._arrays[path] - 1) if path in self._arrays else path

    def _pair(self, table: KeyPath) -> None:
        line, path = self._peek().line, table
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._skip("=")
        self._value(path)

    def _keys(self) -> list[str]:
        keys = [self._next().text.strip("\"'")]
        while self._skip("."):
            keys.append(self._next().text.strip("\"'"))
        return keys

    def _value(self, path: KeyPath) -> None:
        if self._skip("["):
            self._elements(path)
        elif self._skip("{"):
            while not self._skip("}"):
                self._pair(path)
                self._skip(",")
        else:
            while self._peek() is not _END and not (self._peek().mark and self._peek().text in ",]}\n"):
                self._next()

    def _elements(self, path: KeyPath) -> None:
        count = 0
        while not self._skip("]"):
            if self._skip(",") or self._skip("\n"):
                continue
            self._lines[(*path, count)] = self._peek().line
            self._value((*path, count))
            count += 1

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _next(self) -> _Token:
        token = self._peek()
        self._at += 1
        return token

    def _skip(self, mark: str) -> bool:
        if self._peek().mark and self._peek().text == mark:
            self._at += 1
            return True
        return False


def _tokens(text: str) -> list[_Token]:
    found, line = [], 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            found.append(_Token(match.group(), line, match.lastgroup == "mark"))
        line += match.group().count("\n")
    return found
