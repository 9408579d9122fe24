"""Whatever comes from outside is understood or refused with words: files, the switch, gpsd, accounts, keys and codes.

Readers' feeds, NMEA, lists and requests have their fuzzers beside their own tests; docs/threat-model.md names them all.
"""

from __future__ import annotations

import asyncio
import io
import os
import sqlite3
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache.map_file import MapFile
from devices.position.gpsd import GpsdReader
from mdt_app.domain.confirmation import Urgency
from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery, RecordsQuery
from mdt_app.domain.security_keys import KeyQuestion
from mdt_app.hq.dialect import confirmation_understood, understood
from mdt_app.hq.dialect_file import load_dialect
from mdt_app.hq.framing import FRAME_MOST, Frame, framed, receive
from mdt_app.hq.mail_settings import read_mail_settings
from mdt_app.services.bundles import SignedBundles
from mdt_app.services.camera_table import read_cameras
from mdt_app.services.policies import policy_source, read_overlay, read_policy
from mdt_app.services.scenarios import read_scenario
from mdt_app.services.sealed_files import Lock, Opener, opened, seal
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys
from mdt_app.services.settings import read_settings
from mdt_app.wiring.reader_gateway import read_gateway_settings
from mdt_app.wiring.releases import in_force, new_release_key, sign_release, take_release
from tests.fakes.car import SIGNER, issued, officer
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of

ROOT = Path(__file__).parents[3]
EXAMPLES = min(int(os.environ.get("MDT_SOAK_STEPS", "12")), 5_000)
FEW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NCIC = load_dialect("ncic")
QUERY = RecordsQuery("check-1", "h1", "4BXR91", "CT", "PC", "V123456789", "CT0056700", "rdoe")
ASKED = ConfirmationQuery(
    "r1", "h1", 1, Urgency.URGENT, "4BXR91", "CT", "V123456789", "NY0303000", "CT0056700", "rdoe", NOW
)
ACTIVE = "HDR/check-1\nMKE/STOLEN VEHICLE\nLIC/4BXR91\nLIS/CT\nNIC/V123456789"
XML = load_dialect("example-xml")
ACTIVE_XML = (
    "<Message><Header><Transaction>check-1</Transaction></Header><Body><Record><File>STOLEN</File><Status>ACTIVE</Status>"
    "<Plate><Text>4BXR91</Text><State>CT</State></Plate><Number>V123456789</Number></Record></Body></Message>"
)
CONFIRMED = "HDR/r1\nLIC/4BXR91\nSTA/IN PROCESS\nUNT/30\nRNA/Poe\nRAG/NYPD"
TPV = b'{"class":"TPV","mode":3,"time":"2026-11-22T12:00:00Z","lat":41.7,"lon":-72.6,"speed":3.1,"track":84}'


def _mail(path: Path) -> object:
    return read_mail_settings(path, "")


TOML_FILES: dict[str, tuple[bytes, Callable[[Path], object]]] = {
    "policy": (policy_source("newtown").read_text(encoding="utf-8").encode(), read_policy),
    "overlay": ((ROOT / "resources/policies/overlays/ct_pa_26_14.toml").read_bytes(), read_overlay),
    "scenario": ((ROOT / "resources/scenarios/stale-list.toml").read_bytes(), read_scenario),
    "cameras": ((ROOT / "resources/cameras/example.toml").read_bytes(), read_cameras),
    "settings": (
        b'car_id = "CAR12"\nunit = "12"\nori = "CT0056700"\nheadquarters = "https://hq.example"\n'
        b'headquarters_key = "' + SIGNER.public.encode() + b'"\n[position]\nwhere = "usb"\n',
        read_settings,
    ),
    "dialect": (
        (ROOT / "resources/switch/ncic.toml").read_bytes(),
        lambda path: load_dialect(str(path)),
    ),
    "gateway": (
        b'headquarters = "https://hq"\n[[feeds]]\nid = "p"\nkind = "axis"\naddresses = ["10.0.0.1"]\n',
        read_gateway_settings,
    ),
    "mail": (
        b'host = "localhost"\nport = 25\nsender = "a@b.example"\nlook_at = "the console"\n',
        lambda path: read_mail_settings(path, ""),
    ),
}
PIECES = st.binary(max_size=24) | st.sampled_from(
    [b"[" * 3000, b"= ", b'"""', b"[[", b"]", b"\xff\xfe", b"\x00", b"1e999", b"-1", b"nan", b"9" * 5000, b'"\\ud800"',
     b"2026-13-45", b"{a=1}", b"true", "\N{SUPERSCRIPT TWO}".encode(), b"\r\n", b"/"]
)  # fmt: skip
DEEP = st.integers(2_000, 60_000).map(lambda times: b"[" * times)


def spoilt(sample: bytes) -> st.SearchStrategy[bytes]:
    """The sample with a stretch cut out and something else put there, or something else altogether."""
    places = st.integers(0, len(sample))
    changed = st.tuples(places, st.integers(0, 40), PIECES).map(
        lambda t: sample[: t[0]] + t[2] + sample[t[0] + t[1] :],
    )
    return changed | st.binary(max_size=200)


