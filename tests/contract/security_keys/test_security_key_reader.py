"""What every security key gives through the reader: the CTAP2 simulator always, a real one where there is one."""

from __future__ import annotations

import os
import secrets
import threading
import time
from dataclasses import replace

import pytest
from fido2.hid import CtapHidDevice

from devices.security_key import SecurityKeyReader
from mdt_app.domain.errors import BadInput
from mdt_app.domain.security_keys import KeyAnswer, KeyQuestion, KeyTrouble, KeyWaits, KeyWish, NewKey, SecurityKey
from mdt_app.services.fido_checks import registered
from mdt_app.services.security_keys import FidoSecurityKeys, question
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of

REAL = os.environ.get("MDT_SECURITY_KEY_PIN")
"""Set (also empty) by a person who has a key plugged in and touches it when it blinks."""


@pytest.fixture(params=["simulator", "simulator with PIN", "real"])
def reader(request):
    """A reader with a key, and the key's PIN."""
    if request.param != "real":
        pin = "2468" if request.param.endswith("PIN") else ""
        return reader_of(SoftwareKey(pin)), pin
    if REAL is None or not list(CtapHidDevice.list_devices()):
        pytest.skip("no security key with somebody to touch it: plug one in, and set MDT_SECURITY_KEY_PIN")
    return SecurityKeyReader(), REAL


def made(reader: SecurityKeyReader, pin: str, known: tuple[str, ...] = ()) -> tuple[KeyWish, NewKey]:
    wish = KeyWish(secrets.token_bytes(32), "rdoe", "Ofc. R. Doe", known)
    new = put(reader, wish, pin)
    assert isinstance(new, NewKey), new
    return wish, new


def asked(*keys: SecurityKey) -> KeyQuestion:
    return question(keys, secrets.token_bytes(32), "rdoe", b"secret")


@pytest.mark.clause("ACC-1")
def test_a_registered_key_proves_itself_with_a_rising_counter(reader):
    """Registration gives a public key by which two answers in turn hold, each for its own challenge alone."""
    there, pin = reader
    wish, new = made(there, pin)
    key = registered(wish.challenge, new, "key A")
    assert key.verifies is bool(pin)
    first, second = asked(key), asked(key)
    one, two = put(there, first, pin), put(there, second, pin)
    keys = FidoSecurityKeys()
    held, later = keys.proof([key], first.challenge, one), keys.proof([key], second.challenge, two)
    assert held is not None
    assert later is not None
    assert later.counter > held.counter > key.counter or later.counter == key.counter == 0
    assert keys.proof([key], second.challenge, one) is None
    assert keys.proof([], first.challenge, one) is None


def test_a_key_is_registered_once_and_unknown_credentials_are_told(reader):
    """The same key again is KNOWN; a question for somebody else's credential is WRONG."""
    there, pin = reader
    wish, new = made(there, pin)
    key = registered(wish.challenge, new, "key A")
    assert put(there, KeyWish(secrets.token_bytes(32), "rdoe", "x", (key.credential_id,)), pin) is KeyTrouble.KNOWN
    assert put(there, asked(), pin) is KeyTrouble.WRONG


@pytest.fixture
def key() -> SoftwareKey:
    return SoftwareKey()


@pytest.mark.parametrize("part", ["client_data", "authenticator_data", "signature"])
def test_an_answer_with_any_byte_changed_is_none(key, part):
    """Every byte of what the client says, of the key's data and of the signature counts; also cut or empty."""
    held = enrolled(key)
    put_to = asked(held)
    answer = put(reader_of(key), put_to)
    keys, whole = FidoSecurityKeys(), getattr(answer, part)
    assert keys.proof([held], put_to.challenge, answer) is not None
    bad = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(len(whole))]
    for changed in (*bad, b"", whole[:-1], whole[:5]):
        assert keys.proof([held], put_to.challenge, replace(answer, **{part: changed})) is None, changed


