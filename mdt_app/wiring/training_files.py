"""Files on training that headquarters makes and signs: certificates, and the Training Unit's report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.proved_file import ProvedFile

ENDINGS = (".csv", ".json", ".pdf")


def save_certificate(base_url: str, token: str, user_id: str, path: Path) -> None:
    """Save a person's certificate (PDF) and its proof. Raises BadInput, and MdtError with headquarters' words."""
    _require(path, (".pdf",))
    _save(base_url, token, path, lambda desk: desk.certificate(user_id))


def save_report(base_url: str, token: str, path: Path) -> None:
    """Save who is complete, due and overdue, in the form that the ending says, with its proof. Raises the same."""
    _require(path, ENDINGS)
    _save(base_url, token, path, lambda desk: desk.roster(path.suffix[1:]))


def _require(path: Path, endings: tuple[str, ...]) -> None:
    if path.suffix not in endings:
        raise BadInput("The file's name does not say what it is to be.", f"Let it end in {' or '.join(endings)}.")
    if path.exists():
        raise BadInput("There is a file of this name already.", "Choose another name.")


def _save(base_url: str, token: str, path: Path, ask: Callable[[DeskClient], ProvedFile]) -> None:
    with DeskClient(base_url, token) as desk:
        made = ask(desk)
    try:
        made.save(path)
    except OSError as fault:
        raise MdtError(f"{path.name} can't be written.", "Check the folder.") from fault