@pytest.mark.parametrize("name", TOML_FILES)
@FEW
@given(data=st.data())
def test_a_file_of_settings_is_read_or_refused_with_words(name: str, data: st.DataObject, tmp_path: Path) -> None:
    """Policy, overlay, scenario, cameras, settings: any bytes end in a value or in words with a remedy."""
    sample, read = TOML_FILES[name]
    path = tmp_path / f"{name}.toml"
    path.write_bytes(data.draw(spoilt(sample)))
    with suppress(BadInput):
        read(path)


def test_the_samples_are_read(tmp_path: Path) -> None:
    """The negative control: what the fuzzers spoil is read while it is whole."""
    for name, (sample, read) in TOML_FILES.items():
        (tmp_path / f"{name}.toml").write_bytes(sample)
        assert read(tmp_path / f"{name}.toml"), name
    assert understood(NCIC, QUERY, ACTIVE) is CheckAnswer.ACTIVE
    assert confirmation_understood(NCIC, ASKED, CONFIRMED).until_minutes == 30
    assert understood(XML, QUERY, ACTIVE_XML) is CheckAnswer.ACTIVE
    assert GpsdReader().take(TPV) is not None


@FEW
@given(data=st.data())
def test_what_the_switch_says_is_understood_or_refused(data: st.DataObject) -> None:
    """No answer but one with this check's id, plate, state and NIC is active; confirmations are read or refused."""
    text = data.draw(spoilt(ACTIVE.encode())).decode("ascii", "replace")
    if understood(NCIC, QUERY, text) is CheckAnswer.ACTIVE:
        assert text.startswith("HDR/check-1\n")
        assert all(part in text.upper().replace("O", "0") for part in ("LIC/4BXR91", "NIC/V123456789"))
    told_xml = data.draw(spoilt(ACTIVE_XML.encode())).decode("utf-8", "replace")
    if understood(XML, QUERY, told_xml) is CheckAnswer.ACTIVE:
        assert all(part in told_xml.upper().replace("O", "0") for part in ("CHECK-1", "4BXR91", "V123456789"))
    with suppress(BadInput):
        told = confirmation_understood(NCIC, ASKED, data.draw(spoilt(CONFIRMED.encode())).decode("utf-8", "replace"))
        assert 0 <= told.until_minutes <= 1440


FRAMES = {
    "marks": NCIC.frame,
    "two bytes": Frame(length=2, line="\n", mark="/"),
    "two bytes, counted": Frame(length=2, counts_itself=True, line="\n", mark="/"),
    "four bytes, counted, and marks": load_dialect("example-length").frame,
}


async def _received(frame: Frame, data: bytes) -> str:
    reader = asyncio.StreamReader(limit=FRAME_MOST)
    reader.feed_data(data)
    reader.feed_eof()
    return await receive(reader, frame)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@FEW
