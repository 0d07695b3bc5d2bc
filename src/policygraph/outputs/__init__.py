"""Write files and folders whole or not at all, and only over what policygraph wrote and nobody has touched since.

Nothing that a person made is ever removed or replaced. What stands at the place of an output must prove that it is
ours: by the list beside it (:mod:`policygraph.outputs.proof`). An empty file or folder needs no proof: nothing is lost.
A link is followed, and stays. A device or pipe is written to.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

from policygraph.errors import UsageError
from policygraph.messages import Foreign, Message, message
from policygraph.outputs import locks, proof
from policygraph.outputs.work import mend, replace_folder, working

__all__ = [
    "amending",
    "create",
    "is_listed",
    "is_unchanged",
    "making",
    "mend",
    "objection",
    "put",
    "put_aside",
    "require_free",
    "revise",
    "save",
    "save_all",
]

_HOLDS = os.name == "nt"  # what Excel has open is locked
FORMER = "former"  # where a person's file goes that another takes the place of


def save(content: bytes, path: Path) -> None:
    """Write one file. Raises UsageError where a person's file stands there, or the folder cannot be written."""
    save_all({path: content})


def save_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files, after all their places were looked at; a failure leaves each old one as it was.

    Raises UsageError where a person's file stands at one of them (nothing is written then), and where a folder is
    missing or cannot be written.
    """
    for path in contents:
        _require(objection(path))
    for path, content in contents.items():
        with _said("outputs.file-not-written", path):
            _save(content, path)


def create(content: bytes, path: Path) -> bool:
    """Write a file that a person will go on with; return False, and touch nothing, where anything stands there.

    Folders above it are made. Raises UsageError where it cannot be written.
    """
    with _said("outputs.file-not-written", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            return False
        with working(path.parent) as fresh:
            fresh.write_bytes(content)
            try:
                os.link(fresh, path)  # unlike a rename it never replaces
            except FileExistsError:
                return False
            except OSError:  # a file system without links
                fresh.replace(path)
    return True


def revise(content: bytes, path: Path) -> None:
    """Write a person's file anew, whole; who calls has read it, and keeps all that he was not asked to change.

    The file stays the person's. Raises UsageError where it cannot be written.
    """
    with _said("outputs.file-not-written", path):
        target = _real(path)
        mend(target.parent)
        with working(target.parent) as fresh:
            fresh.write_bytes(content)
            locks.replace(fresh, target)


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Give a new folder to write to, and put it in the place of ``folder`` when all is written.

    Raises UsageError where ``folder`` holds anything but what was written with it, or cannot be written.
    """
    with _said("outputs.folder-not-written", folder):
        _require(objection(folder, is_folder=True))
        target = _real(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        mend(target.parent)
        with working(target.parent) as fresh:
            fresh.mkdir()
            yield fresh
            proof.sign(fresh)
            _require(replace_folder(fresh, target))


@contextmanager
def amending(folder: Path, taken: Sequence[Path] = ()) -> Iterator[Path]:
    """Give a new folder to write to, and put each file of it in its place in ``folder`` when all are written.

    What else lies there stays as it is and whose it is; ``taken`` are files of a person that are as they should be now.
    Raises UsageError where it cannot be written.
    """
    with _said("outputs.folder-not-written", folder):
        target = _real(folder)
        mend(target.parent)
        with working(target.parent) as fresh:
            fresh.mkdir()
            yield fresh
            proof.add(target, [*_placed(fresh, target), *(path.name for path in taken)])


def require_free(paths: Iterable[Path]) -> None:
    """Raise UsageError for the first file that a program has open, on a system where nobody can replace it then."""
    for path in paths if _HOLDS else ():
        try:
            path.open("r+b").close()
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise UsageError("outputs.in-use", path=path) from error


def put_aside(path: Path) -> Path:
    """Move a person's file to the folder ``former`` beside it, under a name that is free; return where it lies now."""
    place = path.parent / FORMER
    place.mkdir(exist_ok=True)
    names = (f"{path.stem}{number}{path.suffix}" for number in chain([""], map("-{}".format, count(2))))
    free = next(place / name for name in names if not os.path.lexists(place / name))
    return path.rename(free)


def put(contents: Mapping[Path, bytes]) -> None:
    """Write files into a folder that is being made."""
    for path, content in contents.items():
        path.write_bytes(content)


def objection(path: Path, is_folder: bool = False) -> Message | None:
    """Return why an output may not take the place of what stands at a path, None where it may."""
    with _said("outputs.not-looked-at", path):
        target = _real(path)
        if _is_stream(target) or not os.path.lexists(target):
            return None
        if is_folder:
            mend(target)
        if target.is_dir() != is_folder:
            return message("outputs.is-a-file" if is_folder else "outputs.is-a-folder", path=path)
        return proof.folder_objection(target, path) if is_folder else proof.file_objection(target, path)


def is_unchanged(path: Path) -> bool:
    """Tell whether a file of a folder that was made with :func:`making` is as it was written then."""
    return proof.file_objection(path, path, proof.FOLDER) is None


def is_listed(path: Path) -> bool:
    """Tell whether a file of that name was written with :func:`making`, whatever became of it."""
    return proof.is_listed(path)


def _save(content: bytes, path: Path) -> None:
    target = _real(path)
    if _is_stream(target):
        target.write_bytes(content)
        return
    mend(target.parent)
    with working(target.parent) as fresh:
        fresh.write_bytes(content)
        proof.record(target, content)  # first: a kill in between leaves one line too many, not a file without its line
        locks.replace(fresh, target)


def _placed(fresh: Path, target: Path) -> Iterator[str]:
    """Move the files of a folder into another; yield their names there."""
    for path in sorted(each for each in fresh.rglob("*") if each.is_file()):
        place = target / path.relative_to(fresh)
        place.parent.mkdir(parents=True, exist_ok=True)
        locks.replace(path, place)
        yield path.relative_to(fresh).as_posix()


def _real(path: Path) -> Path:
    """Follow links, but for those to a stream that has no name of its own (/dev/stdout)."""
    return Path(path) if _is_stream(Path(path)) else Path(os.path.realpath(path))


def _is_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _require(objected: Message | None) -> None:
    if objected:
        raise UsageError(objected.key, **dict(objected.values))


@contextmanager
def _said(key: str, path: Path) -> Iterator[None]:
    """Turn what the system says into a line that names the output."""
    try:
        yield
    except PermissionError as error:  # a replaced file is named second: it is the one that is open elsewhere
        held = Path(error.filename2) if error.filename2 else path
        raise UsageError(key, path=held, reason=Foreign(error.strerror or str(error))) from error
    except OSError as error:
        raise UsageError(key, path=path, reason=Foreign(error.strerror or str(error))) from error
