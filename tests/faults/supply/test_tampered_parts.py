"""Row 26 of the fault table: a tampered dependency is not installed, and an audit that can't check does not pass."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.fakes.campaign import STEPS

ROOT = Path(__file__).parents[3]
WHEEL = "kept_parts-1.0-py3-none-any.whl"
HOLE = {"id": "PYSEC-0000-1", "aliases": [], "summary": "made up for this test", "modified": "2026-01-01T00:00:00Z"}
AFFECTED = {"package": {"name": "kept-parts", "ecosystem": "PyPI"}, "versions": ["1.0"]}


def wheel(folder: Path, code: str) -> Path:
    """A wheel whose own list of files is right, as a forger would make it too."""
    about = "kept_parts-1.0.dist-info"
    files = {
        "kept_parts.py": code,
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: kept-parts\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{name},sha256={_digest(text)},{len(text)}" for name, text in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*rows, f"{about}/RECORD,,"]) + "\n"
    with zipfile.ZipFile(folder / WHEEL, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return folder / WHEEL


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def asked_of_pip() -> list[str]:
    """The words by which `make venv` has pip install the lock, without the lock's name."""
    line = next(
        row for row in (ROOT / "Makefile").read_text().splitlines() if "-m pip" in row and "--require-hashes" in row
    )
    return line.partition("-m pip ")[2].split()[:-1]


@pytest.mark.parametrize("tampered", [True, False], ids=["tampered", "as it was locked"])
def test_a_tampered_part_is_not_installed(tmp_path: Path, tampered: bool) -> None:
    """By the Makefile's own words: what is not the locked one fails by its hash; the control goes in."""
    made = wheel(tmp_path, "PLACE = 'as it was'\n")
    lock = tmp_path / "the.lock"
    lock.write_text(f"kept-parts==1.0 --hash=sha256:{hashlib.sha256(made.read_bytes()).hexdigest()}\n")
    if tampered:
        wheel(tmp_path, "PLACE = 'with a door at the back'\n")
    there = ("--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "there"))
    command = (sys.executable, "-m", "pip", *asked_of_pip(), str(lock), *there)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) is tampered, done.stderr
    assert ("DO NOT MATCH THE HASHES" in done.stderr) is tampered
    assert (tmp_path / "there" / "kept_parts.py").exists() is not tampered


@contextmanager
def advisories(known: bool) -> Iterator[str]:
    """A service of known holes on loopback (a SIMULATOR of OSV), which knows one of our part, or none."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps({"vulns": [{**HOLE, "affected": [AFFECTED]}]} if known else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """The test says what it has to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def audit() -> list[str]:
    """The words of `make audit`; skipped where its auditor can't be fetched."""
    line = next(row for row in (ROOT / "Makefile").read_text().splitlines() if "pip-audit" in row and row[0] == "\t")
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    words = [uv or "uv", *line.partition("/uv ")[2].split()[:-1]]
    probe = subprocess.run((*words[: words.index("--strict")], "--version"), capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("the auditor can't be fetched from the package index")
    return words


@pytest.mark.skipif(not STEPS, reason="the auditor comes from the package index: part of the soak")
@pytest.mark.parametrize(("service", "passes"), [("clean", True), ("hole", False), ("silent", False)])
def test_an_audit_passes_only_what_it_could_check(audit: list[str], tmp_path: Path, service: str, passes: bool) -> None:
    """A known hole, and a service that does not answer, both end it with an error; the control, a clean one, passes."""
    lock = tmp_path / "the.lock"
    lock.write_text(f"kept-parts==1.0 --hash=sha256:{'0' * 64}\n")
    with advisories(known=service == "hole") as url:
        asked = "http://127.0.0.1:9" if service == "silent" else url
        words = (*audit, str(lock), "--vulnerability-service", "osv", "--osv-url", asked)
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is passes, done.stdout + done.stderr
    assert ("PYSEC-0000-1" in done.stdout) is (service == "hole")
