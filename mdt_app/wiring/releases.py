"""A signed release put in force on Linux: proved, laid beside the one in force, tried, and switched to in one step.

Cut off at any moment the release in force is the old or the new, and whole; the next try clears away what was begun.
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
import os
import platform
import shutil
import stat
import subprocess
import tarfile
import zlib
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from cache.keepers import sync_folder, write_private
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.services.signing import Signer
from mdt_app.services.sole_use import SoleUse
from mdt_app.sync.release_wire import ARCHIVE_MOST, MANIFEST, ReleaseManifest, checked_release, require_newer
from mdt_app.sync.wire import SignedMessage
from mdt_app.wiring.files import readable

_DAMAGED = (tarfile.TarError, EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile)
_REMEDY = "The release in force stays; fetch the archive anew."
_TRIED_S = 120.0
_PIECE = 1 << 20


def new_release_key(file: Path) -> str:
    """Make the key that signs releases, in a file for its owner alone; returns its public part (base64)."""
    if file.exists():
        raise BadInput("There is a file of this name already.", "Choose another name.")
    raw = os.urandom(32)
    write_private(file, raw.hex().encode())
    return Signer(raw).public


def sign_release(archive: Path, version: str, system: str, key: Path) -> Path:
    """Sign an archive; returns the manifest, which lies beside it. Raises BadInput, MdtError."""
    with readable(key) as file:
        text = file.read().decode("ascii", "replace").strip()
    try:
        signer = Signer(bytes.fromhex(text))
        size, digest = _measured(archive)
        manifest = ReleaseManifest(version=version, system=system, size=size, sha256=digest, made_at=datetime.now(UTC))
    except ValueError as fault:
        raise BadInput("Key, version or system is none.", "See 'mdt release sign --help'.") from fault
    content = manifest.model_dump_json()
    signed = SignedMessage(content=content, signature=signer.sign(content.encode()).hex())
    target = archive.with_name(archive.name + MANIFEST)
    write_private(target, signed.model_dump_json().encode())
    return target


def public_key(file: Path) -> str:
    """The maker's public key, as this machine was given it."""
    with readable(file) as content:
        return content.read(1000).decode("ascii", "replace").strip()


def this_system() -> str:
    """This system's name, as packages are named by it. Raises BadInput where it has none."""
    try:
        said = platform.freedesktop_os_release()
    except OSError as fault:
        raise BadInput("This system does not take releases so.", "On Windows, run the new installer.") from fault
    return f"{said['ID']}-{said.get('VERSION_ID', 'testing')}"


def in_force(home: Path) -> str:
    """The version in force. Raises BadInput where none is installed."""
    try:
        return Path(os.readlink(home / "current")).name
    except OSError as fault:
        raise BadInput(f"No release is installed in {home}.", "Install the package first.") from fault


def take_release(archive: Path, release_key: str, system: str, home: Path) -> str:
    """Put a signed release in force; returns its version. For whoever may write `home`, as root.

    `release_key`: the maker's public key (base64); `system`: this system's name, as packages are named by it. Raises
    BadInput for a release that is not to be believed or does not start here, MdtError where the disk fails.
    """
    with readable(archive.with_name(archive.name + MANIFEST)) as file:
        signed = _signed(file.read(1 << 16))
    manifest = checked_release(signed, release_key)
    use = SoleUse(home)
    try:
        return _taken(archive, manifest, system, home)
    finally:
        use.end()


