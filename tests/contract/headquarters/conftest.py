"""One headquarters with the message switch simulator behind it, for all tests here that do not harm it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mdt_app.hq.switch import Behaviour, Manner, run_switch
from tests.fakes.headquarters import Headquarters, Serving, an_entry, made, serving

RECORDS = (
    an_entry("AB12345"),
    an_entry("D0DG1", nic="V000000001"),
    an_entry("NYPLATE", "NY", nic="P000000002"),
    an_entry("TWICE1", "MA", nic="V000000003"),
    an_entry("TWICE1", "CT", nic="V000000004"),
)
BEHAVIOURS = {
    "SILENT1": Behaviour(Manner.SILENT),
    "BROKEN1": Behaviour(Manner.MALFORMED),
    "AB12345": Behaviour(delay_s=0.2),
    "GONE1": Behaviour(Manner.NO_RECORD),
    "SLOW1": Behaviour(delay_s=0.1, confirmations=("IN PROCESS", "CONFIRMED")),
    "ODD1": Behaviour(confirmations=("MAYBE",)),
    "HANGS1": Behaviour(Manner.SILENT),
}


@pytest.fixture(scope="session")
def switch() -> Iterator[Serving]:
    """The simulator on loopback."""
    records = (*RECORDS, an_entry("GONE1"))
    with Serving(run_switch, "127.0.0.1", 0, records, behaviours=BEHAVIOURS) as running:
        yield running


@pytest.fixture(scope="session")
def hq(tmp_path_factory: pytest.TempPathFactory, switch: Serving) -> Iterator[Headquarters]:
    """Headquarters on loopback."""
    there = made(tmp_path_factory.mktemp("hq"))
    with serving(there.folder, ("127.0.0.1", switch.port)) as running:
        yield replace(there, url=f"http://127.0.0.1:{running.port}")
