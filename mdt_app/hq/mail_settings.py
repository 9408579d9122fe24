"""Where headquarters hands its mail to: the agency's own mail server, over TLS."""

from __future__ import annotations

import ipaddress
import tomllib
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mdt_app.domain.errors import BadInput
from mdt_app.services.toml_lines import toml_values

MailAddress = Annotated[str, Field(pattern=r"^[^@\s<>,;:\x00-\x1f\x7f]{1,64}@[A-Za-z0-9.-]{1,190}$")]


class MailSettings(BaseModel):
    """The mail server, by STARTTLS. `look_at` is what the mails say where to look: the console's address or name.

    `authority`: a PEM file of the server's authority, where it is not a public one. Without TLS it may be at this
    machine's own addresses alone. The password is no setting (MDT_MAIL_PASSWORD).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Annotated[str, Field(min_length=1, max_length=253)]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    sender: MailAddress
    look_at: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
    user: str = ""
    starttls: bool = True
    authority: str = ""
    password: str = Field(default="", repr=False, exclude=True)

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if not self.starttls and not _is_here(self.host):
            raise ValueError("without STARTTLS the mail server has to be on this machine")
        return self


def read_mail_settings(path: Path, password: str) -> MailSettings:
    """Read them (TOML). Raises BadInput that names what is wrong."""
    try:
        known = toml_values(path.read_text(encoding="utf-8"))
        if "password" in known:
            raise BadInput(f"{path.name} holds a password.", "Take it out, and give it as MDT_MAIL_PASSWORD.")
        return MailSettings.model_validate(known | {"password": password})
    except OSError as fault:
        raise BadInput(f"There are no mail settings at {path}.", "Write them as docs/alert-mail.md shows.") from fault
    except UnicodeDecodeError as fault:
        raise BadInput(f"{path.name} can't be read.", "Save it as UTF-8 text.") from fault
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"{path.name} is not valid TOML: {fault}.", "Mend the file at that place.") from fault
    except ValidationError as fault:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise BadInput(f"{path.name}: {faults}.", "Correct these keys; nothing was started.") from fault


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
