"""A car's settings, from one TOML file. Unknown keys stop the start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field

from mdt_app.domain.equipment import CameraKind, Equipment
from mdt_app.services.settings_file import settings_of, settings_values


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CameraSettings(_Strict):
    """One camera: its id on reads, and where its picture comes from (folder, file, rtsp:// or device).

    `login`: it asks for a user and a password, which are in the keyring. The rest is as the agency's books have it.
    """

    id: Annotated[str, Field(min_length=1, max_length=16)]
    source: Annotated[str, Field(min_length=1)]
    loop: bool = False
    login: bool = False
    kind: CameraKind = CameraKind.MOBILE
    place: str = ""
    lane: str = ""
    field_of_view_deg: float | None = None
    agency_number: str = ""

    def equipment(self) -> Equipment:
        """The camera as a piece of equipment."""
        return Equipment(self.id, self.kind, self.place, self.lane, self.field_of_view_deg, self.agency_number)


class TestPlateSettings(_Strict):
    """The agency's plate for equipment checks, and from how many metres it has to be read."""

    text: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,10}$")] = "TEST123"
    distance_m: Annotated[float, Field(gt=0, le=100)] = 8.0


class FeedSettings(_Strict):
    """A ready-made reader: its id, its kind (a table of resources/feeds), and the IP addresses it sends from.

    Its secret is in the keyring. `silent_after_s`: it promises a word at least so often, in seconds.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
    kind: str
    addresses: tuple[str, ...]
    camera_id: str = ""
    silent_after_s: float | None = None


class ListenerSettings(_Strict):
    """Where ready-made readers send: an address of this machine or of the car's own network."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8190


class PositionSettings(_Strict):
    """Where the position receiver is: COM3, a device's path, usb, usb:1546:01a8, or gpsd://host:2947."""

    where: Annotated[str, Field(min_length=1)]


class SignalSettings(_Strict):
    """The serial port that tells of lights, siren and ignition, and the table of its byte patterns."""

    port: Annotated[str, Field(min_length=1)]
    table: str = "generic"


class CarSettings(_Strict):
    """Which car this is, who it belongs to, and what is connected to it.

    `camera_table`: the file of the camera registry, beside this one.
    `map_file`: the agency's map for cars (MBTiles); without one the map is a plain grid.
    `sealed_key_file`: the agency allows the store's key in a file sealed by a passphrase, where there is no keyring.
    `reads_store`: the vendor's store of bulk reads, where the policy keeps them out of headquarters.
    `release_key`: the public key of who makes releases (`mdt release key`); without it the car fetches none.
    `recovery_keys`: public keys (`mdt hq recovery-key`) whose holders can open the store in need; what is sealed for
    them is kept at headquarters.
    """

    car_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,32}$")]
    unit: str
    ori: Annotated[str, Field(pattern=r"^[A-Z0-9]{9}$")]
    headquarters: Annotated[str, Field(pattern=r"^https?://")]
    headquarters_key: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
    policy: str = "postc"
    policy_overlays: tuple[str, ...] = ()
    theme: Literal["night", "day", "sun"] = "night"
    language: Literal["en", "es"] = "en"
    map_file: str = ""
    sealed_key_file: bool = False
    reads_store: Annotated[str, Field(pattern=r"^(https?://.+)?$")] = ""
    release_key: Annotated[str, Field(pattern=r"^([A-Za-z0-9+/]{43}=)?$")] = ""
    recovery_keys: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...] = ()
    cameras: tuple[CameraSettings, ...] = ()
    camera_table: str = ""
    test_plate: TestPlateSettings = TestPlateSettings()
    feeds: tuple[FeedSettings, ...] = ()
    feed_listener: ListenerSettings = ListenerSettings()
    position: PositionSettings | None = None
    signals: SignalSettings | None = None


def own_settings(path: Path | None) -> CarSettings:
    """Read these settings, or those in the user's configuration folder. Raises BadInput as `read_settings`."""
    return read_settings(path or user_config_path("patrol-mdt") / "car.toml")


def read_settings(path: Path) -> CarSettings:
    """Read the car's settings. Raises BadInput that names the file and each wrong key."""
    values = settings_values(path, f"There are no settings at {path}.", "Write them as README shows, or run the demo.")
    return settings_of(path, CarSettings, values)
