"""One headquarters with the message switch simulator behind it, for all tests here that do not harm it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from mdt_app.hq.switch import Behaviour, Manner, run_switch
from tests.fakes.headquarters import Headquarters, Serving, an_entry, made, serving
from tests.fakes.postgresql import PostgreSQL, running_postgresql

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
    "SLOW1": Behaviour(delay_s=0.1, confirmations=("in_process", "confirmed")),
    "ODD1": Behaviour(confirmations=("MAYBE",)),
    "HANGS1": Behaviour(Manner.SILENT),
}


@pytest.fixture(scope="session")
def switch() -> Iterator[Serving]:
    """The simulator on loopback."""
    records = (*RECORDS, an_entry("GONE1"))
    with Serving(run_switch, "127.0.0.1", 0, records, behaviours=BEHAVIOURS) as running:
        yield running


BOTH = {
    "test_hq_access",
    "test_hq_ingest",
    "test_hq_lists",
    "test_hq_accounts",
    "test_hq_backup",
    "test_hq_field",
    "test_hq_mails",
    "test_hq_openapi",
    "test_hq_news",
    "test_hq_packages",
    "test_hq_records_check",
    "test_hq_confirmations",
    "test_hq_heads",
    "test_hq_keeping",
    "test_hq_oversight",
    "test_hq_sharing",
    "test_hq_registers",
    "test_hq_reports",
    "test_hq_audits",
    "test_hq_search",
    "test_hq_register_effects",
    "test_hq_entries",
    "test_hq_list_pieces",
    "test_hq_drills",
    "test_hq_training",
    "test_hq_plate_access",
}
"""The modules whose tests run against PostgreSQL as well as against the embedded default; in the soak all do."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test its databases."""
    if "hq" in metafunc.fixturenames:
        both = metafunc.module.__name__.rpartition(".")[2] in BOTH or "MDT_SOAK_STEPS" in os.environ
        kinds = ("sqlite", "postgresql") if both else ("sqlite",)
        metafunc.parametrize("hq", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A real PostgreSQL server, or a skip that says why there is none."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def hq(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, switch: Serving
) -> Iterator[Headquarters]:
    """Headquarters on loopback, over the database that the test asks for."""
    server: PostgreSQL | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    there = made(tmp_path_factory.mktemp("hq"), database=server.database() if server else None)
    with serving(there.folder, ("127.0.0.1", switch.port), database=there.database) as running:
        yield replace(there, url=f"http://127.0.0.1:{running.port}")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def mine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, switch: Serving
) -> Iterator[Headquarters]:
    """A headquarters of a module's own, over both databases: for tests that harm it, or change its people."""
    server: PostgreSQL | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    there = made(tmp_path_factory.mktemp("mine"), database=server.database() if server else None)
    with serving(there.folder, ("127.0.0.1", switch.port), database=there.database) as running:
        yield replace(there, url=f"http://127.0.0.1:{running.port}")
