"""What goes into a package: the lock for a system, its bill of materials and licences, and rules that name devices."""

from __future__ import annotations

import json
import re
import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from devices.serial_port import KNOWN_RECEIVERS
from installer.lock import LEFT_OUT, LOCK, WINDOWS, Locked, linux, locked
from installer.papers import write_papers
from installer.steps import ROOT

HERE = linux(f"{sys.version_info.major}.{sys.version_info.minor}", "here", 36)


def test_the_lock_is_read_for_each_system_with_every_hash(tmp_path: Path) -> None:
    """Windows' own packages are there on Windows alone; a line without a hash is refused."""
    names = {system.name: {one.name for one in locked(system)} for system in (HERE, WINDOWS)}
    assert {"pywin32", "comtypes", "pywin32-ctypes"} <= names["windows"] - names["here"]
    assert {"jeepney", "secretstorage"} <= names["here"] - names["windows"]
    assert not LEFT_OUT & (names["here"] | names["windows"])
    pinned = LOCK.read_text(encoding="utf-8")
    assert all(digest in pinned for one in locked(WINDOWS) for digest in one.hashes)
    bare = tmp_path / "bare.lock"
    bare.write_text("numpy==2.4.6\n", encoding="utf-8")
    with pytest.raises(ValueError, match="numpy"):
        locked(HERE, bare)


@pytest.mark.skipif(sys.platform != "linux", reason="the environment here is Linux'")
def test_the_bill_names_each_part_as_it_is_installed(tmp_path: Path) -> None:
    """Version, licence and hashes of every package; what is installed and not in the lock is refused."""
    names = {"numpy", "keyring", "pyside6-essentials", "typing-inspection", "onnxruntime"}
    some = tuple(one for one in locked(HERE) if one.name in names)
    parts = _installed(some, tmp_path / "parts")
    write_papers(HERE, "1.2", parts, tmp_path / "doc", some)
    bill = json.loads((tmp_path / "doc" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bill["specVersion"], bill["metadata"]["component"]["version"]) == ("1.6", "1.2")
    by_name = {one["name"]: one for one in bill["components"]}
    for one in some:
        component = by_name[one.name]
        assert component["version"] == one.version
        assert {said["value"] for said in component["properties"]} == set(one.hashes)
        assert component["licenses"] != [{"license": {"name": "not stated"}}], one.name
    known = {one["bom-ref"] for one in bill["components"]}
    assert set(bill["dependencies"][0]["dependsOn"]) == known
    texts = {text.name for text in (tmp_path / "doc" / "licences").iterdir()}
    assert any(name.startswith("numpy-") for name in texts)
    assert {"onnxruntime-0-LICENSE", "LGPL-3", "GPL-3"} <= texts, "one beside its code, those of Qt from the system"
    shutil.rmtree(next(parts.glob("numpy-*.dist-info")))
    with pytest.raises(SystemExit, match="not what the lock names"):
        write_papers(HERE, "1.2", parts, tmp_path / "other", some)


def test_the_rules_name_the_receivers_that_are_looked_for() -> None:
    """udev gives the officer the same receivers that 'usb' finds."""
    rules = (ROOT / "installer" / "debian" / "70-patrol-mdt.rules").read_text(encoding="utf-8")
    named = re.findall(r'idVendor\}=="([0-9a-f]{4})", ATTRS\{idProduct\}=="([0-9a-f\[\]]+)"', rules)
    assert len(named) == 4
    for vendor, product in KNOWN_RECEIVERS:
        assert any(f"{vendor:04x}" == one and re.fullmatch(form, f"{product:04x}") for one, form in named)


def _installed(packages: tuple[Locked, ...], folder: Path) -> Path:
    """The metadata of this environment's packages, as an installation brings them."""
    place = Path(str(distribution("numpy").locate_file("")))
    for one in packages:
        info = next(place.glob(f"{one.name.replace('-', '_')}-*.dist-info"))
        shutil.copytree(info, folder / info.name)
    (folder / "onnxruntime").mkdir()
    shutil.copy(place / "onnxruntime" / "LICENSE", folder / "onnxruntime")
    return folder
