"""Hold a file for one process; the system lets go of it when the process ends, however it ends."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import IO

_AGAIN = 0.05  # seconds
_TRIES = 12  # of a file that another program has open for a moment


def lock(file: IO[bytes]) -> None:
    """Take the lock of an open file. Raises OSError at once where another process has it."""
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def replace(fresh: Path, target: Path) -> None:
    """Put a file in the place of another, again where a program has that open: Windows lets nobody replace it then.

    Raises PermissionError where it stays open.
    """
    for left in range(_TRIES - 1, -1, -1):
        try:
            fresh.replace(target)
        except PermissionError:
            if not left:
                raise
            time.sleep(_AGAIN)
        else:
            return


def waited(file: IO[bytes], seconds: float) -> bool:
    """Take the lock of an open file once another process lets go of it; tell whether it did within some seconds."""
    for left in range(int(seconds / _AGAIN), -1, -1):
        try:
            lock(file)
        except OSError:
            if left:
                time.sleep(_AGAIN)
        else:
            return True
    return False
