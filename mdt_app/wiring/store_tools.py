"""The store's tools for the command line: trail, cases, keys and retention, each on a car's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import SystemRandom

from cache.keys import obtain_key, replace_key, restore_key
from cache.recovery import add_recipient, new_recovery_key, recover
from cache.store import CacheStore, StoreReader
from cache.vault import StoreVault
from mdt_app.domain.audit import Verdict
from mdt_app.domain.drills import Scenario
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.events import ChainLink
from mdt_app.domain.evidence import Proof, SignedHead
from mdt_app.domain.privileged import StoreAct
from mdt_app.domain.read_search import SearchTerms
from mdt_app.domain.retention import DAY_S, Outlook
from mdt_app.services.case_files import Export, check_case, export_case
from mdt_app.services.clock import SystemClock
from mdt_app.services.disguise import Disguise
from mdt_app.services.policies import load_policy
from mdt_app.services.progress import Progress
from mdt_app.services.scenarios import read_scenario
from mdt_app.services.shift_scenario import Shift, shift_scenario
from mdt_app.services.side_by_side import side_by_side
from mdt_app.services.trail_files import check_file, export_trail, layouts_of, links_of
from mdt_app.sync.event_wire import HeadReceipt
from mdt_app.wiring.car_receipts import found_beside, held_against, kept, lay_beside
from mdt_app.wiring.files import new_file
from mdt_app.wiring.store_person import Actor

_SHIFT_MOST = 20_000
"""So many reads of a shift are looked at."""
Passphrase = Callable[[], str] | None


@dataclass(frozen=True, slots=True)
class Place:
    """A car's folder and how its key may be kept."""

    folder: Path
    key_file: bool = False
    passphrase: Passphrase = None

    def key(self) -> bytes:
        """The store's key. Raises BadInput with what to do, also when there is no store here."""
        if not (self.folder / "store.db").exists():
            raise BadInput(f"There is no store in {self.folder}.", "Give the car's folder.")
        return obtain_key(self.folder, allow_file=self.key_file, passphrase=self.passphrase).raw


@contextmanager
def opened(place: Place) -> Iterator[tuple[CacheStore, StoreReader]]:
    """Open a car's store, with a reader."""
    with _opened(place.folder, place.key()) as both:
        yield both


@contextmanager
def _opened(folder: Path, raw: bytes) -> Iterator[tuple[CacheStore, StoreReader]]:
    store = CacheStore(folder / "store.db", raw)
    with closing(store), closing(store.reader()) as reader:
        yield store, reader


def verify_trail(
    path: Path,
    public_key: str | None,
    headquarters_key: str | None,
    place: Place,
    progress: Progress | None = None,
) -> tuple[Verdict, str]:
    """Check a car's own trail, or an exported file with the public key alone. Returns the verdict and its words.

    With headquarters' key it is also held against headquarters' receipt: a tail that was cut off is found by nothing
    else.
    """
    if path.is_dir():
        with opened(place) as (_, reader):
            receipt = kept(_vault(place))
            return _witnessed(reader.verify_audit(progress), receipt, headquarters_key, reader.trail.links)
    if public_key is None:
        raise BadInput("An exported file is checked with the device's public key.", "Give it with --public-key.")
    verdict = check_file(path, public_key, progress)
    if verdict.wrong_sequence == 0:
        return verdict, f"{path.name}: {verdict.reason}"
    return _witnessed(verdict, found_beside(path), headquarters_key, lambda: links_of(path))


def _witnessed(
    verdict: Verdict,
    receipt: HeadReceipt | None,
    headquarters_key: str | None,
    links: Callable[[], Iterable[ChainLink]],
) -> tuple[Verdict, str]:
    if verdict.wrong_sequence is not None:
        return verdict, verdict.words
    if receipt is None:
        if headquarters_key:
            raise BadInput("There is no receipt of headquarters here.", "Sync the car, or export the trail anew.")
        return verdict, f"{verdict.words}, without a word of headquarters"
    if headquarters_key is None:
        return verdict, f"{verdict.words}, not held against headquarters' receipt (give --headquarters-key)"
    held = held_against(receipt, headquarters_key, links)
    if held.wrong_sequence is not None:
        return held, held.words
    return verdict, f"{verdict.words}, and headquarters held row {receipt.sequence} at {receipt.at:%Y-%m-%d %H:%M} UTC"


def device_key(place: Place) -> str:
    """The device's public key: headquarters keeps it, and it goes with every export."""
    with opened(place) as (store, _):
        return store.public_key


