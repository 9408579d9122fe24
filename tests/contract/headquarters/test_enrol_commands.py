"""Enrolment as it is typed: the commands at headquarters and in the car, with the car's real encrypted store."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner, Result

from cache.keys import obtain_key, replace_key
from cache.vault import StoreVault
from mdt_app.cli import app
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.hq.serving import serve
from mdt_app.services.tls import trusting
from mdt_app.sync.client import HqRefused
from mdt_app.sync.identity import CarIdentity, kept_identity
from mdt_app.sync.orders import OrderFollower
from tests.fakes.enrolled import client_of
from tests.fakes.headquarters import DEADLINE_S, ORI, POLICY, Serving


@dataclass(frozen=True)
class Agency:
    """Folders of a headquarters and of a car, and where headquarters serves."""

    hq: Path
    car: Path
    url: str = ""

    def run(self, *words: str) -> Result:
        """Run `mdt` with these words at headquarters; errors of ours are raised."""
        return CliRunner().invoke(app, [*words, "--folder", str(self.hq), "--key-file"], catch_exceptions=False)

    def enrol(self, code: str, *more: str) -> Result:
        """Run `mdt enrol` in the car."""
        words = ["enrol", "--headquarters", self.url, "--code", code, "--folder", str(self.car), "--key-file"]
        return CliRunner().invoke(app, [*words, *more], catch_exceptions=False)


def identity_in(car: Path) -> CarIdentity | None:
    return kept_identity(StoreVault(car / "store.db", obtain_key(car, allow_file=True).raw))


def served(folder: Path) -> tuple[Agency, Serving]:
    """Make a headquarters by its command."""
    agency = Agency(folder / "hq", folder / "car")
    assert agency.run("hq", "init", "--ori", ORI, "--host", "hq.example.org").exit_code == 0
    key = obtain_key(agency.hq, allow_file=True).raw
    return agency, Serving(serve, agency.hq, "127.0.0.1", 0, key=key, switch_address=None, policy=POLICY)


def test_from_init_to_wipe_by_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A car is enrolled, works, keeps its identity through a new store key, is locked, revoked, and seen as such."""
    agency, serving = served(tmp_path)
    with serving:
        agency = Agency(agency.hq, agency.car, f"https://127.0.0.1:{serving.port}")
        code = agency.run("hq", "enrol", "CAR12").stdout.splitlines()[-1]
        done = agency.enrol(code)
        assert 'car_id = "CAR12"' in done.stdout.splitlines()
        with pytest.raises(MdtError):
            agency.enrol(code)
        replace_key(agency.car, allow_file=True)
        identity = identity_in(agency.car)
        assert identity is not None
        secrets = (identity.token.encode(), identity.key.to_der())
        assert all(secret not in path.read_bytes() for path in agency.car.iterdir() for secret in secrets)
        agency.run("hq", "lock", "CAR12", "--reason", "lost")
        with client_of(identity) as client:
            seen: list[str] = []
            OrderFollower(
                client, "CAR12", identity.headquarters_key, lambda order: seen.append(order.kind) or ""
            ).turn()
            assert seen == ["lock"]
            agency.run("hq", "wipe", "CAR12", "--reason", "lost", "--yes")
            agency.run("hq", "revoke", "CAR12", "--reason", "lost")
            with pytest.raises(HqRefused):
                client.fetch_confirmations(0)
        devices = json.loads(agency.run("hq", "devices", "--json").stdout.splitlines()[-1])
    (car,) = devices["devices"]
    assert [(order["kind"], order["state"]) for order in car["orders"]] == [("lock", "done"), ("wipe", None)]
    assert len(car["audit_key"]) == 64
    assert {refusal["reason"] for refusal in devices["refusals"]} == {"revoked"} | {"used_code"}
    assert "CAR12" in agency.run("hq", "devices").stdout
    assert "-----BEGIN CERTIFICATE-----" in agency.run("hq", "authority").stdout


def test_hq_serve_speaks_tls_unless_it_is_told_to_be_plain(tmp_path: Path) -> None:
    """The command serves over TLS by default; `--plain` is plain on loopback and refused on any other address."""
    agency, _ = served(tmp_path)
    command = [sys.executable, "-m", "mdt_app", "hq", "serve", "--folder", str(agency.hq), "--key-file", "--port", "0"]
    authority = agency.run("hq", "authority").stdout
    context = trusting(authority[authority.index("-----BEGIN") :])
    for more, scheme in (([], "https"), (["--plain"], "http")):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen([*command, "--tied", *more], **pipes) as process:
            port = json.loads(process.stdout.readline())["port"]
            with httpx2.Client(verify=context, trust_env=False) as http:
                assert http.get(f"{scheme}://127.0.0.1:{port}/v1/health").status_code == 200
            process.stdin.close()
            assert process.wait(DEADLINE_S) == 0
    refused = subprocess.run([*command, "--plain", "--host", "0.0.0.0"], capture_output=True, text=True, check=False)  # noqa: S104 - refused
    assert (refused.returncode, "Without TLS" in refused.stderr) == (1, True)


def test_a_car_without_an_identity_has_none_and_wrong_words_are_told(tmp_path: Path) -> None:
    """Before the enrolment the store holds no identity; a code that is none, or no car, is said in words."""
    agency, _ = served(tmp_path)
    with pytest.raises(BadInput, match="no enrolment code"):
        Agency(agency.hq, agency.car, "https://127.0.0.1:1").enrol("1234")
    assert identity_in(agency.car) is None
    with pytest.raises(BadInput, match="--car"):
        CliRunner().invoke(app, ["enrol", "--headquarters", "https://x"], catch_exceptions=False)
    with pytest.raises(BadInput):
        agency.run("hq", "revoke", "CAR99", "--reason", "x")