def take_waiting(folder: Path, release_key: str, system: str, home: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take what lies in a folder that anybody may drop files into: what came in force, and why the rest did not.

    What was looked at is removed, whatever came of it. Raises as `take_release` where the disk fails.
    """
    taken, refused = [], []
    for manifest in sorted(folder.glob(f"*{MANIFEST}")):
        archive = manifest.with_name(manifest.name.removesuffix(MANIFEST))
        try:
            _require_files(manifest, archive)
            taken.append(take_release(archive, release_key, system, home))
        except (BadInput, FileNotFoundError) as fault:
            refused.append(f"{archive.name}: {fault}")
        archive.unlink(missing_ok=True)
        manifest.unlink(missing_ok=True)
    return tuple(taken), tuple(refused)


def _require_files(*paths: Path) -> None:
    if not all(stat.S_ISREG(one.lstat().st_mode) for one in paths):
        raise BadInput("What waits is no file.", _REMEDY)


def _taken(archive: Path, manifest: ReleaseManifest, system: str, home: Path) -> str:
    require_newer(manifest, in_force(home), system)
    try:
        _clear(home)
        own = _own_copy(archive, manifest, home)
        draft = _unpacked(own, manifest, home)
        _tried(draft, manifest.version)
        return _switched(draft, manifest.version, home)
    except OSError as fault:
        raise MdtError("The release can't be written.", "Check the disk's room; the release in force stays.") from fault
    finally:
        _clear(home)


def _signed(content: bytes) -> SignedMessage:
    try:
        return SignedMessage.model_validate_json(content)
    except ValueError as fault:
        raise BadInput("The release's manifest can't be understood.", _REMEDY) from fault


def _measured(file: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with readable(file) as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def _own_copy(archive: Path, manifest: ReleaseManifest, home: Path) -> Path:
    """A copy that nobody else can change between proof and use. Raises BadInput unless it is what was signed."""
    own, digest, size = home / "archive.draft", hashlib.sha256(), 0
    with readable(archive) as source, own.open("wb") as copy:
        while (piece := source.read(_PIECE)) and size <= manifest.size:
            digest.update(piece)
            size += len(piece)
            copy.write(piece)
    if (size, digest.hexdigest()) != (manifest.size, manifest.sha256):
        raise BadInput("The archive is not the one that was signed.", _REMEDY)
    return own


def _unpacked(own: Path, manifest: ReleaseManifest, home: Path) -> Path:
    """The release in a folder beside the others, and the Python packages that it brings in their place."""
    room = home / "unpacked.draft"
    try:
        with tarfile.open(own) as content:
            _extract(content, room)
    except _DAMAGED as fault:
        raise BadInput("The archive can't be unpacked.", _REMEDY) from fault
    for parts in (room / "parts").glob("*"):
        if not (home / "parts" / parts.name).exists():
            (home / "parts").mkdir(exist_ok=True)
            _settled(parts)
            parts.rename(home / "parts" / parts.name)
    draft = home / "releases" / f"{manifest.version}.draft"
    if not (room / "release").is_dir():
        raise BadInput("The archive holds no release.", _REMEDY)
    (room / "release").rename(draft)
    (draft / "bin").mkdir(exist_ok=True)
    (draft / "bin" / "python").symlink_to(os.readlink(home / "current" / "bin" / "python"))
    return draft


def _extract(content: tarfile.TarFile, room: Path) -> None:
    """Folders and plain files within `room`, writable by their owner alone. Raises BadInput for anything else.

    By hand: Debian 12's Python has no extraction filters yet.
    """
    whole = 0
    for member in content:
        name, whole = PurePosixPath(member.name), whole + member.size
        if name.is_absolute() or ".." in name.parts or not (member.isdir() or member.isreg()):
            raise BadInput("The archive holds what no release does.", _REMEDY)
        if whole > 2 * ARCHIVE_MOST:
            raise BadInput("The archive has no end.", _REMEDY)
        place = room / name
        place.parent.mkdir(parents=True, exist_ok=True)
        source = content.extractfile(member)
        if source is None:
            place.mkdir(exist_ok=True)
            continue
        with source, place.open("wb") as file:
            shutil.copyfileobj(source, file)
        place.chmod(0o755 if member.mode & 0o100 else 0o644)


def _tried(draft: Path, version: str) -> None:
    """Raise BadInput unless the release starts here and says that it is this version."""
    line = (str(draft / "bin" / "python"), "-I", "-m", "mdt_app", "--version")
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=_TRIED_S, check=False)  # noqa: S603 - signed
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise BadInput("The release does not start here.", _REMEDY) from fault
    if done.returncode or done.stdout.split() != ["mdt", version]:
        raise BadInput("The release does not start here, or is another version.", _REMEDY)


def _switched(draft: Path, version: str, home: Path) -> str:
    """From here on the release is in force, in one step. The one before stays: what runs goes on with it."""
    before, release = in_force(home), home / "releases" / version
    shutil.rmtree(release, ignore_errors=True)  # whole or not, it was never in force: versions only rise
    _settled(draft)
    draft.rename(release)
    coming = home / "current.draft"
    coming.symlink_to(Path("releases") / version)
    sync_folder(home / "releases")
    coming.replace(home / "current")
    sync_folder(home)
    for other in (home / "releases").iterdir():
        if other.name not in {version, before}:
            shutil.rmtree(other, ignore_errors=True)
    return version


def _settled(folder: Path) -> None:
    """Everything in the folder is on the disk before its name is."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _clear(home: Path) -> None:
    """What a try that was cut off left."""
    for left in (*home.glob("*.draft"), *(home / "releases").glob("*.draft")):
        if left.is_symlink() or left.is_file():
            left.unlink()
        else:
            shutil.rmtree(left, ignore_errors=True)
