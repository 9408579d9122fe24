"""The answer to another agency's request: what it still lacks, else its sealed package in a new file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from mdt_app.services.table_files import drafted
from mdt_app.sync.register_wire import RegisterRecord
from mdt_app.sync.sharing_wire import ShareCheck
from ui.console.reason import ReasonLine
from ui.console.screen import Console
from ui.widgets.acts import Act

REGISTER, _STATE = "sharing", "approved"


class PackageMaker(QObject):
    """`done` follows a package that is on record and in its file."""

    def __init__(self, console: Console, reason: ReasonLine, done: Callable[[], None]) -> None:
        super().__init__()
        self._console, self._reason, self._done = console, reason, done

    def acts(self, register_id: str, record: RegisterRecord) -> tuple[Act, ...]:
        """What can be made for this record: sealed for the agency's key on file, or by a passphrase."""
        if register_id != REGISTER or record.state != _STATE:
            return ()
        by_key, by_words = (partial(self._check, record.record_id, words) for words in (False, True))
        return (
            Act("package", self.tr("Package: their key"), "Ctrl+K", by_key),
            Act("package_words", self.tr("Package: passphrase"), "Ctrl+L", by_words),
        )

    def _check(self, record_id: str, passphrase: bool) -> None:
        """Ask first what stands in the way, so that nobody types for nothing."""

        def shown(check: ShareCheck) -> None:
            if check.unmet:
                lacking = "; ".join(f"{one.words} {one.remedy} ({one.clause})" for one in check.unmet)
                self._console.tell(self.tr("✗ Nothing is shared: %1").replace("%1", lacking), "hit")
                return
            self._reason.ask(
                self.tr("Package to which new file?"), partial(self._named, record_id, passphrase), name=True
            )

        asked = self.tr("Headquarters is asked …")
        self._console.link.call(asked, lambda desk: desk.share_conditions(record_id), shown)

    def _named(self, record_id: str, passphrase: bool, name: str) -> None:
        path = Path(name).expanduser()
        if path.exists() or not path.absolute().parent.is_dir():
            self._console.tell(self.tr("✗ Name a new file in a folder that is there."), "hit")
        elif passphrase:
            question = self.tr("Passphrase, told to the agency another way:")
            self._reason.ask(question, partial(self._again, record_id, path), secret=True)
        else:
            self._make(record_id, path, "")

    def _again(self, record_id: str, path: Path, passphrase: str) -> None:
        """A slip of the finger would seal it for nobody."""

        def same(typed: str) -> None:
            if typed == passphrase:
                self._make(record_id, path, passphrase)
            else:
                self._console.tell(self.tr("✗ These are two different passphrases. Nothing was made."), "hit")

        self._reason.ask(self.tr("The same passphrase again:"), same, secret=True)

    def _make(self, record_id: str, path: Path, passphrase: str) -> None:
        asked = self.tr("The package is made …")
        self._console.link.call(asked, lambda desk: desk.share(record_id, passphrase), partial(self._save, str(path)))

    def _save(self, name: str, made: tuple[str, bytes]) -> None:
        """Write what is on record by now; where that fails, another place is asked for."""
        share_id, content = made
        try:
            with drafted(Path(name).expanduser()) as draft:
                draft.write_bytes(content)
        except OSError as fault:
            words = self.tr("It can't be written there (%1). To which other file?").replace("%1", fault.strerror or "")
            self._reason.ask(words, lambda other: self._save(other, made), name=True)
            return
        self._done()
        self._console.tell(self.tr("✓ Shared, on record as %1").replace("%1", share_id), "verified")
