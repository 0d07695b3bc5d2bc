"""Keep a store on disk so that a build is in whole or not at all.

A store is a folder. Each build is a sub-folder of its own (``build-000001``), and the file ``current``
names the one that counts. It is replaced by rename, which is atomic on every system, after the new
build is complete and closed. The build before is kept until the next one, for those who still read it. What is no
build of ours (a folder ``build-202401`` of somebody's papers) is never removed, and a folder with other files is no
place for a store.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.messages import Foreign
from policygraph.outputs.locks import lock, replace
from policygraph.store.oxigraph import OxigraphStore
from policygraph.vocab import Quad

_CURRENT = "current"
_FRESH = "current.new"
_LOCK = "build.lock"
_FILES = (_CURRENT, _FRESH, _LOCK)
_PASSING = ("LOG", "LOCK")  # what the engine writes also where it only reads
_NAME = re.compile(r"build-\d{6,}")
# All that Oxigraph keeps in its folder (RocksDB); with anything else in it, a folder is somebody's own.
_PARTS = re.compile(
    r"\d+\.(?:sst|log|blob|dbtmp)|bulk-\d+\.sst|CURRENT|IDENTITY|LOCK|LOG|LOG\.old\.\d+|(?:MANIFEST|OPTIONS)-\d+(?:\.dbtmp)?"
)


def build_store(path: Path | str, quads: Iterable[Quad]) -> int:
    """Write a whole new store and swap it in; return the number of quads.

    Killed at any moment, the folder holds the old store or the new one. Raises StoreError where
    another build of the same store is running, or the folder cannot be written.
    """
    with _swapped(Path(path)) as fresh, OxigraphStore(ox.Store(fresh)) as store:
        store.add_all(quads)
        store.optimize()
        return store.count()


def load_store(path: Path | str, text: Iterable[bytes], threads: int = 1) -> None:
    """Write a whole new store of N-Quads, given in pieces of whole lines, and swap it in. Raises as build_store."""
    with _swapped(Path(path)) as fresh, OxigraphStore(ox.Store(fresh)) as store:
        store.load(text, threads)
        store.optimize()


def amend_store(path: Path | str, mark: str, removed: Iterable[str], added: Iterable[str]) -> bool:
    """Swap in a store with some lines of N-Quads less and some more, made from the files of the one that is there.

    The new build shares with the old one the files that the engine never changes; the old one stays as it is. Return
    False, and change nothing, where the store is not the one of which :func:`mark_of` gave this mark. Raises as
    build_store.
    """
    folder = Path(path)
    if mark_of(folder) != mark:
        return False
    with _swapped(folder) as fresh:
        _copy(folder / _current(folder), fresh)
        if _mark(fresh) != mark:  # changed while it was copied
            raise StoreError("disk.changed-meanwhile", path=folder)
        with OxigraphStore(ox.Store(fresh)) as store:
            store.amend(removed, added)
    return True


def mark_of(path: Path | str) -> str:
    """Return what tells the store of a folder from any other, also from itself after a change; empty for none."""
    folder = Path(path)
    name = _current(folder)
    return _mark(folder / name) if name else ""


def _mark(build: Path) -> str:
    """Return a digest of which files a build has: the engine gives new names to what it writes."""
    files = [each for each in sorted(build.iterdir()) if not each.name.startswith(_PASSING)]
    told = [f"{each.name} {each.stat().st_size}" for each in files]
    named = [each.read_text(encoding="ascii") for each in files if each.name in ("CURRENT", "IDENTITY")]
    return sha256("\n".join((*told, *named)).encode("utf-8")).hexdigest()


def _copy(build: Path, fresh: Path) -> None:
    fresh.mkdir()
    for each in build.iterdir():
        target = fresh / each.name
        if each.suffix == ".sst":  # never changed, only made and removed: two builds can have one
            with suppress(OSError):  # a file system without links
                os.link(each, target)
        if not target.exists() and not each.name.startswith(_PASSING):
            shutil.copyfile(each, target)


@contextmanager
def _swapped(folder: Path) -> Iterator[Path]:
    """Give the folder of a new build, and make it the one that counts when all is written."""
    with _making(folder), _locked(folder):
        before = _current(folder)
        _sweep(each for each in _builds(folder) if _number(each.name) > _number(before))  # what killed builds left
        fresh = _next(folder)
        try:
            yield fresh
            _point(folder, fresh.name)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        _sweep(each for each in _builds(folder) if each.name not in (fresh.name, before))


def require_place(path: Path | str) -> None:
    """Raise StoreError where a store cannot be made because other files are there: before any work is done."""
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise StoreError("outputs.is-a-file", path=folder)
    held = folder / _LOCK
    if folder.is_dir() and not (held.exists() and _is_ours(held)):
        _require_ours(folder)


def open_disk(path: Path | str, read_only: bool = False) -> OxigraphStore:
    """Open the current build of a store folder; to write, an absent one is made."""
    folder = Path(path)
    name = _current(folder)
    if not name and read_only:
        raise StoreError("disk.no-store", path=folder)
    if not name:
        build_store(folder, ())
        name = _current(folder)
    try:
        where = folder / name
        return OxigraphStore(ox.Store.read_only(str(where)) if read_only else ox.Store(where), read_only)
    except OSError as error:
        raise StoreError("disk.not-opened", path=folder, reason=Foreign(str(error))) from error


def _current(folder: Path) -> str:
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _NAME.fullmatch(name) and (folder / name).is_dir() else ""


def _next(folder: Path) -> Path:
    numbers = (_number(entry.name) for entry in folder.iterdir())
    return folder / f"build-{max(numbers, default=0) + 1:06}"


def _number(name: str) -> int:
    return int(name.partition("-")[2]) if _NAME.fullmatch(name) else 0


def _builds(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if _is_build(entry)]


def _is_build(entry: Path) -> bool:
    """Tell a build of ours, whole or not, by its name and by its parts."""
    return (
        _NAME.fullmatch(entry.name) is not None
        and entry.is_dir()
        and not entry.is_symlink()
        and all(_PARTS.fullmatch(each.name) and each.is_file() for each in entry.iterdir())
    )


def _is_ours(entry: Path) -> bool:
    """Tell whether a file or folder in a folder for a store is of a store."""
    if entry.name == _LOCK:
        return entry.is_file() and not entry.stat().st_size
    if entry.name in (_CURRENT, _FRESH):
        return entry.is_file() and re.fullmatch(rb"(?:build-\d{6,}\n)?", entry.read_bytes()) is not None
    return _is_build(entry)


def _point(folder: Path, name: str) -> None:
    fresh = folder / _FRESH
    with fresh.open("w", encoding="ascii", newline="\n") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    replace(fresh, folder / _CURRENT)


def _sweep(builds: Iterable[Path]) -> None:
    for build in list(builds):
        shutil.rmtree(build, ignore_errors=True)  # one still open on Windows goes next time


@contextmanager
def _making(folder: Path) -> Iterator[None]:
    """Make the folder, and turn what the system says into a StoreError."""
    try:
        require_place(folder)  # before anything is written there; with a lock, another build may be under way
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise StoreError("disk.not-written", path=folder, reason=Foreign(error.strerror or str(error))) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one build; the system lets go of it when the process ends, however it ends."""
    with (folder / _LOCK).open("a+b") as file:
        try:
            lock(file)
        except OSError:
            raise StoreError("disk.another-build", path=folder) from None
        _require_ours(folder)
        yield


def _require_ours(folder: Path) -> None:
    """Refuse a folder in which a store would stand among other files, or in the place of one."""
    has_store = bool(_current(folder))
    if any(not _is_ours(each) and (not has_store or each.name in _FILES) for each in folder.iterdir()):
        raise StoreError("disk.other-files", path=folder)