def test_an_answer_without_a_person_or_for_another_site_is_none(key):
    """Presence is demanded, and so is the relying party, whatever else is right."""
    held = enrolled(key)
    put_to = asked(held)
    key.flags_off = True
    assert FidoSecurityKeys().proof([held], put_to.challenge, put(reader_of(key), put_to)) is None
    key.flags_off = False
    key.rp_hash = bytes(32)
    assert FidoSecurityKeys().proof([held], put_to.challenge, put(reader_of(key), put_to)) is None


def test_a_key_that_was_registered_with_its_pin_is_asked_for_it_each_time():
    """An answer without verification does not hold; without the PIN there is none; a wrong one is told."""
    key = SoftwareKey("2468")
    held, there = enrolled(key), reader_of(key)
    assert held.verifies
    assert put(there, asked(held)) is KeyTrouble.PIN_NEEDED
    weak = asked(replace(held, verifies=False))
    assert FidoSecurityKeys().proof([held], weak.challenge, put(there, weak)) is None
    for left in range(7, -1, -1):
        told = put(there, asked(held), "0000")
        assert told is (KeyTrouble.PIN_WRONG if left else KeyTrouble.PIN_BLOCKED)
    assert put(there, asked(held), "2468") is KeyTrouble.PIN_BLOCKED


def test_a_forged_registration_is_refused(key):
    """Another challenge, garbage, and an answer of another kind are BadInput."""
    wish, new = made(reader_of(key), "")
    held = registered(wish.challenge, new, "key A")
    put_to = asked(held)
    answer = put(reader_of(key), put_to)
    for challenge, wrong in (
        (bytes(32), new),
        (wish.challenge, replace(new, attestation=b"\xff" * 40)),
        (wish.challenge, replace(new, client_data=b"{}")),
        (put_to.challenge, replace(new, client_data=answer.client_data)),
    ):
        with pytest.raises(BadInput):
            registered(challenge, wrong, "x")


def test_absent_untouched_and_cancelled_are_told_apart_and_block_nobody(key):
    """No key: INSERT is told, then ABSENT. No finger: TOUCH, then TIMEOUT. Esc: CANCELLED. `ask` returns at once."""
    held = enrolled(key)
    heard: list[object] = []
    ended = threading.Event()

    def hear(news: object) -> None:
        heard.append(news)
        if not isinstance(news, KeyWaits):
            ended.set()

    def until_end() -> list[object]:
        assert ended.wait(10)
        ended.clear()
        return [heard.pop(0) for _ in range(len(heard))]

    begun = time.monotonic()
    reader_of(wait_s=0.2).ask(asked(held), "", hear)
    assert time.monotonic() - begun < 0.1
    assert until_end() == [KeyWaits.INSERT, KeyTrouble.ABSENT]
    key.touch.clear()
    reader_of(key, wait_s=0.2).ask(asked(held), "", hear)
    assert until_end() == [KeyWaits.TOUCH, KeyTrouble.TIMEOUT]
    cancel = reader_of(key).ask(asked(held), "", hear)
    cancel()
    assert until_end()[-1] is KeyTrouble.CANCELLED


def test_a_key_plugged_in_late_is_found_and_the_right_one_of_two_is_asked(key):
    """The reader looks again; of several it asks the one that holds the credential: the other never blinks."""
    held, other = enrolled(key), SoftwareKey()
    plugged: list[SoftwareKey] = []
    reader, answers = SecurityKeyReader(lambda: list(plugged), 10), []
    done = threading.Event()

    def hear(news: object) -> None:
        if news is KeyWaits.INSERT:
            plugged.extend((other, key))
        if not isinstance(news, KeyWaits):
            answers.append(news)
            done.set()

    reader.ask(asked(held), "", hear)
    assert done.wait(10)
    assert isinstance(answers[0], KeyAnswer)


def test_a_key_that_breaks_is_told_and_nothing_else_happens():
    """Whatever a driver raises: the person hears FAILED, and a pulled key is ABSENT."""

    def broken():
        raise RuntimeError("driver")

    assert put(SecurityKeyReader(broken, 1), asked()) is KeyTrouble.FAILED

    class Pulled(SoftwareKey):
        def call(self, *_, **__):
            raise OSError("no such device")

    assert put(reader_of(Pulled()), asked()) is KeyTrouble.ABSENT
