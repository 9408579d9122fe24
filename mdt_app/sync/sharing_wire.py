"""Messages of data for other agencies: what a request still lacks, and what a package held."""

from __future__ import annotations

from pydantic import Field

from mdt_app.sync.wire import Message, Name, Text

SHARE = "mdt-share"
"""The header that names the record of what was shared."""


class PackageAsked(Message):
    """How the package is sealed where the agency has no public key on file: a passphrase that it is told otherwise."""

    passphrase: Text = Field(default="", repr=False)


class UnmetCondition(Message):
    """A condition that a request does not meet."""

    name: Name
    words: Text
    remedy: Text
    clause: Name


class ShareCheck(Message):
    """What stands between a request and its answer; empty: nothing."""

    unmet: tuple[UnmetCondition, ...]


class SharedReads(Message):
    """The reads of one package, by the ids under which headquarters has them."""

    reads: tuple[Name, ...]
