"""What stands beside the program for whoever answers for it: the bill of materials, and the licences of all parts."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from installer.lock import Locked, System

_TEXTS = re.compile(r"(?i)^(licen[cs]e|copying|notice|authors|third.?party|copyright)")
_CODE = frozenset({".py", ".pyc", ".pyi"})
_CLASSIFIER = re.compile(r"^License :: (OSI Approved :: )?")
_COMMON = Path("/usr/share/common-licenses")
_WHOLE = {"LGPL-3.0": ("LGPL-3", "GPL-3"), "Apache": ("Apache-2.0",)}
"""Licences that have to go along whole, and what Debian, where packages are built, calls their texts."""


@dataclass(frozen=True, slots=True)
class Part:
    """One Python package as it is installed: what its own metadata says of its licence, and the texts it brings."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def installed(folder: Path) -> tuple[Part, ...]:
    """The packages in a folder, by their own metadata, in the order of their names."""
    return tuple(sorted((_part(one) for one in folder.glob("*.dist-info")), key=lambda part: part.name))


def write_papers(
    system: System, version: str, parts: Path, target: Path, wanted: Sequence[Locked], beside: Sequence[Path] = ()
) -> None:
    """Write sbom.cdx.json and the licences into `target`. Raises SystemExit when lock and folder do not agree.

    `wanted`: what the lock names. `beside`: texts of parts that are no Python packages.
    """
    found = installed(parts)
    if {(_plain(one.name), one.version) for one in found} != {(one.name, one.version) for one in wanted}:
        raise SystemExit("What is installed is not what the lock names.")
    target.mkdir(parents=True, exist_ok=True)
    bill = json.dumps(bill_of_materials(system, version, found, wanted), indent=1)
    (target / "sbom.cdx.json").write_text(bill + "\n", encoding="utf-8")
    licences = target / "licences"
    licences.mkdir()
    for text in beside:
        (licences / text.name).write_bytes(text.read_bytes())
    lines = [f"Patrol MDT {version} is licensed under Apache-2.0. It contains, each under its own licence:", ""]
    for part in found:
        lines.append(
            f"{part.name} {part.version}: {part.licence}{'' if part.texts else ' (brings no text of its own)'}"
        )
        for number, text in enumerate(part.texts):
            (licences / f"{part.name}-{number}-{text.name}").write_bytes(text.read_bytes())
    lines += ["", *_whole_texts(found, licences)]
    (target / "LICENCES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _whole_texts(found: Sequence[Part], licences: Path) -> Iterator[str]:
    """Lay the whole texts beside the parts' own; yields a line for each licence, saying which they are."""
    for licence, names in _WHOLE.items():
        if not any(licence in part.licence for part in found):
            continue
        for name in names:
            (licences / name).write_bytes((_COMMON / name).read_bytes())
        yield f"{licence}: the whole text is in licences/{', licences/'.join(names)}."


def bill_of_materials(
    system: System, version: str, found: Sequence[Part], wanted: Sequence[Locked]
) -> dict[str, object]:
    """The bill in CycloneDX 1.6: each package with its version, licence and the hashes that the lock allows."""
    allowed = {one.name: one for one in wanted}
    own = {"type": "application", "bom-ref": "patrol-mdt", "name": "patrol-mdt", "version": version}
    components = [_component(part, allowed[_plain(part.name)]) for part in found]
    python = {"type": "platform", "bom-ref": "python", "name": "Python", "version": system.python}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": own | {"licenses": [{"license": {"id": "Apache-2.0"}}]},
        },
        "components": [python, *components],
        "dependencies": [{"ref": "patrol-mdt", "dependsOn": ["python", *(str(one["bom-ref"]) for one in components)]}],
    }


def _component(part: Part, pinned: Locked) -> dict[str, object]:
    address = f"pkg:pypi/{pinned.name}@{part.version}"
    licence = {"expression": part.licence} if _is_expression(part.licence) else {"license": {"name": part.licence}}
    return {
        "type": "library",
        "bom-ref": address,
        "name": pinned.name,
        "version": part.version,
        "purl": address,
        "licenses": [licence],
        "properties": [{"name": "patrol-mdt:locked-sha256", "value": one} for one in pinned.hashes],
    }


def _part(info: Path) -> Part:
    said = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
    texts = tuple(one for one in sorted(_files(info)) if _TEXTS.match(one.name) and one.suffix not in _CODE)
    licence = _licence(said) or ("as its text says" if texts else "not stated")
    return Part(str(said["Name"]), str(said["Version"]), licence, texts)


def _files(info: Path) -> Iterator[Path]:
    """What a package brought and is still there: some keep their texts beside their code."""
    named = (info / "RECORD").read_text(encoding="utf-8").splitlines()
    there = (info.parent / line.split(",", 1)[0] for line in named)
    return (one for one in there if one.is_file())


def _licence(said: Message) -> str:
    """The SPDX expression, else the classifiers, else the first line of what it calls its licence; may be empty."""
    if expression := said["License-Expression"]:
        return str(expression)
    said_so = [line for line in said.get_all("Classifier", []) if _CLASSIFIER.match(line)]
    return "; ".join(_CLASSIFIER.sub("", line) for line in said_so) or next(_lines(said["License"]), "")


def _lines(text: object) -> Iterator[str]:
    return (line.strip() for line in str(text or "").splitlines() if line.strip())


def _is_expression(licence: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+()-]+)*", licence) is not None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