def save_trail(place: Place, paths: Sequence[Path], actor: Actor, progress: Progress | None = None) -> Proof:
    """Export the whole trail; that it was exported, and by whom, is on record first, and in the export.

    Several files (CSV and PDF) are written at once, each to the same row; the first one's proof is returned.
    """
    layouts, raw, now = layouts_of(paths), place.key(), SystemClock().now()
    with _opened(place.folder, raw) as (store, reader):
        actor.act(store, StoreAct.EXPORT_TRAIL, "trail", layout=layouts)
        head = reader.trail.head()
    proofs = side_by_side([partial(write_trail, place.folder, raw, now, head, path) for path in paths], progress)
    for path in paths:
        lay_beside(path, kept(_vault(place)))
    return proofs[0]


def write_trail(
    folder: Path, raw: bytes, made_at: datetime, head: SignedHead, path: Path, progress: Progress | None
) -> Proof:
    """Write the trail of the store with this key, up to `head`, as one file; it needs nothing of another process."""
    with _opened(folder, raw) as (_, reader):
        return export_trail(reader.trail, path, made_at, progress=progress, head=head)


def save_case(place: Place, case_number: str, folder: Path, actor: Actor) -> Export:
    """Export what a case holds; that it was exported, and by whom, is on record first."""
    with opened(place) as (store, reader):
        data = reader.trail.case(case_number)
        counts = {"reads": len(data.reads), "hits": len(data.hits)}
        user_id = actor.act(store, StoreAct.EXPORT_CASE, case_number, **counts)
        return export_case(data, reader.trail, folder, SystemClock().now(), user_id)


def make_drill(place: Place, target: Path, hours: float, title: str, actor: Actor) -> Scenario:
    """Make a drill of the shift's last hours, with made-up plates and places; that it was made is on record first.

    Raises BadInput where there was no hit, or the file is there already.
    """
    now = SystemClock().now()
    since = now - timedelta(hours=hours)
    with opened(place) as (store, reader):
        actor.act(store, StoreAct.MAKE_DRILL, target.stem, hours=hours)
        reads = reader.find_reads(SearchTerms(since, now), _SHIFT_MOST)
        shift = Shift(reads, reader.hits.raised_since(since.isoformat()))
    if not shift.hits:
        raise BadInput("There was no hit in that time.", "Give more hours.")
    disguise = Disguise(shift.plates, SystemRandom())
    text = shift_scenario(shift, title, actor.settings.policy, disguise)
    with new_file(target) as out:
        out.write(text.encode())
    return read_scenario(target)


def verify_case(folder: Path, public_key: str) -> tuple[str, ...]:
    """Check an exported case's folder; what is wrong, empty when it holds."""
    return check_case(folder, public_key)


def would_go(place: Place, policy_id: str, overlays: tuple[str, ...]) -> tuple[Outlook, int]:
    """What retention would remove now under this policy, and the policy's days."""
    days = load_policy(policy_id, overlays).retention.days.value
    with opened(place) as (_, reader):
        return reader.outlook(days * DAY_S), days


def new_key(place: Place, actor: Actor) -> None:
    """Put a new key in the store's place; it is written anew."""
    _acted(place, place.key(), StoreAct.NEW_KEY, actor)
    replace_key(place.folder, allow_file=place.key_file, passphrase=place.passphrase)


def print_recovery_key(place: Place, actor: Actor) -> str:
    """Make a recovery key for this store, and return its words: they are shown this once and kept nowhere."""
    raw = place.key()
    _acted(place, raw, StoreAct.RECOVERY_KEY, actor)
    words, public = new_recovery_key()
    add_recipient(place.folder, public, raw)
    return words


def escrow(place: Place, public_key: str, actor: Actor) -> Path:
    """Seal the store's key for headquarters' public key; returns the file to send there."""
    raw = place.key()
    _acted(place, raw, StoreAct.ESCROW, actor)
    add_recipient(place.folder, public_key, raw)
    return place.folder / "recovery.json"


def recover_key(place: Place, words: str, actor: Actor) -> str:
    """Put the store's key back from recovery words into the keyring that answers now; returns the keyring's name.

    The person is proved by the accounts in the store, which the recovered key opens, before the key is kept anywhere.
    """
    fault: MdtError = BadInput("There is nothing to recover here.", "Give the car's folder.")
    for raw in recover(place.folder, words):
        try:
            _acted(place, raw, StoreAct.RECOVER, actor)
            return restore_key(place.folder, raw, allow_file=place.key_file, passphrase=place.passphrase).backend
        except BadInput as error:
            fault = error
    raise fault


def _vault(place: Place) -> StoreVault:
    return StoreVault(place.folder / "store.db", place.key())


def _acted(place: Place, raw: bytes, act: StoreAct, actor: Actor) -> None:
    """Prove who acts on the store's key, by the accounts in the store that this key opens."""
    with closing(CacheStore(place.folder / "store.db", raw)) as store:
        actor.act(store, act)
