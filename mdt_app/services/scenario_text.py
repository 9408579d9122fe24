"""A scenario's text out of its file: what another encoding or a word processor made of it is told with its line."""

from __future__ import annotations

from pathlib import Path

from mdt_app.domain.errors import BadInput

_MOST = 1_000_000
"""A drill of more bytes is none."""
_ANEW = "save it anew as plain text: in the editor 'Save as', encoding UTF-8"
_PROCESSED = "is a word processor's file, not plain text"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", _PROCESSED),
    (b"PK\x03\x04", _PROCESSED),
    (b"\xd0\xcf\x11\xe0", _PROCESSED),
    (b"%PDF", "is a PDF, not plain text"),
    (b"\xff\xfe", "is saved as UTF-16 (editors also call it 'Unicode')"),
    (b"\xfe\xff", "is saved as UTF-16 (editors also call it 'Unicode')"),
)
"""How a file begins that is no UTF-8 text, and what it is."""


def scenario_text(path: Path) -> str:
    """Return the text with plain line ends. Raises BadInput that names the line and what to do."""
    try:
        if path.stat().st_size > _MOST:
            raise BadInput(f"{path.name} is too large for a drill.", "Name a scenario's file.")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"The scenario {path.name} can't be read.", "Check its path and its permissions.") from error
    kind = next((words for mark, words in _FOREIGN if data.startswith(mark)), "")
    if kind or b"\0" in data:
        raise _refusal(path.name, 1, f"the file {kind or 'is no plain text'}")
    try:
        text = data.decode("utf-8-sig")  # an editor may put a mark before the first line
    except UnicodeDecodeError as error:
        raise _refusal(path.name, *_place(data, error.start)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(data: bytes, at: int) -> tuple[int, str]:
    """The line of a byte that is no UTF-8, and the line itself as Windows' own encoding shows it."""
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    rest = data[at:].splitlines()[0]
    line = (before.rpartition(b"\n")[2] + rest).decode("cp1252", errors="replace").strip()
    letter = data[at : at + 1].decode("cp1252", errors="replace")
    return before.count(b"\n") + 1, f"'{line[:60]}' has the letter '{letter}' in another encoding than UTF-8"


def _refusal(name: str, line: int, words: str) -> BadInput:
    return BadInput(f"{name}, line {line}: {words} ({_ANEW})", "\nNothing was started.")
