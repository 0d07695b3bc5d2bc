"""Keep a store on disk so that a build is in whole or not at all.

A store is a folder. Each build is a sub-folder of its own (``build-000001``), and the file ``current``
names the one that counts. It is replaced by rename, which is atomic on every system, after the new
build is complete and closed. The build before is kept until the next one, for those who still read it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.store.oxigraph import OxigraphStore
from policygraph.vocab import Quad

_CURRENT = "current"
_LOCK = "build.lock"
_BUILD = "build-"
_OURS = (_CURRENT, "build")


def build_store(path: Path | str, quads: Iterable[Quad]) -> int:
    """Write a whole new store and swap it in; return the number of quads.

    Killed at any moment, the folder holds the old store or the new one. Raises StoreError where
    another build of the same store is running, or the folder cannot be written.
    """
    folder = Path(path)
    with _making(folder), _locked(folder):
        before = _current(folder)
        fresh = _next(folder)
        try:
            with OxigraphStore(ox.Store(fresh)) as store:
                store.add_all(quads)
                store.optimize()
                total = store.count()
            _point(folder, fresh.name)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        _sweep(folder, keep={fresh.name, before})
    return total


def open_disk(path: Path | str, read_only: bool = False) -> OxigraphStore:
    """Open the current build of a store folder; to write, an absent one is made."""
    folder = Path(path)
    name = _current(folder)
    if not name and read_only:
        raise StoreError(f"{folder}: no store is there; make one with `policygraph build`")
    if not name:
        build_store(folder, ())
        name = _current(folder)
    try:
        where = folder / name
        return OxigraphStore(ox.Store.read_only(str(where)) if read_only else ox.Store(where), read_only)
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be opened ({error}); close what holds it, or open it to read only"
        ) from error


def _current(folder: Path) -> str:
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name.startswith(_BUILD) and (folder / name).is_dir() else ""


def _next(folder: Path) -> Path:
    numbers = [int(entry.name.removeprefix(_BUILD)) for entry in _builds(folder)]
    return folder / f"{_BUILD}{max(numbers, default=0) + 1:06}"


def _builds(folder: Path) -> list[Path]:
    return [entry for entry in folder.glob(f"{_BUILD}*") if entry.name.removeprefix(_BUILD).isdigit()]


def _point(folder: Path, name: str) -> None:
    fresh = folder / f"{_CURRENT}.new"
    with fresh.open("w", encoding="ascii", newline="\n") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / _CURRENT)


def _sweep(folder: Path, keep: set[str]) -> None:
    for entry in _builds(folder):
        if entry.name not in keep:
            shutil.rmtree(entry, ignore_errors=True)  # one still open on Windows goes next time


@contextmanager
def _making(folder: Path) -> Iterator[None]:
    """Make the folder, and turn what the system says into a StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not _current(folder) and any(not e.name.startswith(_OURS) for e in folder.iterdir()):
            raise StoreError(f"{folder}: other files are there and no store; name an empty or new folder")
        yield
    except OSError as error:
        raise StoreError(
            f"{folder}: the store cannot be written ({error}); free space or name another folder"
        ) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one build; the system lets go of it when the process ends, however it ends."""
    with (folder / _LOCK).open("a+b") as file:
        try:
            _lock(file)
        except OSError:
            raise StoreError(f"{folder}: another build is running; wait until it is done") from None
        yield


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
