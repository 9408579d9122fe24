"""Headquarters' answers as the car understands them: what it said, that it refuses, or that it can't be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mdt_app.domain.errors import MdtError, Refused
from mdt_app.sync.wire import Message

if TYPE_CHECKING:
    import httpx2

MessageT = TypeVar("MessageT", bound=Message)

CONTENT_REASONS = frozenset({"malformed", "too_large"})
"""Headquarters' reasons for turning a request away whose content can never be taken."""
CALLER_REASONS = frozenset(
    {
        "no_identity",
        "wrong_identity",
        "not_enrolled",
        "wrong_certificate",
        "bad_signature",
        "bad_device",
        "renewed_early",
        "no_tls",
        "revoked",
        "other_car",
        "other_ori",
        "other_check",
        "no_such_address",
        "no_such_list",
        "no_such_delta",
        "no_policy",
        "no_releases",
        "bad_list",
    }
)
"""Headquarters' other reasons: the caller or the address is wrong, and the content may be taken later."""


class HqUnreachable(MdtError):
    """No answer, none of headquarters' own (a proxy's), or one that says 'later' (5xx): try again later."""


class HqCut(HqUnreachable):
    """The request went out, and the connection ended before an answer came: it may be under way or done."""

    def __init__(self) -> None:
        super().__init__("The link to headquarters was cut.", "It is tried again by itself.")


class HqImpostor(HqUnreachable):
    """What answers at headquarters' address can't show that it is headquarters; it was told nothing."""

    def __init__(self) -> None:
        super().__init__(
            "What answers at headquarters' address is not headquarters, or a clock is wrong.",
            "It was told nothing. Report it.",
        )


class HqBusy(HqUnreachable):
    """Headquarters answers, and says that others come first: this car's turn is in `after_s` seconds."""

    def __init__(self, after_s: float) -> None:
        super().__init__("Headquarters is busy.", "It is tried again by itself.")
        self.after_s = after_s


class HqRefused(MdtError):
    """Headquarters itself refuses this request (4xx). `status` is HTTP's, `reason` one of its own short names."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"Headquarters refuses this: {reason}.", "Ask the administrator.")
        self.status = status
        self.reason = reason


def understood(response: httpx2.Response, kind: type[MessageT]) -> MessageT:
    """Return the answer as a message. Raises HqUnreachable, HqRefused."""
    require_success(response)
    try:
        return kind.model_validate_json(response.content)
    except ValueError as fault:
        raise HqUnreachable("Headquarters' answer can't be understood.", "Ask the administrator.") from fault


def require_success(response: httpx2.Response) -> None:
    """Raise HqRefused where headquarters itself says no, HqUnreachable for any other trouble."""
    if response.is_success:
        return
    if response.status_code == _BUSY:
        raise HqBusy(_after_s(response))
    if response.status_code in _PASSING or response.status_code not in range(400, 500):
        raise HqUnreachable("Headquarters is in trouble.", "It is tried again by itself.")
    reason = _reason(response)
    if reason not in CONTENT_REASONS | CALLER_REASONS:
        words = f"Something on the way to headquarters refuses (status {response.status_code})."
        raise HqUnreachable(words, "It is tried again by itself.")
    raise HqRefused(response.status_code, reason)


def require_by_rules(response: httpx2.Response) -> None:
    """Raise Refused, in headquarters' own words, where its rules turn down what was asked (409, 422)."""
    if response.status_code in _BY_RULES and (reason := _reason(response)):
        raise Refused(reason, str(response.json().get("words", "")))


def _reason(response: httpx2.Response) -> str:
    """Return the reason that a refusal names, or an empty text: then it is not headquarters' own."""
    try:
        said = response.json()
    except (ValueError, RecursionError):  # endless nesting is no refusal either
        return ""
    reason = said.get("reason") if isinstance(said, dict) else None
    return reason if isinstance(reason, str) else ""


def _after_s(response: httpx2.Response) -> float:
    """When to come again, in seconds: what a busy headquarters says, within bounds."""
    said = response.headers.get("retry-after", "")
    return float(min(int(said), _AFTER_MOST_S)) if said.isascii() and said.isdigit() and len(said) <= 9 else 1.0


_BUSY = 429
_AFTER_MOST_S = 300
_BY_RULES = frozenset({409, 422})
_PASSING = frozenset({408, 425})
"""4xx that say 'later', not 'no'."""
