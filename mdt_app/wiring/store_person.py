"""Who acts on a car's folder at the command line: proved and on record before anything is done (IA-11, AUD-1)."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass, field

from cache.store import CacheStore
from devices.security_key import SecurityKeyReader
from mdt_app.domain.commands import AskKey
from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import KeyAsked
from mdt_app.domain.ports import Transaction
from mdt_app.domain.privileged import ActOnStore, StoreAct
from mdt_app.domain.security_keys import KeyAnswer, KeyNews, KeyReader, KeyTrouble
from mdt_app.services.bundles import SignedBundles
from mdt_app.services.clock import SystemClock
from mdt_app.services.context import Context, Identity, Outcome
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.on_session import act_on_store, ask_key
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.services.policies import load_policy
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys
from mdt_app.services.settings import CarSettings

KEY_ANSWERS_S = 60.0


@dataclass(frozen=True, slots=True)
class Person:
    """A person at the terminal: who, and what proves it. Without a code a security key is asked, with its PIN."""

    user_id: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    reader: KeyReader = field(default_factory=SecurityKeyReader, repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """The car's settings, which say whose accounts count, and how to ask who is there."""

    settings: CarSettings
    person: Callable[[], Person]

    def act(self, store: CacheStore, act: StoreAct, subject: str = "", **body: object) -> str:
        """Prove the person and put the act on record; returns who it was. Raises Refused, itself on record."""
        person = self.person()
        answer = None if person.code else self._touched(store, person)
        command = ActOnStore(person.user_id, person.password, act, subject, body, person.code, answer)
        self._done(store, lambda ctx: act_on_store(ctx, command))
        return person.user_id

    def _touched(self, store: CacheStore, person: Person) -> KeyAnswer | None:
        """What the person's security key answers. Raises BadInput when none does."""
        asked = self._done(store, lambda ctx: ask_key(ctx, AskKey(person.user_id)))
        question = next(notice.question for notice in asked.notices if isinstance(notice, KeyAsked))
        heard: queue.Queue[KeyNews] = queue.Queue()
        cancel = person.reader.ask(question, person.pin, heard.put)
        try:
            while True:
                news = heard.get(timeout=KEY_ANSWERS_S)
                if isinstance(news, KeyAnswer):
                    return news
                if isinstance(news, KeyTrouble):
                    raise BadInput(f"The security key gives no proof ({news}).", "Try again, or use a code.")
        except queue.Empty:
            raise BadInput("No security key answers.", "Plug it in and touch it, or use a code.") from None
        finally:
            cancel()

    def _done(self, store: CacheStore, handle: Callable[[Context], Outcome]) -> Outcome:
        with store.transaction() as tx:
            outcome = handle(self._context(tx))
        if outcome.refusal is not None:
            raise outcome.refusal
        return outcome

    def _context(self, tx: Transaction) -> Context:
        settings, clock = self.settings, SystemClock()
        return Context(
            tx=tx,
            clock=clock,
            policy=load_policy(settings.policy, settings.policy_overlays, on=clock.now().date()),
            identity=Identity(settings.car_id, settings.ori),
            passwords=Argon2Passwords(),
            second_factor=TotpSecondFactor(),
            security_keys=FidoSecurityKeys(),
            bundles=SignedBundles(settings.headquarters_key),
            index=PackedIndex.of(()),
            lists=(),
            session=None,
        )
