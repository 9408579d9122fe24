"""Headquarters as a service: what the service manager hears of it, and the key that it is given."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from cache.credentials import NAME
from cache.keys import obtain_key
from mdt_app.domain.errors import BadInput
from tests.fakes.headquarters import DEADLINE_S, KEY, made, serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="service managers with sockets are Linux' own")


def test_the_manager_hears_ready_life_and_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """READY once it answers, WATCHDOG while its loop turns, STOPPING at the end."""
    made(tmp_path)
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.settimeout(DEADLINE_S)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        with serving(tmp_path):
            heard: set[bytes] = set()
            while len(heard) < 2:
                heard.add(manager.recv(64))
            assert heard == {b"READY=1", b"WATCHDOG=1"}
        while (last := manager.recv(64)) == b"WATCHDOG=1":
            pass
        assert last == b"STOPPING=1"


def test_the_key_of_a_service_is_its_credential_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is taken and put on record beside the store; without it, or with one that is no key, nothing opens."""
    given = tmp_path / "credentials"
    given.mkdir()
    (given / NAME).write_text(f"{KEY.hex()}\n", encoding="ascii")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(given))
    assert obtain_key(tmp_path / "hq").raw == KEY
    assert not list((tmp_path / "hq").glob("*.key"))
    for wrong in ("00" * 31, "no key"):
        (given / NAME).write_text(wrong, encoding="ascii")
        with pytest.raises(BadInput, match="credential"):
            obtain_key(tmp_path / "hq")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    with pytest.raises(BadInput, match="service credential"):
        obtain_key(tmp_path / "hq", allow_file=True)
