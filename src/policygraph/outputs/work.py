"""Keep what is being written in a work folder beside its place, so that a kill at any moment leaves old or new.

A work folder ``.policygraph-work/XXXXXXXX`` holds ``lock`` (held while its process lives), ``new`` (what is being
written) and, between the two renames of a folder, ``was/<name>`` (what stood there). :func:`mend` puts back what a
killed process took away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOENT
from pathlib import Path
from typing import IO

from policygraph.messages import Message
from policygraph.outputs import proof
from policygraph.outputs.locks import lock

_WORK = ".policygraph-work"
_LOCK, _NEW, _WAS = "lock", "new", "was"
_ATTEMPTS = 8


@contextmanager
def working(parent: Path) -> Iterator[Path]:
    """Give a path in a work folder of ``parent`` to write to; what is left there goes at the end."""
    work, held = _opened(parent)
    try:
        yield work / _NEW
    finally:
        _close(work, held)


def replace_folder(fresh: Path, target: Path) -> Message | None:
    """Put a folder of :func:`working` in the place of another; return an objection if a person's file was in that.

    The old folder is looked at where nobody finds it by its name any more, and goes back if it is not ours.
    """
    if not os.path.lexists(target):
        fresh.replace(target)
        return None
    was = fresh.parent / _WAS / target.name
    was.parent.mkdir()
    target.replace(was)
    try:
        objected = proof.folder_objection(was, target)
        (was if objected else fresh).replace(target)
    except BaseException:
        was.replace(target)
        raise
    return objected


def mend(parent: Path) -> None:
    """Put back what a killed process left aside below ``parent``, and clear the rest; a living one's is let alone."""
    with suppress(OSError):  # a folder that cannot be read or written has nothing to mend
        for work in sorted((parent / _WORK).glob("*")):
            with suppress(OSError), (work / _LOCK).open("a+b") as held:
                if _is_held(held):
                    _close(work, held)
        (parent / _WORK).rmdir()


def _opened(parent: Path) -> tuple[Path, IO[bytes]]:
    for attempt in range(_ATTEMPTS):
        with suppress(FileNotFoundError, FileExistsError):  # another process took it for one left behind
            (parent / _WORK).mkdir(exist_ok=True)
            work = Path(tempfile.mkdtemp(dir=parent / _WORK))
            held = (work / _LOCK).open("xb")
            locked = _is_held(held) or attempt == _ATTEMPTS - 1  # without locks on this file system nobody mends either
            if locked and (work / _LOCK).exists():  # not cleared between its making and its locking
                return work, held
            held.close()
    raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(parent))


def _is_held(file: IO[bytes]) -> bool:
    try:
        lock(file)
    except OSError:
        return False
    return True


def _close(work: Path, held: IO[bytes]) -> None:
    """Let a work folder go: what is aside returns where nothing new has come, and what is ours there goes."""
    with suppress(OSError):  # what cannot go now is mended by the next who comes
        for was in list((work / _WAS).glob("*")):
            target = work.parent.parent / was.name
            if not os.path.lexists(target):
                was.replace(target)
            elif not proof.folder_objection(was, target):
                _remove(work / _NEW)
                was.replace(work / _NEW)  # known to be ours even when half of it is gone
        _remove(work / _NEW)
        with suppress(FileNotFoundError):
            (work / _WAS).rmdir()
        held.close()
        (work / _LOCK).unlink()
        work.rmdir()
        work.parent.rmdir()
    held.close()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