@given(data=st.data())
def test_any_bytes_on_the_switchs_line_are_a_message_or_refused(frame: Frame, data: st.DataObject) -> None:
    """Whole messages come as they were sent, and the next begins behind them; cut, spoilt or too long is refused."""
    whole = framed(frame, ACTIVE)
    assert asyncio.run(_received(frame, whole + whole)) == ACTIVE
    for cut in {1, len(whole) // 2, len(whole) - 1}:
        with pytest.raises((BadInput, EOFError)):
            asyncio.run(_received(frame, whole[:cut]))
    with suppress(BadInput, EOFError):
        assert len(asyncio.run(_received(frame, data.draw(spoilt(whole))))) < FRAME_MOST
    with pytest.raises(BadInput, match="too long"):
        framed(frame, "x" * FRAME_MOST)
    if frame.length:
        with pytest.raises(BadInput, match=r"too long|cut off"):
            asyncio.run(_received(frame, b"\xff" * frame.length + b"x"))
        with pytest.raises(BadInput, match="as agreed"):
            asyncio.run(_received(frame, bytes(frame.length) + whole))


@FEW
@given(line=spoilt(TPV) | DEEP)
def test_gpsd_is_believed_only_within_the_earth(line: bytes) -> None:
    """Any line is a fix on the earth, counted, or refused and counted."""
    reader = GpsdReader()
    seen = reader.take(line)
    assert reader.sentences + reader.faults.total() == 1 or seen is None
    if seen is not None and seen.lat is not None:
        assert -90 <= seen.lat <= 90


ACCOUNTS = issued(officer("rdoe"), at=NOW)


@FEW
@given(content=spoilt(ACCOUNTS.content), signature=spoilt(ACCOUNTS.signature))
def test_accounts_that_nobody_signed_are_refused(content: bytes, signature: bytes) -> None:
    """Changed accounts are refused by their signature; signed ones that make no sense by their content."""
    reader = SignedBundles(SIGNER.public)
    if (content, signature) != (ACCOUNTS.content, ACCOUNTS.signature):
        with pytest.raises(BadInput):
            reader.read(content, signature)
    with suppress(BadInput):
        reader.read(content, SIGNER.sign(content))


def a_sealed_file() -> bytes:
    """A file sealed for a key, as packages and backups are."""
    target = io.BytesIO()
    seal("package", (Lock(public=SEALED_FOR.public_key()),), [b"plates " * 40], target)
    return target.getvalue()


SEALED_FOR = X25519PrivateKey.generate()
SEALED = a_sealed_file()


@FEW
@given(content=spoilt(SEALED) | DEEP.map(lambda line: line + b"\n"))
def test_a_sealed_file_opens_whole_or_not_at_all(content: bytes) -> None:
    """A package or backup with any byte changed is refused with words."""
    with suppress(BadInput):
        whole = b"".join(opened("package", Opener(private=SEALED_FOR), io.BytesIO(content)))
        assert (content, whole) == (SEALED, b"plates " * 40)


def a_release(packing: str) -> bytes:
    """A small release's archive, packed so."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=f"w:{packing}") as out:
        for name in ("release/VERSION", "release/lib/one.py", "parts/of-1.1/two.py"):
            member = tarfile.TarInfo(name)
            member.size = 8
            out.addfile(member, io.BytesIO(b"mdt 1.1\n"))
    return target.getvalue()


ARCHIVES = [a_release(packing) for packing in ("", "xz", "gz", "bz2")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes a release by its installer")
@FEW
@given(data=st.data())
def test_a_release_that_is_spoilt_changes_nothing(data: st.DataObject, tmp_path: Path) -> None:
    """Its manifest, or its archive and the maker signed it so: refused with words, the release in force stays."""
    home, archive, key = tmp_path / "home", tmp_path / "1.1.tar", tmp_path / "key"
    if not home.exists():
        (home / "releases" / "1.0" / "bin").mkdir(parents=True)
        (home / "releases" / "1.0" / "bin" / "python").symlink_to("/bin/false")
        (home / "current").symlink_to("releases/1.0")
        (tmp_path / "public").write_text(new_release_key(key))
    archive.write_bytes(data.draw(st.sampled_from(ARCHIVES).flatmap(spoilt)))

    def signed_and_taken() -> None:
        manifest = sign_release(archive, "1.1", "debian-12", key)
        if data.draw(st.booleans()):
            manifest.write_bytes(data.draw(spoilt(manifest.read_bytes())))
        take_release(archive, (tmp_path / "public").read_text(), "debian-12", home)

    with pytest.raises(BadInput):
        signed_and_taken()
    assert in_force(home) == "1.0"
    assert not list(home.rglob("*.draft"))


def a_map(folder: Path) -> bytes:
    """A small MBTiles file."""
    with closing(sqlite3.connect(folder / "good.mbtiles")) as made:
        made.executescript(
            "CREATE TABLE metadata (name, value); CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data);"
            "INSERT INTO metadata VALUES ('format', 'png'); INSERT INTO tiles VALUES (1, 0, 0, x'00'), (2, 1, 1, 99);"
        )
        made.commit()
    return (folder / "good.mbtiles").read_bytes()


@FEW
@given(data=st.data())
def test_a_map_file_gives_tiles_or_words(data: st.DataObject, tmp_path: Path) -> None:
    """A damaged map is refused, or gives bytes or nothing for a tile."""
    sample = a_map(tmp_path) if not (tmp_path / "good.mbtiles").exists() else (tmp_path / "good.mbtiles").read_bytes()
    path = tmp_path / "map.mbtiles"
    path.write_bytes(data.draw(spoilt(sample)))
    with suppress(BadInput):
        held = MapFile(path)
        with closing(held):
            low, high = held.zooms
            for zoom in {low, high, 2}:
                assert isinstance(held.tile(zoom, 1, 0), bytes | None)


@FEW
@given(code=st.text(max_size=40) | st.from_regex(r"\d{6}", fullmatch=True))
def test_no_made_up_code_opens_anything(code: str) -> None:
    """Codes and release codes are compared, whatever was typed."""
    factor = TotpSecondFactor()
    step = factor.step("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", code, NOW)
    assert step is None or (step * 30 <= NOW.timestamp() + 60 and code.strip().isdecimal())
    assert factor.releases(b"\x07" * 32, "rdoe", "12345678", code) in {True, False}
    assert not factor.releases(b"\x07" * 32, "rdoe", "", code)


KEY = SoftwareKey()
HELD = enrolled(KEY)
CHALLENGE = b"c" * 32
PROVED = put(reader_of(KEY), KeyQuestion(CHALLENGE, (HELD.credential_id,), HELD.verifies), KEY.pin)


@FEW
@given(data=st.data(), part=st.sampled_from(["client_data", "authenticator_data", "signature"]))
def test_a_security_keys_answer_with_a_byte_changed_proves_nothing(data: st.DataObject, part: str) -> None:
    """The whole answer proves; any other bytes in any of its parts do not, and raise nothing."""
    keys = FidoSecurityKeys()
    assert keys.proof([HELD], CHALLENGE, PROVED) is not None
    changed = replace(PROVED, **{part: data.draw(spoilt(getattr(PROVED, part)))})
    if changed != PROVED:
        assert keys.proof([HELD], CHALLENGE, changed) is None
