"""The camera registry: what it holds, what stops the start, and where a login comes from."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from mdt_app.domain.equipment import CameraKind
from mdt_app.domain.errors import BadInput
from mdt_app.services.camera_table import read_cameras, with_cameras
from mdt_app.services.settings import CameraSettings, CarSettings
from mdt_app.wiring.car_devices import CAMERA_LOGINS, CarDevices, keep_login

ROW = {
    "id": '"L"',
    "source": '"rtsp://192.168.10.21/one"',
    "kind": '"mobile"',
    "place": '"roof, front left"',
    "lane": '"left"',
    "field_of_view_deg": "25",
    "agency_number": '"NPD-0412"',
}


def write(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("\n".join(f"[[cameras]]\n{chr(10).join(f'{k} = {v}' for k, v in row.items())}\n" for row in rows))
    return path


def test_a_registry_is_read_with_all_that_the_books_want(tmp_path):
    """Kind, place, lane, field of view and the agency's number; several cameras in their order."""
    second = {**ROW, "id": '"R"', "agency_number": '"NPD-0413"', "kind": '"fixed"', "login": "true"}
    left, right = read_cameras(write(tmp_path / "cameras.toml", ROW, second))
    assert (left.id, left.kind, left.place, left.lane) == ("L", CameraKind.MOBILE, "roof, front left", "left")
    assert (left.field_of_view_deg, left.agency_number, left.login) == (25, "NPD-0412", False)
    assert (right.kind, right.login) == (CameraKind.FIXED, True)
    assert left.equipment().agency_number == "NPD-0412"


WRONG = [
    ({**ROW, "kind": '"flying"'}, "cameras.toml:4: cameras.0.kind"),
    ({k: v for k, v in ROW.items() if k != "lane"}, "cameras.toml:1: cameras.0.lane is missing"),
    ({**ROW, "color": '"red"'}, "cameras.toml:9: cameras.0.color is not known here"),
    ({**ROW, "field_of_view_deg": "0"}, "cameras.toml:7: cameras.0.field_of_view_deg"),
    ({**ROW, "agency_number": '""'}, "cameras.toml:8: cameras.0.agency_number"),
    ({**ROW, "source": '"rtsp://u:p@h/one"'}, "cameras.toml:3: cameras.0.source holds a login"),
]


@pytest.mark.parametrize(("row", "told"), WRONG, ids=[told.rsplit(".", 1)[1][:30] for _, told in WRONG])
def test_a_fault_is_told_with_file_line_and_key(tmp_path, row, told):
    """What is wrong, missing, unknown or secret stops the start, and the login itself is not repeated."""
    with pytest.raises(BadInput) as caught:
        read_cameras(write(tmp_path / "cameras.toml", row))
    assert told in caught.value.words
    assert "u:p" not in caught.value.words


@pytest.mark.parametrize("name", ["id", "agency_number"])
def test_doubles_are_refused(tmp_path, name):
    """Two cameras never share an id or an agency's number; both lines are told."""
    other = {**ROW, "id": '"R"', "agency_number": '"NPD-9"', name: ROW[name]}
    with pytest.raises(BadInput) as caught:
        read_cameras(write(tmp_path / "cameras.toml", ROW, other))
    assert caught.value.words.count("stands there twice") == 2


@pytest.mark.parametrize("text", ["", "cameras = []", "[[cameras", "\xff"])
def test_what_is_no_registry_is_refused_in_words(tmp_path, text):
    """Empty, broken, and not even text."""
    path = tmp_path / "cameras.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInput):
        read_cameras(path)
    with pytest.raises(BadInput, match="can't be read"):
        read_cameras(tmp_path / "missing.toml")


def settings(**changes: object) -> CarSettings:
    known = {
        "car_id": "CAR1",
        "unit": "1",
        "ori": "CT0056700",
        "headquarters": "http://h",
        "headquarters_key": "A" * 43 + "=",
    }
    return CarSettings(**known, **changes)


def test_the_settings_name_the_registry_and_the_command_line_another(tmp_path):
    """A path beside the settings; what the command line gives goes before it; cameras in the settings stay."""
    write(tmp_path / "mine.toml", ROW)
    write(tmp_path / "other.toml", {**ROW, "id": '"X"'})
    car = settings(camera_table="mine.toml", cameras=(CameraSettings(id="own", source="x"),))
    assert [one.id for one in with_cameras(car, tmp_path).cameras] == ["own", "L"]
    assert [one.id for one in with_cameras(car, tmp_path, tmp_path / "other.toml").cameras] == ["own", "X"]
    assert with_cameras(settings(), tmp_path).cameras == ()


class Ring(KeyringBackend):
    """A keyring of this test alone."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def ring():
    before, one = keyring.get_keyring(), Ring()
    keyring.set_keyring(one)
    yield one
    keyring.set_keyring(before)


def source_of(camera: CameraSettings) -> str:
    """The source with which the camera's process would be started."""
    devices = CarDevices(settings(cameras=(camera,)), lambda _: None, lambda _: None)
    try:
        return devices.cameras[camera.id]._order.spec
    finally:
        devices.stop()


def test_a_login_comes_from_the_keyring_and_fits_into_the_address(ring):
    """Signs that an address would take for its own are escaped; without a login in the keyring the start is refused."""
    camera = CameraSettings(id="L", source="rtsp://192.168.10.21/one", login=True)
    with pytest.raises(BadInput, match="there is none in the keyring"):
        source_of(camera)
    keep_login("L", "viewer", "p@ss:/1")
    assert ring.kept == {(CAMERA_LOGINS, "L"): "viewer:p@ss:/1"}
    assert source_of(camera) == "rtsp://viewer:p%40ss%3A%2F1@192.168.10.21/one"
    with pytest.raises(BadInput, match="no colon"):
        keep_login("L", "a:b", "c")


def test_the_example_is_a_registry():
    """What the project gives as an example is read without a fault."""
    example = Path(__file__).parents[3] / "resources" / "cameras" / "example.toml"
    assert [camera.id for camera in read_cameras(example)] == ["L", "R", "B"]
