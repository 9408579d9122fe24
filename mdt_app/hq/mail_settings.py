"""Where headquarters hands its mail to: the agency's own mail server, over TLS."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mdt_app.domain.errors import BadInput
from mdt_app.services.settings_file import settings_of, settings_values

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
    missing = f"There are no mail settings at {path}."
    known = settings_values(path, missing, "Write them as docs/alert-mail.md shows.")
    if "password" in known:
        raise BadInput(f"{path.name} holds a password.", "Take it out, and give it as MDT_MAIL_PASSWORD.")
    return settings_of(path, MailSettings, known | {"password": password})


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
